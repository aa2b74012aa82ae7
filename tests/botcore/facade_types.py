"""What a type checker makes of the facade. Nothing here runs: mypy reads it, and every line is a test of its own.

An ``assert_type`` that does not hold is an error; so is a ``type: ignore`` that has nothing to ignore, which is how
mistakes are shown to be noticed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, assert_type

from nextcord.ext import commands

import botcore as bc
from botcore.db import Database


class Shelf:
    """A service."""

    def __init__(self, database: Database, clock: bc.Clock) -> None:
        self.clock = clock


@dataclass(frozen=True, slots=True)
class TakeInput:
    """The input of a command."""

    title: Annotated[str, bc.Option("Which book")]
    days: int = 14


@dataclass(frozen=True, slots=True)
class GiveInput:
    """The input of a button and a form."""

    book: int


class Take(bc.BaseCommand[TakeInput]):
    """A command: what is declared decides what arrives."""

    name, description = "take", "Take a book"
    permission = bc.PermissionLevel.USER

    async def validate_input(self, ctx: bc.CommandContext, data: TakeInput) -> TakeInput:
        """The input, typed."""
        assert_type(data.days, int)
        return data

    async def process_command(self, ctx: bc.CommandContext, data: TakeInput) -> bc.CommandResult:
        """The context, typed."""
        assert_type(ctx.user, bc.Invoker)
        assert_type(ctx.guild_id, int | None)
        assert_type(ctx.locale, str)
        assert_type(ctx.message, Mapping[str, object] | None)  # type: ignore[assert-type]  # its values are Any
        assert_type(await ctx.follow_up("soon"), int)
        return bc.CommandResult.ok(bc.EmbedBuilder().title("Taken").description("{title}", title=data.title))


class WrongAnswer(bc.BaseCommand[TakeInput]):
    """A text is no result."""

    async def process_command(self, ctx: bc.CommandContext, data: TakeInput) -> str:  # type: ignore[override]  # shown to be noticed
        """Answer wrongly."""
        return data.title


class WrongInput(bc.BaseCommand[TakeInput]):
    """Another input than the one in the brackets."""

    async def process_command(self, ctx: bc.CommandContext, data: GiveInput) -> bc.CommandResult:  # type: ignore[override]  # shown to be noticed
        """Take wrongly."""
        return bc.CommandResult.ok()


class NotAsynchronous(bc.BaseFeature):
    """A plain function where botcore awaits."""

    def register_services(self, services: bc.ServiceContainer) -> None:  # type: ignore[override]  # shown to be noticed
        """Register wrongly."""


class Old(commands.Cog):
    """A nextcord Cog."""


class Guests(bc.BaseFeature):
    """Old code that comes along."""

    name = "guests"
    cogs = (Old,)


class NoGuests(bc.BaseFeature):
    """A command is no Cog."""

    name = "noguests"
    cogs = (Take,)  # type: ignore[assignment]  # shown to be noticed


class Library(bc.BaseFeature):
    """The container hands out what was asked for."""

    name = "library"
    services = (Shelf,)
    commands = (Take,)

    async def register_services(self, services: bc.ServiceContainer) -> None:
        """Register and ask."""
        await super().register_services(services)
        assert_type(services.get(Shelf), Shelf)
        services.bind(bc.Clock, bc.SystemClock)
        services.register_singleton(Shelf)


class Give(bc.BaseButton[GiveInput]):
    """A button."""

    id = "library.give"

    async def process_click(self, ctx: bc.CommandContext, data: GiveInput) -> bc.CommandResult:
        """A payload, typed."""
        assert_type(data.book, int)
        assert_type(Give.button(3, label="Give back"), bc.Button)
        return bc.CommandResult.fail("No.")


class Book:
    """What a reference loads."""


class BookRef(bc.Ref[Book]):
    """A reference."""

    async def search(self, ctx: bc.CommandContext, typed: str) -> Sequence[bc.Choice]:
        """Choices."""
        return [bc.Choice("A book", "1")]

    async def load(self, ctx: bc.CommandContext, value: str) -> Book:
        """The loaded type is that of the brackets."""
        return Book()


async def outside(messenger: bc.Messenger, clock: bc.Clock, status: bc.BotStatus) -> None:
    """Services that an author is handed."""
    sent = await messenger.send(1, bc.Message(content="hello"))
    if isinstance(sent, bc.Sent):
        assert_type(sent.message_id, int)
    else:
        assert_type(sent, bc.Refused)
        assert_type(sent.transient, bool)
    assert_type(clock.now(), datetime)
    assert_type(clock.monotonic(), float)
    assert_type(status.uptime(), timedelta)
    assert_type(bc.Pages([1, 2, 3]).on(0), Sequence[int])
    shown: str = bc.escape("*")
    await messenger.send(1, bc.Message(content=shown))
    assert_type(bc.translator(__name__)("hello"), str)


class Lending(bc.BaseFeature):
    """What tables hold of members."""

    personal_data = (
        bc.PersonalTable("lending_loan", bc.Erase(person="user_id"), hidden={"folded": "the title again"}),
        bc.PersonalTable("lending_fine", bc.Anonymise(person="user_id", becomes={"user_id": bc.RandomId()})),
        bc.ImpersonalTable("lending_shelf", "where books stand"),
    )


bc.Retain(person="user_id")  # type: ignore[call-arg]
bc.PersonalTable("lending_loan", "user_id")  # type: ignore[arg-type]


async def members_data(personal_data: bc.PersonalData) -> None:
    """The service that a feature may offer to members."""
    export = await personal_data.export(1)
    assert_type(export.user_id, str)
    assert_type(export.tables[0].rows, Sequence[Mapping[str, Any]])
    deletion = await personal_data.delete(1)
    assert_type(deletion.tables[0].rows, int)
    assert_type(deletion.unreached[0].reason, str)
