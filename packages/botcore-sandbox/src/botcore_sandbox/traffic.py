"""The one record of everything that went over the sandbox's sockets: REST calls and gateway frames.

Tests read it ("the second start wrote no command"); a web page may show it. It is bounded, the oldest
entries go.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class RestCall:
    """One request and its answer; `files` lists the names of uploads, whose bytes are not kept here."""

    at: datetime
    method: str
    path: str
    query: dict[str, str]
    request: Any
    files: tuple[str, ...]
    status: int
    response: Any


type CallObserver = Callable[[RestCall], None]

_EVERYWHERE: Final[list[CallObserver]] = []


def observe_everywhere(observer: CallObserver) -> Callable[[], None]:
    """Show an observer every REST call of every sandbox in this process, those that are made later too.

    Returns:
        What ends that.
    """
    _EVERYWHERE.append(observer)
    return lambda: _EVERYWHERE.remove(observer)


@dataclass(frozen=True, slots=True)
class Frame:
    """One gateway frame; `sent` is True from the sandbox to the bot."""

    at: datetime
    sent: bool
    op: int | None
    name: str | None
    data: Any
    session_id: str | None


@dataclass(slots=True)
class Traffic:
    """The last `keep` calls and frames, oldest first."""

    clock: Callable[[], datetime]
    keep: int = 5_000
    calls: deque[RestCall] = field(init=False)
    frames: deque[Frame] = field(init=False)
    _observers: list[CallObserver] = field(default_factory=list)
    _frame_observers: list[Callable[[Frame], None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.calls = deque(maxlen=self.keep)
        self.frames = deque(maxlen=self.keep)

    def observe(self, observer: CallObserver) -> None:
        """Show an observer every REST call from now on, as soon as it was answered."""
        self._observers.append(observer)

    def observe_frames(self, observer: Callable[[Frame], None]) -> None:
        """Show an observer every gateway frame from now on."""
        self._frame_observers.append(observer)

    def clear(self) -> None:
        """Forget everything so far, to look only at what comes next."""
        self.calls.clear()
        self.frames.clear()

    def call(
        self,
        method: str,
        path: str,
        *,
        query: dict[str, str],
        request: Any,
        files: tuple[str, ...],
        status: int,
        response: Any,
    ) -> None:
        """Note a request with its answer."""
        noted = RestCall(self.clock(), method, path, query, request, files, status, response)
        self.calls.append(noted)
        for observer in (*self._observers, *_EVERYWHERE):
            observer(noted)

    def frame(self, *, sent: bool, op: int | None, name: str | None, data: Any, session_id: str | None) -> None:
        """Note a gateway frame."""
        noted = Frame(self.clock(), sent, op, name, data, session_id)
        self.frames.append(noted)
        for observer in self._frame_observers:
            observer(noted)

    def calls_to(self, method: str, ending: str) -> list[RestCall]:
        """The calls of a method whose path ends so, for example `("PUT", "/commands")`."""
        return [call for call in self.calls if call.method == method and call.path.endswith(ending)]

    def command_writes(self) -> list[RestCall]:
        """Every call that registered, changed or removed application commands."""
        return [
            call
            for call in self.calls
            if call.method != "GET" and call.path.startswith("/applications/") and "/commands" in call.path
        ]

    def events(self, name: str) -> list[Any]:
        """The data of every dispatched event of a name, once for each session that got it."""
        return [frame.data for frame in self.frames if frame.sent and frame.name == name]

    def received(self, op: int) -> list[Any]:
        """The data of every gateway frame with this opcode that a bot sent, such as 2 for IDENTIFY."""
        return [frame.data for frame in self.frames if not frame.sent and frame.op == op]
