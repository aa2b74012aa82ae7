"""Durable timers: "call this handler with this payload then", kept in the database, at least once, whatever dies.

Belongs here: the port that features see, the loop that fires, the table and its migrations, and what an operator sees
of them. Does not: what a timer is for, or reading what people type about time.

Read `port.py` first, then `loop.py` (when something happens) and `store.py` (every statement there is).
"""

from botcore.timers.durable import DurableTimers
from botcore.timers.port import Firing, FiringLost, InvalidTimer, TimerHandler, Timers, Unregister
from botcore.timers.retries import Retries
from botcore.timers.settings import TimerSettings

__all__ = [
    "DurableTimers",
    "Firing",
    "FiringLost",
    "InvalidTimer",
    "Retries",
    "TimerHandler",
    "TimerSettings",
    "Timers",
    "Unregister",
]
