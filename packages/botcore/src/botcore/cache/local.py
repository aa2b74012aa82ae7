"""The adapter inside one process: exact in time, bounded in entries and in bytes."""

import heapq
from collections import OrderedDict
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from botcore.cache.values import check_key, check_ttl, decode, encode
from botcore.clock import Clock

MOST_ENTRIES: Final = 10_000
MOST_BYTES: Final = 8 * 1024 * 1024

_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, eq=False)
class _Entry:
    """What is under a key: the value as JSON, until when (microseconds of the clock), and how large all of it is."""

    encoded: bytes
    until: int
    size: int


class LocalCache:
    """Keeps values as JSON, so that nobody shares an object with anybody.

    What has expired takes no room: it goes before anything else does. Beyond the bounds the value goes that nobody
    has asked for or set for the longest time. A value that is larger than all the room is not kept.

    Args:
        clock: tells the time; only its monotonic time decides.
        most_entries: how many values are kept at once.
        most_bytes: how large they and their keys may be together, as UTF-8.
    """

    def __init__(self, clock: Clock, *, most_entries: int = MOST_ENTRIES, most_bytes: int = MOST_BYTES) -> None:
        self._monotonic = clock.monotonic
        self._most_entries = most_entries
        self._most_bytes = most_bytes
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        self._bytes = 0
        # (until, key) of every entry, and of some that were replaced or deleted since
        self._expiries: list[tuple[int, str]] = []

    async def get(self, key: str, default: Any = None) -> Any:
        """The value under a key; as in `Cache`."""
        self._drop_expired()
        entry = self._entries.get(key)
        if entry is None:
            return default
        self._entries.move_to_end(key)
        return decode(entry.encoded)

    async def set(self, key: str, value: Any, ttl: timedelta) -> None:
        """Keep a value under a key; as in `Cache`.

        Raises:
            InvalidCacheUse: as in `Cache`.
        """
        check_key(key)
        encoded = encode(f"the value of {key!r}", value)
        until = self._now() + check_ttl(ttl) // _MICROSECOND
        self._drop(key)
        self._drop_expired()
        size = len(key.encode()) + len(encoded)
        if size > self._most_bytes or not self._most_entries:
            return
        while self._bytes + size > self._most_bytes or len(self._entries) >= self._most_entries:
            self._drop(next(iter(self._entries)))
        self._entries[key] = _Entry(encoded, until, size)
        self._bytes += size
        heapq.heappush(self._expiries, (until, key))
        if len(self._expiries) > 2 * len(self._entries) + 16:  # mostly leavings: begin anew
            self._expiries = [(entry.until, key) for key, entry in self._entries.items()]
            heapq.heapify(self._expiries)

    async def delete(self, key: str) -> None:
        """Forget what is under a key."""
        self._drop(key)

    @property
    def entries(self) -> int:
        """How many values are kept."""
        self._drop_expired()
        return len(self._entries)

    @property
    def bytes(self) -> int:
        """How large they and their keys are together."""
        self._drop_expired()
        return self._bytes

    def _now(self) -> int:
        # Whole microseconds: sums of floats would keep a value a little too long, or not long enough.
        return round(self._monotonic() * 1_000_000)

    def _drop(self, key: str) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self._bytes -= entry.size

    def _drop_expired(self) -> None:
        now = self._now()
        while self._expiries and self._expiries[0][0] <= now:
            until, key = heapq.heappop(self._expiries)
            entry = self._entries.get(key)
            if entry is not None and entry.until == until:
                self._drop(key)
