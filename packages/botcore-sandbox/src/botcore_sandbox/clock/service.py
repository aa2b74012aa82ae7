"""`/sandbox/clock`: the clock on the sandbox's port, for bots that keep step with it and for programs that move it.

`GET` says what time it is and when the next timer of a bot is due, `POST {"forward": seconds}` moves it, and the
websocket below it is what `botcore_sandbox.clock.following` listens to. Loopback only, as everything here.
"""

import asyncio
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import orjson
from aiohttp import WSMsgType, web

from botcore_sandbox.clock.moving import Reading
from botcore_sandbox.clock.timekeeping import Timekeeping
from botcore_sandbox.clock.wire import CHANNEL, PATH, moment, pack, packed_moment
from botcore_sandbox.driver.errors import SandboxError

_GOING_AWAY = 1001


class ClockService:
    """The routes.

    Args:
        time: what they show and move.
    """

    def __init__(self, time: Timekeeping) -> None:
        self._time = time
        self._channels: set[_Channel] = set()
        time.subscribe(self._tell)

    def mount(self, app: web.Application) -> None:
        """Add the routes to an application."""
        app.router.add_get(PATH, self._show)
        app.router.add_post(PATH, self._forward)
        app.router.add_get(PATH + CHANNEL, self._open_channel)

    async def hang_up(self) -> None:
        """End the connections of all bots that listen; those that still run come back."""
        await asyncio.gather(*(channel.close() for channel in tuple(self._channels)))

    def _tell(self) -> None:
        for channel in self._channels:
            channel.tell(self._time.clock.reading)

    async def _show(self, request: web.Request) -> web.Response:
        try:
            return await self._shown()
        except TimeoutError as error:
            return _json(504, {"message": str(error)})

    async def _forward(self, request: web.Request) -> web.Response:
        try:
            await self._time.advance(_span(await request.read()))
            return await self._shown()
        except SandboxError as error:
            return _json(400, {"message": str(error)})
        except TimeoutError as error:
            return _json(504, {"message": str(error)})

    async def _shown(self) -> web.Response:
        next_timer = await self._time.next_timer()
        return _json(
            200,
            {
                "now": packed_moment(self._time.now()),
                "next_timer": packed_moment(next_timer),
                **pack(self._time.clock.reading),
            },
        )

    async def _open_channel(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse(heartbeat=30.0)
        await socket.prepare(request)
        channel = _Channel(socket)
        self._channels.add(channel)
        channel.tell(self._time.clock.reading)
        leave = self._time.join(channel)
        try:
            await channel.run()
        finally:
            leave()
            self._channels.discard(channel)
        return socket


class _Channel:
    """A bot in another process, and its timers."""

    def __init__(self, socket: web.WebSocketResponse) -> None:
        self._socket = socket
        self._outbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._numbers = count(1)
        self._asked: dict[int, asyncio.Future[datetime | None]] = {}
        self._gone = False

    def tell(self, reading: Reading) -> None:
        """Send what the clock shows, after what waits already."""
        self._outbox.put_nowait(pack(reading))

    async def until_idle(self) -> None:
        """Return once the bot's timers are idle, or the bot is gone."""
        await self._ask(idle=True)

    async def next_due(self) -> datetime | None:
        """When the bot's next timer is due; None, too, where the bot is gone before it answers."""
        return await self._ask(idle=False)

    async def run(self) -> None:
        """Stay until the bot is gone."""
        writing = asyncio.create_task(self._write())
        try:
            async for message in self._socket:
                if message.type is WSMsgType.TEXT:
                    self._take(orjson.loads(message.data))
        finally:
            self._gone = True
            for answer in self._asked.values():
                if not answer.done():
                    answer.set_result(None)
            writing.cancel()
            await asyncio.gather(writing, return_exceptions=True)

    async def close(self) -> None:
        """Hang up."""
        await self._socket.close(code=_GOING_AWAY)

    async def _ask(self, *, idle: bool) -> datetime | None:
        if self._gone:
            return None
        number = next(self._numbers)
        answer: asyncio.Future[datetime | None] = asyncio.get_running_loop().create_future()
        self._asked[number] = answer
        self._outbox.put_nowait({"ask": number, "idle": idle})
        try:
            return await answer
        finally:
            del self._asked[number]

    def _take(self, body: dict[str, Any]) -> None:
        answer = self._asked.get(body["answers"])
        if answer is not None and not answer.done():
            answer.set_result(moment(body["next_timer"]))

    async def _write(self) -> None:
        while True:
            await self._socket.send_str(orjson.dumps(await self._outbox.get()).decode())


def _span(raw: bytes) -> timedelta:
    try:
        match orjson.loads(raw):
            case {"forward": int(seconds) | float(seconds)} if not isinstance(seconds, bool):
                return timedelta(seconds=seconds)
    except (orjson.JSONDecodeError, OverflowError):
        pass
    raise SandboxError('The clock is moved with a JSON object such as {"forward": 3600}, in seconds.')


def _json(status: int, body: object) -> web.Response:
    return web.Response(status=status, body=orjson.dumps(body), headers={"Content-Type": "application/json"})
