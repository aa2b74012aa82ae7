"""The context of one execution: who acts, where, and how they are answered."""

from collections.abc import Mapping
from typing import Any

from botcore.commands.answer import Answer, Target
from botcore.commands.interaction import Interaction, InteractionKind, Invoker
from botcore.commands.options import given_options
from botcore.commands.runtime import Runtime
from botcore.ui import EmbedBuilder, Message


class CommandContext:
    """What a command, component or modal knows while it runs, beside its input.

    One context belongs to one interaction and one task; nothing of it is kept. The router makes it.

    Args:
        interaction: what Discord sent.
        runtime: what the pipeline needs.
        name: the name of what runs.
        target: where the answer goes.
    """

    __slots__ = ("_answer", "_name", "interaction", "runtime")

    def __init__(self, interaction: Interaction, runtime: Runtime, name: str, target: Target) -> None:
        self.interaction = interaction
        self.runtime = runtime
        self._name = name
        self._answer = Answer(interaction.responder, target)

    @property
    def command(self) -> str:
        """The name of what runs, such as ``poll create`` or ``polls.vote``."""
        return self._name

    @property
    def answer(self) -> Answer:
        """The answer that the pipeline sends; a handler returns a result instead of using it."""
        return self._answer

    @property
    def user(self) -> Invoker:
        """The person who acts."""
        return self.interaction.invoker

    @property
    def guild_id(self) -> int | None:
        """The server in which they act, or ``None`` in a direct message."""
        return self.interaction.caller.guild_id

    @property
    def channel_id(self) -> int | None:
        """The channel in which they act."""
        return self.interaction.channel_id

    @property
    def is_administrator(self) -> bool:
        """Whether Discord says that the person is an administrator of this server."""
        return self.interaction.caller.is_administrator

    @property
    def permissions(self) -> int:
        """Discord's permission bits of the person in this channel; 0 in a direct message.

        Source: https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags
        """
        return self.interaction.caller.permissions

    def can_see_channel(self, channel_id: int) -> bool:
        """Whether the person may see this channel: what a feature shows of other channels must be asked for here."""
        return channel_id == self.channel_id or self.interaction.sees_channel(channel_id)

    @property
    def locale(self) -> str:
        """The person's language as Discord's locale code, such as ``en-GB``."""
        return self.interaction.locale

    def given(self, option: str) -> str | None:
        """What was typed into an option of the slash command, also while somebody is still typing another one.

        Args:
            option: its name.

        Returns:
            The text, unread: a claim by a stranger; ``None`` where nothing was given.
        """
        if self.interaction.kind not in {InteractionKind.COMMAND, InteractionKind.AUTOCOMPLETE}:
            return None
        _path, options = given_options(self.interaction.data)
        return next((str(each.get("value", "")) for each in options if each["name"] == option), None)

    @property
    def message(self) -> Mapping[str, Any] | None:
        """The message that was clicked, as Discord sent it; ``None`` for a slash command."""
        return self.interaction.message

    @property
    def message_id(self) -> int | None:
        """The id of the message that was clicked."""
        return None if self.message is None else int(self.message["id"])

    @property
    def reference(self) -> str:
        """The short name under which the logs hold this interaction."""
        return self.interaction.reference

    @property
    def native(self) -> Any:
        """The ``nextcord.Interaction``, for what botcore does not wrap."""
        return self.interaction.native()

    async def progress(self, text: str) -> None:
        """Show ``text`` in place of the answer that is still to come; acknowledges the interaction."""
        await self._answer.progress(text)

    async def follow_up(self, body: str | EmbedBuilder | Message, *, private: bool = False) -> int:
        """Send a further message beside the answer.

        Returns:
            Discord's id of the new message.
        """
        if isinstance(body, str):
            body = Message(content=body)
        elif isinstance(body, EmbedBuilder):
            body = Message(embeds=(body,))
        return int((await self._answer.follow_up(body, private=private))["id"])

    async def answer_message_id(self) -> int:
        """Fetch the id of the message that answered; for ``post_execute``, once it was sent."""
        return int((await self._answer.original())["id"])
