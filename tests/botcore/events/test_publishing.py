"""When subscribers hear of what happened inside a transaction, and outside one."""

import asyncio
import io
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from botcore import log
from botcore.db import Database, current_transaction
from botcore.events import InvalidEvent, LocalEventBus
from botcore.i18n import active_locale, using_locale
from botcore.log import current_source


@dataclass(frozen=True, slots=True)
class PollClosed:
    """Something that happened."""

    poll: int


@dataclass(frozen=True, slots=True)
class Interaction:
    """What a publisher works on."""

    reference: str


class Heard:
    """Subscribes to an event and notes it."""

    def __init__(self, bus: LocalEventBus) -> None:
        self.polls: list[int] = []
        bus.subscribe(PollClosed, self.note)

    async def note(self, event: PollClosed) -> None:
        """Note it."""
        self.polls.append(event.poll)


@pytest.fixture
def bus() -> LocalEventBus:
    """A bus without subscribers."""
    return LocalEventBus()


@pytest.fixture
def heard(bus: LocalEventBus) -> Heard:
    """A subscriber that never waits."""
    return Heard(bus)


@pytest.fixture
async def notes(database: Database) -> Database:
    """A database with a table."""
    async with database.transaction() as tx:
        await tx.execute(text("CREATE TABLE note (id INTEGER)"))
    return database


async def test_after_the_commit(notes: Database, bus: LocalEventBus, heard: Heard) -> None:
    """In the order of publishing, and not before."""
    async with notes.transaction() as tx:
        await bus.publish(PollClosed(1))
        await tx.execute(text("INSERT INTO note VALUES (1)"))
        await bus.publish(PollClosed(2))
        assert heard.polls == []
    assert heard.polls == [1, 2]


async def test_a_subscriber_sees_what_was_committed(notes: Database, bus: LocalEventBus) -> None:
    """And may write in a transaction of its own: the publisher's is over."""
    counts: list[int] = []

    async def count(_: PollClosed) -> None:
        assert current_transaction() is None
        async with notes.transaction() as tx:
            counts.append((await tx.execute(text("SELECT count(*) FROM note"))).scalar_one())

    bus.subscribe(PollClosed, count)
    async with notes.transaction() as tx:
        await tx.execute(text("INSERT INTO note VALUES (1)"))
        await bus.publish(PollClosed(1))
    await bus.settled()
    assert counts == [1]


async def test_a_rollback_takes_its_events_along(notes: Database, bus: LocalEventBus, heard: Heard) -> None:
    """Whether the block raised or rolled back by itself; later transactions are not touched by it."""
    with suppress(ZeroDivisionError):
        async with notes.transaction():
            await bus.publish(PollClosed(1))
            _ = 1 / 0
    async with notes.transaction() as tx:
        await bus.publish(PollClosed(2))
        await tx.rollback()
    await bus.settled()
    assert heard.polls == []
    async with notes.transaction():
        await bus.publish(PollClosed(3))
    assert heard.polls == [3]


async def test_a_commit_that_fails_takes_its_events_along(notes: Database, bus: LocalEventBus, heard: Heard) -> None:
    """As a deferred constraint makes it."""
    async with notes.transaction() as tx:
        await tx.execute(text("CREATE TABLE parent (id INTEGER PRIMARY KEY)"))
        await tx.execute(
            text("CREATE TABLE child (parent INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)")
        )

    async def orphan() -> None:
        async with notes.transaction() as tx:
            await tx.execute(text("INSERT INTO child VALUES (1)"))
            await bus.publish(PollClosed(1))

    with pytest.raises(IntegrityError):
        await orphan()
    await bus.settled()
    assert heard.polls == []


async def test_a_block_that_commits_by_itself(notes: Database, bus: LocalEventBus, heard: Heard) -> None:
    """Is a commit like any other."""
    async with notes.transaction() as tx:
        await bus.publish(PollClosed(1))
        await tx.commit()
    assert heard.polls == [1]


async def test_a_savepoint_that_is_rolled_back_takes_its_events_along(
    notes: Database, bus: LocalEventBus, heard: Heard
) -> None:
    """Also what was published in a savepoint inside it; one that is released waits for the whole commit."""
    async with notes.transaction() as tx:
        await bus.publish(PollClosed(1))
        async with tx.begin_nested():
            await bus.publish(PollClosed(2))
        with suppress(ZeroDivisionError):
            async with tx.begin_nested():
                await bus.publish(PollClosed(3))
                async with tx.begin_nested():
                    await bus.publish(PollClosed(4))
                _ = 1 / 0
        await bus.publish(PollClosed(5))
        assert heard.polls == []
    assert heard.polls == [1, 2, 5]


async def test_a_cancellation_while_it_commits(notes: Database, bus: LocalEventBus, heard: Heard) -> None:
    """Comes after the commit: the row is there, and so is its event."""
    last_line = asyncio.Event()

    async def close() -> None:
        async with notes.transaction() as tx:
            await tx.execute(text("INSERT INTO note VALUES (1)"))
            await bus.publish(PollClosed(1))
            last_line.set()

    task = asyncio.create_task(close())
    await last_line.wait()  # nothing but the commit is left, and it has to wait for the database
    assert task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with notes.session() as session:
        assert (await session.execute(text("SELECT count(*) FROM note"))).scalar_one() == 1
    assert heard.polls == [1]


