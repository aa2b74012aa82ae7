"""All sessions of the sandbox: who may come in, and which of them hears of a change."""

import asyncio
from collections.abc import Callable
from typing import Any

from aiohttp import web

from botcore_sandbox.gateway.connection import Connection, HangUp, invalid_session, reconnect
from botcore_sandbox.gateway.events import events_of, guild_create
from botcore_sandbox.gateway.members import WholeLists, member_chunks
from botcore_sandbox.gateway.protocol import (
    ALL_INTENTS,
    MOST_GUILDS_A_SHARD,
    PRIVILEGED_INTENTS,
    CloseCode,
    Intents,
)
from botcore_sandbox.gateway.session import Session
from botcore_sandbox.gateway.starts import SessionStarts
from botcore_sandbox.payloads.users import own_user_payload
from botcore_sandbox.state.changes import Change, ConnectionsChanged
from botcore_sandbox.state.users import ApplicationFlags
from botcore_sandbox.state.world import World
from botcore_sandbox.traffic import Traffic

_SESSIONS_KEPT = 64

_FLAG_OF_INTENT = {
    Intents.GUILD_PRESENCES: ApplicationFlags.GATEWAY_PRESENCE_LIMITED,
    Intents.GUILD_MEMBERS: ApplicationFlags.GATEWAY_GUILD_MEMBERS_LIMITED,
    Intents.MESSAGE_CONTENT: ApplicationFlags.GATEWAY_MESSAGE_CONTENT_LIMITED,
}


class Gateway:
    """Accepts sockets, keeps sessions, and passes every change of the world on."""

    def __init__(
        self,
        world: Callable[[], World],
        token: str,
        traffic: Traffic,
        *,
        heartbeat_interval_ms: int,
        starts: SessionStarts,
        shards: int = 1,
        most_guilds_a_shard: int = MOST_GUILDS_A_SHARD,
    ) -> None:
        self._world = world
        self._token = token
        self._traffic = traffic
        self._heartbeat_interval_ms = heartbeat_interval_ms
        self._most_guilds_a_shard = most_guilds_a_shard
        self._sessions: dict[str, Session] = {}
        self._connections: set[Connection] = set()
        self._whole_lists = WholeLists()
        self.starts = starts
        self.shards = shards
        """How many shards `GET /gateway/bot` recommends."""
        self.url = ""

    @property
    def ready(self) -> bool:
        """Whether a bot is connected and has been sent its guilds, with every one of its shards."""
        there: dict[int, set[int]] = {}
        for session in self._sessions.values():
            if session.ready and session.line is not None:
                there.setdefault(session.shard[1], set()).add(session.shard[0])
        return any(len(indexes) == count for count, indexes in there.items())

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
        if not self.starts.remaining:
            self._sessions.clear()  # Discord ends every session and makes a new token
            await self.drop(CloseCode.AUTHENTICATION_FAILED)
            raise HangUp(CloseCode.AUTHENTICATION_FAILED, "Authentication failed.")
        world = self._world()
        session = Session(Intents(intents), shard, connection)
        guilds = [guild for guild in world.guilds.values() if session.serves(guild.id)]
        if len(guilds) > self._most_guilds_a_shard:
            raise HangUp(CloseCode.SHARDING_REQUIRED, "Sharding required.")
        if not self.starts.take(shard[0]):
            connection.send(invalid_session(resumable=False))
            return
        connection.session = session
        self._sessions[session.id] = session
        while len(self._sessions) > _SESSIONS_KEPT:
            del self._sessions[next(iter(self._sessions))]
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
        self._forget_outlived()
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
        session.detached_at = None
        connection.session = session
        for frame in session.replay:
            if frame["s"] > data["seq"]:
                connection.send(frame)
        session.dispatch("RESUMED", {"_trace": []})
        connection.after_sending(lambda: self._became_ready(session))

    def request_members(self, session: Session, data: Any) -> None:
        """Answer opcode 8 with GUILD_MEMBERS_CHUNK events, or with RATE_LIMITED."""
        refusal = self._whole_lists.take(session, data, asyncio.get_running_loop().time())
        if refusal is not None:
            session.dispatch("RATE_LIMITED", refusal)
            return
        for chunk in member_chunks(self._world(), session, data):
            session.dispatch("GUILD_MEMBERS_CHUNK", chunk)

    async def drop(self, code: int | None = None, shard: int | None = None) -> int:
        """End connections: with a close code, or for None as a broken network does; returns how many.

        All at once: a client that is slow to close must not keep the others waiting.
        """
        chosen = self._of(shard)
        closing = []
        for connection in chosen:
            if code is None or connection.frozen:
                connection.abort()
            else:
                closing.append(connection.hang_up(code))
        await asyncio.gather(*closing)
        return len(chosen)

    def ask_to_reconnect(self, shard: int | None = None) -> int:
        """Send opcode 7; returns to how many connections."""
        chosen = self._of(shard)
        for connection in chosen:
            connection.send(reconnect())
        return len(chosen)

    def invalidate(self, *, resumable: bool, shard: int | None = None) -> int:
        """Send opcode 9, and unless it may be resumed forget the session; returns to how many connections."""
        chosen = self._of(shard)
        for connection in chosen:
            connection.send(invalid_session(resumable=resumable))
            if not resumable and connection.session is not None:
                self._sessions.pop(connection.session.id, None)
                connection.session = None
        self._world().changes.publish(ConnectionsChanged())
        return len(chosen)

    def freeze(self, shard: int | None = None) -> int:
        """Leave connections open and let nothing flow through them; returns how many."""
        chosen = self._of(shard)
        for connection in chosen:
            connection.freeze()
        return len(chosen)

    def abort_frozen(self) -> None:
        """End the connections through which nothing flows."""
        for connection in self._of(None):
            if connection.frozen:
                connection.abort()

    def send_event(self, name: str, data: Any) -> int:
        """Dispatch any event to every session, whatever it asked for; returns to how many."""
        for session in self._sessions.values():
            session.dispatch(name, data)
        return len(self._sessions)

    def send_frame(self, frame: dict[str, Any]) -> int:
        """Send a frame as it is on every connection, whatever is wrong with it; returns on how many."""
        for connection in self._connections:
            connection.send(frame)
        return len(self._connections)

    def forget_sessions(self) -> None:
        """Make every resume impossible."""
        self._sessions.clear()
        self.starts.clear()
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
            session.detached_at = asyncio.get_running_loop().time()
        if connection.client_ended_session:
            self._sessions.pop(session.id, None)
        self._world().changes.publish(ConnectionsChanged())

    def _forget_outlived(self) -> None:
        now = asyncio.get_running_loop().time()
        self._sessions = {key: kept for key, kept in self._sessions.items() if not kept.outlived(now)}

    def _check_intents(self, intents: int) -> None:
        if intents < 0 or intents & ~int(ALL_INTENTS):
            raise HangUp(CloseCode.INVALID_INTENTS, "Invalid intent(s).")
        flags = self._world().application.flags
        for intent in PRIVILEGED_INTENTS:
            if intents & intent and _FLAG_OF_INTENT[intent] not in flags:
                raise HangUp(CloseCode.DISALLOWED_INTENTS, "Disallowed intent(s).")

    def _of(self, shard: int | None) -> list[Connection]:
        return [
            connection
            for connection in self._connections
            if shard is None or (connection.session is not None and connection.session.shard[0] == shard)
        ]

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
