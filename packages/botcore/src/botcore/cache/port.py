"""The port: what a service may ask of a cache."""

from datetime import timedelta
from typing import Any, Protocol

from botcore.errors import BotCoreError


class InvalidCacheUse(BotCoreError, ValueError):
    """A value, a key or a lifetime was given that no cache could keep."""


class Cache(Protocol):
    """Keeps values for a while.

    What holds for every adapter: a value is JSON (texts, whole numbers of 64 bits, finite floats, true, false, None,
    and lists and dicts of these, with texts as keys); what `get` returns is the caller's own, whatever others do with
    theirs; and a value is gone when its time is over.

    What nobody can rely on: that a value is still there before that. A cache may be small, shared by several
    processes, or out of reach; an adapter that cannot reach its store logs it, finds nothing and keeps nothing.
    """

    async def get(self, key: str, default: Any = None) -> Any:
        """The value under a key, or `default` where there is none; None is a value like any other."""
        ...

    async def set(self, key: str, value: Any, ttl: timedelta) -> None:
        """Keep a value under a key, instead of what was there.

        Args:
            key: 1 to 512 characters. Begin it with the feature's name: all features share the cache.
            value: JSON.
            ttl: how long at most; more than nothing.

        Raises:
            InvalidCacheUse: one of them is not what it should be.
        """
        ...

    async def delete(self, key: str) -> None:
        """Forget what is under a key, if anything is."""
        ...
