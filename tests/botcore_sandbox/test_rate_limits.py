"""The mode in which REST has limits."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from botcore_sandbox import Sandbox
from botcore_sandbox.rest.limits import RateLimits


class Asking:
    """Raw requests that give back status and headers."""

    def __init__(self, session: aiohttp.ClientSession, sandbox: Sandbox) -> None:
        self._session = session
        self._sandbox = sandbox

    async def __call__(self, method: str, path: str, token: str = "", **options: Any) -> aiohttp.ClientResponse:
        """The answer, read to its end."""
        headers = {"Authorization": f"Bot {token or self._sandbox.token}"}
        url = self._sandbox.api_url + path
        async with self._session.request(method, url, headers=headers, **options) as response:
            await response.read()
            return response


@pytest.fixture
def limits() -> RateLimits:
    return RateLimits(requests=2, seconds=30.0, global_requests=5, invalid_requests=3)


@pytest_asyncio.fixture
async def limited(limits: RateLimits) -> AsyncIterator[Sandbox]:
    """A sandbox with small limits that do not end during a test."""
    async with Sandbox(rate_limits=limits) as sandbox:
        yield sandbox


@pytest_asyncio.fixture
async def ask(limited: Sandbox) -> AsyncIterator[Asking]:
    async with aiohttp.ClientSession() as session:
        yield Asking(session, limited)


async def test_a_bucket_counts_down_and_refuses(limited: Sandbox, ask: Asking) -> None:
    """Each answer says what is left; the one too many is a 429 with everything a client needs."""
    path = f"/channels/{limited.channel('general').id}"
    answers = [await ask("GET", path) for _ in range(3)]
    assert [answer.status for answer in answers] == [200, 200, 429]
    assert [answer.headers["X-RateLimit-Remaining"] for answer in answers] == ["1", "0", "0"]
    assert {answer.headers["X-RateLimit-Limit"] for answer in answers} == {"2"}
    refused = answers[2]
    assert refused.headers["X-RateLimit-Scope"] == "user"
    assert 0 < float(refused.headers["X-RateLimit-Reset-After"]) <= 30
    assert 0 < int(refused.headers["Retry-After"]) <= 30
    assert "Via" in refused.headers
    body = await refused.json()
    assert (body["message"], body["global"]) == ("You are being rate limited.", False)
    assert 0 < body["retry_after"] <= 30


async def test_every_channel_has_its_own_bucket_of_the_same_name(limited: Sandbox, ask: Asking) -> None:
    """The name leaves out the major parameters, the counting does not."""
    other = limited.guild.add_channel("other")
    first = [await ask("GET", f"/channels/{limited.channel('general').id}") for _ in range(2)]
    second = await ask("GET", f"/channels/{other.id}")
    assert second.headers["X-RateLimit-Remaining"] == "1"
    assert second.headers["X-RateLimit-Bucket"] == first[0].headers["X-RateLimit-Bucket"]
    assert (await ask("GET", "/users/@me")).headers["X-RateLimit-Bucket"] != second.headers["X-RateLimit-Bucket"]


async def test_the_bot_as_a_whole_has_a_limit(limited: Sandbox, ask: Asking) -> None:
    """Over all routes, within one second; interaction endpoints are exempt."""
    channels = [limited.guild.add_channel(f"channel-{number}").id for number in range(20)]
    answers = [await ask("GET", f"/channels/{channel}") for channel in channels]
    refused = next(answer for answer in answers if answer.status == 429)
    assert refused.headers["X-RateLimit-Scope"] == "global"
    assert refused.headers["X-RateLimit-Global"] == "true"
    assert (await refused.json())["global"] is True


@pytest.mark.parametrize("limits", [RateLimits(requests=2, seconds=30.0, global_requests=1)])
async def test_interaction_endpoints_are_exempt_from_the_global_limit(limited: Sandbox, ask: Asking) -> None:
    """They have buckets all the same."""
    callbacks = [await ask("POST", "/interactions/1/x/callback", json={"type": 5}) for _ in range(3)]
    assert [answer.status for answer in callbacks] == [404, 404, 429]
    assert callbacks[2].headers["X-RateLimit-Scope"] == "user"
    edits = [await ask("PATCH", f"/webhooks/{limited.application_id}/x/messages/@original", json={}) for _ in range(2)]
    assert [answer.status for answer in edits] == [401, 401]
    assert (await ask("GET", "/users/@me")).status == 200
    assert (await ask("GET", "/gateway")).headers["X-RateLimit-Scope"] == "global"


async def test_too_many_invalid_requests_bar_the_bot(ask: Asking) -> None:
    """Every 401, 403 and 429 counts; then a page of the proxy answers whatever is asked, and nothing says Via."""
    for path in ("/users/@me", "/users/@me", "/applications/@me"):
        assert (await ask("GET", path, token="wrong")).status == 401
    barred = await ask("GET", "/gateway/bot")
    assert barred.status == 429
    assert "Via" not in barred.headers
    assert "error code: 1015" in await barred.text()


async def test_without_the_mode_nothing_is_said(sandbox: Sandbox, rest: Any) -> None:
    """Headers would slow down the tests of a bot that keeps to them."""
    async with rest.session.get(sandbox.api_url + "/gateway") as response:
        assert not [name for name in response.headers if name.lower().startswith("x-ratelimit")]
