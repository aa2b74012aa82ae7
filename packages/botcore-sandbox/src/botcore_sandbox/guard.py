"""Keeps web pages of elsewhere from driving the sandbox through a person's browser.

A page may make a browser send requests to loopback; it cannot hide its Origin, and a rebound DNS name shows
in Host.
"""

from typing import Final
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

_LOOPBACK_NAMES: Final = frozenset({"127.0.0.1", "localhost", "::1"})


@web.middleware
async def local_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse requests that do not name this machine as their Host, or come from a page of elsewhere."""
    if not _is_local(f"//{request.headers.get('Host', '')}"):
        raise web.HTTPForbidden(text="The sandbox answers to loopback addresses only; this Host is another.")
    origin = request.headers.get("Origin")
    if origin is not None and (not _is_local(origin) or urlsplit(origin).netloc != request.headers["Host"]):
        raise web.HTTPForbidden(text="The sandbox takes no requests from pages of another origin.")
    return await handler(request)


def _is_local(url: str) -> bool:
    try:
        return urlsplit(url).hostname in _LOOPBACK_NAMES
    except ValueError:
        return False
