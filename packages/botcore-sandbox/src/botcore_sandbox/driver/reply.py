"""What a person gets back for a command, a click or a submitted modal."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from botcore_sandbox.driver.errors import LateAnswer, NoAnswer
from botcore_sandbox.driver.views import MessageView, ModalView
from botcore_sandbox.state.interactions import ACKNOWLEDGE_WITHIN, CallbackType, Interaction
from botcore_sandbox.state.world import World

PATIENCE = 15.0
"""Seconds that a driver waits for a late answer, unless told otherwise."""

_DEFERRED = frozenset({CallbackType.DEFERRED_CHANNEL_MESSAGE_WITH_SOURCE, CallbackType.DEFERRED_UPDATE_MESSAGE})


class Reply:
    """The bot's answer; it is live: later edits and follow-ups show up in it."""

    def __init__(self, world: World, interaction: Interaction, did: str) -> None:
        self._world = world
        self._did = did
        self.interaction = interaction

    def __repr__(self) -> str:
        answer = self.ack_type.name if self.ack_type is not None else "no answer"
        return f"<Reply to {self._did}: {answer}, {self.text!r}>"

    @property
    def ack_type(self) -> CallbackType | None:
        """How the bot acknowledged, None while it did not."""
        return self.interaction.ack_type

    @property
    def acknowledged_after(self) -> float | None:
        """Real seconds from the person's act to the acknowledgement."""
        acknowledged = self.interaction.acknowledged
        return None if acknowledged is None else acknowledged - self.interaction.started

    @property
    def deferred(self) -> bool:
        """Whether the bot asked for time first (callback types 5 and 6)."""
        return self.ack_type in _DEFERRED

    @property
    def updated(self) -> bool:
        """Whether the message with the used component was changed (type 7, or an edit after type 6)."""
        return self.interaction.updated

    @property
    def message(self) -> MessageView | None:
        """The answer itself; for callback types 6 and 7 the message whose component was used."""
        original = self.interaction.original
        return None if original is None else MessageView(self._world, original)

    @property
    def followups(self) -> list[MessageView]:
        """Further messages, oldest first."""
        return [MessageView(self._world, followup) for followup in self.interaction.followups]

    @property
    def modal(self) -> ModalView | None:
        """The form that opened, if one did."""
        modal = self.interaction.modal
        return None if modal is None else ModalView(self.interaction, modal)

    @property
    def content(self) -> str:
        """The text of the answer outside embeds."""
        return "" if self.message is None else self.message.content

    @property
    def embeds(self) -> list[dict[str, Any]]:
        """The embeds of the answer."""
        return [] if self.message is None else self.message.embeds

    @property
    def components(self) -> list[dict[str, Any]]:
        """The rows of components of the answer."""
        return [] if self.message is None else self.message.components

    @property
    def text(self) -> str:
        """Everything that can be read in the answer."""
        return "" if self.message is None else self.message.text

    @property
    def private(self) -> bool:
        """Whether only this person sees the answer."""
        return self.message is not None and self.message.private

    async def until(
        self,
        condition: Callable[["Reply"], bool],
        *,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - a bound in seconds is what callers think in
    ) -> "Reply":
        """Wait until something holds of this reply, for example `lambda reply: reply.followups`.

        Raises:
            NoAnswer: It did not come to hold in time.
        """
        try:
            await self._world.changes.until(lambda: bool(condition(self)), timeout=timeout)
        except TimeoutError:
            raise NoAnswer(
                f"What was waited for after {self._did} did not happen within {timeout:g} s; the answer is: {self!r}"
            ) from None
        return self

    async def answered(self) -> "Reply":
        """Wait for what a person takes as the answer.

        That is the first answer itself or, when the bot shows "is thinking...", what replaces it. A click
        that was deferred without a message (type 6) counts as answered at once: the client stops waiting
        there and then.

        Raises:
            NoAnswer: The bot did not acknowledge within three seconds, or never replaced "is thinking...".
        """
        interaction = self.interaction
        with suppress(TimeoutError):  # the deadline of the interaction itself comes first
            await self._world.changes.until(
                lambda: interaction.failed or interaction.acknowledged is not None,
                timeout=ACKNOWLEDGE_WITHIN + 1,
            )
        if interaction.acknowledged is None:
            raise NoAnswer(
                f"The application did not respond: {self._did} was not acknowledged within "
                f"{ACKNOWLEDGE_WITHIN:g} seconds. Answer or defer before doing anything slow, and look "
                "for an error in the bot's log."
            )
        if self.ack_type is CallbackType.DEFERRED_CHANNEL_MESSAGE_WITH_SOURCE:
            await self.settled()
        return self

    async def settled(self, *, timeout: float = PATIENCE) -> "Reply":  # noqa: ASYNC109 - as above
        """Wait, when the bot deferred, for the late answer: the edit, a follow-up, or the deletion.

        Raises:
            LateAnswer: It did not come in time.
        """
        try:
            await self._world.changes.until(self._is_settled, timeout=timeout)
        except TimeoutError:
            raise LateAnswer(
                f"{self._did} was acknowledged, but the answer did not follow within {timeout:g} s: edit the "
                "original response, send a follow-up or delete it."
            ) from None
        return self

    def _is_settled(self) -> bool:
        interaction = self.interaction
        if interaction.acknowledged is None:
            return False
        if not self.deferred or interaction.followups or interaction.original is None:
            return True
        if interaction.original.deleted:
            return True
        if self.ack_type is CallbackType.DEFERRED_UPDATE_MESSAGE:
            return interaction.updated
        return not interaction.original.loading
