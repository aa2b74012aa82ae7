"""Discord's rate limits as a client keeps them: a bucket for each route and major parameter, and the bot's own limit.

nextcord keys its buckets on the name that Discord gives them, and that name leaves out the channel and the server, so
that a message to one channel waits for those to all others. Here the name only says which routes share a bucket.

Source: https://discord.com/developers/docs/topics/rate-limits
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final, Self

from nextcord.http import Route

GLOBAL_REQUESTS: Final = 50
"""Requests a second that a bot has on all routes together; interaction endpoints do not count."""

LONGEST_LIMIT: Final = 60.0
"""Seconds; what lasts longer is nobody's to wait for."""

_BUCKETS_KEPT: Final = 1_000


class Pause:
    """A time before which nothing may be sent; real time, because it is Discord's."""

    def __init__(self) -> None:
        self._until = 0.0

    @property
    def seconds(self) -> float:
        """How long it still lasts; 0 once it is over."""
        return max(0.0, self._until - asyncio.get_running_loop().time())

    def extend(self, seconds: float) -> None:
        """Send nothing for so many seconds from now; it never gets shorter."""
        self._until = max(self._until, asyncio.get_running_loop().time() + min(seconds, LONGEST_LIMIT))

    async def over(self) -> None:
        """Return once it is over, however often it is extended meanwhile."""
        while (seconds := self.seconds) > 0:  # noqa: ASYNC110 - no poll: this is how long it lasts, until extended
            await asyncio.sleep(seconds)


class Bucket(Pause):
    """One limit of Discord's.

    Attributes:
        turn: held by whose request is on its way; what takes turns arrives in the order in which it came.
    """

    def __init__(self) -> None:
        super().__init__()
        self.turn = asyncio.Lock()

    @property
    def idle(self) -> bool:
        """Whether nothing would be lost with it."""
        return not self.turn.locked() and not self.seconds


class Buckets:
    """The buckets of one bot, or of one interaction."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], str] = {}  # what Discord calls the bucket of a method and path
        self._buckets: dict[tuple[Any, ...], Bucket] = {}

    def of(self, route: Route) -> Bucket:
        """The bucket that a request to this route counts in, as far as is known."""
        key = self._key(route)
        bucket = self._buckets.get(key)
        if bucket is None:
            if len(self._buckets) >= _BUCKETS_KEPT:
                self._buckets = {key: bucket for key, bucket in self._buckets.items() if not bucket.idle}
            bucket = self._buckets[key] = Bucket()
        return bucket

    def note(self, route: Route, bucket: Bucket, headers: Mapping[str, str]) -> None:
        """Learn from the headers of an answer.

        Args:
            route: what was asked.
            bucket: the bucket that the request counted in.
            headers: the answer's.
        """
        name = headers.get("X-RateLimit-Bucket")
        if name is not None and name != self._name(route):
            self._rename(route, name)
        if headers.get("X-RateLimit-Remaining") == "0":
            bucket.extend(float(headers.get("X-RateLimit-Reset-After", 0)))

    def _rename(self, route: Route, name: str) -> None:
        """Find the buckets of a route under another name from now on, with all that is known of them."""
        before = self._name(route)
        self._names[route.method, route.path] = name
        for (known, *major), bucket in list(self._buckets.items()):
            if known == before:
                self._buckets.setdefault((name, *major), bucket)

    def _key(self, route: Route) -> tuple[Any, ...]:
        return self._name(route), route.channel_id, route.guild_id, route.webhook_id, route.webhook_token

    def _name(self, route: Route) -> str:
        return self._names.get((route.method, route.path), f"{route.method} {route.path}")


class GlobalLimit(Pause):
    """The limit on all requests of a bot, those of nextcord too: it takes its turns here in nextcord's own manner.

    A place comes free a second after Discord has answered, and so no second at Discord sees more than there are.

    Args:
        requests: how many there may be in a second.
    """

    def __init__(self, requests: int = GLOBAL_REQUESTS) -> None:
        super().__init__()
        self._places = asyncio.Semaphore(requests)

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Wait for a place, and hold it while a request is under way."""
        await self._take()
        try:
            yield
        finally:
            self._give_back()

    async def _take(self) -> None:
        await self._places.acquire()
        try:
            await self.over()
        except BaseException:
            self._places.release()
            raise

    def _give_back(self) -> None:
        asyncio.get_running_loop().call_later(1.0, self._places.release)

    # -- as nextcord uses its own -------------------------------------------------------------------------------------

    @property
    def locked(self) -> bool:
        """Whether a request would have to wait."""
        return self._places.locked() or self.seconds > 0

    @property
    def reset_after(self) -> float:
        """How long the limit still lasts, in seconds."""
        return self.seconds

    async def __aenter__(self) -> Self:
        await self._take()
        self._give_back()  # nextcord waits for the route's bucket with it in its hands, maybe for long
        return self

    async def __aexit__(self, *_: object) -> None:
        """Nothing: the place is on its way back already."""

    async def update(self, response: Any) -> None:
        """Learn from an answer that nextcord got."""
        if response.status == 429 and is_global(response.headers):  # noqa: PLR2004 - Too Many Requests
            self.extend(float(response.headers.get("Retry-After", 1)))


def is_global(headers: Mapping[str, str]) -> bool:
    """Whether a 429 is about the bot's limit on everything."""
    return headers.get("X-RateLimit-Global") == "true" or headers.get("X-RateLimit-Scope") == "global"
