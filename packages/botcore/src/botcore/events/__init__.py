"""How features tell each other what happened without knowing each other.

Here: what an event may be, how it becomes JSON, the port, and an adapter inside the process. Not here: the events
themselves; a feature defines its own.
"""

from botcore.events.bus import EventBus, Handler, Unsubscribe
from botcore.events.encoding import InvalidEvent
from botcore.events.event import EventPayload, EventTypes
from botcore.events.local import LocalEventBus

__all__ = ["EventBus", "EventPayload", "EventTypes", "Handler", "InvalidEvent", "LocalEventBus", "Unsubscribe"]
