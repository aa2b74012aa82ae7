"""One websocket: frames in and out, compression, heartbeats, and the limits on what a client may send."""

import asyncio
import zlib
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol

import orjson
from aiohttp import WSMsgType, web

from botcore_sandbox.gateway.protocol import MAX_FRAME_BYTES, MAX_FRAMES_A_MINUTE, CloseCode, Opcode
from botcore_sandbox.gateway.session import Session
from botcore_sandbox.traffic import Traffic

_MINUTE = 60.0
_PATIENCE = 1.5
"""How many heartbeat intervals a client may stay silent."""


class HangUp(Exception):
    """Ends the connection with a close code."""

    def __init__(self, code: CloseCode, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Exchange(Protocol):
    """Who understands what a connected client asks for."""

    async def identify(self, connection: "Connection", data: Any) -> None:
        """Start a session."""
        ...

    async def resume(self, connection: "Connection", data: Any) -> None:
        """Go on with a session."""
        ...

    def request_members(self, session: Session, data: Any) -> None:
        """Answer a request for guild members."""
        ...


class Connection:
    """A client's socket from HELLO to the end."""

    def __init__(
        self,
        socket: web.WebSocketResponse,
        request: web.Request,
        exchange: Exchange,
        traffic: Traffic,
        *,
        heartbeat_interval_ms: int,
        compressed: bool,
    ) -> None:
        self.session: Session | None = None
        self.hung_up: int | None = None
        """The close code, when it was the sandbox that closed."""
        self._socket = socket
        self._request = request
        self._exchange = exchange
        self._traffic = traffic
        self._interval_ms = heartbeat_interval_ms
        self._deflate = zlib.compressobj() if compressed else None
        self._queue: asyncio.Queue[dict[str, Any] | Callable[[], None]] = asyncio.Queue()
        self._received: deque[float] = deque()
        self._silence: asyncio.TimerHandle | None = None
        self._closing: set[asyncio.Task[None]] = set()
        self._flowing = asyncio.Event()
        self._flowing.set()

    @property
    def client_ended_session(self) -> bool:
        """Whether the client said goodbye (1000 or 1001), which makes a resume impossible."""
        return self.hung_up is None and self._socket.close_code in {1000, 1001}

    def send(self, frame: dict[str, Any]) -> None:
        """Queue a frame; every frame has all of op, d, s and t."""
        self._queue.put_nowait(frame)

    def after_sending(self, action: Callable[[], None]) -> None:
        """Do something once everything queued so far is on the wire."""
        self._queue.put_nowait(action)

    async def run(self) -> None:
        """Speak with the client until either side ends it."""
        writer = asyncio.create_task(self._write())
        self.send(_frame(Opcode.HELLO, {"heartbeat_interval": self._interval_ms, "_trace": []}))
        self._expect_heartbeat()
        try:
            async for message in self._socket:
                if message.type in {WSMsgType.TEXT, WSMsgType.BINARY}:
                    await self._receive(message.data)
        except HangUp as end:
            await self.hang_up(end.code, end.reason)
        finally:
            if self._silence is not None:
                self._silence.cancel()
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)

    async def hang_up(self, code: int, reason: str = "") -> None:
        """Close with a code."""
        self.hung_up = int(code)
        await self._socket.close(code=int(code), message=reason.encode())

    def abort(self) -> None:
        """Drop the connection without a word, as a broken network does."""
        self.hung_up = 1006
        if self._request.transport is not None:
            self._request.transport.abort()

    @property
    def frozen(self) -> bool:
        """Whether nothing flows any more."""
        return not self._flowing.is_set()

    def freeze(self) -> None:
        """Stay open and let nothing flow in either direction, as a router does that forgot the connection."""
        self._flowing.clear()
        if self._silence is not None:
            self._silence.cancel()
        if isinstance(self._request.transport, asyncio.Transport):
            self._request.transport.pause_reading()

    async def _write(self) -> None:
        while True:
            item = await self._queue.get()
            await self._flowing.wait()
            if callable(item):
                item()
                continue
            session_id = self.session.id if self.session is not None else None
            self._traffic.frame(sent=True, op=item["op"], name=item["t"], data=item["d"], session_id=session_id)
            encoded = orjson.dumps(item)
            try:
                if self._deflate is None:
                    await self._socket.send_str(encoded.decode())
                else:
                    packed = self._deflate.compress(encoded) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
                    await self._socket.send_bytes(packed)
            except ConnectionError:
                return

    async def _receive(self, raw: str | bytes) -> None:
        encoded = raw.encode() if isinstance(raw, str) else raw
        if len(encoded) > MAX_FRAME_BYTES:
            raise HangUp(CloseCode.DECODE_ERROR, "Error while decoding payload.")
        self._count_frame()
        try:
            frame = orjson.loads(encoded)
        except orjson.JSONDecodeError as error:
            raise HangUp(CloseCode.DECODE_ERROR, "Error while decoding payload.") from error
        if not isinstance(frame, dict) or not isinstance(frame.get("op"), int):
            raise HangUp(CloseCode.DECODE_ERROR, "Error while decoding payload.")
        session_id = self.session.id if self.session is not None else None
        shown = _without_token(frame.get("d"))
        self._traffic.frame(sent=False, op=frame["op"], name=None, data=shown, session_id=session_id)
        await self._obey(frame["op"], frame.get("d"))

    async def _obey(self, op: int, data: Any) -> None:
        if op == Opcode.HEARTBEAT:
            self._expect_heartbeat()
            self.send(_frame(Opcode.HEARTBEAT_ACK, None))
        elif op == Opcode.IDENTIFY:
            if self.session is not None:
                raise HangUp(CloseCode.ALREADY_AUTHENTICATED, "Already authenticated.")
            await self._exchange.identify(self, data)
        elif op == Opcode.RESUME:
            if self.session is not None:
                raise HangUp(CloseCode.ALREADY_AUTHENTICATED, "Already authenticated.")
            await self._exchange.resume(self, data)
        elif op not in {Opcode.PRESENCE_UPDATE, Opcode.VOICE_STATE_UPDATE, Opcode.REQUEST_GUILD_MEMBERS}:
            raise HangUp(CloseCode.UNKNOWN_OPCODE, "Unknown opcode.")
        elif self.session is None:
            raise HangUp(CloseCode.NOT_AUTHENTICATED, "Not authenticated.")
        elif op == Opcode.REQUEST_GUILD_MEMBERS:
            self._exchange.request_members(self.session, data)

    def _count_frame(self) -> None:
        now = asyncio.get_running_loop().time()
        self._received.append(now)
        while self._received[0] < now - _MINUTE:
            self._received.popleft()
        if len(self._received) > MAX_FRAMES_A_MINUTE:
            raise HangUp(CloseCode.RATE_LIMITED, "You are being rate limited.")

    def _expect_heartbeat(self) -> None:
        if self._silence is not None:
            self._silence.cancel()
        loop = asyncio.get_running_loop()
        self._silence = loop.call_later(self._interval_ms / 1000 * _PATIENCE, self._miss_heartbeat)

    def _miss_heartbeat(self) -> None:
        task = asyncio.get_running_loop().create_task(self.hang_up(CloseCode.SESSION_TIMED_OUT, "Session timed out."))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)


def invalid_session(*, resumable: bool) -> dict[str, Any]:
    """The frame that refuses an identify or a resume."""
    return _frame(Opcode.INVALID_SESSION, resumable)


def reconnect() -> dict[str, Any]:
    """The frame that asks a client to connect anew and resume."""
    return _frame(Opcode.RECONNECT, None)


def _frame(op: Opcode, data: Any) -> dict[str, Any]:
    return {"op": int(op), "d": data, "s": None, "t": None}


def _without_token(data: Any) -> Any:
    return data | {"token": "(hidden)"} if isinstance(data, dict) and "token" in data else data
