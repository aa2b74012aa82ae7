"""Discord's rate limits as a mode: a bucket for each route and major parameter, the global limit, invalid requests.

Source: developer documentation, "Rate Limits". Discord publishes no numbers for its routes, so they are the same for
all here; the global limit is 50 requests a second, interaction endpoints are exempt from it, and 10,000 answers of
401, 403 or 429 (other than shared ones) within ten minutes bar a bot. Limits are real time whatever clock the
sandbox has.
"""

import asyncio
import hashlib
import time
from collections import deque
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from botcore_sandbox.rest import refusals
from botcore_sandbox.rest.call import Route

_MAJOR: Final = ("channel_id", "guild_id", "webhook_id", "webhook_token")
_INVALID_STATUSES: Final = frozenset({401, 403, 429})
_INVALID_WINDOW: Final = 600.0
_BUCKETS_KEPT: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimits:
    """The numbers of the mode.

    Args:
        requests: how many a bucket allows in `seconds`.
        seconds: how long a bucket counts.
        global_requests: how many a bot has in one second on all routes together.
        invalid_requests: how many answers of 401, 403 and 429 in ten minutes bar a bot.
    """

    requests: int = 5
    seconds: float = 1.0
    global_requests: int = 50
    invalid_requests: int = 10_000


@dataclass(slots=True)
class _Window:
    """A fixed window that begins with its first request, as Discord's buckets do."""

    ends: float = 0.0
    used: int = 0

    def take(self, now: float, seconds: float) -> int:
        """Count a request; returns which one of the window it is."""
        if now >= self.ends:
            self.ends, self.used = now + seconds, 0
        self.used += 1
        return self.used


class RateLimiter:
    """Counts the requests of one bot and refuses those beyond its limits.

    Args:
        limits: the numbers.
    """

    def __init__(self, limits: RateLimits) -> None:
        self._limits = limits
        self._buckets: dict[tuple[str, ...], _Window] = {}
        self._global = _Window()
        self._invalid: deque[float] = deque()

    @property
    def invalid(self) -> int:
        """How many invalid requests the last ten minutes had."""
        before = asyncio.get_running_loop().time() - _INVALID_WINDOW
        while self._invalid and self._invalid[0] < before:
            self._invalid.popleft()
        return len(self._invalid)

    def clear(self) -> None:
        """Count from zero."""
        self._buckets.clear()
        self._invalid.clear()
        self._global = _Window()

    def take(self, request: web.Request, route: Route) -> tuple[dict[str, str], web.Response | None]:
        """Count a request: the headers of its answer, and the answer itself if it is one too many."""
        now = asyncio.get_running_loop().time()
        if self.invalid >= self._limits.invalid_requests:
            return {}, _barred()
        if not _answers_interaction(route):
            nth = self._global.take(now, 1.0)
            if nth > self._limits.global_requests:
                return {}, self._counted(refusals.too_many(self._global.ends - now, scope="global"))
        window = self._window(request, route, now)
        nth = window.take(now, self._limits.seconds)
        left = window.ends - now
        headers = {
            "X-RateLimit-Limit": str(self._limits.requests),
            "X-RateLimit-Remaining": str(max(0, self._limits.requests - nth)),
            "X-RateLimit-Reset": f"{time.time() + left:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": _hash(route),
        }
        if nth > self._limits.requests:
            return {}, self._counted(refusals.too_many(left, scope="user", headers=headers))
        return headers, None

    def note(self, status: int) -> None:
        """Count an answer if it is an invalid one."""
        if status in _INVALID_STATUSES:
            self._invalid.append(asyncio.get_running_loop().time())

    def _counted(self, refusal: web.Response) -> web.Response:
        self.note(refusal.status)
        return refusal

    def _window(self, request: web.Request, route: Route, now: float) -> _Window:
        major = (request.match_info.get(name, "") for name in _MAJOR)
        key = (route.method, route.path, *major)
        window = self._buckets.get(key)
        if window is None:
            if len(self._buckets) >= _BUCKETS_KEPT:
                self._buckets = {key: window for key, window in self._buckets.items() if window.ends > now}
            window = self._buckets[key] = _Window()
        return window


def _answers_interaction(route: Route) -> bool:
    """Whether a route is one of the interaction endpoints: callbacks, and webhooks by an interaction's token."""
    return route.path.startswith(("/interactions/", "/webhooks/{webhook_id}/{webhook_token}"))


def _hash(route: Route) -> str:
    """The bucket's name, which leaves out the major parameters, as Discord's does."""
    return hashlib.md5(f"{route.method} {route.path}".encode(), usedforsecurity=False).hexdigest()


def _barred() -> web.Response:
    """What the proxy in front of Discord answers to a barred address: a page, and no `Via`."""
    return web.Response(status=429, text="<html><body>error code: 1015</body></html>", headers={"Retry-After": "600"})
