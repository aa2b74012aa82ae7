"""All sessions of the sandbox: who may come in, and which of them hears of a change."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

from aiohttp import web

from botcore_sandbox.gateway.connection import Connection, HangUp, invalid_session, reconnect
from botcore_sandbox.gateway.events import events_of, guild_create
from botcore_sandbox.gateway.members import member_chunks
from botcore_sandbox.gateway.protocol import (
    ALL_INTENTS,
    IDENTIFIES_AT_ONCE,
    PRIVILEGED_INTENTS,
    CloseCode,
    Intents,
)
from botcore_sandbox.gateway.session import Session
from botcore_sandbox.payloads.users import own_user_payload
from botcore_sandbox.state.changes import Change, ConnectionsChanged
from botcore_sandbox.state.users import ApplicationFlags
from botcore_sandbox.state.world import World
from botcore_sandbox.traffic import Traffic

_IDENTIFY_WINDOW = 5.0
_SESSIONS_KEPT = 64

_FLAG_OF_INTENT = {
    Intents.GUILD_PRESENCES: ApplicationFlags.GATEWAY_PRESENCE_LIMITED,
    Intents.GUILD_MEMBERS: ApplicationFlags.GATEWAY_GUILD_MEMBERS_LIMITED,
    Intents.MESSAGE_CONTENT: ApplicationFlags.GATEWAY_MESSAGE_CONTENT_LIMITED,
}


class Gateway:
    """Accepts sockets, keeps sessions, and passes every change of the world on."""

    def __init__(self, world: Callable[[], World], token: str, traffic: Traffic, *, heartbeat_interval_ms: int) -> None:
        self._world = world
        self._token = token
        self._traffic = traffic
        self._heartbeat_interval_ms = heartbeat_interval_ms
        self._sessions: dict[str, Session] = {}
        self._connections: set[Connection] = set()
        self._identifies: deque[float] = deque()
        self.url = ""
        self.identified = 0

    @property
    def ready(self) -> bool:
        """Whether a bot is connected and has been sent its guilds."""
        return any(session.ready and session.line is not None for session in self._sessions.values())

    @property
    def connected(self) -> bool:
        """Whether any session has a socket at this moment."""
        return any(session.line is not None for session in self._sessions.values())

    @property
    def awaited(self) -> bool:
        """Whether a bot is there or may still come back and resume."""
        return bool(self._sessions)

    def publish(self, change: Change) -> None:
        """Send the events of a change to the sessions that asked for them."""
        if not self._sessions:
            return
        for event in events_of(self._world(), change):
            for session in self._sessions.values():
                if event.concerns(session):
                    session.dispatch(event.name, event.data_for(session))

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """The websocket route."""
        compression = request.query.get("compress", "none")
        if compression not in {"none", "zlib-stream"}:
            raise web.HTTPBadRequest(text=f"The sandbox speaks zlib-stream or no compression, not {compression!r}.")
        socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        if request.query.get("v", "10") != "10":
            await socket.close(code=CloseCode.INVALID_API_VERSION, message=b"Invalid API version.")
            return socket
        if request.query.get("encoding", "json") != "json":
            await socket.close(code=CloseCode.DECODE_ERROR, message=b"The sandbox speaks JSON only.")
            return socket
        connection = Connection(
            socket,
            request,
            self,
            self._traffic,
            heartbeat_interval_ms=self._heartbeat_interval_ms,
            compressed=compression == "zlib-stream",
        )
        self._connections.add(connection)
        try:
            await connection.run()
        finally:
            self._connections.discard(connection)
            self._detach(connection)
        return socket

    async def identify(self, connection: Connection, data: Any) -> None:
        """Start a session: READY, then each guild of the shard.

        Raises:
            HangUp: The token, the intents or the shard will not do.
        """
        token, intents, shard = _read_identify(data)
        if token.removeprefix("Bot ") != self._token:
            raise HangUp(CloseCode.AUTHENTICATION_FAILED, "Authentication failed.")
        self._check_intents(intents)
        if self._too_many_identifies():
            connection.send(invalid_session(resumable=False))
            return
        world = self._world()
        session = Session(Intents(intents), shard, connection)
        connection.session = session
        self._sessions[session.id] = session
        while len(self._sessions) > _SESSIONS_KEPT:
            del self._sessions[next(iter(self._sessions))]
        self.identified += 1
        guilds = [guild for guild in world.guilds.values() if session.serves(guild.id)]
        session.dispatch("READY", self._ready_payload(world, session, [guild.id for guild in guilds]))
        for guild in guilds:
            event = guild_create(world, guild)
            if event.concerns(session):
                session.dispatch(event.name, event.data_for(session))
        connection.after_sending(lambda: self._became_ready(session))

    async def resume(self, connection: Connection, data: Any) -> None:
        """Go on with a session: everything missed, then RESUMED.

        Raises:
            HangUp: The token is wrong or the sequence lies in the future.
        """
        if not isinstance(data, dict) or not isinstance(data.get("seq"), int):
            raise HangUp(CloseCode.DECODE_ERROR, "Error while decoding payload.")
        if str(data.get("token", "")).removeprefix("Bot ") != self._token:
            raise HangUp(CloseCode.AUTHENTICATION_FAILED, "Authentication failed.")
        session = self._sessions.get(str(data.get("session_id")))
        if session is None or not session.can_replay_from(data["seq"]):
            connection.send(invalid_session(resumable=False))
            return
        if data["seq"] > session.seq:
            raise HangUp(CloseCode.INVALID_SEQ, "Invalid seq.")
        if isinstance(session.line, Connection):
            session.line.session = None
            session.line.abort()
        session.line = connection
        connection.session = session
        for frame in session.replay:
            if frame["s"] > data["seq"]:
                connection.send(frame)
        session.dispatch("RESUMED", {"_trace": []})
        connection.after_sending(lambda: self._became_ready(session))

    def request_members(self, session: Session, data: Any) -> None:
        """Answer opcode 8 with GUILD_MEMBERS_CHUNK events."""
        for chunk in member_chunks(self._world(), session, data):
            session.dispatch("GUILD_MEMBERS_CHUNK", chunk)

    async def drop(self, code: int | None = None) -> None:
        """End every connection: with a close code, or for None as a broken network does."""
        for connection in list(self._connections):
            if code is None:
                connection.abort()
            else:
                await connection.hang_up(code)

    def ask_to_reconnect(self) -> None:
        """Send opcode 7 to every client."""
        for connection in self._connections:
            connection.send(reconnect())

    def forget_sessions(self) -> None:
        """Make every resume impossible."""
        self._sessions.clear()
        self._identifies.clear()
        self._world().changes.publish(ConnectionsChanged())

    def _became_ready(self, session: Session) -> None:
        session.ready = True
        self._world().changes.publish(ConnectionsChanged())

    def _detach(self, connection: Connection) -> None:
        session = connection.session
        if session is None:
            return
        if session.line is connection:
            session.line = None
        if connection.client_ended_session:
            self._sessions.pop(session.id, None)
        self._world().changes.publish(ConnectionsChanged())

    def _check_intents(self, intents: int) -> None:
        if intents < 0 or intents & ~ALL_INTENTS:
            raise HangUp(CloseCode.INVALID_INTENTS, "Invalid intent(s).")
        flags = self._world().application.flags
        for intent in PRIVILEGED_INTENTS:
            if intents & intent and _FLAG_OF_INTENT[intent] not in flags:
                raise HangUp(CloseCode.DISALLOWED_INTENTS, "Disallowed intent(s).")

    def _too_many_identifies(self) -> bool:
        now = asyncio.get_running_loop().time()
        while self._identifies and self._identifies[0] < now - _IDENTIFY_WINDOW:
            self._identifies.popleft()
        if len(self._identifies) >= IDENTIFIES_AT_ONCE:
            return True
        self._identifies.append(now)
        return False

    def _ready_payload(self, world: World, session: Session, guild_ids: list[int]) -> dict[str, Any]:
        return {
            "v": 10,
            "user": own_user_payload(world.bot),
            "guilds": [{"id": str(guild_id), "unavailable": True} for guild_id in guild_ids],
            "session_id": session.id,
            "session_type": "normal",
            "resume_gateway_url": self.url,
            "shard": list(session.shard),
            "application": {"id": str(world.application.id), "flags": int(world.application.flags)},
            "private_channels": [],
            "presences": [],
            "relationships": [],
            "user_settings": {},
            "geo_ordered_rtc_regions": [],
            "auth": {},
            "_trace": [],
        }


def _read_identify(data: Any) -> tuple[str, int, tuple[int, int]]:
    if not isinstance(data, dict) or not isinstance(data.get("token"), str):
        raise HangUp(CloseCode.DECODE_ERROR, "Error while decoding payload.")
    intents = data.get("intents")
    if not isinstance(intents, int) or isinstance(intents, bool):
        raise HangUp(CloseCode.INVALID_INTENTS, "Invalid intent(s).")
    if not isinstance(data.get("properties"), dict):
        raise HangUp(CloseCode.DECODE_ERROR, "Error while decoding payload.")
    match data.get("shard"):
        case None:
            return data["token"], intents, (0, 1)
        case [int(index), int(count)] if 0 <= index < count:
            return data["token"], intents, (index, count)
        case _:
            raise HangUp(CloseCode.INVALID_SHARD, "Invalid shard.")
