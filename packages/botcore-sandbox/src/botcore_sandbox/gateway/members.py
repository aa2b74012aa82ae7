"""Answers to a request for guild members (opcode 8).

Source: developer documentation, "Request Guild Members": 1,000 a chunk, 100 for a query or a list of ids,
and the whole list only with the members intent (without it Discord stays silent).
"""

from collections.abc import Iterator
from itertools import batched
from typing import Any

from botcore_sandbox.gateway.protocol import Intents
from botcore_sandbox.gateway.session import Session
from botcore_sandbox.payloads.guilds import member_payload
from botcore_sandbox.state.guilds import Guild, Member
from botcore_sandbox.state.world import World

_CHUNK = 1_000
_SEARCH_LIMIT = 100


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
    if not query and not limit:
        everyone = list(guild.members.values())
        return (everyone if Intents.GUILD_MEMBERS in session.intents else None), []
    matching = [
        member
        for member in guild.members.values()
        if member.user.username.casefold().startswith(query) or member.display_name.casefold().startswith(query)
    ]
    return matching[: min(limit or _SEARCH_LIMIT, _SEARCH_LIMIT)], []


def _number(value: Any) -> int:
    """An id given as a number or as a string; anything else matches nothing."""
    text = str(value)
    return int(text) if text.isascii() and text.isdecimal() else 0
