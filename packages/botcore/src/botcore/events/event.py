"""What an event may be: a frozen dataclass of plain values, so that it can leave the process one day."""

from dataclasses import is_dataclass
from typing import Any

from botcore.events.encoding import DataclassCodec, InvalidEvent, dataclass_codec, name_of

type EventPayload = dict[str, Any]
"""An event as a JSON object, by the names of its fields."""


class EventTypes:
    """The events of one process: their names, and how each becomes JSON and comes back.

    An event is a frozen dataclass. Its fields hold texts, numbers, truth values, None, moments (aware), dates,
    durations, decimals, UUIDs, enum members, tuples and frozensets of these, unions of these, or dataclasses like
    itself. Its name is that of its package and its own, `botcore_polls.PollClosed`; a class attribute
    ``event_name: ClassVar[str]`` gives it another one, so that a class that moves keeps its name.
    """

    def __init__(self) -> None:
        self._names: dict[type, str] = {}
        self._types: dict[str, type] = {}
        self._codecs: dict[type, DataclassCodec] = {}

    def add(self, event_type: type) -> str:
        """Take a type up, if it is not known yet.

        Returns:
            Its name.

        Raises:
            InvalidEvent: it cannot be an event, or another one has its name; says what to write.
        """
        known = self._names.get(event_type)
        if known is not None:
            return known
        if not is_dataclass(event_type):
            raise InvalidEvent(
                f"{name_of(event_type)} cannot be an event; write it as a dataclass with frozen=True, so that "
                "every subscriber sees the same."
            )
        codecs: dict[type, DataclassCodec] = {}
        codec = dataclass_codec(event_type, event_type.__name__, codecs)
        name = vars(event_type).get("event_name") or f"{event_type.__module__.partition('.')[0]}.{event_type.__name__}"
        other = self._types.get(name)
        if other is not None:
            raise InvalidEvent(
                f"{event_type.__module__}.{event_type.__qualname__} and {other.__module__}.{other.__qualname__} would "
                f"both be the event {name!r}; rename one, or give it an event_name."
            )
        self._codecs[event_type] = codec
        self._types[name] = event_type
        self._names[event_type] = name
        return name

    def to_payload(self, event: object) -> EventPayload:
        """An event as a JSON object.

        Raises:
            InvalidEvent: its type cannot be an event, or a field does not hold what its annotation says.
        """
        event_type = type(event)
        self.add(event_type)
        payload: EventPayload = self._codecs[event_type].encode(event, event_type.__name__)
        return payload

    def from_payload(self, name: str, payload: EventPayload) -> object:
        """The event that was made a payload, maybe by another version of its package.

        A key that is not known is left alone; a field that is missing has its default.

        Args:
            name: the event's name, as `add` returned it.
            payload: what `to_payload` returned.

        Raises:
            InvalidEvent: no event of that name is known, or the payload is not one of it.
        """
        event_type = self._types.get(name)
        if event_type is None:
            raise InvalidEvent(f"There is no event {name!r} here; those that are known: {', '.join(self._types)}.")
        return self._codecs[event_type].decode(payload, event_type.__name__)
