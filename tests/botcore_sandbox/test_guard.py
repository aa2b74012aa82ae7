"""Nobody from elsewhere: neither over the network nor through a person's browser."""

import asyncio
import socket
import sys
from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio

from botcore_sandbox import Sandbox, SandboxError

ELSEWHERE = [
    "0.0.0.0",
    "192.168.1.5",
    "10.0.0.1",
    "::",
    "fe80::1",
    "2001:db8::1",
    "example.org",
    "127.0.0.1.nip.io",
    "",
]


@pytest.mark.parametrize("host", ELSEWHERE)
def test_it_listens_on_loopback_only(host: str) -> None:
    """Any other address or name is refused before anything is opened, with the reason and the way out."""
    with pytest.raises(SandboxError, match=r"only listens on this machine.*act as any member.*Use 127\.0\.0\.1"):
        Sandbox(host=host)


async def test_the_command_line_refuses_as_well() -> None:
    """Asked for more than loopback, `serve` says why not, as a mistake in its options."""
    code = "from botcore_sandbox.cli import sandbox_app; sandbox_app()"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, "serve", "--host", "0.0.0.0", stderr=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(20):
        _, told = await process.communicate()
    assert process.returncode == 2
    assert "only listens on this machine" in " ".join(told.decode().replace("│", " ").split())


FINE = [
    {},
    {"Host": "localhost:PORT"},
    {"Host": "LOCALHOST:PORT"},
    {"Host": "127.0.0.1"},
    {"Host": "127.8.8.8:PORT"},
    {"Host": "[::1]:PORT"},
    {"Origin": "http://127.0.0.1:PORT"},
    {"Host": "localhost:PORT", "Origin": "http://localhost:PORT"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
]

REBOUND = [
    {"Host": "evil.example"},
    {"Host": "evil.example:PORT"},
    {"Host": "127.0.0.1.evil.example:PORT"},
    {"Host": "localhost.evil.example:PORT"},
    {"Host": "evil.example@127.0.0.1:PORT"},
    {"Host": "192.168.1.5:PORT"},
    {"Host": "0.0.0.0:PORT"},
    {"Host": "[::]:PORT"},
    {"Host": "::1"},
    {"Host": "127.0.0.1:PORT:1"},
    {"Host": ""},
]

FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "http://127.0.0.1:1"},
    {"Origin": "http://127.0.0.1"},
    {"Origin": "https://127.0.0.1:PORT"},
    {"Origin": "http://localhost:PORT"},
    {"Origin": "http://127.0.0.1:PORT.evil.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
    {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
]


def with_port(headers: dict[str, str], sandbox: Sandbox) -> dict[str, str]:
    """Headers as a browser would send them to this sandbox."""
    return {name: value.replace("PORT", str(sandbox.port)) for name, value in headers.items()}


@pytest.mark.parametrize("headers", FINE, ids=str)
async def test_this_machine_is_welcome(sandbox: Sandbox, headers: dict[str, str]) -> None:
    """By any name of loopback, from the sandbox's own pages, and by a link that a person follows."""
    sent = with_port(headers, sandbox)
    async with aiohttp.ClientSession() as session:
        async with session.get(sandbox.api_url + "/gateway", headers=sent) as response:
            assert response.status == 200
        async with session.ws_connect(sandbox.gateway_url, headers=sent) as ws:
            assert (await ws.receive_json())["op"] == 10


@pytest.mark.parametrize("headers", REBOUND, ids=str)
async def test_another_name_is_refused(sandbox: Sandbox, headers: dict[str, str]) -> None:
    """A name that was made to point here is a page of elsewhere: DNS rebinding. REST, gateway and files alike."""
    told = await refused(sandbox, with_port(headers, sandbox))
    assert "answers to loopback addresses only" in told
    assert "127.0.0.1" in told


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
async def test_another_page_is_refused(sandbox: Sandbox, headers: dict[str, str]) -> None:
    """Whatever it asks for: another port or scheme is another page too, and so is one that hides."""
    assert "from its own pages only" in await refused(sandbox, with_port(headers, sandbox))


async def test_a_preflight_of_another_page_is_refused(sandbox: Sandbox) -> None:
    """No browser is ever told that another page may go on."""
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    async with (
        aiohttp.ClientSession() as session,
        session.options(sandbox.api_url + "/channels/1/messages", headers=asked) as response,
    ):
        assert response.status == 403
        assert not [name for name in response.headers if name.lower().startswith("access-control")]


async def refused(sandbox: Sandbox, headers: dict[str, str]) -> str:
    """What a refusal says; the same for REST, files, unknown paths and the gateway."""
    told = set()
    origin = sandbox.api_url.removesuffix("/api/v10")
    async with aiohttp.ClientSession() as session:
        for url in (sandbox.api_url + "/gateway", sandbox.world.cdn_url + "/x", origin + "/", origin + "/nothing"):
            async with session.get(url, headers=headers) as response:
                assert response.status == 403, url
                told.add(await response.text())
        with pytest.raises(aiohttp.WSServerHandshakeError) as handshake:
            await session.ws_connect(sandbox.gateway_url, headers=headers)
    assert handshake.value.status == 403
    [only] = told
    return only


@pytest_asyncio.fixture
async def on_ipv6() -> AsyncIterator[Sandbox]:
    """A sandbox on IPv6's loopback."""
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError as error:
        pytest.skip(f"this machine has no IPv6 loopback: {error}")
    async with Sandbox(host="::1") as sandbox:
        yield sandbox


async def test_it_lives_on_ipv6_too(on_ipv6: Sandbox) -> None:
    """Its addresses are written in brackets, and the same is refused."""
    assert on_ipv6.api_url == f"http://[::1]:{on_ipv6.port}/api/v10"
    assert on_ipv6.gateway_url == f"ws://[::1]:{on_ipv6.port}/gateway"
    assert on_ipv6.world.cdn_url.startswith(f"http://[::1]:{on_ipv6.port}/")
    async with aiohttp.ClientSession() as session:
        async with session.get(on_ipv6.api_url + "/gateway") as response:
            assert await response.json() == {"url": on_ipv6.gateway_url}
        async with session.ws_connect(on_ipv6.gateway_url) as ws:
            assert (await ws.receive_json())["op"] == 10
        page = {"Origin": f"http://[::1]:{on_ipv6.port}"}
        async with session.get(on_ipv6.api_url + "/gateway", headers=page) as response:
            assert response.status == 200
    assert "from its own pages only" in await refused(on_ipv6, {"Origin": f"http://127.0.0.1:{on_ipv6.port}"})
    assert "loopback addresses only" in await refused(on_ipv6, {"Host": "evil.example"})
