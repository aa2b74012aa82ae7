"""One tab: what it asks for, and what it is told, over one socket."""

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import orjson
from aiohttp import WSMsgType, web

from botcore_sandbox.driver.errors import NotOffered, SandboxError
from botcore_sandbox.driver.person import Person
from botcore_sandbox.page.acts import Acts
from botcore_sandbox.page.asking import Ask
from botcore_sandbox.page.clock_panel import ClockPanel, clock_view
from botcore_sandbox.page.companion import Companion
from botcore_sandbox.page.desk import Desk, Wire
from botcore_sandbox.page.feed import WORLD_CHANGED, events_for
from botcore_sandbox.page.notebook import Notebook
from botcore_sandbox.page.suggestions import suggestions
from botcore_sandbox.page.things import find_channel
from botcore_sandbox.page.views import commands_view, history, world_view
from botcore_sandbox.server import Sandbox
from botcore_sandbox.state.changes import Change
from botcore_sandbox.state.channels import Channel
from botcore_sandbox.state.permissions import Permissions

_MOST_WAITING = 20_000
_TOO_SLOW = 1013

_log = logging.getLogger(__name__)


class Visit:
    """A tab that plays one member.

    Args:
        socket: the tab's socket, open.
        sandbox: the sandbox.
        person: the member.
        wire: the traffic.
        notebook: the session so far.
        companion: the bot, where whoever runs the sandbox started one.
    """

    def __init__(
        self,
        socket: web.WebSocketResponse,
        sandbox: Sandbox,
        person: Person,
        *,
        wire: Wire,
        notebook: Notebook,
        companion: Companion | None,
    ) -> None:
        self.person = person
        self._socket = socket
        self._sandbox = sandbox
        self._companion = companion
        self._outbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._view_is_due = False
        self._desk = Desk(sandbox, wire, notebook, companion, self.tell)
        self._tasks: set[asyncio.Task[None]] = set()
        self._handlers = {
            **Acts(sandbox, person, notebook).by_name,
            **self._desk.by_name,
            **ClockPanel(sandbox.time, notebook).by_name,
            "history": self._history,
            "commands": self._commands,
        }

    async def run(self) -> None:
        """Stay until the tab is closed."""
        self.tell(clock_view(self._sandbox.time))
        self.tell(WORLD_CHANGED)
        self.tell_status()
        writing = asyncio.create_task(self._write())
        try:
            async for message in self._socket:
                if message.type is WSMsgType.TEXT:
                    self._start(message.data)
        finally:
            self._desk.close()
            for task in (writing, *self._tasks):
                task.cancel()
            await asyncio.gather(writing, *self._tasks, return_exceptions=True)

    def tell(self, event: dict[str, Any]) -> None:
        """Send something to the tab, after what waits already."""
        if event is WORLD_CHANGED:
            if self._view_is_due:
                return
            self._view_is_due = True
        self._outbox.put_nowait(event)
        if self._outbox.qsize() > _MOST_WAITING:
            self._spawn(self.hang_up())

    def tell_status(self) -> None:
        """Say how the bot is."""
        self.tell(
            {
                "event": "status",
                "bot": self._bot_state(),
                "problem": self._companion.problem if self._companion is not None else None,
                "own": self._companion is not None,
            }
        )

    def tell_change(self, change: Change) -> None:
        """Pass on what the member sees of a change."""
        for event in events_for(self._sandbox.world, self.person.user, change):
            if event["event"] == "connections":
                self.tell_status()
            elif event["event"] == "clock":
                self.tell(clock_view(self._sandbox.time))
            else:
                self.tell(event)

    def _bot_state(self) -> str:
        if self._companion is not None and self._companion.state != "running":
            return self._companion.state
        return "running" if self._sandbox.gateway.ready else "absent"

    async def _write(self) -> None:
        while True:
            event = await self._outbox.get()
            if event is WORLD_CHANGED:
                self._view_is_due = False
                event = world_view(self._sandbox.world, self.person.user)
            with suppress(ConnectionError):
                await self._socket.send_str(orjson.dumps(event, default=str).decode())

    async def hang_up(self, code: int = _TOO_SLOW, reason: bytes = b"This tab is too slow; load it again.") -> None:
        """End the visit from this side."""
        await self._socket.close(code=code, message=reason)

    def _start(self, raw: str) -> None:
        try:
            asked = orjson.loads(raw)
        except orjson.JSONDecodeError:
            return
        if isinstance(asked, dict):
            self._spawn(self._answer(asked))

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, asked: Mapping[str, Any]) -> None:
        answer: dict[str, Any] = {"answers": asked.get("id")}
        try:
            answer["result"] = await self._handlers.get(str(asked.get("do")), _unknown)(Ask(asked))
        except SandboxError as error:
            answer["error"] = str(error)
        except Exception:
            _log.exception("The sandbox failed on what its page asked for; this is a mistake of the sandbox")
            answer["error"] = "The sandbox failed on this; what happened is in its log."
        self.tell(answer | {"event": "answer"})

    async def _history(self, ask: Ask) -> list[dict[str, Any]]:
        before = ask.id("before") if ask.has("before") else None
        return history(self._sandbox.world, self.person.user, self._channel(ask), before=before)

    async def _commands(self, ask: Ask) -> dict[str, Any]:
        listed = commands_view(self._sandbox.world, self.person.user, self._channel(ask))
        return {"commands": listed, "suggestions": suggestions(listed)}

    def _channel(self, ask: Ask) -> Channel:
        channel = find_channel(self._sandbox.world, ask.id("channel"))
        if Permissions.VIEW_CHANNEL not in self._sandbox.world.permissions_in(channel, self.person.user):
            raise NotOffered("This channel is not for this member to see.")
        return channel


async def _unknown(ask: Ask) -> None:
    raise NotOffered("The page asked for something that this sandbox does not know; load it again.")
