"""A Discord that costs little: it sends interactions as fast as they are answered, and counts.

Run as a process of its own, so that its work is not the bot's. It prints its address, then one JSON line for each
``drive`` or ``messages`` line that it reads.
"""

import asyncio
import contextlib
import sys
import time
from typing import Any

import orjson
from aiohttp import WSMsgType, web

USER = {"id": "20", "username": "alice", "discriminator": "0", "avatar": None, "global_name": "Alice"}
BOT = {"id": "10", "username": "bot", "discriminator": "0", "avatar": None, "global_name": None, "bot": True}
APPLICATION: dict[str, Any] = {
    "id": "10",
    "name": "bench",
    "description": "",
    "icon": None,
    "flags": 0,
    "owner": USER,
    "team": None,
    "bot_public": True,
    "bot_require_code_grant": False,
    "verify_key": "",
    "rpc_origins": [],
}
GUILD: dict[str, Any] = {
    "id": "30",
    "name": "bench",
    "owner_id": "20",
    "roles": [{"id": "30", "name": "@everyone", "permissions": "2147483647", "position": 0, "color": 0}],
    "members": [{"user": BOT, "roles": []}],
    "channels": [{"id": "40", "type": 0, "name": "general", "position": 0, "permission_overwrites": []}],
    "voice_states": [],
    "presences": [],
    "member_count": 2,
}
MEMBER = {"user": USER, "roles": [], "permissions": "2147483647", "joined_at": "2026-01-01T00:00:00+00:00"}
OPTIONS = [{"name": "first", "type": 4, "value": 20}, {"name": "second", "type": 4, "value": 22}]

ANSWER = b"It is **42**."

PEOPLE = tuple(range(100, 120))
"""Users who take direct messages; the channel's id is the user's and a thousand more."""


