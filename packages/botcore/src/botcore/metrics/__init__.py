"""What the bot measures about itself, in memory.

Here: counting and timing. Not here: showing the numbers (the web server does) and anything about people:
no user, guild or channel can be a label, because nothing here takes one.
"""

from botcore.metrics.monitor import PerformanceMonitor

__all__ = ["PerformanceMonitor"]
