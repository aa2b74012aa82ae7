"""How often something may happen: a rate, the port that decides, and an adapter inside the process.

Here: counting against a rate. Not here: who is limited and what the refused person reads (the pipeline).
"""

from botcore.limits.limiter import Decision, RateLimiter
from botcore.limits.rate import InvalidRate, Rate
from botcore.limits.sliding_window import SlidingWindowLimiter

__all__ = ["Decision", "InvalidRate", "Rate", "RateLimiter", "SlidingWindowLimiter"]
