"""Context menu commands: what a person can do with a message or with another person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, ClassVar

import nextcord

from botcore.commands.answer import Target
from botcore.commands.command import Reply
from botcore.commands.context import CommandContext
from botcore.commands.handler import InteractionHandler
from botcore.commands.inputs import InputDeclarationError, InputField, NoInput
from botcore.commands.options import USER
from botcore.commands.result import CommandResult
from botcore.errors import NotFound
from botcore.i18n import COMMAND, translator

_ = translator("botcore")

MAX_NAME = 32


class MenuKind(IntEnum):
    """Discord's types of context menu commands.

    Source: https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-types
    """

    USER = 2
    MESSAGE = 3


@dataclass(frozen=True, slots=True)
class TargetMessage:
    """The message that a command was used on.

    Args:
        id: the message's id.
        channel_id: the channel it is in.
        author_id: who wrote it.
        content: its text.
        payload: Discord's message object.
    """

    id: int
    channel_id: int
    author_id: int
    content: str
    payload: Mapping[str, Any]

    def link(self, guild_id: int | None) -> str:
        """The address that opens the message in Discord."""
        return f"https://discord.com/channels/{guild_id or '@me'}/{self.channel_id}/{self.id}"


def check_menu_name(name: str) -> None:
    """Refuse what no context menu can show.

    Raises:
        InputDeclarationError: saying how long a name may be.
    """
    if not 1 <= len(name.strip()) <= MAX_NAME:
        raise InputDeclarationError(f"{name!r}: a context menu command's name has 1 to {MAX_NAME} characters.")


class MenuCommand(InteractionHandler[NoInput]):
    """What the two kinds of context menu commands have in common.

    Attributes:
        name: what the menu shows, 1 to 32 characters, spaces and capitals allowed.
        reply: whether everybody or only the invoker sees the answer.
        default_member_permissions: the permission bits that Discord asks of members by default.
    """

    kind: ClassVar[MenuKind]
    name: ClassVar[str]
    reply: ClassVar[Reply] = Reply.PRIVATE
    default_member_permissions: ClassVar[int | None] = None

    @property
    def label(self) -> str:
        """The command's name."""
        return self.name

    @property
    def shown_name(self) -> str:
        """The name as Discord shows it in the active locale."""
        return self.texts.name(COMMAND, self.name)

    @property
    def target(self) -> Target:
        """A new message, public or private."""
        return Target.NEW_PRIVATE if self.reply is Reply.PRIVATE else Target.NEW

    def fields(self) -> Sequence[InputField]:
        """None: a context menu command has no options."""
        return ()

    def compile(self) -> None:
        """Check the name.

        Raises:
            InputDeclarationError: if Discord would refuse it.
        """
        check_menu_name(self.name)

    def _read(self, ctx: CommandContext) -> dict[str, Any]:
        return {}


class BaseMessageCommand(MenuCommand):
    """A command in the context menu of messages."""

    kind = MenuKind.MESSAGE

    async def process_message(self, ctx: CommandContext, message: TargetMessage) -> CommandResult:
        """Do what the command is for. By default, opens the modal named by `opens`.

        Raises:
            UserError: with a sentence that the person sees as it is.
        """
        return self._open("process_message")

    async def _process(self, ctx: CommandContext, data: NoInput) -> CommandResult:
        given = ctx.interaction.data
        payload = ((given.get("resolved") or {}).get("messages") or {}).get(str(given.get("target_id")))
        if payload is None:
            raise NotFound(_("Discord did not say which message that is; try again."))
        message = TargetMessage(
            int(payload["id"]),
            int(payload["channel_id"]),
            int(payload["author"]["id"]),
            payload.get("content") or "",
            payload,
        )
        return await self.process_message(ctx, message)


class BaseUserCommand(MenuCommand):
    """A command in the context menu of people."""

    kind = MenuKind.USER

    async def process_user(self, ctx: CommandContext, user: nextcord.User | nextcord.Member) -> CommandResult:
        """Do what the command is for; in a server the user is a member. By default, opens the modal named by `opens`.

        Raises:
            UserError: with a sentence that the person sees as it is.
        """
        return self._open("process_user")

    async def _process(self, ctx: CommandContext, data: NoInput) -> CommandResult:
        given = ctx.interaction.data
        try:
            user = ctx.interaction.entities.resolve(
                USER, given.get("target_id"), given.get("resolved") or {}, ctx.guild_id
            )
        except KeyError:
            raise NotFound(_("Discord did not say who that is; try again.")) from None
        return await self.process_user(ctx, user)