class Sink:
    """One bot's Discord."""

    def __init__(self) -> None:
        self.socket: web.WebSocketResponse | None = None
        self.sequence = 0
        self.commands: list[Any] = []
        self.sent: dict[str, float] = {}
        self.latencies: list[float] = []
        self.left = 0
        self.wrong = 0
        self.done = asyncio.Event()
        self.next_id = 1 << 60
        self.messages: list[bytes] = []
        self.heard = asyncio.Condition()

    async def send(self, event: str, data: Any) -> None:
        """Dispatch an event."""
        self.sequence += 1
        if self.socket is not None:
            await self.socket.send_bytes(orjson.dumps({"op": 0, "t": event, "s": self.sequence, "d": data}))

    async def gateway(self, request: web.Request) -> web.WebSocketResponse:
        """HELLO, READY, the guild, then heartbeats."""
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        await socket.send_str('{"op":10,"d":{"heartbeat_interval":41250},"s":null,"t":null}')
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                continue
            op = orjson.loads(message.data)["op"]
            if op == 1:
                await socket.send_str('{"op":11,"d":null,"s":null,"t":null}')
            elif op == 2:  # noqa: PLR2004 - IDENTIFY
                self.socket, self.sequence = socket, 0
                ready = {
                    "v": 10,
                    "user": BOT,
                    "guilds": [{"id": "30", "unavailable": True}],
                    "session_id": "bench",
                    "resume_gateway_url": f"ws://{request.host}/gateway",
                    "application": {"id": "10", "flags": 0},
                }
                await self.send_text("READY", ready)
                await self.send_text("GUILD_CREATE", GUILD)
        return socket

    async def send_text(self, event: str, data: Any) -> None:
        """As text, which every client takes whatever compression it asked for."""
        self.sequence += 1
        if self.socket is not None:
            frame = orjson.dumps({"op": 0, "t": event, "s": self.sequence, "d": data}).decode()
            await self.socket.send_str(frame)

    async def ask(self) -> None:
        """Send one more interaction."""
        self.left -= 1
        self.next_id += 1
        identity = str(self.next_id)
        interaction = {
            "id": identity,
            "application_id": "10",
            "type": 2,
            "token": f"token-{identity}",
            "version": 1,
            "guild_id": "30",
            "channel_id": "40",
            "locale": "en-GB",
            "guild_locale": "en-GB",
            "app_permissions": "2147483647",
            "member": MEMBER,
            "data": {"id": "50", "name": "add", "type": 1, "options": OPTIONS},
        }
        self.sent[identity] = time.perf_counter()
        await self.send_text("INTERACTION_CREATE", interaction)

    async def callback(self, request: web.Request) -> web.Response:
        """An answer: note how long it took, and ask again."""
        if ANSWER not in await request.read():
            self.wrong += 1
        started = self.sent.pop(request.match_info["id"], None)
        if started is not None:
            self.latencies.append(time.perf_counter() - started)
            if self.left > 0:
                await self.ask()
            elif not self.sent:
                self.done.set()
        return web.Response(status=204)

    async def drive(self, count: int, at_once: int) -> dict[str, float]:
        """Have ``count`` commands answered, so many at once; seconds, and latencies in milliseconds."""
        self.left, self.wrong, self.latencies = count, 0, []
        self.done.clear()
        started = time.perf_counter()
        for _ in range(min(at_once, count)):
            await self.ask()
        await asyncio.wait_for(self.done.wait(), 120)
        seconds = time.perf_counter() - started
        ordered = sorted(self.latencies)
        return {
            "count": len(ordered) - self.wrong,
            "seconds": seconds,
            "p50": ordered[len(ordered) // 2] * 1000,
            "p99": ordered[len(ordered) * 99 // 100] * 1000,
        }

    async def message(self, request: web.Request) -> web.Response:
        """A message: note it, and give it back as Discord does."""
        body = orjson.loads(await request.read())
        self.next_id += 1
        channel = request.match_info["channel"]
        async with self.heard:
            self.messages.append(f"{channel} {body.get('content')}".encode())
            self.heard.notify_all()
        return _json({**_MESSAGE, "id": str(self.next_id), "channel_id": channel, "content": body.get("content") or ""})

    async def take_messages(self, count: int) -> dict[str, float]:
        """Wait for so many messages; the seconds from the first to the last, and how many were different."""
        async with asyncio.timeout(300), self.heard:
            await self.heard.wait_for(lambda: len(self.messages) >= 1)
            started = time.perf_counter()
            await self.heard.wait_for(lambda: len(self.messages) >= count)
        taken, self.messages = self.messages, []
        return {"count": len(taken), "different": len(set(taken)), "seconds": time.perf_counter() - started}


_MESSAGE: dict[str, Any] = {
    "type": 0,
    "author": BOT,
    "attachments": [],
    "embeds": [],
    "mentions": [],
    "mention_roles": [],
    "mention_everyone": False,
    "pinned": False,
    "tts": False,
    "timestamp": "2026-01-01T00:00:00.000000+00:00",
    "edited_timestamp": None,
    "components": [],
    "flags": 0,
}


def _json(data: Any) -> web.Response:
    return web.Response(body=orjson.dumps(data), headers={"Content-Type": "application/json"})


async def main() -> None:
    """Serve until standard input ends."""
    sink = Sink()
    app = web.Application()

    async def me(_request: web.Request) -> web.Response:
        return _json(BOT)

    async def application(_request: web.Request) -> web.Response:
        return _json(APPLICATION)

    async def gateway_url(request: web.Request) -> web.Response:
        return _json({"url": f"ws://{request.host}/gateway"})

    async def commands(request: web.Request) -> web.Response:
        if request.method == "GET":
            return _json(sink.commands)
        given = orjson.loads(await request.read())
        listed = given if isinstance(given, list) else [given]
        made = [{"id": "50", "application_id": "10", "version": "1", **command} for command in listed]
        sink.commands = made
        return _json(made if isinstance(given, list) else made[0])

    async def user(request: web.Request) -> web.Response:
        return _json({**USER, "id": request.match_info["user"]})

    async def direct(request: web.Request) -> web.Response:
        person = str(orjson.loads(await request.read())["recipient_id"])
        channel = {"id": str(int(person) + 1000), "type": 1, "last_message_id": None, "flags": 0}
        return _json({**channel, "recipients": [{**USER, "id": person}]})

    api = "/api/v10"
    app.router.add_post(f"{api}/users/@me/channels", direct)
    app.router.add_get(f"{api}/users/{{user}}", user)
    app.router.add_post(f"{api}/channels/{{channel}}/messages", sink.message)
    app.router.add_get(f"{api}/users/@me", me)
    app.router.add_get(f"{api}/oauth2/applications/@me", application)
    app.router.add_get(f"{api}/gateway", gateway_url)
    app.router.add_route("*", f"{api}/applications/10/commands", commands)
    app.router.add_post(f"{api}/interactions/{{id}}/{{token}}/callback", sink.callback)
    app.router.add_get("/gateway", sink.gateway)
    app.router.add_get("/gateway/", sink.gateway)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(runner.addresses[0][1], flush=True)
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        word, *numbers = line.split()
        if word == "drive":
            print(orjson.dumps(await sink.drive(*map(int, numbers))).decode(), flush=True)
        elif word == "messages":
            print(orjson.dumps(await sink.take_messages(*map(int, numbers))).decode(), flush=True)
    await runner.cleanup()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main())
