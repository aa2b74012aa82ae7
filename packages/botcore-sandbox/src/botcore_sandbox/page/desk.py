"""The panels for developers: what went over the wire, who may do what, the session as a script, the bot itself."""

import re
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from botcore_sandbox.driver.errors import NotOffered
from botcore_sandbox.page.asking import Ask
from botcore_sandbox.page.companion import Companion
from botcore_sandbox.page.notebook import Notebook
from botcore_sandbox.page.things import find_channel, find_user
from botcore_sandbox.payloads import timestamp
from botcore_sandbox.server import Sandbox
from botcore_sandbox.state import founding
from botcore_sandbox.state.guild_changes import MemberChanged
from botcore_sandbox.state.guilds import Guild, Member
from botcore_sandbox.state.permissions import Permissions
from botcore_sandbox.traffic import Frame, RestCall

_KEPT = 2_000
_SHOWN_AT_ONCE = 400
_LOG_LINES = 400
_SPOILED_SHOWN = 20
_FIRST_ERROR = 400
_TOKEN_IN_PATH = re.compile(r"(?<=/)[\w-]{60,}(?=/|$)")

type Watcher = Callable[[dict[str, Any]], None]


@dataclass(slots=True)
class Wire:
    """The newest calls and frames, numbered as they came, for panels that are open now or later."""

    _entries: deque[tuple[int, RestCall | Frame]] = field(default_factory=lambda: deque(maxlen=_KEPT))
    _numbers: "count[int]" = field(default_factory=lambda: count(1))
    watchers: set[Watcher] = field(default_factory=set)

    def add(self, entry: RestCall | Frame) -> None:
        """Note one, and show it to whoever watches."""
        number = next(self._numbers)
        self._entries.append((number, entry))
        if self.watchers:
            line = summary(number, entry)
            for watcher in tuple(self.watchers):
                watcher(line)

    def latest(self) -> list[dict[str, Any]]:
        """The newest ones in short, oldest first."""
        return [summary(number, entry) for number, entry in list(self._entries)[-_SHOWN_AT_ONCE:]]

    def whole(self, number: int) -> dict[str, Any]:
        """One of them with everything that was sent.

        Raises:
            NotOffered: It is forgotten by now.
        """
        for known, entry in self._entries:
            if known == number:
                return details(entry)
        raise NotOffered("This one is forgotten by now; the panel keeps the newest only.")


def summary(number: int, entry: RestCall | Frame) -> dict[str, Any]:
    """A line of the traffic panel."""
    if isinstance(entry, Frame):
        return {
            "event": "traffic",
            "n": number,
            "kind": "gateway",
            "at": timestamp(entry.at),
            "sent": entry.sent,
            "op": entry.op,
            "name": entry.name,
        }
    refused = entry.status >= _FIRST_ERROR
    answer = entry.response if refused and isinstance(entry.response, dict) else {}
    return {
        "event": "traffic",
        "n": number,
        "kind": "rest",
        "at": timestamp(entry.at),
        "method": entry.method,
        "path": _TOKEN_IN_PATH.sub("…", entry.path),
        "status": entry.status,
        "code": answer.get("code"),
        "message": answer.get("message"),
        "problems": list(_problems(answer.get("errors", {}))),
    }


def details(entry: RestCall | Frame) -> dict[str, Any]:
    """Everything that was sent."""
    if isinstance(entry, Frame):
        return {"data": entry.data, "session": entry.session_id}
    return {
        "query": entry.query,
        "request": entry.request,
        "files": list(entry.files),
        "response": entry.response,
    }


