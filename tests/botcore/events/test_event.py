from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum, Flag
from typing import Annotated, Any, ClassVar, Literal, NewType
from uuid import UUID

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from botcore.events import EventTypes, InvalidEvent

PollId = NewType("PollId", int)
type Names = tuple[str, ...]


class Colour(Enum):
    """An enumeration."""

    RED = "red"


@dataclass(frozen=True)
class Choice:
    """A part of an event; it can hold others like itself."""

    label: str
    parts: tuple["Choice", ...] = ()


@dataclass(frozen=True, slots=True)
class Everything:
    """One field of each kind that can leave the process."""

    text: str
    number: int | float | None
    truth: bool
    moment: datetime
    day: date
    pause: timedelta
    price: Decimal
    id: UUID
    poll: PollId
    colour: Colour
    kind: Literal["a", "b"]
    names: Names
    noted: Annotated[int, "a note"]
    ids: frozenset[int]
    pair: tuple[int, str]
    choice: Choice
    answer: int | Choice | Decimal | None


def test_an_event_holds_plain_values() -> None:
    """And frozen dataclasses of plain values."""
    EventTypes().add(Everything)


@dataclass
class Changeable:
    """Not frozen."""

    text: str


@dataclass(frozen=True)
class HoldsList:
    """Its list could be changed by a subscriber."""

    names: list[str]


@dataclass(frozen=True)
class HoldsAny:
    """Could hold anything."""

    value: Any


@dataclass(frozen=True)
class HoldsDeep:
    """The object is deep inside."""

    values: tuple[int | tuple[object, ...], ...]


@dataclass(frozen=True)
class HoldsChangeable:
    """A part of it is not frozen."""

    part: Changeable


@dataclass(frozen=True)
class Computes:
    """A field that its constructor does not take."""

    text: str
    length: int = field(init=False, default=0)


@dataclass(frozen=True)
class HoldsBytes:
    """A literal that JSON does not have."""

    mark: Literal[b"a"]


@pytest.mark.parametrize(
    ("event_type", "sentence"),
    [
        (str, r"str cannot be an event; write it as a dataclass with frozen=True"),
        (Changeable, r"Changeable can be changed by its subscribers; write @dataclass\(frozen=True\)"),
        (HoldsList, r"HoldsList\.names holds list\[str\], which cannot leave the process; use plain values"),
        (HoldsAny, r"HoldsAny\.value holds .*Any"),
        (HoldsDeep, r"HoldsDeep\.values holds object"),
        (Computes, r"Computes\.length is not given to the constructor"),
        (HoldsBytes, r"HoldsBytes\.mark holds typing\.Literal"),
        (HoldsChangeable, r"HoldsChangeable\.part can be changed by its subscribers"),
    ],
)
def test_what_cannot_be_an_event_is_named(event_type: type, sentence: str) -> None:
    """With the field, and what to write instead."""
    with pytest.raises(InvalidEvent, match=sentence):
        EventTypes().add(event_type)


moments = some.datetimes(
    datetime(1, 1, 2),  # noqa: DTZ001 - hypothesis wants naive bounds
    datetime(9999, 12, 30),  # noqa: DTZ001 - as above
    timezones=some.sampled_from([UTC, timezone(timedelta(hours=5))]),
)
choices = some.recursive(
    some.builds(Choice, some.text()), lambda inner: some.builds(Choice, some.text(), some.lists(inner).map(tuple))
)
finite = some.floats(allow_nan=False, allow_infinity=False)
numbers = some.integers(-(2**63), 2**64 - 1)


@settings(deadline=None)
@given(
    some.builds(
        Everything,
        text=some.text(),
        number=numbers | finite | some.none(),
        truth=some.booleans(),
        moment=moments,
        day=some.dates(),
        pause=some.timedeltas(timedelta(days=-100_000_000), timedelta(days=100_000_000)),
        price=some.decimals(allow_nan=False),
        id=some.uuids(),
        poll=numbers.map(PollId),
        colour=some.sampled_from(Colour),
        kind=some.sampled_from(("a", "b")),
        names=some.lists(some.text()).map(tuple),
        noted=numbers,
        ids=some.frozensets(numbers),
        pair=some.tuples(numbers, some.text()),
        choice=choices,
        answer=numbers | choices | some.decimals(allow_nan=False) | some.none(),
    )
)
def test_an_event_comes_back_as_it_was(event: Everything) -> None:
    """Through JSON, as a broker would carry it; a moment in UTC, and each number of its own kind."""
    events = EventTypes()
    name = events.add(Everything)
    carried = orjson.loads(orjson.dumps(events.to_payload(event)))
    back = events.from_payload(name, carried)
    assert back == event
    assert isinstance(back, Everything)
    assert (type(back.number), type(back.answer)) == (type(event.number), type(event.answer))


