"""`/sandbox/faults`: ordering faults from another process; loopback only, as everything here.

`GET` lists the faults that wait, `POST` orders one, `DELETE` takes all of them back, `DELETE /sandbox/faults/{id}` one.
A body names its `kind` and the arguments that the method of that name has in `botcore_sandbox.faults.board.Faults`.
"""

from collections.abc import Mapping
from typing import Any

import orjson
from aiohttp import web

from botcore_sandbox.driver.errors import SandboxError
from botcore_sandbox.faults.board import Faults
from botcore_sandbox.faults.rules import Fault, FaultKind, Scope

PATH = "/sandbox/faults"

_REST = {
    "method": str,
    "path": str,
    "times": int,
    "status": int,
    "code": int,
    "message": str,
    "seconds": (int, float),
    "scope": Scope,
    "taken": bool,
}
_SHARD = {"shard": int}
_ARGUMENTS: Mapping[str, Mapping[str, Any]] = {
    **{kind.value: _REST for kind in FaultKind},
    "drop_gateway": {"code": int, **_SHARD},
    "half_open": _SHARD,
    "reconnect": _SHARD,
    "invalid_session": {"resumable": bool, **_SHARD},
}


class Control:
    """The routes.

    Args:
        faults: what they order.
    """

    def __init__(self, faults: Faults) -> None:
        self._faults = faults

    def mount(self, app: web.Application) -> None:
        """Add the routes to an application."""
        app.router.add_get(PATH, self._list)
        app.router.add_post(PATH, self._order)
        app.router.add_delete(PATH, self._clear)
        app.router.add_delete(PATH + r"/{id:\d{1,9}}", self._remove)

    async def _list(self, request: web.Request) -> web.Response:
        return _json(200, {"faults": self._faults.waiting()})

    async def _order(self, request: web.Request) -> web.Response:
        try:
            kind, arguments = _read(await request.read())
            return await self._do(kind, arguments)
        except SandboxError as error:
            return _json(400, {"message": str(error)})

    async def _do(self, kind: str, arguments: dict[str, Any]) -> web.Response:
        if kind in set(FaultKind):
            fault = self._faults.add(Fault(kind=FaultKind(kind), **arguments))
            return _json(201, fault.payload())
        if kind == "drop_gateway":
            met = await self._faults.drop_gateway(**arguments)
        elif kind == "half_open":
            met = self._faults.half_open(**arguments)
        elif kind == "reconnect":
            met = self._faults.reconnect(**arguments)
        else:
            met = self._faults.invalid_session(**arguments)
        return _json(200, {"kind": kind, "connections": met})

    async def _clear(self, request: web.Request) -> web.Response:
        self._faults.clear()
        return web.Response(status=204)

    async def _remove(self, request: web.Request) -> web.Response:
        if self._faults.remove(int(request.match_info["id"])):
            return web.Response(status=204)
        return _json(404, {"message": f"No fault {request.match_info['id']} is waiting."})


def _read(raw: bytes) -> tuple[str, dict[str, Any]]:
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError:
        body = None
    if not isinstance(body, dict):
        raise SandboxError('A fault is ordered with a JSON object, such as {"kind": "refuse", "status": 502}.')
    kind = body.pop("kind", None)
    known = _ARGUMENTS.get(kind) if isinstance(kind, str) else None
    if known is None:
        raise SandboxError(f"A fault's kind is one of {', '.join(_ARGUMENTS)}; not {kind!r}.")
    for name, value in body.items():
        if name not in known:
            raise SandboxError(f"{kind} takes {', '.join(known)}; not {name!r}.")
        body[name] = _checked(name, value, known[name])
    return kind, body


def _checked(name: str, value: Any, wanted: Any) -> Any:
    if wanted is Scope:
        if value not in set(Scope):
            raise SandboxError(f"A rate limit's scope is {', '.join(Scope)}; not {value!r}.")
        return Scope(value)
    if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
        raise SandboxError(f"{name!r} cannot be {value!r}.")
    return value


def _json(status: int, body: object) -> web.Response:
    return web.Response(status=status, body=orjson.dumps(body), headers={"Content-Type": "application/json"})
