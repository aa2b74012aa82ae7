"""How the loop behaves; the operator's ``[timers]`` becomes one of these."""

from dataclasses import dataclass, field
from datetime import timedelta

from botcore.timers.retries import Retries


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerSettings:
    """How the loop behaves.

    Args:
        in_flight: how many handlers run at once, however many timers are due; fewer than the connections that
            PostgreSQL's pool keeps, or it opens and closes one for many of them.
        lease: how long a firing belongs to the process that took it, unless renewed, which happens three times in that
            span. After a crash its firings come back when it is over. The clocks of processes on one database must
            agree much better than this.
        poll: how often to look for what other processes have set; one's own is known at once.
        retries: what happens to a firing that failed.
    """

    in_flight: int = 16
    lease: timedelta = timedelta(seconds=30)
    poll: timedelta = timedelta(seconds=5)
    retries: Retries = field(default_factory=Retries)
