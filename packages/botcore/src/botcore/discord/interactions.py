"""Interactions: from Discord's payload to botcore's words, and the answers back by its token."""

from collections.abc import Mapping, Sequence
from typing import Any

import nextcord
from nextcord.http import Route

from botcore.commands import (
    AlreadyAcknowledged,
    AnswerLost,
    CallbackType,
    Interaction,
    InteractionGone,
    InteractionKind,
    Invoker,
    Payload,
)
from botcore.commands.options import ATTACHMENT, CHANNEL, ROLE, USER
from botcore.discord.client import DiscordClient
from botcore.discord.rate_limits import Buckets
from botcore.discord.requests import Requests, Unsure
from botcore.permissions import Caller
from botcore.ui import File

# Discord's JSON error codes. https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
UNKNOWN_WEBHOOK, UNKNOWN_INTERACTION, INVALID_WEBHOOK_TOKEN, ALREADY_ACKNOWLEDGED = 10015, 10062, 50027, 40060
UNKNOWN_MESSAGE = 10008

_MOST_DIGITS = len(str(2**64))
_GONE = {UNKNOWN_WEBHOOK, UNKNOWN_INTERACTION, INVALID_WEBHOOK_TOKEN}


class Interactions:
    """Reads INTERACTION_CREATE payloads.

    Args:
        client: the client that received them.
    """

    def __init__(self, client: DiscordClient) -> None:
        self._client = client
        self._entities = ResolvedEntities(client)

    def read(self, payload: Mapping[str, Any]) -> Interaction:
        """Read one payload.

        Raises:
            KeyError, TypeError, ValueError: for one that no Discord sends.
        """
        member = payload.get("member")
        user = payload["user"] if member is None else member["user"]
        user_id = _snowflake(user["id"])
        guild_id = payload.get("guild_id")
        guild = None if guild_id is None else _snowflake(guild_id)
        interaction_id = _snowflake(payload["id"])
        channel_id = payload.get("channel_id")
        return Interaction(
            id=interaction_id,
            kind=InteractionKind(payload["type"]),
            data=payload["data"],
            invoker=Invoker(
                user_id,
                user["username"],
                (member or {}).get("nick") or user.get("global_name") or user["username"],
                () if member is None else tuple(_snowflake(role) for role in member.get("roles", ())),
            ),
            caller=Caller(user_id, guild, 0 if member is None else int(member.get("permissions", 0))),
            channel_id=None if channel_id is None else _snowflake(channel_id),
            locale=payload.get("locale") or "en-US",
            message=payload.get("message"),
            responder=WebhookResponder(
                self._client, interaction_id, _snowflake(payload["application_id"]), payload["token"]
            ),
            entities=self._entities,
            sees_channel=lambda channel: member is not None and self._entities.sees(guild, member, channel),
            native=lambda: self._client.get_interaction(data=payload),
        )


def _snowflake(value: Any) -> int:
    """An id as Discord sends it: a whole number of at most 64 bits, as text.

    Raises:
        ValueError: it is something else.
    """
    text = str(value)
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
        raise ValueError(f"{text[:_MOST_DIGITS]!r} is no id of Discord's")
    return int(text)


