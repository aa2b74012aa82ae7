"""Faults on demand, as a client sees them: through the driver and over HTTP."""

from typing import Any

import aiohttp
import pytest

from botcore_sandbox import Sandbox, SandboxError

HELLO = {"json": {"content": "hello"}}


async def test_a_refusal_happens_as_often_as_asked(sandbox: Sandbox, rest: Any) -> None:
    """Then everything works again; nothing was done meanwhile."""
    sandbox.faults.refuse(
        "POST", "/channels/*/messages", status=403, code=50013, message="Missing Permissions", times=2
    )
    for _ in range(2):
        assert await rest("POST", rest.messages, **HELLO) == (403, {"message": "Missing Permissions", "code": 50013})
    assert not sandbox.channel("general").messages
    assert (await rest("POST", rest.messages, **HELLO))[0] == 200
    assert len(sandbox.faults) == 0
    assert [spoiled.path for spoiled in sandbox.faults.spoiled] == [rest.messages] * 2


async def test_a_refusal_after_the_fact_has_done_what_was_asked(sandbox: Sandbox, rest: Any) -> None:
    """The proxy's error page is all that the client sees."""
    sandbox.faults.refuse("POST", status=502, taken=True)
    async with rest.session.post(
        sandbox.api_url + rest.messages, headers={"Authorization": f"Bot {sandbox.token}"}, **HELLO
    ) as response:
        assert (response.status, response.headers["Via"]) == (502, "1.1 google")
        assert "502 Bad Gateway" in await response.text()
    assert [message.content for message in sandbox.channel("general").messages] == ["hello"]


@pytest.mark.parametrize(
    ("method", "path", "meets"),
    [
        ("*", "**", True),
        ("post", "/channels/*/messages", True),
        ("GET", "/channels/*/messages", False),
        ("*", "/channels/*", False),
        ("*", "/channels/**", True),
        ("*", "/channels/messages", False),
        ("*", "/*/*/*", True),
    ],
)
async def test_a_pattern_says_which_requests(sandbox: Sandbox, rest: Any, method: str, path: str, meets: bool) -> None:
    """One star is one segment, two are any number."""
    sandbox.faults.refuse(method, path, status=418)
    assert ((await rest("POST", rest.messages, **HELLO))[0] == 418) is meets


@pytest.mark.parametrize(
    ("scope", "reported", "everywhere"),
    [("route", "user", False), ("shared", "shared", False), ("global", "global", True)],
)
async def test_a_rate_limit_says_everything_that_discord_says(
    sandbox: Sandbox, rest: Any, scope: str, reported: str, everywhere: bool
) -> None:
    """Body and headers, with the Via without which clients take it for a ban."""
    sandbox.faults.rate_limit(scope=scope, seconds=1.5)
    async with rest.session.get(sandbox.api_url + "/gateway") as response:
        assert response.status == 429
        assert response.headers["Retry-After"] == "2"
        assert response.headers["X-RateLimit-Scope"] == reported
        assert ("X-RateLimit-Global" in response.headers) is everywhere
        assert (response.headers.get("X-RateLimit-Remaining") == "0") is not everywhere
        assert "Via" in response.headers
        body = await response.json()
    assert (body["retry_after"], body["global"]) == (1.5, everywhere)


@pytest.mark.parametrize("taken", [True, False])
async def test_a_dropped_connection_has_done_it_or_not(sandbox: Sandbox, rest: Any, taken: bool) -> None:
    """In the middle of the answer, or before anything was done."""
    sandbox.faults.drop_rest("POST", taken=taken)
    with pytest.raises(aiohttp.ClientError):
        await rest("POST", rest.messages, **HELLO)
    assert len(sandbox.channel("general").messages) == taken


async def test_the_first_fault_that_fits_is_met_first(sandbox: Sandbox, rest: Any) -> None:
    """Each request meets one."""
    sandbox.faults.refuse(status=418)
    sandbox.faults.refuse(status=409)
    assert [(await rest("GET", "/gateway"))[0] for _ in range(3)] == [418, 409, 200]


