"""The page's routes: its files, and the socket of each tab; the sandbox's own guard stands before them."""

from importlib.resources import files
from pathlib import Path
from typing import Final

from aiohttp import web

from botcore_sandbox.driver.person import Person
from botcore_sandbox.page.companion import Companion
from botcore_sandbox.page.desk import Wire
from botcore_sandbox.page.notebook import Notebook
from botcore_sandbox.page.visit import Visit
from botcore_sandbox.server import Sandbox
from botcore_sandbox.state.changes import Change
from botcore_sandbox.state.world import World

_GOING_AWAY: Final = 1001
_STATIC: Final = Path(str(files("botcore_sandbox.page") / "static"))
_TYPES: Final = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
_MOST_BYTES: Final = 150 * 1024 * 1024
"""Of one message of a tab: ten files of ten megabytes in base64, and what is around them."""

_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


class Site:
    """The page of one sandbox.

    Args:
        sandbox: the sandbox.
        companion: the bot, where whoever runs the sandbox started one.
    """

    def __init__(self, sandbox: Sandbox, companion: Companion | None = None) -> None:
        self._sandbox = sandbox
        self._companion = companion
        self._visits: set[Visit] = set()
        self._wire = Wire()
        self._world: World | None = None
        self._notebook = Notebook(sandbox.world)
        sandbox.traffic.observe(self._wire.add)
        sandbox.traffic.observe_frames(self._wire.add)
        if companion is not None:
            companion.subscribe(self._companion_changed)

    def mount(self, app: web.Application) -> None:
        """Add the routes to an application."""
        app.router.add_get("/", self._index)
        app.router.add_get("/page/socket", self._socket)
        app.router.add_get("/page/{path:.+}", self._file)
        app.on_shutdown.append(self._close)

    async def _index(self, request: web.Request) -> web.Response:
        return _respond(_STATIC / "index.html")

    async def _file(self, request: web.Request) -> web.Response:
        path = (_STATIC / request.match_info["path"]).resolve()
        if not path.is_relative_to(_STATIC.resolve()) or path.suffix not in _TYPES or not path.is_file():
            raise web.HTTPNotFound
        return _respond(path)

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        if "Origin" not in request.headers:
            raise web.HTTPForbidden(text="This socket is for the sandbox's own page; use the driver from programs.")
        socket = web.WebSocketResponse(heartbeat=30.0, max_msg_size=_MOST_BYTES)
        await socket.prepare(request)
        self._listen()
        visit = Visit(
            socket,
            self._sandbox,
            self._person(request.query.get("as", "")),
            wire=self._wire,
            notebook=self._notebook,
            companion=self._companion,
        )
        self._visits.add(visit)
        try:
            await visit.run()
        finally:
            self._visits.discard(visit)
        return socket

    async def _close(self, app: web.Application) -> None:
        for visit in tuple(self._visits):
            await visit.hang_up(_GOING_AWAY, b"The sandbox stops.")

    def _person(self, name: str) -> Person:
        """The member of a name; without one, the first who is neither owner nor developer."""
        world = self._sandbox.world
        special = {self._sandbox.guild_owner.id, self._sandbox.application_owner.id, world.bot.id}
        people = [user for user in world.users.values() if not user.bot]
        named = next((user for user in people if user.username == name), None)
        ordinary = next((user for user in people if user.id not in special), None)
        return self._sandbox.person(named or ordinary or self._sandbox.guild_owner.user)

    def _listen(self) -> None:
        """Hear of changes; a reset of the sandbox has put another world in place of the one before."""
        if self._world is not self._sandbox.world:
            self._world = self._sandbox.world
            self._world.changes.subscribe(self._changed)

    def _changed(self, change: Change) -> None:
        for visit in tuple(self._visits):
            visit.tell_change(change)

    def _companion_changed(self) -> None:
        for visit in tuple(self._visits):
            visit.tell_status()


def mount_page(sandbox: Sandbox, app: web.Application, companion: Companion | None = None) -> None:
    """Serve the page on a sandbox's port, below `/`; one of `Sandbox(mounts=...)`."""
    Site(sandbox, companion).mount(app)


def _respond(path: Path) -> web.Response:
    return web.Response(
        body=path.read_bytes(), headers={**_HEADERS, "Content-Type": f"{_TYPES[path.suffix]}; charset=utf-8"}
    )