class WebhookResponder:
    """Answers one interaction over REST, by raw payloads under its own token.

    Rate limits are waited out, and what failed on the way is repeated where that cannot be seen (`Requests`).
    """

    __slots__ = ("_application_id", "_client", "_id", "_requests", "_token")

    def __init__(self, client: DiscordClient, interaction_id: int, application_id: int, token: str) -> None:
        self._client = client
        self._id = interaction_id
        self._application_id = application_id
        self._token = token
        self._requests = Requests(client.session, client.anonymous, Buckets())

    def __repr__(self) -> str:
        """Without the token."""
        return f"<WebhookResponder of interaction {self._id}>"

    async def callback(self, kind: CallbackType, data: Payload | None = None, files: Sequence[File] = ()) -> None:
        """Give the first answer."""
        route = Route(
            "POST",
            "/interactions/{webhook_id}/{webhook_token}/callback",
            webhook_id=self._id,
            webhook_token=self._token,
        )
        body: Payload = {"type": int(kind)}
        if data is not None:
            body["data"] = data
        # Discord takes one first answer and says so to whoever repeats it.
        await self._send(route, body, files, first_answer=True, done_code=ALREADY_ACKNOWLEDGED)

    async def original(self) -> Payload:
        """Fetch the message that the first answer made."""
        message: Payload = await self._send(self._route("GET", "/messages/@original"))
        return message

    async def edit_original(self, data: Payload, files: Sequence[File] = ()) -> None:
        """Edit the message that the first answer made, or that a component sits on."""
        await self._send(self._route("PATCH", "/messages/@original"), data, files)

    async def delete_original(self) -> None:
        """Delete the message that the first answer made."""
        try:
            await self._send(self._route("DELETE", "/messages/@original"))
        except nextcord.NotFound as error:
            if error.code != UNKNOWN_MESSAGE:  # that is what a deletion is for
                raise

    async def follow_up(self, data: Payload, files: Sequence[File] = ()) -> Payload:
        """Send a further message."""
        message: Payload = await self._send(self._route("POST", ""), data, files, repeatable=False)
        return message

    def _route(self, method: str, path: str) -> Route:
        return Route(
            method,
            "/webhooks/{webhook_id}/{webhook_token}" + path,
            webhook_id=self._application_id,
            webhook_token=self._token,
        )

    async def _send(self, route: Route, body: Payload | None = None, files: Sequence[File] = (), **manner: Any) -> Any:
        try:
            return await self._requests.send(route, body, files, **manner)
        except Unsure as error:
            raise AnswerLost(str(error)) from error
        except nextcord.HTTPException as error:
            raise _translated(error) from error


def _translated(error: nextcord.HTTPException) -> Exception:
    if error.code in _GONE:
        return InteractionGone(f"{error.status} {error.code}: {error.text}")
    if error.code == ALREADY_ACKNOWLEDGED:
        return AlreadyAcknowledged(error.text)
    return error


class ResolvedEntities:
    """Makes nextcord's objects from what Discord resolved in an interaction."""

    def __init__(self, client: DiscordClient) -> None:
        self._client = client

    def sees(self, guild_id: int | None, member: Mapping[str, Any], channel_id: int) -> bool:
        """Whether a member, as Discord sent them, may see a channel; a private thread only who manages threads."""
        guild = None if guild_id is None else self._client.get_guild(guild_id)
        channel = None if guild is None else guild.get_channel_or_thread(channel_id)
        if guild is None or channel is None:
            return False
        permissions = channel.permissions_for(self._member(member, member["user"], guild))
        if isinstance(channel, nextcord.Thread) and channel.is_private():
            return permissions.view_channel and permissions.manage_threads
        return permissions.view_channel

    def resolve(self, option_type: int, value: Any, resolved: Mapping[str, Any], guild_id: int | None) -> Any:
        """Return the object that an option of this type carries."""
        key = str(value)
        state = self._client._connection  # noqa: SLF001 - nextcord's objects are made with its state, as it does itself
        guild = None if guild_id is None else self._client.get_guild(guild_id)
        if option_type == USER:
            user = resolved["users"][key]
            member = (resolved.get("members") or {}).get(key)
            if member is not None and guild is not None:
                return self._member(member, user, guild)
            return nextcord.User(state=state, data=user)
        if option_type == ATTACHMENT:
            return nextcord.Attachment(data=resolved["attachments"][key], state=state)
        if guild is None:
            raise KeyError(key)
        if option_type == ROLE:
            return guild.get_role(int(key)) or nextcord.Role(guild=guild, state=state, data=resolved["roles"][key])
        if option_type == CHANNEL and key in resolved["channels"]:
            channel = guild.get_channel_or_thread(int(key))
            if channel is not None:
                return channel
        raise KeyError(key)

    def _member(self, member: Mapping[str, Any], user: Mapping[str, Any], guild: nextcord.Guild) -> nextcord.Member:
        data: Any = {**member, "user": user}  # Discord's own payload
        return nextcord.Member(data=data, guild=guild, state=self._client._connection)  # noqa: SLF001 - as in resolve
