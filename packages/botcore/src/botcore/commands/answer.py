"""The answer to one interaction: what Discord has had so far, and what it may still have.

Discord wants one acknowledgement within three seconds and remembers whether it was public. Everything that follows
from that is decided here, so that a handler only says what it has to say.
"""

import asyncio
from enum import Enum, auto

from botcore.commands.interaction import (
    AlreadyAcknowledged,
    AnswerLost,
    CallbackType,
    InteractionGone,
    Payload,
    Responder,
)
from botcore.log import get_logger
from botcore.ui import Message, Modal

#: Discord's message flag for a message that only the invoker sees.
EPHEMERAL = 1 << 6

_log = get_logger(__name__)


class Target(Enum):
    """Where an answer goes: into the message that was clicked, or into a new one."""

    UPDATE = auto()
    NEW = auto()
    NEW_PRIVATE = auto()


class _State(Enum):
    NEW = auto()  # nothing was sent
    SENDING = auto()  # the first answer or a deferral is on its way
    DEFERRED = auto()  # Discord shows "is thinking..." (or nothing, for an update) and waits
    SHOWN = auto()  # progress stands where the answer will
    FILLED = auto()  # a follow-up took the place of "is thinking...", as Discord has it
    ANSWERED = auto()


class Answer:
    """Sends messages, deferrals and forms in the one order that Discord allows.

    Args:
        responder: the port to the interaction.
        target: where the answer is meant to go; a deferral decides it for good, privacy included.
    """

    __slots__ = ("_lost", "_responder", "_sent", "_state", "_target")

    def __init__(self, responder: Responder, target: Target) -> None:
        self._responder = responder
        self._target = target
        self._state = _State.NEW
        self._sent: asyncio.Future[None] | None = None
        self._lost: _State | None = None  # what an acknowledgement that may have arrived would have led to

    @property
    def acknowledged(self) -> bool:
        """Whether Discord has had an acknowledgement."""
        return self._state in {_State.DEFERRED, _State.SHOWN, _State.FILLED, _State.ANSWERED}

    async def acknowledge(self) -> None:
        """Tell Discord that the answer comes later, unless something was sent already."""
        if self._state is not _State.NEW:
            await self._settled()
            return
        if self._target is Target.UPDATE:
            await self._first(CallbackType.DEFERRED_UPDATE, None, then=_State.DEFERRED)
        else:
            flags = {"flags": EPHEMERAL} if self._target is Target.NEW_PRIVATE else None
            await self._first(CallbackType.DEFERRED_MESSAGE, flags, then=_State.DEFERRED)

    async def deliver(self, message: Message | None, target: Target | None = None) -> None:
        """Answer with ``message``; with ``None`` only acknowledge.

        Args:
            message: what to show.
            target: where it goes, if not where the answer was meant to go (a refusal is always private).
        """
        target = target or self._target
        await self._settled()
        if message is None:
            await self.acknowledge()
        elif self._state is _State.NEW:
            kind = CallbackType.UPDATE if target is Target.UPDATE else CallbackType.MESSAGE
            try:
                await self._first(kind, _payload(message, target), message, then=_State.ANSWERED)
            except AlreadyAcknowledged:
                self._state = self._lost or _State.DEFERRED
                if self._state is _State.ANSWERED:
                    _log.info("an answer that seemed lost had arrived; it stays")
                else:
                    await self._late(message, target)
        else:
            await self._late(message, target)

    async def open(self, modal: Modal) -> None:
        """Open a form; Discord takes it only as the first answer."""
        await self._first(CallbackType.MODAL, modal.to_payload(), then=_State.ANSWERED)

    async def progress(self, text: str) -> None:
        """Show ``text`` where the answer will stand. Has no place to go while a clicked message is being updated."""
        await self.acknowledge()
        if self._state in {_State.DEFERRED, _State.SHOWN} and self._target is not Target.UPDATE:
            await self._responder.edit_original(Message(content=text).to_payload(edit=True))
            self._state = _State.SHOWN

    async def follow_up(self, message: Message, *, private: bool) -> Payload:
        """Send a further message, after acknowledging if nothing was sent yet; returns Discord's message object."""
        await self.acknowledge()
        target = Target.NEW_PRIVATE if private else Target.NEW
        sent = await self._responder.follow_up(_payload(message, target), message.files)
        if self._state is _State.DEFERRED and self._target is not Target.UPDATE:
            self._state = _State.FILLED
        return sent

    async def original(self) -> Payload:
        """Fetch the message that was answered with, as Discord has it."""
        return await self._responder.original()

    async def _late(self, message: Message, target: Target) -> None:
        """Answer after an acknowledgement, whose privacy can no longer change."""
        if target is self._target and self._state is not _State.FILLED:
            await self._responder.edit_original(message.to_payload(edit=True), message.files)
        else:
            if self._state in {_State.DEFERRED, _State.SHOWN} and self._target is not Target.UPDATE:
                # The first follow-up would fill in the deferred message and take over its privacy.
                await self._responder.delete_original()
            await self._responder.follow_up(_payload(message, target), message.files)
        self._state = _State.ANSWERED

    async def _first(
        self, kind: CallbackType, data: Payload | None, message: Message | None = None, *, then: _State
    ) -> None:
        self._state = _State.SENDING
        self._sent = asyncio.get_running_loop().create_future()
        state = _State.NEW  # a callback that Discord refused has acknowledged nothing
        try:
            await self._responder.callback(kind, data, message.files if message else ())
            state = then
        except AnswerLost:
            self._lost = self._lost or then
            raise
        finally:
            self._state = state
            self._sent.set_result(None)
            self._sent = None

    async def _settled(self) -> None:
        """Wait for a callback that is on its way."""
        if self._sent is not None:
            await self._sent


def _payload(message: Message, target: Target) -> Payload:
    if target is Target.UPDATE:
        return message.to_payload(edit=True)
    payload = message.to_payload()
    if target is Target.NEW_PRIVATE:
        payload["flags"] = payload.get("flags", 0) | EPHEMERAL
    return payload


class AcknowledgementDeadlines:
    """Acknowledges every answer that is not ready in time, with one timer for all of them.

    Args:
        after: seconds from the arrival of an interaction; Discord gives three, measured by its own clock, so this is
            real time whatever clock the bot uses.
    """

    def __init__(self, after: float = 2.0) -> None:
        self._after = after
        self._waiting: dict[Answer, float] = {}  # in order of arrival, so the first one is due first
        self._timer: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def watch(self, answer: Answer) -> None:
        """Acknowledge ``answer`` when its time is nearly up."""
        loop = asyncio.get_running_loop()
        self._waiting[answer] = due = loop.time() + self._after
        if self._timer is None:
            self._timer = loop.call_at(due, self._acknowledge_due)

    def release(self, answer: Answer) -> None:
        """Forget an answer that was given."""
        self._waiting.pop(answer, None)

    def _acknowledge_due(self) -> None:
        loop = asyncio.get_running_loop()
        self._timer = None
        now = loop.time()
        while self._waiting:
            answer, due = next(iter(self._waiting.items()))
            if due > now:
                self._timer = loop.call_at(due, self._acknowledge_due)
                return
            del self._waiting[answer]
            task = loop.create_task(_acknowledge(answer))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)


async def _acknowledge(answer: Answer) -> None:
    try:
        await answer.acknowledge()
    except (InteractionGone, AlreadyAcknowledged) as error:
        _log.warning("an acknowledgement came too late", reason=str(error))
    except AnswerLost as error:
        _log.warning("an acknowledgement may not have arrived", reason=str(error))
    except Exception:
        _log.exception("an acknowledgement failed")
