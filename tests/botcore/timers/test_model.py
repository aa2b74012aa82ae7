"""Timers beside a model of a few lines: whatever is done to them in whatever order, both agree."""

import asyncio
import shutil
import tempfile
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from botcore.clock import ManualClock
from botcore.db import Database, Migrator
from botcore.timers import DurableTimers, Firing, Retries, TimerSettings
from botcore.timers.records import read_timers
from botcore.timers.table import migrations
from fakes.timing import Middle

KIND = "test.fire"
RETRIES = Retries(attempts=3)
KEYS = st.sampled_from(["tea", "soup", "rice"])


@dataclass
class Expected:
    """One timer as the model has it; every `set` makes a new one."""

    number: int
    due_at: datetime
    visible_at: datetime | None
    failures: int
    attempt: int = 0
    running: bool = False


class Handler:
    """Fails as often as the payload says, and waits while it is held."""

    def __init__(self) -> None:
        self.begun: list[tuple[str, int, int]] = []
        self.open = asyncio.Event()
        self._changed = asyncio.Event()

    async def until(self, count: int) -> None:
        """Return once so many firings have begun."""
        async with asyncio.timeout(20):
            while len(self.begun) < count:
                self._changed.clear()
                await self._changed.wait()

    async def __call__(self, firing: Firing) -> None:
        self.begun.append((firing.key, firing.payload["number"], firing.attempt))
        self._changed.set()
        await self.open.wait()
        if firing.attempt <= firing.payload["failures"]:
            raise RuntimeError("as the payload says")


class TimersBesideAModel(RuleBasedStateMachine):
    """Set, move, cancel, let time pass, hold handlers back, stop and start."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self._folder = tempfile.TemporaryDirectory()
        self._clock = ManualClock()
        self._model: dict[str, Expected] = {}
        self._begun: list[tuple[str, int, int]] = []
        self._numbers = 0
        self._held = False

    def _do[T](self, what: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(asyncio.wait_for(what, 30))

    @initialize()
    def open(self) -> None:
        """An empty database and a running loop."""
        file = Path(self._folder.name) / "model.db"
        shutil.copy(self.template, file)
        self._do(self._open(f"sqlite:///{file}"))

    async def _open(self, url: str) -> None:
        self._database = Database(url)
        await self._database.open()
        self._timers = DurableTimers(self._database, self._clock, TimerSettings(retries=RETRIES), random=Middle())
        self._handler = Handler()
        self._handler.open.set()
        self._timers.handler(KIND, self._handler)
        await self._timers.start()

    @rule(key=KEYS, minutes=st.integers(1, 90), failures=st.integers(0, 4))
    def put(self, key: str, minutes: int, failures: int) -> None:
        """Set a timer, or move the one that has the key."""
        self._numbers += 1
        due_at = self._clock.now() + timedelta(minutes=minutes)
        self._do(self._put(key, due_at, {"number": self._numbers, "failures": failures}))
        self._model[key] = Expected(self._numbers, due_at, due_at, failures)

    async def _put(self, key: str, due_at: datetime, payload: dict[str, Any]) -> None:
        async with self._database.transaction() as tx:
            await self._timers.set(tx, KIND, key, due_at, payload)

    @rule(key=KEYS)
    def cancel(self, key: str) -> None:
        """Cancel a timer, whether it is there or not."""
        assert self._do(self._cancel(key)) == (self._model.pop(key, None) is not None)

    async def _cancel(self, key: str) -> bool:
        async with self._database.transaction() as tx:
            return await self._timers.cancel(tx, KIND, key)

    @rule(minutes=st.integers(1, 120))
    def pass_time(self, minutes: int) -> None:
        """What has become due begins, and ends unless handlers are held back."""
        self._clock.advance(timedelta(minutes=minutes))
        self._expect_begun()
        self._do(self._catch_up())

    async def _catch_up(self) -> None:
        await self._handler.until(len(self._begun))
        if not self._held:
            await self._timers.until_idle()

    def _expect_begun(self) -> None:
        now = self._clock.now()
        due = [
            (key, timer)
            for key, timer in self._model.items()
            if not timer.running and timer.visible_at is not None and timer.visible_at <= now
        ]
        for key, timer in sorted(due, key=lambda each: (each[1].due_at, each[1].number)):
            timer.running, timer.attempt = True, timer.attempt + 1
            self._begun.append((key, timer.number, timer.attempt))
        if not self._held:
            self._expect_ended()

    def _expect_ended(self) -> None:
        for key, timer in list(self._model.items()):
            if not timer.running:
                continue
            timer.running = False
            if timer.attempt > timer.failures:
                del self._model[key]
            else:
                pause = RETRIES.pause(timer.attempt, Middle())
                timer.visible_at = None if pause is None else self._clock.now() + pause

    @precondition(lambda self: not self._held)
    @rule()
    def hold(self) -> None:
        """From now on what begins does not end."""
        self._held = True
        self._handler.open.clear()

    @precondition(lambda self: self._held)
    @rule()
    def let_go(self) -> None:
        """Everything that runs ends; what was moved or cancelled meanwhile changes nothing any more."""
        self._held = False
        self._handler.open.set()
        self._expect_ended()
        self._do(self._catch_up())

    @rule()
    def restart(self) -> None:
        """What ran is let go of, and begins again at once without having lost an attempt."""
        for timer in self._model.values():
            if timer.running:
                timer.running, timer.attempt, timer.visible_at = False, timer.attempt - 1, self._clock.now()
        self._expect_begun()
        self._do(self._restart())

    async def _restart(self) -> None:
        await self._timers.stop(0)
        await self._timers.start()
        await self._catch_up()

    @invariant()
    def agree(self) -> None:
        """The same firings began, and the same timers are left."""
        if hasattr(self, "_handler"):
            assert sorted(self._handler.begun) == sorted(self._begun)
            left = {record.key: record for record in self._do(self._read())}
            assert left.keys() == self._model.keys()
            for key, timer in self._model.items():
                assert (left[key].due_at, left[key].attempt) == (timer.due_at, timer.attempt)
                if not timer.running:
                    assert left[key].visible_at == timer.visible_at

    async def _read(self) -> list[Any]:
        async with self._database.session() as session:
            return (await read_timers(session, parked=False, most=100))[0]

    def teardown(self) -> None:
        """Close everything."""
        if hasattr(self, "_handler"):
            self._do(self._timers.stop(0))
            self._do(self._database.close())
        self._runner.close()
        self._folder.cleanup()


async def _migrate(file: Path) -> None:
    async with Database(f"sqlite:///{file}") as database:
        await Migrator(database).upgrade(migrations())


def test_timers_agree_with_the_model(tmp_path: Path):
    """In every order of sets, cancels, time, held handlers and restarts that hypothesis comes up with."""
    with asyncio.Runner() as runner:
        runner.run(_migrate(tmp_path / "template.db"))

    class Machine(TimersBesideAModel):
        template = tmp_path / "template.db"

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=30, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
