"""Answers to a request for guild members (opcode 8).

Source: developer documentation, "Request Guild Members" and "Rate Limited": 1,000 a chunk, 100 for a query or a
list of ids, the whole list only with the members intent (without it Discord stays silent), and only once in 30
seconds for each guild.
"""

from collections.abc import Iterator
from itertools import batched
from typing import Any

from botcore_sandbox.gateway.protocol import Intents, Opcode
from botcore_sandbox.gateway.session import Session
from botcore_sandbox.payloads.guilds import member_payload
from botcore_sandbox.state.guilds import Guild, Member
from botcore_sandbox.state.world import World

_CHUNK = 1_000
_SEARCH_LIMIT = 100
_WHOLE_LIST_SECONDS = 30.0


class WholeLists:
    """When each session last got the whole member list of each guild, in seconds on the event loop's clock."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, int], float] = {}

    def take(self, session: Session, data: Any, now: float) -> dict[str, Any] | None:
        """Count a request if it is for a whole list; the data of RATE_LIMITED if it comes too soon, else None."""
        if not isinstance(data, dict) or not _wants_everybody(data):
            return None
        self._last = {key: at for key, at in self._last.items() if at > now - _WHOLE_LIST_SECONDS}
        key = (session.id, _number(data.get("guild_id")))
        if key in self._last:
            return {
                "opcode": int(Opcode.REQUEST_GUILD_MEMBERS),
                "retry_after": round(self._last[key] + _WHOLE_LIST_SECONDS - now, 3),
                "meta": {"guild_id": str(key[1]), "nonce": data.get("nonce")},
            }
        self._last[key] = now
        return None


def member_chunks(world: World, session: Session, data: Any) -> Iterator[dict[str, Any]]:
    """The chunks that answer one request; none for a guild that the bot is not in."""
    if not isinstance(data, dict):
        return
    guild = world.guilds.get(_number(data.get("guild_id")))
    if guild is None:
        return
    found, missing = _find(guild, session, data)
    if found is None:
        return
    chunks = list(batched(found, _CHUNK)) or [()]
    for index, chunk in enumerate(chunks):
        payload: dict[str, Any] = {
            "guild_id": str(guild.id),
            "members": [member_payload(member) for member in chunk],
            "chunk_index": index,
            "chunk_count": len(chunks),
        }
        if missing:
            payload["not_found"] = missing
        if data.get("presences") and Intents.GUILD_PRESENCES in session.intents:
            payload["presences"] = []
        if data.get("nonce") is not None:
            payload["nonce"] = data["nonce"]
        yield payload


def _find(guild: Guild, session: Session, data: dict[str, Any]) -> tuple[list[Member] | None, list[str]]:
    if data.get("user_ids") is not None:
        asked = data["user_ids"] if isinstance(data["user_ids"], list) else [data["user_ids"]]
        ids = [_number(user_id) for user_id in asked[:_SEARCH_LIMIT]]
        missing = [str(user_id) for user_id in ids if user_id not in guild.members]
        return [guild.members[user_id] for user_id in ids if user_id in guild.members], missing
    query = str(data.get("query") or "").casefold()
    limit = _number(data.get("limit"))
    if _wants_everybody(data):
        everyone = list(guild.members.values())
        return (everyone if Intents.GUILD_MEMBERS in session.intents else None), []
    matching = [
        member
        for member in guild.members.values()
        if member.user.username.casefold().startswith(query) or member.display_name.casefold().startswith(query)
    ]
    return matching[: min(limit or _SEARCH_LIMIT, _SEARCH_LIMIT)], []


def _wants_everybody(data: dict[str, Any]) -> bool:
    return data.get("user_ids") is None and not data.get("query") and not _number(data.get("limit"))


def _number(value: Any) -> int:
    """An id given as a number or as a string; anything else matches nothing."""
    text = str(value)
    return int(text) if text.isascii() and text.isdecimal() else 0
