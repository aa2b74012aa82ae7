"""What a clean stop lets finish."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import botcore as bc
from botcore_sandbox import BotOnSandbox, Sandbox


class Patient(bc.BaseListener):
    """Takes its time."""

    event = "ready"
    begun: ClassVar[asyncio.Event]
    gate: ClassVar[asyncio.Event]
    steps: ClassVar[list[str]]

    async def handle(self, *_args: Any) -> None:
        """Wait for the test."""
        self.steps.append("begun")
        self.begun.set()
        await self.gate.wait()
        self.steps.append("done")


class PatientFeature(bc.BaseFeature):
    """A feature that stops after its listener."""

    name = "patient"
    listeners = (Patient,)

    async def stop(self) -> None:
        """Note when."""
        Patient.steps.append("feature stopped")


async def test_a_listener_that_is_at_work_finishes_before_its_feature_stops(sandbox: Sandbox, tmp_path: Path) -> None:
    """Its services and the database are still there for it."""
    Patient.begun, Patient.gate, Patient.steps = asyncio.Event(), asyncio.Event(), []
    bot = BotOnSandbox(sandbox, tmp_path, features=[PatientFeature])
    await bot.start()
    async with asyncio.timeout(10):
        await Patient.begun.wait()
    stopping = asyncio.create_task(bot.stop())
    await sandbox.bot_gone()
    Patient.gate.set()
    await stopping
    assert Patient.steps == ["begun", "done", "feature stopped"]


@dataclass(frozen=True, slots=True)
class Something:
    """What happened."""


class Subscriber(bc.BaseFeature):
    """A feature with a subscriber that takes its time."""

    name = "subscriber"

    def __init__(self) -> None:
        self.steps: list[str] = []
        self.gate = asyncio.Event()
        Subscriber.made = self

    made: ClassVar["Subscriber"]

    async def start(self, services: bc.ServiceContainer) -> None:
        """Subscribe."""
        self.events = services.get(bc.EventBus)
        self.events.subscribe(Something, self.hear)

    async def hear(self, _: Something) -> None:
        """Wait for the test."""
        self.steps.append("begun")
        await self.gate.wait()
        self.steps.append("done")

    async def stop(self) -> None:
        """Note when."""
        self.steps.append("feature stopped")


async def test_a_subscriber_that_is_at_work_finishes_before_its_feature_stops(sandbox: Sandbox, tmp_path: Path) -> None:
    """As the work in flight does that it is a part of."""
    bot = BotOnSandbox(sandbox, tmp_path, features=[Subscriber])
    await bot.start()
    feature = Subscriber.made
    await feature.events.publish(Something())
    stopping = asyncio.create_task(bot.stop())
    await sandbox.bot_gone()
    feature.gate.set()
    await stopping
    assert feature.steps == ["begun", "done", "feature stopped"]
