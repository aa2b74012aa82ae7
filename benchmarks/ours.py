"""The subject: a botcore bot with one feature of one command, through every stage of the pipeline."""

import asyncio
from dataclasses import dataclass
from typing import Annotated

import uvloop

import botcore as bc


class Adder:
    """The injected service."""

    def add(self, first: int, second: int) -> int:
        """The sum."""
        return first + second


@dataclass(frozen=True, slots=True)
class AddInput:
    """Two integers."""

    first: Annotated[int, bc.Option("The first number", min=0, max=100)]
    second: Annotated[int, bc.Option("The second number", min=0, max=100)]


class AddCommand(bc.BaseCommand[AddInput]):
    """Needs USER, has a rate limit, checks its input, uses a service, answers with an embed, and is counted."""

    name, description = "add", "Add two numbers"
    permission = bc.PermissionLevel.USER
    rate_limit = "1000000/minute"

    def __init__(self, adder: Adder) -> None:
        self._adder = adder

    async def validate_input(self, ctx: bc.CommandContext, data: AddInput) -> AddInput:
        """Two numbers are always fine; the check is what costs."""
        if data.first + data.second > 1_000:  # noqa: PLR2004 - any bound would do
            raise bc.InvalidInput("second", "That is too much.")
        return data

    async def process_command(self, ctx: bc.CommandContext, data: AddInput) -> bc.CommandResult:
        """Answer with the sum."""
        total = self._adder.add(data.first, data.second)
        return bc.CommandResult.ok(bc.EmbedBuilder().title("Sum").description(f"It is **{total}**."))


class AddFeature(bc.BaseFeature):
    """One command, one service."""

    name = "add"
    services = (Adder,)
    commands = (AddCommand,)


async def main() -> None:
    """Run until the process is ended."""
    bot = bc.BotCore(bc.BotOptions(features=[AddFeature]))
    await bot.start()
    print("ready", flush=True)
    await asyncio.Event().wait()


uvloop.run(main())
