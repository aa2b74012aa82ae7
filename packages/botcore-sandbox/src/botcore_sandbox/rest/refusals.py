"""Refusals that come before any route: rate limits, and the error pages of the proxies in front of Discord.

Source: developer documentation, "Rate Limits"; the `Via` header is the proxies' own, and clients take a 429 without it
for a ban.
"""

import math
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

import orjson
from aiohttp import web

VIA: Final = "1.1 google"


def error(status: int, code: int = 0, message: str | None = None) -> web.Response:
    """An error: Discord's JSON, or from 500 on without a code a page of the proxy's own."""
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else "Error"
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR and not code and message is None:
        page = f"<html><head><title>{status} {phrase}</title></head><body><h1>{status} {phrase}</h1></body></html>"
        return web.Response(status=status, text=page, content_type="text/html", headers={"Via": VIA})
    return _json(status, {"message": message or f"{status}: {phrase}", "code": code}, {})


def too_many(retry_after: float, *, scope: str, headers: Mapping[str, str] | None = None) -> web.Response:
    """A 429; `scope` is `user`, `shared` or `global`, `headers` are those of the bucket."""
    everywhere = scope == "global"
    sent = {
        **(headers or {}),
        "Retry-After": str(math.ceil(retry_after)),
        "X-RateLimit-Scope": scope,
        "Via": VIA,
    }
    if everywhere:
        sent["X-RateLimit-Global"] = "true"
    message = "The resource is being rate limited." if scope == "shared" else "You are being rate limited."
    body = {"message": message, "retry_after": round(retry_after, 3), "global": everywhere}
    return _json(429, body, sent)


def _json(status: int, body: object, headers: Mapping[str, str]) -> web.Response:
    # without a charset: some clients compare the content type as a whole
    return web.Response(status=status, body=orjson.dumps(body), headers={"Content-Type": "application/json", **headers})
