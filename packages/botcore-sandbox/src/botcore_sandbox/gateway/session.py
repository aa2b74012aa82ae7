"""A gateway session: what one shard of a bot asked for, and what it may still need to hear again."""

import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from botcore_sandbox.gateway.protocol import Intents, Opcode

REPLAY_EVENTS = 1_000
"""How many events a session keeps for a resume."""

RESUMABLE_FOR = 300.0
"""How many seconds a session without a line is kept."""


class Line(Protocol):
    """The socket that a session speaks through at the moment."""

    def send(self, frame: dict[str, Any]) -> None:
        """Queue a frame."""
        ...

    def after_sending(self, action: Callable[[], None]) -> None:
        """Do something once everything queued so far is on the wire."""
        ...


@dataclass(slots=True, eq=False)
class Session:
    """One identified shard; `line` is None while it is disconnected and may resume."""

    intents: Intents
    shard: tuple[int, int]
    line: Line | None
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    seq: int = 0
    ready: bool = False
    detached_at: float | None = None
    """When the line was lost, in seconds on the event loop's clock."""
    replay: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=REPLAY_EVENTS))

    def dispatch(self, name: str, data: dict[str, Any]) -> None:
        """Send an event, and keep it for a resume."""
        self.seq += 1
        frame = {"op": int(Opcode.DISPATCH), "t": name, "s": self.seq, "d": data}
        self.replay.append(frame)
        if self.line is not None:
            self.line.send(frame)

    def can_replay_from(self, seq: int) -> bool:
        """Whether every event after `seq` is still kept."""
        return seq == self.seq or (bool(self.replay) and self.replay[0]["s"] <= seq + 1)

    def outlived(self, now: float) -> bool:
        """Whether it lost its line too long ago to be resumed."""
        return self.detached_at is not None and now > self.detached_at + RESUMABLE_FOR

    def serves(self, guild_id: int | None) -> bool:
        """Whether events of a guild go to this shard; direct messages go to shard 0."""
        index, count = self.shard
        return index == 0 if guild_id is None else (guild_id >> 22) % count == index
