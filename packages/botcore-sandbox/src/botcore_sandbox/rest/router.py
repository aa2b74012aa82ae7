"""Joins the route tables to aiohttp: authorisation, bodies, Discord's error shape, the traffic record."""

import hmac
import logging
from collections.abc import Callable
from typing import Any

import orjson
from aiohttp import web

from botcore_sandbox.errors import ApiError
from botcore_sandbox.faults.board import Faults
from botcore_sandbox.faults.rest import spoiled
from botcore_sandbox.gateway.hub import Gateway
from botcore_sandbox.rest import (
    audit_logs,
    bans,
    channel_webhooks,
    channels,
    commands,
    discovery,
    guilds,
    interactions,
    members,
    messages,
    overwrites,
    pins,
    polls,
    reactions,
    roles,
    scheduled_events,
    thread_members,
    threads,
    webhooks,
)
from botcore_sandbox.rest.bodies import read_body, read_reason
from botcore_sandbox.rest.call import Answer, Call, Route
from botcore_sandbox.rest.limits import RateLimiter
from botcore_sandbox.state.drafts import Upload
from botcore_sandbox.state.world import World
from botcore_sandbox.traffic import Traffic

PREFIX = "/api/v10"
ROUTES: tuple[Route, ...] = (
    *discovery.ROUTES,
    *guilds.ROUTES,
    *roles.ROUTES,
    *members.ROUTES,
    *bans.ROUTES,
    *scheduled_events.ROUTES,
    *audit_logs.ROUTES,
    *channels.ROUTES,
    *overwrites.ROUTES,
    *threads.ROUTES,
    *thread_members.ROUTES,
    *pins.ROUTES,
    *messages.ROUTES,
    *reactions.ROUTES,
    *polls.ROUTES,
    *channel_webhooks.ROUTES,
    *commands.ROUTES,
    *interactions.ROUTES,
    *webhooks.ROUTES,
)

_JSON = {"Content-Type": "application/json"}
"""Without a charset: some clients compare the header as a whole."""

_log = logging.getLogger(__name__)


class RestApi:
    """Answers every request below `/api/v10`, also the ones that no route knows."""

    def __init__(
        self,
        world: Callable[[], World],
        gateway: Gateway,
        token: str,
        traffic: Traffic,
        *,
        faults: Faults,
        limiter: RateLimiter | None,
    ) -> None:
        self._world = world
        self._faults = faults
        self._limiter = limiter
        self._gateway = gateway
        self._authorization = f"Bot {token}"
        self._traffic = traffic

    def mount(self, app: web.Application) -> None:
        """Add the routes to an application."""
        resources: dict[str, set[str]] = {}
        for route in ROUTES:
            app.router.add_route(route.method, PREFIX + route.path, self._handler(route))
            resources.setdefault(route.path, set()).add(route.method)
        for path in resources:
            app.router.add_route("*", PREFIX + path, self._refusal(405, "Method Not Allowed"))
        app.router.add_route("*", PREFIX + "/{unknown:.*}", self._refusal(404, "Not Found"))

    def _handler(self, route: Route) -> Callable[[web.Request], Any]:
        async def handle(request: web.Request) -> web.StreamResponse:
            path = request.path.removeprefix(PREFIX)
            return await spoiled(self._faults, request, path, lambda: self._admit(request, route))

        return handle

    def _refusal(self, status: int, reason: str) -> Callable[[web.Request], Any]:
        async def handle(request: web.Request) -> web.Response:
            return self._record(request, None, [], _refused(ApiError.plain(status, reason)))

        return handle

    async def _admit(self, request: web.Request, route: Route) -> web.Response:
        if self._limiter is None:
            return await self._serve(request, route)
        headers, refusal = self._limiter.take(request, route)
        if refusal is not None:
            await request.read()
            return refusal
        answer = await self._serve(request, route)
        self._limiter.note(answer.status)
        answer.headers.update(headers)
        return answer

    async def _serve(self, request: web.Request, route: Route) -> web.Response:
        body: Any = None
        uploads: list[Upload] = []
        try:
            if not route.public:
                self._authorize(request)
            body, uploads = await read_body(request)
            call = Call(
                self._world(), self._gateway, request.match_info, request.query, body, uploads, read_reason(request)
            )
            answer = await route.handler(call)
        except ApiError as error:
            answer = _refused(error)
        except ConnectionResetError:  # the bot hung up while it was still sending: there is nobody to answer
            raise
        except Exception:
            _log.exception(
                "The sandbox failed on %s %s; this is a mistake of the sandbox", request.method, request.path
            )
            answer = _refused(ApiError.plain(500, "Internal Server Error"))
        return self._record(request, body, uploads, answer)

    def _authorize(self, request: web.Request) -> None:
        given = request.headers.get("Authorization", "")
        if not hmac.compare_digest(given.encode(errors="replace"), self._authorization.encode()):
            raise ApiError.plain(401, "Unauthorized")

    def _record(self, request: web.Request, body: Any, uploads: list[Upload], answer: Answer) -> web.Response:
        self._traffic.call(
            request.method,
            request.path.removeprefix(PREFIX),
            query=dict(request.query),
            request=body,
            files=tuple(upload.filename for upload in uploads),
            status=answer.status,
            response=answer.body,
        )
        if answer.body is None:
            return web.Response(status=answer.status)
        return web.Response(status=answer.status, body=orjson.dumps(answer.body), headers=_JSON)


def _refused(error: ApiError) -> Answer:
    return Answer(error.status, error.payload())
