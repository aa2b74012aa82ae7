"""How features tell each other what happened without knowing each other.

Here: what an event may be, the port, and an adapter inside the process. Not here: the events themselves;
a feature defines its own.
"""

from botcore.events.bus import EventBus, Handler, Unsubscribe
from botcore.events.event import InvalidEvent
from botcore.events.local import LocalEventBus

__all__ = ["EventBus", "Handler", "InvalidEvent", "LocalEventBus", "Unsubscribe"]
