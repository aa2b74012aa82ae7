"""A cache that answers only after a while, as one in another process does: the `Cache` port."""

import asyncio
from datetime import timedelta
from typing import Any

from botcore.cache import LocalCache


class DistantCache:
    """Does what the one behind it does, two turns of the event loop later.

    Args:
        behind: keeps the values.
    """

    def __init__(self, behind: LocalCache) -> None:
        self._behind = behind

    async def get(self, key: str, default: Any = None) -> Any:
        """Ask on the way, and answer on the way back."""
        await asyncio.sleep(0)
        value = await self._behind.get(key, default)
        await asyncio.sleep(0)
        return value

    async def set(self, key: str, value: Any, ttl: timedelta) -> None:
        """Keep it, a little later."""
        await asyncio.sleep(0)
        await self._behind.set(key, value, ttl)
        await asyncio.sleep(0)

    async def delete(self, key: str) -> None:
        """Forget it, a little later."""
        await asyncio.sleep(0)
        await self._behind.delete(key)
        await asyncio.sleep(0)
