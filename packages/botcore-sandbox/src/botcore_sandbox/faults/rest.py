"""How a REST answer is spoiled."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from aiohttp import web

from botcore_sandbox.faults.board import Faults
from botcore_sandbox.faults.rules import Fault, FaultKind, Scope
from botcore_sandbox.rest import refusals

type Serve = Callable[[], Awaitable[web.Response]]


async def spoiled(faults: Faults, request: web.Request, path: str, serve: Serve) -> web.StreamResponse:
    """Answer a request, with the fault that waits for it if one does."""
    fault = faults.meet(request.method, path)
    if fault is None:
        return await serve()
    if fault.kind is FaultKind.SLOW:
        return await _slow(fault, serve)
    answer = await serve() if fault.taken else await _unread(request)
    if fault.kind is FaultKind.DROP_REST:
        return await _dropped(request, answer)
    if fault.kind is FaultKind.RATE_LIMIT:
        return _limited(fault)
    return refusals.error(fault.status, fault.code, fault.message)


async def _slow(fault: Fault, serve: Serve) -> web.Response:
    if fault.taken:
        answer = await serve()
        await asyncio.sleep(fault.seconds)
        return answer
    await asyncio.sleep(fault.seconds)
    return await serve()


async def _unread(request: web.Request) -> web.Response:
    """Take the body off the wire, as a server does that then fails."""
    await request.read()
    return web.Response(status=204)


async def _dropped(request: web.Request, answer: web.Response) -> web.StreamResponse:
    """Send the head of the answer and a part of its body, if it has one, and break the connection."""
    broken = web.StreamResponse(status=answer.status, headers={"Content-Type": "application/json"})
    body = answer.body if isinstance(answer.body, bytes) else b""
    if body:
        broken.content_length = len(body)
        await broken.prepare(request)
        await broken.write(body[: len(body) // 2])
    if request.transport is not None:
        request.transport.abort()
    return broken


def _limited(fault: Fault) -> web.Response:
    if fault.scope is Scope.GLOBAL:
        return refusals.too_many(fault.seconds, scope="global")
    headers = {
        "X-RateLimit-Limit": "1",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset": f"{time.time() + fault.seconds:.3f}",
        "X-RateLimit-Reset-After": f"{fault.seconds:.3f}",
    }
    return refusals.too_many(fault.seconds, scope="shared" if fault.scope is Scope.SHARED else "user", headers=headers)
