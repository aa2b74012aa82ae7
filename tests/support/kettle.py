"""/kettle: a feature with one durable timer, for bots whose time a test moves."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

import botcore as bc
from botcore.db import Database

KIND = "kettle.boils"


class Stove:
    """Puts kettles on, and says when they boil."""

    def __init__(self, database: Database, timers: bc.Timers, clock: bc.Clock, messenger: bc.Messenger) -> None:
        self._database = database
        self._timers = timers
        self._clock = clock
        self._messenger = messenger

    async def put_on(self, channel_id: int, minutes: int) -> str:
        """Heat water in a channel; returns what to say of it."""
        boils_at = self._clock.now() + timedelta(minutes=minutes)
        async with self._database.transaction() as tx:
            await self._timers.set(tx, KIND, f"{channel_id}-{minutes}", boils_at, {"channel": channel_id})
        return f"The kettle boils {_at(boils_at, 'R')}"

    async def take_off(self, channel_id: int, minutes: int) -> None:
        """Let the water get cold."""
        async with self._database.transaction() as tx:
            await self._timers.cancel(tx, KIND, f"{channel_id}-{minutes}")

    async def boils(self, firing: bc.Firing) -> None:
        """Say so."""
        await self._messenger.send(
            firing.payload["channel"], bc.Message(content=f"The kettle sings at {_at(self._clock.now(), 'T')}")
        )


@dataclass(frozen=True, slots=True)
class KettleInput:
    """The options of both commands."""

    minutes: Annotated[int, bc.Option("How long it takes", min=0)]


class On(bc.BaseCommand[KettleInput]):
    """Puts a kettle on."""

    name, description = "kettle on", "Heat water"

    def __init__(self, stove: Stove) -> None:
        self._stove = stove

    async def process_command(self, ctx: bc.CommandContext, data: KettleInput) -> bc.CommandResult:
        """Set the timer."""
        return bc.CommandResult.ok(await self._stove.put_on(ctx.channel_id or 0, data.minutes))


class Off(bc.BaseCommand[KettleInput]):
    """Takes it off again."""

    name, description = "kettle off", "Let it get cold"

    def __init__(self, stove: Stove) -> None:
        self._stove = stove

    async def process_command(self, ctx: bc.CommandContext, data: KettleInput) -> bc.CommandResult:
        """Cancel the timer."""
        await self._stove.take_off(ctx.channel_id or 0, data.minutes)
        return bc.CommandResult.ok("It is off.")


class Feature(bc.BaseFeature):
    """Kettles."""

    name = "kettle"
    services = (Stove,)
    commands = (On, Off)

    async def start(self, services: bc.ServiceContainer) -> None:
        """Say what happens when a kettle boils."""
        services.get(bc.Timers).handler(KIND, services.get(Stove).boils)


def _at(moment: datetime, style: str) -> str:
    return f"<t:{int(moment.timestamp())}:{style}>"
