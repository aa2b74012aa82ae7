"""Runs the sandbox alone until it is told to stop, for bots in other processes and other languages."""

import asyncio
import signal
from collections.abc import Callable

import orjson

from botcore_sandbox.page.site import mount_page
from botcore_sandbox.server import Sandbox

_STOPPING = (signal.SIGINT, signal.SIGTERM)


async def serve(*, host: str = "127.0.0.1", port: int, as_json: bool, say: Callable[[str], None]) -> None:
    """Start a sandbox, say where it is, and stay until SIGTERM or Ctrl-C.

    Args:
        host: The loopback address to listen on.
        port: The port to listen on, 0 for any free one.
        as_json: Say it as one line of JSON, for programs.
        say: Where a line goes; it has to be written out at once.

    Raises:
        SandboxError: It cannot listen there, or will not.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in _STOPPING:
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # Windows: Ctrl-C arrives as KeyboardInterrupt and ends the wait as well
            break
    async with Sandbox(host=host, port=port, mounts=[mount_page]) as sandbox:
        say(_as_json(sandbox) if as_json else _as_text(sandbox))
        await stop.wait()


def _as_json(sandbox: Sandbox) -> str:
    return orjson.dumps(
        {
            "api_url": sandbox.api_url,
            "gateway_url": sandbox.gateway_url,
            "clock_url": sandbox.clock_url,
            "application_id": str(sandbox.application_id),
            "token": sandbox.token,
        }
    ).decode()


def _as_text(sandbox: Sandbox) -> str:
    return (
        "A Discord of your own is running; stop it with Ctrl-C.\n"
        f"  page         http://{sandbox.host}:{sandbox.port}/\n"
        f"  API          {sandbox.api_url}\n"
        f"  gateway      {sandbox.gateway_url}\n"
        f"  clock        {sandbox.clock_url}\n"
        f"  application  {sandbox.application_id}\n"
        f"  token        {sandbox.token}\n"
        "The token is made for this run and works nowhere else."
    )
