"""Keeps the sandbox on this machine, and web pages of elsewhere from driving it through a person's browser.

Whoever reaches the sandbox could act as any member, so it listens on loopback only. A page of elsewhere can still
make a browser send requests to loopback; it cannot hide its Origin, a rebound DNS name shows in Host, and a browser
says in Sec-Fetch-Site that a request without an Origin (a picture, a script) comes from another site.
"""

import ipaddress
import re
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler

from botcore_sandbox.driver.errors import SandboxError

_LOCALHOST: Final = "localhost"
_HOST: Final = re.compile(r"(?:\[(?P<v6>[0-9a-f:.]+)\]|(?P<name>[^][:@/?#\s]+))(?::\d{1,5})?", re.IGNORECASE)
_OUR_OWN_SITE: Final = frozenset({"none", "same-origin"})


def loopback_address(host: str) -> str:
    """The address to listen on for a loopback name or address.

    Raises:
        SandboxError: It would be reached from elsewhere.
    """
    if host.lower() == _LOCALHOST:
        return "127.0.0.1"
    if not _is_loopback(host):
        raise SandboxError(
            f"The sandbox only listens on this machine and refuses {host!r}: everybody who reaches it "
            "could act as any member. Use 127.0.0.1, or ::1 for IPv6."
        )
    return host


@web.middleware
async def local_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse requests that do not name this machine as their Host, or come from a page of elsewhere."""
    host = request.headers.get("Host", "")
    if not names_loopback(host):
        raise web.HTTPForbidden(
            text=f"The sandbox answers to loopback addresses only, and this Host is {host!r}; ask for 127.0.0.1."
        )
    origin = request.headers.get("Origin")
    if origin is not None and origin.lower() != f"http://{host.lower()}":
        raise web.HTTPForbidden(
            text=f"The sandbox takes requests from its own pages only, and this one comes from {origin!r}."
        )
    if _from_another_site(request):
        raise web.HTTPForbidden(text="The sandbox takes requests from its own pages only, not from another site.")
    return await handler(request)


def _from_another_site(request: web.Request) -> bool:
    """Whether a page of elsewhere asks for this; a person who follows a link there to here may."""
    site = request.headers.get("Sec-Fetch-Site")
    follows_link = request.method == "GET" and request.headers.get("Sec-Fetch-Mode") == "navigate"
    framed = request.headers.get("Sec-Fetch-Dest", "document") != "document"
    return site is not None and site not in _OUR_OWN_SITE and (not follows_link or framed)


def names_loopback(host: str) -> bool:
    """Whether a host, with or without a port, is this machine and nothing that only resolves to it."""
    match = _HOST.fullmatch(host)
    if match is None:
        return False
    name = match["v6"] or match["name"]
    return name.lower() == _LOCALHOST or _is_loopback(name)


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
