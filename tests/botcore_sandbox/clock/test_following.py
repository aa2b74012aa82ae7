"""The sandbox's clock from a bot's side of the socket."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from botcore.errors import ConfigurationError
from botcore_sandbox import Sandbox, SandboxClock
from botcore_sandbox.clock.following import FollowingClock, follow
from botcore_sandbox.plugin import botcore_clock

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
PATIENCE = 20


class Plain:
    """Timers that are busy until they are told otherwise."""

    def __init__(self) -> None:
        self.idle = asyncio.Event()
        self.asked = asyncio.Event()

    async def until_idle(self) -> None:
        """Wait until it is said."""
        self.asked.set()
        await self.idle.wait()

    async def next_due(self) -> datetime | None:
        """One hour after the first moment."""
        return NOON + HOUR


class Broken(Plain):
    """Timers whose database is gone."""

    async def next_due(self) -> datetime | None:
        """Fail."""
        raise OSError("the database is gone")


@pytest_asyncio.fixture(loop_scope="session")
async def served() -> AsyncIterator[Sandbox]:
    """A sandbox whose clock stands still."""
    async with Sandbox(clock=SandboxClock(NOON)) as running:
        yield running


async def listening(sandbox: Sandbox) -> tuple[FollowingClock, asyncio.Task[None]]:
    """A clock that follows, and somebody who sleeps on it for a day."""
    clock = await asyncio.to_thread(follow, sandbox.clock_url)
    return clock, asyncio.create_task(clock.sleep(86_400))


async def shows(clock: SandboxClock, moment: datetime) -> None:
    """Return once a clock shows a moment."""
    moved = asyncio.Event()
    stop_hearing = clock.subscribe(moved.set)
    async with asyncio.timeout(PATIENCE):
        while clock.now() != moment:
            await moved.wait()
            moved.clear()
    stop_hearing()


async def stop(*tasks: "asyncio.Task[None] | None") -> None:
    """End tasks."""
    for task in tasks:
        if task is not None:
            task.cancel()
    await asyncio.gather(*(task for task in tasks if task is not None), return_exceptions=True)


async def ended(clock: FollowingClock, *tasks: "asyncio.Task[None]") -> None:
    """End who sleeps, and the listening."""
    await stop(*tasks, clock._listening)  # noqa: SLF001 - a process ends it by ending


async def test_it_shows_the_sandbox_s_time_at_once_and_after_each_move(served: Sandbox):
    """Before anything is awaited, and without anybody asking again."""
    served.time.clock.advance(HOUR)
    clock, sleeper = await listening(served)
    assert clock.now() == NOON + HOUR
    served.time.clock.advance(HOUR)
    await shows(clock, NOON + 2 * HOUR)
    served.time.clock.advance(24 * HOUR)
    await sleeper
    await ended(clock)


async def test_it_runs_on_while_the_sandbox_is_away_and_never_goes_back(served: Sandbox):
    """What comes back on the same port is followed again, once it is ahead."""
    clock, sleeper = await listening(served)
    served.time.clock.advance(HOUR)
    await shows(clock, NOON + HOUR)
    port = served.port
    await served.close()
    assert clock.now() == NOON + HOUR
    async with Sandbox(port=port, clock=SandboxClock(NOON)) as again:
        again.time.clock.advance(timedelta(minutes=30))
        again.time.clock.advance(2 * HOUR)
        await shows(clock, NOON + timedelta(hours=2, minutes=30))
        await ended(clock, sleeper)


async def test_a_move_waits_for_the_timers_of_those_who_follow(served: Sandbox):
    """And the moves that come meanwhile are heard all the same."""
    clock, sleeper = await listening(served)
    clock.timers = timers = Plain()
    served.time.clock.advance(HOUR)
    await shows(clock, NOON + HOUR)  # from here on it is connected
    assert await served.time.next_timer() == NOON + HOUR
    moving = asyncio.create_task(served.time.advance(HOUR))
    await asyncio.wait_for(timers.asked.wait(), PATIENCE)
    assert clock.now() == NOON + 2 * HOUR
    served.time.clock.advance(HOUR)
    await shows(clock, NOON + 3 * HOUR)
    assert not moving.done()
    timers.idle.set()
    await asyncio.wait_for(moving, PATIENCE)
    await ended(clock, sleeper)


async def test_a_bot_that_leaves_or_cannot_say_holds_nobody_up(served: Sandbox):
    """Both count as bots without a timer."""
    clock, sleeper = await listening(served)
    clock.timers = Broken()
    served.time.clock.advance(HOUR)
    await shows(clock, NOON + HOUR)
    assert await served.time.next_timer() is None
    clock.timers = timers = Plain()
    moving = asyncio.create_task(served.time.advance(HOUR))
    await asyncio.wait_for(timers.asked.wait(), PATIENCE)
    await ended(clock, sleeper)
    await asyncio.wait_for(moving, PATIENCE)
    assert await served.time.next_timer() is None


async def test_a_bot_that_never_gets_idle_is_said(served: Sandbox):
    """In real time, and the clock stays moved."""
    served.time.join(Plain())
    with pytest.raises(TimeoutError, match=r"still at work after 0\.01 s"):
        await served.time.advance(HOUR, patience=0.01)
    assert served.time.now() == NOON + HOUR


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/sandbox/clock",
        "http://192.168.0.1/sandbox/clock",
        "http://me@127.0.0.1/sandbox/clock",
        "http://127.0.0.1.example/sandbox/clock",
        "127.0.0.1:80",
        "file:///etc/passwd",
    ],
)
async def test_only_a_sandbox_on_this_machine_has_a_clock(url: str):
    """Everything else is a mistake of the operator, said in a sentence; nothing is asked of it."""
    with pytest.raises(ConfigurationError, match="names a sandbox on this machine"):
        botcore_clock({"SANDBOX_CLOCK_URL": url})


@pytest.mark.parametrize("environ", [{}, {"SANDBOX_CLOCK_URL": ""}])
async def test_without_the_variable_there_is_no_clock(environ: dict[str, str]):
    """The bot takes the machine's."""
    assert botcore_clock(environ) is None