SIMPLE = Everything(
    text="t",
    number=1.5,
    truth=True,
    moment=datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=1))),
    day=date(2026, 1, 2),
    pause=timedelta(milliseconds=1),
    price=Decimal("1.50"),
    id=UUID(int=1),
    poll=PollId(2),
    colour=Colour.RED,
    kind="a",
    names=("x",),
    noted=3,
    ids=frozenset({10, 9}),
    pair=(1, "one"),
    choice=Choice("c", (Choice("d"),)),
    answer=Decimal(7),
)


def test_what_a_broker_would_carry() -> None:
    """Objects by the names of fields; where a field may hold several kinds, the kind beside the value."""
    assert EventTypes().to_payload(SIMPLE) == {
        "text": "t",
        "number": {"float": 1.5},
        "truth": True,
        "moment": "2026-01-02T02:04:05+00:00",
        "day": "2026-01-02",
        "pause": 1000,
        "price": "1.50",
        "id": "00000000-0000-0000-0000-000000000001",
        "poll": 2,
        "colour": "RED",
        "kind": "a",
        "names": ["x"],
        "noted": 3,
        "ids": [10, 9],
        "pair": [1, "one"],
        "choice": {"label": "c", "parts": [{"label": "d", "parts": []}]},
        "answer": {"Decimal": "7"},
    }


class Rights(Flag):
    """Values that have no name when they are combined."""

    READ = 1
    WRITE = 2


@dataclass(frozen=True)
class HoldsRights:
    """An event with such a value."""

    rights: Rights


def lie(**changes: Any) -> Everything:
    """An event of which some fields do not hold what their annotations say."""
    return replace(SIMPLE, **changes)


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        (lie(names=["x"]), r"Everything\.names is list, and should be tuple"),
        (lie(text=5), r"Everything\.text is int, and should be str"),
        (lie(noted=True), r"Everything\.noted is bool, and should be int"),
        (lie(noted=2**64), r"Everything\.noted: a whole number beyond 64 bits"),
        (lie(number=float("nan")), r"Everything\.number is float, and should be int or float"),
        (lie(moment=datetime(2026, 1, 1)), r"Everything\.moment: a moment without a timezone"),  # noqa: DTZ001 - the mistake is the point
        (lie(kind="c"), r"Everything\.kind is str, and should be 'a' or 'b'"),
        (lie(pair=(1,)), r"Everything\.pair is tuple, and should be a tuple of 2"),
        (lie(choice=Choice("c", (5,))), r"Everything\.choice\.parts is int, and should be Choice"),  # type: ignore[arg-type] # the mistake is the point
        (lie(answer=1.5), r"Everything\.answer is float, and should be int or Choice or Decimal"),
        (HoldsRights(Rights.READ | Rights.WRITE), r"HoldsRights\.rights: a combination of Rights"),
    ],
)
def test_a_field_that_does_not_hold_what_it_says_is_named(event: object, sentence: str) -> None:
    """Annotations are promises, and whoever breaks one hears of it where it happens, without the value itself."""
    with pytest.raises(InvalidEvent, match=sentence):
        EventTypes().to_payload(event)


@pytest.mark.parametrize(
    "change",
    [
        {"text": 5},
        {"number": 1.5},
        {"number": {"complex": 1}},
        {"day": "2026-13-01"},
        {"price": "much"},
        {"id": "1"},
        {"colour": "BLUE"},
        {"kind": "c"},
        {"names": "x"},
        {"pair": [1]},
        {"choice": []},
        {"pause": None},
    ],
    ids=str,
)
def test_a_payload_that_nobody_published_is_refused(change: dict[str, Any]) -> None:
    """With the name of the field."""
    events = EventTypes()
    payload = events.to_payload(SIMPLE)
    with pytest.raises(InvalidEvent, match=rf"Everything\.{next(iter(change))}"):
        events.from_payload(events.add(Everything), payload | change)


def test_versions_of_a_package_understand_one_another() -> None:
    """A key that is not known is left alone, a missing one has its default, and without a default it is named."""
    events = EventTypes()
    name = events.add(Choice)
    assert events.from_payload(name, {"label": "x", "colour": "red"}) == Choice("x")
    with pytest.raises(InvalidEvent, match=r"Choice\.label is missing"):
        events.from_payload(name, {"parts": []})


@dataclass(frozen=True)
class Renamed:
    """An event that keeps the name of a class that was called otherwise."""

    event_name: ClassVar[str] = "polls.closed"
    poll: int


def test_an_event_has_a_name() -> None:
    """Of its package and its own, or the one that it gives itself; never that of another event."""
    events = EventTypes()
    assert events.add(Choice) == events.add(Choice) == f"{Choice.__module__.partition('.')[0]}.Choice"
    assert events.add(Renamed) == "polls.closed"
    assert events.to_payload(Renamed(5)) == {"poll": 5}

    @dataclass(frozen=True)
    class Closed:
        event_name: ClassVar[str] = "polls.closed"

    with pytest.raises(InvalidEvent, match=r"would both be the event 'polls\.closed'; rename one"):
        events.add(Closed)
    with pytest.raises(
        InvalidEvent, match=r"There is no event 'polls\.opened' here; those that are known: .*polls\.closed"
    ):
        events.from_payload("polls.opened", {})
