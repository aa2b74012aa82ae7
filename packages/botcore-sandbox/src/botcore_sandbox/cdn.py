"""Serves the files that were uploaded, where Discord has its CDN."""

from collections.abc import Callable

from aiohttp import web

from botcore_sandbox.state.world import World

PREFIX = "/cdn"
_ID_DIGITS = 20


class Cdn:
    """Attachments by id; a file that is gone, or asked for by another name, is a 404."""

    def __init__(self, world: Callable[[], World]) -> None:
        self._world = world

    def mount(self, app: web.Application) -> None:
        """Add the route to an application."""
        app.router.add_get(PREFIX + "/attachments/{channel_id}/{attachment_id}/{filename}", self._serve)

    async def _serve(self, request: web.Request) -> web.Response:
        number = request.match_info["attachment_id"]
        is_id = number.isascii() and number.isdecimal() and len(number) <= _ID_DIGITS
        attachment = self._world().files.get(int(number)) if is_id else None
        if attachment is None or attachment.filename != request.match_info["filename"]:
            raise web.HTTPNotFound(text="This content is no longer available.")
        headers = {
            "Content-Type": attachment.content_type,
            "Content-Security-Policy": "default-src 'none'; sandbox",  # an uploaded page must not run as ours
            "X-Content-Type-Options": "nosniff",
        }
        return web.Response(body=attachment.content, headers=headers)