async def test_a_cancellation_before_the_commit(notes: Database, bus: LocalEventBus, heard: Heard) -> None:
    """Rolls back, events and all."""
    inside = asyncio.Event()

    async def close() -> None:
        async with notes.transaction():
            await bus.publish(PollClosed(1))
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(close())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert heard.polls == []


async def test_two_transactions_at_once_keep_their_events_apart(
    notes: Database, bus: LocalEventBus, heard: Heard
) -> None:
    """Each task has its own, and what a task started in a transaction publishes belongs to that one."""

    async def publish(poll: int, *, fail: bool) -> None:
        async with notes.transaction():
            await asyncio.create_task(bus.publish(PollClosed(poll)))
            if fail:
                raise ZeroDivisionError

    await asyncio.gather(publish(1, fail=False), publish(2, fail=True), publish(3, fail=False), return_exceptions=True)
    assert sorted(heard.polls) == [1, 3]


async def test_a_task_that_outlives_the_transaction_which_started_it(
    notes: Database, bus: LocalEventBus, heard: Heard
) -> None:
    """Is in no transaction any more."""
    over = asyncio.Event()

    async def later() -> None:
        await over.wait()
        await bus.publish(PollClosed(1))

    async with notes.transaction():
        task = asyncio.create_task(later())
    over.set()
    await task
    assert heard.polls == [1]


async def test_reading_is_no_transaction(notes: Database, bus: LocalEventBus, heard: Heard) -> None:
    """An event that is published in a session is handed over at once."""
    async with notes.session():
        await bus.publish(PollClosed(1))
        assert heard.polls == [1]


async def test_a_subscriber_that_takes_its_time_holds_up_nobody(bus: LocalEventBus) -> None:
    """Neither the publisher nor the other subscribers; nor does a publisher that is cancelled end it."""
    go_on, heard = asyncio.Event(), []

    async def slow(event: PollClosed) -> None:
        await go_on.wait()
        heard.append(f"slow {event.poll}")

    async def quick(event: PollClosed) -> None:
        heard.append(f"quick {event.poll}")

    bus.subscribe(PollClosed, slow)
    bus.subscribe(PollClosed, quick)
    await asyncio.create_task(bus.publish(PollClosed(1)))
    assert heard == ["quick 1"]
    go_on.set()
    await bus.settled()
    assert heard == ["quick 1", "slow 1"]


async def test_a_stop_waits_for_subscribers_and_then_cancels_them(bus: LocalEventBus) -> None:
    """It says how many those were; without any it is done at once."""
    assert await bus.finish(0) == 0
    ended: list[str] = []

    async def stuck(_: PollClosed) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("stuck")

    async def brief(_: PollClosed) -> None:
        await asyncio.sleep(0)
        ended.append("brief")

    bus.subscribe(PollClosed, stuck)
    bus.subscribe(PollClosed, brief)
    await bus.publish(PollClosed(1))
    assert await bus.finish(0.05) == 1
    assert ended == ["brief", "stuck"]


async def test_a_subscriber_is_in_nobodys_language(bus: LocalEventBus) -> None:
    """As it would be in another process."""
    locales: list[str | None] = []

    async def note(_: PollClosed) -> None:
        locales.append(active_locale())

    bus.subscribe(PollClosed, note)
    outside = active_locale()
    with using_locale("de"):
        await bus.publish(PollClosed(1))
    assert locales == [outside]


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What is logged, one JSON object a line."""
    stream = io.StringIO()
    log.configure(json=True, stream=stream)
    yield stream
    log.reset()


def read(lines: io.StringIO) -> list[dict[str, Any]]:
    """The lines."""
    return [json.loads(line) for line in lines.getvalue().splitlines()]


async def test_a_failure_has_the_reference_of_what_was_worked_on(
    notes: Database, bus: LocalEventBus, lines: io.StringIO
) -> None:
    """Every line that a subscriber writes has it, also after the commit; without one it gets one of its own."""

    async def fail(event: PollClosed) -> None:
        log.get_logger("reminders").info("looking", poll=event.poll)
        raise LookupError("no such reminder")

    bus.subscribe(PollClosed, fail)
    token = current_source.set(Interaction("abc123"))
    async with notes.transaction():
        await bus.publish(PollClosed(1))
    current_source.reset(token)
    await bus.publish(PollClosed(2))
    first, failed, second, failed_again = read(lines)
    assert first["reference"] == failed["reference"] == "abc123"
    assert failed["message"] == "a subscriber failed"
    assert "LookupError: no such reminder" in failed["exception"]
    assert second["reference"] == failed_again["reference"] != "abc123"


async def test_what_cannot_leave_the_process_is_refused_where_it_is_published(
    notes: Database, bus: LocalEventBus, heard: Heard
) -> None:
    """Before the commit, so that the mistake rolls back what it belongs to."""
    wrong: Any = "seven"
    with pytest.raises(InvalidEvent, match=r"PollClosed\.poll is str, and should be int"):
        async with notes.transaction():
            await bus.publish(PollClosed(wrong))
    assert heard.polls == []
