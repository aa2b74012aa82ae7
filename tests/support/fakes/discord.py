"""Discord's side of one interaction, in memory: the `Responder` port, which records what it is told."""

import asyncio
import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from botcore.clock import ManualClock
from botcore.commands import (
    AlreadyAcknowledged,
    CallbackType,
    Interaction,
    InteractionKind,
    Invoker,
    Payload,
    Runtime,
)
from botcore.commands.answer import AcknowledgementDeadlines
from botcore.limits import SlidingWindowLimiter
from botcore.metrics import PerformanceMonitor
from botcore.permissions import Caller, PermissionPolicy
from botcore.ui import File

ALICE, BOB, OWNER = 11, 12, 99
GUILD, CHANNEL = 1, 2
_ids = itertools.count(1_000_000)


class FakeResponder:
    """Keeps Discord's rules of acknowledging once, and every call in `calls`.

    Args:
        fail: what the next callback raises instead.
    """

    def __init__(self, fail: Exception | None = None) -> None:
        self.calls: list[tuple[str, Any]] = []
        self.called = asyncio.Event()
        self.gate = asyncio.Event()
        self.gate.set()
        self.fail_edits = False
        self._fail = fail
        self._acknowledged = False

    async def callback(self, kind: CallbackType, data: Payload | None = None, files: Sequence[File] = ()) -> None:
        """Take the first answer, and refuse a second one as Discord does."""
        self._note(kind.name, data)
        await self.gate.wait()
        if self._fail is not None:
            error, self._fail = self._fail, None
            raise error
        if self._acknowledged:
            raise AlreadyAcknowledged("Interaction has already been acknowledged.")
        self._acknowledged = True

    async def original(self) -> Payload:
        """Give the message a made-up id."""
        self._note("original", None)
        return {"id": "77"}

    async def edit_original(self, data: Payload, files: Sequence[File] = ()) -> None:
        """Take an edit."""
        self._note("edit", data)
        if self.fail_edits:
            raise RuntimeError("50035: Invalid Form Body")

    async def delete_original(self) -> None:
        """Take a deletion."""
        self._note("delete", None)

    async def follow_up(self, data: Payload, files: Sequence[File] = ()) -> Payload:
        """Take a further message."""
        self._note("follow_up", data)
        return {"id": "78"}

    @property
    def steps(self) -> list[str]:
        """What was called, in order."""
        return [name for name, _data in self.calls]

    @property
    def said(self) -> str:
        """All text that was sent, one part a line."""
        return "\n".join(text for _name, data in self.calls for text in texts(data))

    def _note(self, name: str, data: Payload | None) -> None:
        self.calls.append((name, data))
        self.called.set()


def texts(data: Mapping[str, Any] | None) -> list[str]:
    """The texts of a message payload."""
    if not data:
        return []
    found = [data["content"]] if data.get("content") else []
    for embed in data.get("embeds", ()):
        found += [embed[key] for key in ("title", "description") if embed.get(key)]
        found += [f"{field['name']}: {field['value']}" for field in embed.get("fields", ())]
    return found


class NoEntities:
    """Discord resolved nothing."""

    def resolve(self, option_type: int, value: Any, resolved: Mapping[str, Any], guild_id: int | None) -> Any:
        """Find nothing."""
        raise KeyError(value)


def make_runtime(clock: ManualClock | None = None, *, acknowledge_after: float = 2.0) -> Runtime:
    """A runtime of real parts on a clock that stands still."""
    clock = clock or ManualClock()
    return Runtime(
        policy=PermissionPolicy([OWNER]),
        limiter=SlidingWindowLimiter(clock),
        monitor=PerformanceMonitor(),
        clock=clock,
        deadlines=AcknowledgementDeadlines(acknowledge_after),
    )


def make_interaction(
    data: Mapping[str, Any],
    *,
    kind: InteractionKind = InteractionKind.COMMAND,
    user: int = ALICE,
    guild: int | None = GUILD,
    permissions: int = 0,
    locale: str = "en-GB",
    message: Mapping[str, Any] | None = None,
    responder: FakeResponder | None = None,
) -> Interaction:
    """An interaction as Discord would send it."""
    return Interaction(
        id=next(_ids),
        kind=kind,
        data=data,
        invoker=Invoker(user, "someone", "Someone"),
        caller=Caller(user, guild, permissions if guild is not None else 0),
        channel_id=CHANNEL,
        locale=locale,
        message=message,
        responder=responder or FakeResponder(),
        entities=NoEntities(),
        sees_channel=lambda _channel: False,
        native=lambda: None,
    )


def slash(name: str, **options: Any) -> dict[str, Any]:
    """Discord's data of a slash command, sub-commands nested."""
    kinds = {str: 3, bool: 5, int: 4, float: 10}
    given: list[dict[str, Any]] = [
        {"name": key, "type": kinds[type(value)], "value": value} for key, value in options.items()
    ]
    root, *rest = name.split()
    for depth, word in enumerate(reversed(rest)):
        given = [{"name": word, "type": 1 if depth == 0 else 2, "options": given}]
    return {"id": "5", "name": root, "type": 1, "options": given}


def click(custom_id: str) -> dict[str, Any]:
    """Discord's data of a click on a button."""
    return {"custom_id": custom_id, "component_type": 2}


def submit(custom_id: str, **texts: str) -> dict[str, Any]:
    """Discord's data of a submitted modal."""
    return {
        "custom_id": custom_id,
        "components": [
            {"type": 1, "components": [{"type": 4, "custom_id": name, "value": value}]} for name, value in texts.items()
        ],
    }
