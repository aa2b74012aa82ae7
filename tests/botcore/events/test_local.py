import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_type

import pytest

from botcore import log
from botcore.events.bus import EventBus, Unsubscribe
from botcore.events.encoding import InvalidEvent
from botcore.events.local import LocalEventBus


@dataclass(frozen=True, slots=True)
class PollClosed:
    """Something that happened."""

    poll: int


@dataclass(frozen=True, slots=True)
class PollClosedEarly(PollClosed):
    """A special case of it."""


@pytest.fixture
def bus() -> EventBus:
    """A bus without subscribers."""
    return LocalEventBus()


@pytest.fixture
def log_lines() -> Iterator[io.StringIO]:
    """What is logged, one JSON object a line."""
    stream = io.StringIO()
    log.configure(json=True, stream=stream)
    yield stream
    log.reset()


async def test_subscribers_run_in_the_order_in_which_they_subscribed(bus: EventBus) -> None:
    """And all have run when publishing returns."""
    ran: list[str] = []

    async def first(event: PollClosed) -> None:
        ran.append(f"first {event.poll}")

    async def second(event: PollClosed) -> None:
        ran.append(f"second {event.poll}")

    unsubscribe = bus.subscribe(PollClosed, first)
    assert_type(unsubscribe, Unsubscribe)
    bus.subscribe(PollClosed, second)
    await bus.publish(PollClosed(7))
    assert ran == ["first 7", "second 7"]


async def test_subscribers_get_exactly_what_they_subscribed_to(bus: EventBus) -> None:
    """Not what derives from it, and nothing when nobody subscribed."""
    seen: list[PollClosed] = []

    async def note(event: PollClosed) -> None:
        seen.append(event)

    bus.subscribe(PollClosed, note)
    await bus.publish(PollClosedEarly(1))
    assert seen == []


async def test_a_type_checker_sees_a_subscriber_of_another_event(bus: EventBus) -> None:
    """The comment below would be reported as unused if it did not."""

    @dataclass(frozen=True)
    class Unrelated:
        pass

    async def note(event: PollClosed) -> None: ...

    bus.subscribe(Unrelated, note)  # type: ignore[arg-type]  # the mistake is the point


async def test_a_subscriber_that_fails_harms_no_other(bus: EventBus, log_lines: io.StringIO) -> None:
    """It is logged with its name, the event's type and the error, but not the event's content."""
    ran: list[str] = []

    class Reminders:
        async def on_closed(self, event: PollClosed) -> None:
            raise LookupError("no such reminder")

    async def second(event: PollClosed) -> None:
        ran.append("second")

    bus.subscribe(PollClosed, Reminders().on_closed)
    bus.subscribe(PollClosed, second)
    await bus.publish(PollClosed(7))
    assert ran == ["second"]
    line = json.loads(log_lines.getvalue())
    assert line["message"] == "a subscriber failed"
    assert line["event_type"] == "PollClosed"
    assert line["subscriber"].endswith("Reminders.on_closed")
    assert "LookupError: no such reminder" in line["exception"]


async def test_a_subscriber_can_be_any_callable(bus: EventBus, log_lines: io.StringIO) -> None:
    """One without a name of its own is logged by its class."""

    class Failing:
        async def __call__(self, event: PollClosed) -> None:
            raise LookupError

    bus.subscribe(PollClosed, Failing())
    await bus.publish(PollClosed(7))
    assert json.loads(log_lines.getvalue())["subscriber"].endswith("Failing")


async def test_a_subscription_can_be_ended(bus: EventBus) -> None:
    """Once; the other subscriptions of the same handler stay."""
    seen: list[PollClosed] = []

    async def note(event: PollClosed) -> None:
        seen.append(event)

    unsubscribe = bus.subscribe(PollClosed, note)
    bus.subscribe(PollClosed, note)
    unsubscribe()
    unsubscribe()
    await bus.publish(PollClosed(1))
    assert seen == [PollClosed(1)]


async def test_subscribing_while_an_event_is_delivered_counts_from_the_next(bus: EventBus) -> None:
    """So does unsubscribing."""
    ran: list[str] = []

    async def late(event: PollClosed) -> None:
        ran.append("late")

    async def first(event: PollClosed) -> None:
        ran.append("first")
        unsubscribe_second()
        bus.subscribe(PollClosed, late)

    async def second(event: PollClosed) -> None:
        ran.append("second")

    unsubscribe_first = bus.subscribe(PollClosed, first)
    unsubscribe_second = bus.subscribe(PollClosed, second)
    await bus.publish(PollClosed(1))
    assert ran == ["first", "second"]
    unsubscribe_first()
    await bus.publish(PollClosed(2))
    assert ran == ["first", "second", "late"]


async def test_a_subscriber_can_publish(bus: EventBus) -> None:
    """The inner event is delivered first."""
    ran: list[str] = []

    async def closed(event: PollClosed) -> None:
        await bus.publish(PollClosedEarly(event.poll))
        ran.append("closed")

    async def closed_early(event: PollClosedEarly) -> None:
        ran.append("closed early")

    bus.subscribe(PollClosed, closed)
    bus.subscribe(PollClosedEarly, closed_early)
    await bus.publish(PollClosed(1))
    assert ran == ["closed early", "closed"]


async def test_what_cannot_be_an_event_is_refused_by_both_sides(bus: EventBus) -> None:
    """With the same sentence."""

    async def note(event: object) -> None: ...

    with pytest.raises(InvalidEvent, match="str cannot be an event"):
        await bus.publish("poll closed")
    with pytest.raises(InvalidEvent, match="str cannot be an event"):
        bus.subscribe(str, note)