class Desk:
    """What one tab asks for that no member could: everything here sees the whole sandbox.

    Args:
        sandbox: the sandbox.
        wire: the traffic.
        notebook: the session so far.
        companion: the bot, where whoever runs the sandbox started one.
        watcher: is shown the traffic while the panel is open.
    """

    def __init__(
        self, sandbox: Sandbox, wire: Wire, notebook: Notebook, companion: Companion | None, watcher: Watcher
    ) -> None:
        self._sandbox = sandbox
        self._wire = wire
        self._notebook = notebook
        self._companion = companion
        self._watcher = watcher
        self.by_name: dict[str, Callable[[Ask], Awaitable[Any]]] = {
            "traffic": self._traffic,
            "traffic.stop": self._stop_traffic,
            "traffic.details": self._details,
            "permissions": self._permissions,
            "role": self._role,
            "spoiled": self._spoiled,
            "script": self._script,
            "script.forget": self._forget,
            "bot": self._bot,
            "bot.restart": self._restart,
        }

    def close(self) -> None:
        """Watch nothing any more."""
        self._wire.watchers.discard(self._watcher)

    async def _traffic(self, ask: Ask) -> list[dict[str, Any]]:
        self._wire.watchers.add(self._watcher)
        return self._wire.latest()

    async def _stop_traffic(self, ask: Ask) -> None:
        self.close()

    async def _details(self, ask: Ask) -> dict[str, Any]:
        return self._wire.whole(int(ask.number("n")))

    async def _permissions(self, ask: Ask) -> dict[str, Any]:
        """What a member may do in a channel, and which role or exception says so."""
        guild, member = self._member(ask)
        channel = find_channel(self._sandbox.world, ask.id("channel"))
        if channel.guild_id != guild.id:
            raise NotOffered("This channel belongs to another server.")
        held = self._sandbox.world.permissions_in(channel, member.user)
        owner = member.user.id == guild.owner_id
        roles = [guild.everyone, *(guild.roles[role_id] for role_id in member.role_ids)]
        concerned = {guild.id, member.user.id, *member.role_ids}
        exceptions = [overwrite for overwrite in channel.overwrites if overwrite.id in concerned]
        return {
            "owner": owner,
            "administrator": any(Permissions.ADMINISTRATOR in role.permissions for role in roles),
            "permissions": [
                {
                    "name": bit.name,
                    "held": bit in held,
                    "from": [role.name for role in roles if bit in role.permissions],
                    "allowed_here": any(bit in overwrite.allow for overwrite in exceptions),
                    "denied_here": any(bit in overwrite.deny for overwrite in exceptions),
                }
                for bit in Permissions
            ],
        }

    async def _role(self, ask: Ask) -> None:
        """Give a role to a member, or take it away."""
        guild, member = self._member(ask)
        role = guild.roles.get(ask.id("role"))
        if role is None or role.id == guild.id or role.managed:
            raise NotOffered("This role cannot be given or taken away.")
        if ask.flag("held"):
            founding.give_role(self._sandbox.world, guild, member, role)
        elif role.id in member.role_ids:
            member.role_ids.remove(role.id)
            self._sandbox.world.changes.publish(MemberChanged(member, joined=False))

    async def _spoiled(self, ask: Ask) -> list[dict[str, str]]:
        """The requests that met a fault, newest first; the bot never got the sandbox's own answer to them."""
        met = list(self._sandbox.faults.spoiled)[-_SPOILED_SHOWN:]
        return [
            {"kind": str(one.kind), "method": one.method, "path": _TOKEN_IN_PATH.sub("…", one.path)}
            for one in reversed(met)
        ]

    async def _script(self, ask: Ask) -> dict[str, Any]:
        return {"script": self._notebook.script(), "steps": len(self._notebook)}

    async def _forget(self, ask: Ask) -> None:
        self._notebook.forget()

    async def _bot(self, ask: Ask) -> dict[str, Any]:
        if self._companion is None:
            return {
                "own": False,
                "log": [],
                "api_url": self._sandbox.api_url,
                "token": self._sandbox.token,
                "clock_url": self._sandbox.clock_url,
            }
        return {"own": True, "log": self._companion.log[-_LOG_LINES:]}

    async def _restart(self, ask: Ask) -> None:
        if self._companion is None:
            raise NotOffered("This sandbox did not start the bot; start it again where you started it.")
        await self._companion.restart()

    def _member(self, ask: Ask) -> tuple[Guild, Member]:
        guild = self._sandbox.world.guilds.get(ask.id("guild"))
        user = find_user(self._sandbox.world, ask.id("user"))
        member = guild.members.get(user.id) if guild is not None else None
        if guild is None or member is None:
            raise NotOffered(f"{user.display_name} is not a member of this server.")
        return guild, member


def _problems(errors: Any, path: str = "") -> "list[dict[str, str]]":
    """The error tree of an answer as a flat list."""
    found: list[dict[str, str]] = []
    if not isinstance(errors, dict):
        return found
    for key, value in errors.items():
        if key == "_errors":
            found += [{"path": path, "code": item["code"], "message": item["message"]} for item in value]
        else:
            found += _problems(value, f"{path}.{key}" if path else str(key))
    return found
