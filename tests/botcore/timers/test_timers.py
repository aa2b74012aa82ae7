"""What a feature can rely on from timers, on every database that this machine has."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import func, select

from botcore.clock import ManualClock
from botcore.db import Database
from botcore.errors import AlreadyRegistered
from botcore.timers import DurableTimers, Firing, FiringLost, InvalidTimer
from botcore.timers.records import TimerRecord, read_timers, retry_timer
from botcore.timers.table import timer
from fakes.timing import RecordingHandler

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
KIND = "test.fire"


async def put(timers: DurableTimers, database: Database, key: str, due_at: datetime, **payload: Any) -> None:
    """Set one timer in a transaction of its own."""
    async with database.transaction() as tx:
        await timers.set(tx, KIND, key, due_at, payload)


async def pending(database: Database, *, parked: bool = False) -> list[TimerRecord]:
    """The timers in the table."""
    async with database.session() as session:
        return (await read_timers(session, parked=parked, most=1000))[0]


async def test_fires_at_its_time(timers: DurableTimers, timed: Database, clock: ManualClock, handler: RecordingHandler):
    """Not before, with everything that its handler needs to know, and once."""
    due_at = clock.now() + HOUR
    await put(timers, timed, "tea", due_at, user=42, tags=["a", None])
    clock.advance(HOUR - SECOND)
    await timers.until_idle()
    assert handler.firings == []
    clock.advance(SECOND)
    await timers.until_idle()
    assert handler.firings == [
        Firing(kind=KIND, key="tea", payload={"user": 42, "tags": ["a", None]}, due_at=due_at, attempt=1)
    ]
    assert await pending(timed) == []
    clock.advance(DAY)
    await timers.until_idle()
    assert len(handler.firings) == 1


async def test_the_caller_s_transaction_decides(
    timers: DurableTimers, timed: Database, clock: ManualClock, handler: RecordingHandler
):
    """What is rolled back was neither set nor cancelled."""
    await put(timers, timed, "kept", clock.now() + SECOND)
    with suppress(ZeroDivisionError):
        async with timed.transaction() as tx:
            await timers.set(tx, KIND, "never", clock.now(), {})
            assert await timers.cancel(tx, KIND, "kept")
            _ = 1 / 0
    clock.advance(HOUR)
    await timers.until_idle()
    assert handler.keys == ["kept"]


async def test_setting_again_moves(
    timers: DurableTimers, timed: Database, clock: ManualClock, handler: RecordingHandler
):
    """A key is unique per kind: the last one set counts, its time and its payload."""
    await put(timers, timed, "tea", clock.now() + HOUR, cup=1)
    await put(timers, timed, "tea", clock.now() + 3 * HOUR, cup=2)
    clock.advance(2 * HOUR)
    await timers.until_idle()
    assert handler.firings == []
    clock.advance(HOUR)
    await timers.until_idle()
    assert [firing.payload for firing in handler.firings] == [{"cup": 2}]


async def test_cancelling(timers: DurableTimers, timed: Database, clock: ManualClock, handler: RecordingHandler):
    """A cancelled timer does not fire, and one that is not there is told from one that was."""
    await put(timers, timed, "tea", clock.now() + HOUR)
    async with timed.transaction() as tx:
        assert await timers.cancel(tx, KIND, "tea")
        assert not await timers.cancel(tx, KIND, "tea")
        assert not await timers.cancel(tx, "test.other", "tea")
    clock.advance(DAY)
    await timers.until_idle()
    assert handler.firings == []


async def test_an_earlier_one_wakes_the_loop(
    timers: DurableTimers, timed: Database, clock: ManualClock, handler: RecordingHandler
):
    """Whatever the loop sleeps for, what this process sets earlier is known as soon as it is committed."""
    await put(timers, timed, "late", clock.now() + HOUR)
    await timers.until_idle()
    async with timed.transaction() as tx:
        await timers.set(tx, KIND, "now", clock.now())
        await timers.set(tx, KIND, "soon", clock.now() + SECOND)
    await handler.begun()
    assert handler.keys == ["now"]


async def test_a_savepoint_is_no_commit(
    timers: DurableTimers, timed: Database, clock: ManualClock, handler: RecordingHandler
):
    """A timer set in a savepoint fires after the transaction around it, without waiting for the next look."""
    async with timed.transaction() as tx:
        async with tx.begin_nested():
            await timers.set(tx, KIND, "now", clock.now())
        await clock.until_asleep()
        assert handler.firings == []
    await handler.begun()
    assert handler.keys == ["now"]


async def test_after_downtime(timers: DurableTimers, timed: Database, clock: ManualClock, handler: RecordingHandler):
    """What was missed fires in the order of its due times, says how late it is, and does not come as a flood."""
    await timers.stop(0)
    start = clock.now()
    async with timed.transaction() as tx:
        for number in reversed(range(100)):
            await timers.set(tx, KIND, f"{number:03}", start + number * SECOND)
    clock.advance(DAY)
    handler.hold()
    await timers.start()
    while len(handler.firings) < 16:
        await handler.begun()
    await clock.until_asleep()
    assert len(handler.firings) == 16
    handler.let_go()
    await timers.until_idle()
    assert handler.keys == [f"{number:03}" for number in range(100)]
    assert [firing.late_by for firing in handler.firings[:2]] == [DAY, DAY - SECOND]
    assert handler.most_at_once == 16


async def test_a_year_in_a_second(timers: DurableTimers, timed: Database, clock: ManualClock):
    """A timer that sets itself anew every day fires every day of a year, to the second, if the clock is moved so."""
    fired: list[tuple[datetime, timedelta]] = []

    async def daily(firing: Firing) -> None:
        fired.append((firing.due_at, firing.late_by))
        async with timed.transaction() as tx:
            await firing.done(tx)
            await timers.set(tx, "test.daily", firing.key, firing.due_at + DAY)

    timers.handler("test.daily", daily)
    start = clock.now()
    async with timed.transaction() as tx:
        await timers.set(tx, "test.daily", "tea", start + DAY)
    for _ in range(365):
        clock.advance(DAY)
        await timers.until_idle()
    assert fired == [(start + number * DAY, timedelta(0)) for number in range(1, 366)]
    clock.advance(365 * DAY)  # and a year in one step: every day of it, late as it is
    await timers.until_idle()
    assert [due_at for due_at, _ in fired[365:]] == [start + number * DAY for number in range(366, 731)]


async def test_many_kinds_share_one_order(timers: DurableTimers, timed: Database, clock: ManualClock):
    """Every kind has its own handler, and what is due first comes first, whichever kind it is of."""
    seen: list[str] = []
    for kind in ("test.a", "test.b", "test.c"):

        async def fire(firing: Firing) -> None:
            seen.append(f"{firing.kind}/{firing.key}")

        timers.handler(kind, fire)
    async with timed.transaction() as tx:
        for number, kind in enumerate(["test.c", "test.a", "test.b", "test.a", "test.c"]):
            await timers.set(tx, kind, str(number), clock.now() + (number + 1) * SECOND)
    clock.advance(HOUR)
    await timers.until_idle()
    assert seen == ["test.c/0", "test.a/1", "test.b/2", "test.a/3", "test.c/4"]


async def test_without_a_handler_it_waits(timers: DurableTimers, timed: Database, clock: ManualClock):
    """Timers of a feature that was taken out wait until it is back, and hold up nobody."""
    await put(timers, timed, "tea", clock.now())
    handler, other = RecordingHandler(), RecordingHandler()
    timers.handler("other.fire", other)
    async with timed.transaction() as tx:
        await timers.set(tx, "other.fire", "x", clock.now())
    await timers.until_idle()
    assert other.keys == ["x"]
    clock.advance(DAY)
    timers.handler(KIND, handler)
    await timers.until_idle()
    assert [(firing.key, firing.late_by, firing.attempt) for firing in handler.firings] == [("tea", DAY, 1)]


async def test_one_handler_a_kind(timers: DurableTimers, timed: Database, clock: ManualClock):
    """A second one is refused; one that was taken away, alone or with its feature, makes room."""
    unregister = timers.handler(KIND, RecordingHandler())
    with pytest.raises(AlreadyRegistered, match=r"test\.fire.*choose another kind"):
        timers.handler(KIND, RecordingHandler())
    unregister()
    handler = RecordingHandler()
    timers.handler(KIND, handler)
    unregister()  # a second call harms nobody
    timers.forget("tes")
    await put(timers, timed, "tea", clock.now())
    await timers.until_idle()
    assert handler.keys == ["tea"]
    timers.forget("test")
    await put(timers, timed, "more", clock.now())
    await timers.until_idle()
    assert handler.keys == ["tea"]


async def test_what_fails_comes_back_later(
    timers: DurableTimers, timed: Database, clock: ManualClock, handler: RecordingHandler
):
    """After 10 s, then 30 s and so on; the due time stays, the attempt counts."""
    due_at = clock.now()
    handler.failures = [RuntimeError("no"), ValueError("no")]
    await put(timers, timed, "tea", due_at)
    await timers.until_idle()
    for pause in (10 * SECOND, 30 * SECOND):
        clock.advance(pause - SECOND)
        await timers.until_idle()
        before = len(handler.firings)
        clock.advance(SECOND)
        await timers.until_idle()
        assert len(handler.firings) == before + 1
    assert [(firing.attempt, firing.due_at, firing.late_by) for firing in handler.firings] == [
        (1, due_at, 0 * SECOND),
        (2, due_at, 10 * SECOND),
        (3, due_at, 40 * SECOND),
    ]
    assert await pending(timed) == []


async def test_what_keeps_failing_is_parked(
    timers: DurableTimers, timed: Database, clock: ManualClock, handler: RecordingHandler
):
    """After ten attempts it waits for the operator, who can send it on with all its attempts before it."""
    handler.failures = [RuntimeError("no")] * 10
    await put(timers, timed, "tea", clock.now())
    for _ in range(50):
        await timers.until_idle()
        clock.advance(HOUR)
    assert len(handler.firings) == 10
    [record] = await pending(timed, parked=True)
    assert (record.kind, record.key, record.visible_at, record.attempt, record.failure) == (
        *(KIND, "tea", None, 10, "RuntimeError"),
    )
    async with timed.transaction() as tx:
        assert not await retry_timer(tx, record.id + 1, clock.now())
        assert await retry_timer(tx, record.id, clock.now())
        assert not await retry_timer(tx, record.id, clock.now())
    await timers.until_idle()
    assert (len(handler.firings), handler.firings[-1].attempt) == (11, 1)
    assert await pending(timed) == []


async def test_a_parked_timer_can_be_set_anew(
    timers: DurableTimers, timed: Database, clock: ManualClock, handler: RecordingHandler
):
    """Moving it is a new beginning."""
    handler.failures = [RuntimeError("no")] * 10
    await put(timers, timed, "tea", clock.now())
    for _ in range(20):
        await timers.until_idle()
        clock.advance(2 * HOUR)
    assert await pending(timed, parked=True)
    await put(timers, timed, "tea", clock.now())
    await timers.until_idle()
    assert handler.firings[-1].attempt == 1
    assert await pending(timed) == []


async def test_done_in_the_handler_s_transaction(timers: DurableTimers, timed: Database, clock: ManualClock):
    """Completing the timer stands or falls with what else the handler writes."""
    attempts: list[int] = []

    async def fire(firing: Firing) -> None:
        attempts.append(firing.attempt)
        async with timed.transaction() as tx:
            await firing.done(tx)
            await timers.set(tx, "test.written", f"by attempt {firing.attempt}", clock.now() + DAY)
            if firing.attempt == 1:
                raise RuntimeError("before the commit")
        raise RuntimeError("after the commit: too late to matter")

    timers.handler(KIND, fire)
    await put(timers, timed, "tea", clock.now())
    await timers.until_idle()
    clock.advance(HOUR)
    await timers.until_idle()
    assert attempts == [1, 2]
    assert [(record.kind, record.key) for record in await pending(timed)] == [("test.written", "by attempt 2")]


@pytest.mark.parametrize("fails", [False, True])
async def test_moved_while_it_fires(
    timers: DurableTimers, timed: Database, clock: ManualClock, handler: RecordingHandler, *, fails: bool
):
    """The old firing, however it ends, neither completes nor delays what was set meanwhile."""
    await put(timers, timed, "tea", clock.now(), cup=1)
    handler.hold()
    handler.failures = [RuntimeError("no")] if fails else []
    await handler.begun()
    await put(timers, timed, "tea", clock.now() + HOUR, cup=2)
    handler.let_go()
    await timers.until_idle()
    assert [record.due_at for record in await pending(timed)] == [clock.now() + HOUR]
    clock.advance(HOUR)
    await timers.until_idle()
    assert [(firing.payload, firing.attempt) for firing in handler.firings] == [({"cup": 1}, 1), ({"cup": 2}, 1)]
    assert await pending(timed) == []


@pytest.mark.parametrize("again", [False, True])
async def test_cancelled_while_it_fires(timers: DurableTimers, timed: Database, clock: ManualClock, *, again: bool):
    """Its `done` is refused and its writes are not kept; one that was set in its place is not its business."""
    begun, go_on, refused = asyncio.Event(), asyncio.Event(), []

    async def fire(firing: Firing) -> None:
        begun.set()
        await go_on.wait()
        async with timed.transaction() as tx:
            await timers.set(tx, "test.written", "x", clock.now() + DAY)
            try:
                await firing.done(tx)
            except FiringLost as error:
                refused.append(str(error))
                raise

    timers.handler(KIND, fire)
    await put(timers, timed, "tea", clock.now())
    await begun.wait()
    async with timed.transaction() as tx:
        assert await timers.cancel(tx, KIND, "tea")
    if again:
        await put(timers, timed, "tea", clock.now() + HOUR)
    go_on.set()
    await timers.until_idle()
    assert len(refused) == 1
    assert "was moved, cancelled or taken over" in refused[0]
    assert [record.key for record in await pending(timed)] == (["tea"] if again else [])


async def test_a_stop_lets_go(timers: DurableTimers, timed: Database, clock: ManualClock, handler: RecordingHandler):
    """A handler that does not end in time is cancelled, and the next process has its timer at once, not a lease later.

    The interrupted attempt does not count, and what is due but has not begun is left alone.
    """
    handler.hold()
    await put(timers, timed, "tea", clock.now())
    await handler.begun()
    assert await timers.stop(0) == 1
    assert await timers.stop(0) == 0
    handler.let_go()
    await timers.start()
    await timers.until_idle()
    assert [(firing.key, firing.attempt) for firing in handler.firings] == [("tea", 1), ("tea", 1)]
    assert await pending(timed) == []


async def test_a_stop_lets_handlers_end(
    timers: DurableTimers, timed: Database, clock: ManualClock, handler: RecordingHandler
):
    """A handler that ends in time is not cancelled, and its timer is gone."""
    handler.hold()
    await put(timers, timed, "tea", clock.now())
    await handler.begun()
    stopping = asyncio.create_task(timers.stop(60))
    await asyncio.sleep(0)
    handler.let_go()
    assert await stopping == 0
    assert await pending(timed) == []


NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("fire", "tea", NOON, {}), "'fire' is no kind of timer: write the feature's name, a dot"),
        (("test." + "x" * 60, "tea", NOON, {}), "at most 64 characters"),
        ((KIND, "", NOON, {}), "must have 1 to 200 characters"),
        ((KIND, "x" * 201, NOON, {}), "must have 1 to 200 characters"),
        ((KIND, "x\0", NOON, {}), "no NUL"),
        ((KIND, "tea", datetime(2026, 1, 1), {}), "has no timezone"),  # noqa: DTZ001 - the mistake under test
        ((KIND, "tea", NOON, {"x": object()}), "is no JSON object"),
        ((KIND, "tea", NOON, {1: "x"}), "is no JSON object"),
        ((KIND, "tea", NOON, {"x": (1, 2)}), "would reach its handler changed"),
        ((KIND, "tea", NOON, {"at": datetime(2026, 1, 1, tzinfo=UTC)}), "a moment as text"),
    ],
)
async def test_mistakes_are_found_where_they_are_made(
    timers: DurableTimers, timed: Database, arguments: tuple[str, str, datetime, dict[str, Any]], sentence: str
):
    """What could not be kept or handed over unchanged is refused when it is set, with the way out."""
    async with timed.transaction() as tx:
        with pytest.raises(InvalidTimer, match=sentence):
            await timers.set(tx, *arguments)
    assert await pending(timed) == []


async def test_payloads_are_not_shared(timers: DurableTimers, timed: Database, clock: ManualClock):
    """A handler gets an object of its own, at every attempt as it was set, whatever characters are in it."""
    payload = {"text": "Zoë\0 😀 'quoted'", "big": 2**63, "ids": [1234567890123456789]}
    seen = []

    async def fire(firing: Firing) -> None:
        seen.append(dict(firing.payload))
        firing.payload.clear()
        if firing.attempt == 1:
            raise RuntimeError("again")

    timers.handler(KIND, fire)
    await put(timers, timed, "tea", clock.now(), **payload)
    await timers.until_idle()
    clock.advance(HOUR)
    await timers.until_idle()
    assert seen == [payload, payload]


async def test_moments_of_any_timezone(
    timers: DurableTimers, timed: Database, clock: ManualClock, handler: RecordingHandler
):
    """A moment is a moment wherever it was written, to the microsecond."""
    due_at = (clock.now() + HOUR + timedelta(microseconds=7)).astimezone(timezone(timedelta(hours=9, minutes=30)))
    await put(timers, timed, "tea", due_at)
    clock.advance(HOUR)
    await timers.until_idle()
    assert handler.firings == []
    clock.advance(timedelta(microseconds=7))
    await timers.until_idle()
    assert [(firing.due_at, firing.due_at.tzinfo) for firing in handler.firings] == [(due_at, UTC)]


async def test_ids_are_never_used_twice(timers: DurableTimers, timed: Database, clock: ManualClock):
    """Otherwise a late firing could complete a timer that was set after its own was cancelled."""
    ids = []
    for _ in range(2):
        await put(timers, timed, "tea", clock.now() + HOUR)
        ids += [record.id for record in await pending(timed)]
        async with timed.transaction() as tx:
            await timers.cancel(tx, KIND, "tea")
    assert ids[0] < ids[1]
    async with timed.session() as session:
        assert await session.scalar(select(func.count()).select_from(timer)) == 0


async def test_when_the_next_one_is_due(
    timers: DurableTimers, timed: Database, clock: ManualClock, handler: RecordingHandler
):
    """What was cancelled, was moved or has no handler does not count; what failed counts with its next attempt."""
    assert await timers.next_due() is None
    now = clock.now()
    async with timed.transaction() as tx:
        await timers.set(tx, KIND, "soon", now + HOUR)
        await timers.set(tx, KIND, "later", now + 10 * HOUR)
        await timers.set(tx, "test.nobody", "first", now)
    assert await timers.next_due() == now + HOUR
    async with timed.transaction() as tx:
        await timers.cancel(tx, KIND, "soon")
        await timers.set(tx, KIND, "later", now + 5 * HOUR)
    assert await timers.next_due() == now + 5 * HOUR
    handler.failures.append(RuntimeError("not yet"))
    clock.advance(5 * HOUR)
    await timers.until_idle()
    again = await timers.next_due()
    assert again == clock.now() + 10 * SECOND
    clock.set(again)
    await timers.until_idle()
    assert handler.keys == ["later", "later"]
    assert await timers.next_due() is None
