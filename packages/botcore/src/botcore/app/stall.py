"""The stall watch: what held the event loop, for how long, and where in the code.

Discord gives three seconds to acknowledge. A call that blocks the loop takes them from everybody at once, so it is
logged with the stack that held it.
"""

import asyncio
import sys
import threading
import time
import traceback
from types import FrameType

from botcore.log import get_logger

_log = get_logger(__name__)

STALL_SECONDS = 0.1
_BEAT_SECONDS = 0.05


class StallWatch:
    """Watches the running event loop from a thread of its own, between `start` and `stop`."""

    def __init__(self) -> None:
        self._beat = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._ended = threading.Event()
        self._held: str | None = None

    def start(self) -> None:
        """Begin to watch the running loop."""
        self._ended.clear()
        self._tick()
        loop_thread = threading.get_ident()
        threading.Thread(target=self._watch, args=(loop_thread,), name="stall watch", daemon=True).start()

    def stop(self) -> None:
        """End the watch."""
        self._ended.set()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _tick(self) -> None:
        now = time.monotonic()
        if self._held is not None:
            _log.warning(
                "the event loop was held up", seconds=round(now - self._beat - _BEAT_SECONDS, 3), stack=self._held
            )
            self._held = None
        self._beat = now
        self._timer = asyncio.get_running_loop().call_later(_BEAT_SECONDS, self._tick)

    def _watch(self, loop_thread: int) -> None:
        while not self._ended.wait(_BEAT_SECONDS):
            if self._held is None and time.monotonic() - self._beat > _BEAT_SECONDS + STALL_SECONDS:
                frame = sys._current_frames().get(loop_thread)  # noqa: SLF001 - the documented way to another thread's stack
                if frame is not None and not self._ended.is_set():
                    self._held = _stack(frame)


def _stack(frame: FrameType) -> str:
    return "".join(traceback.format_stack(frame, limit=12))