@pytest.mark.parametrize(
    "order",
    [
        {"times": 0},
        {"times": 1_000_000},
        {"status": 200},
        {"path": "channels"},
    ],
)
async def test_a_fault_without_sense_or_bound_is_refused(sandbox: Sandbox, order: dict[str, Any]) -> None:
    """Whoever orders it is told."""
    with pytest.raises(SandboxError):
        sandbox.faults.refuse(**order)
    with pytest.raises(SandboxError):
        sandbox.faults.slow(3600)
    with pytest.raises(SandboxError):
        sandbox.faults.rate_limit(scope="everything")


async def test_the_number_of_faults_is_bounded(sandbox: Sandbox) -> None:
    """A loop gone wild is noticed."""
    for _ in range(100):
        sandbox.faults.refuse()
    with pytest.raises(SandboxError, match="clear them first"):
        sandbox.faults.refuse()


class Control:
    """The control route, as another process uses it."""

    def __init__(self, session: aiohttp.ClientSession, sandbox: Sandbox) -> None:
        self._session = session
        self._url = sandbox.api_url.removesuffix("/api/v10") + "/sandbox/faults"

    async def __call__(self, method: str, path: str = "", **options: Any) -> tuple[int, Any]:
        """The status and the parsed body."""
        async with self._session.request(method, self._url + path, **options) as response:
            is_json = response.content_type == "application/json"
            return response.status, await response.json() if is_json else None


@pytest.fixture
def control(rest: Any, sandbox: Sandbox) -> Control:
    return Control(rest.session, sandbox)


async def test_faults_are_ordered_listed_and_taken_back_over_http(
    sandbox: Sandbox, rest: Any, control: Control
) -> None:
    """What the driver can, a program of any language can."""
    status, fault = await control("POST", json={"kind": "refuse", "path": "/gateway", "status": 418, "times": 3})
    assert (status, fault["status"], fault["times"], fault["method"]) == (201, 418, 3, "*")
    assert (await rest("GET", "/gateway"))[0] == 418
    assert await control("GET") == (200, {"faults": [fault | {"times": 2}]})
    assert (await control("DELETE", f"/{fault['id']}"))[0] == 204
    assert (await control("DELETE", f"/{fault['id']}"))[0] == 404
    for kind in ("slow", "rate_limit", "drop_rest"):
        assert (await control("POST", json={"kind": kind, "seconds": 0.1}))[0] == 201
    assert len(sandbox.faults) == 3
    assert (await control("DELETE"))[0] == 204
    assert await control("GET") == (200, {"faults": []})


@pytest.mark.parametrize(
    "order",
    [
        {"kind": "drop_gateway"},
        {"kind": "drop_gateway", "code": 4000},
        {"kind": "half_open"},
        {"kind": "reconnect"},
        {"kind": "invalid_session", "resumable": True},
    ],
)
async def test_the_gateway_fails_over_http_too(
    sandbox: Sandbox, bot: Any, control: Control, order: dict[str, Any]
) -> None:
    """The answer says how many connections it met."""
    assert await control("POST", json=order) == (200, {"kind": order["kind"], "connections": 1})
    assert await control("POST", json=order | {"shard": 7}) == (200, {"kind": order["kind"], "connections": 0})
    sandbox.faults.clear()  # a half-open connection would hold up the client's goodbye


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "JSON object"),
        (b"[1]", "JSON object"),
        (b'{"status": 500}', "one of refuse, rate_limit"),
        (b'{"kind": "earthquake"}', "one of refuse, rate_limit"),
        (b'{"kind": ["refuse"]}', "one of refuse, rate_limit"),
        (b'{"kind": "refuse", "colour": "red"}', "not 'colour'"),
        (b'{"kind": "refuse", "times": "many"}', "'times' cannot be 'many'"),
        (b'{"kind": "refuse", "times": true}', "'times' cannot be True"),
        (b'{"kind": "refuse", "times": 0}', "1 to 10000 times"),
        (b'{"kind": "rate_limit", "scope": "all"}', "route, shared, global"),
        (b'{"kind": "half_open", "code": 4000}', "not 'code'"),
    ],
)
async def test_a_mistaken_order_is_explained(control: Control, body: bytes, says: str) -> None:
    """400, and a sentence with the way out."""
    status, answer = await control("POST", data=body)
    assert status == 400
    assert says in answer["message"]


async def test_pages_of_elsewhere_may_not_order_faults(control: Control) -> None:
    """The guard of the whole sandbox holds here."""
    status, _answer = await control("POST", json={"kind": "refuse"}, headers={"Origin": "http://elsewhere.example"})
    assert status == 403
