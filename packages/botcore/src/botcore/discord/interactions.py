"""Interactions: from Discord's payload to botcore's words, and the answers back through nextcord's webhook adapter."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp
import nextcord
from nextcord.http import Route
from nextcord.webhook.async_ import AsyncWebhookAdapter, async_context

from botcore.commands import (
    AlreadyAcknowledged,
    CallbackType,
    Interaction,
    InteractionGone,
    InteractionKind,
    Invoker,
    Payload,
)
from botcore.commands.options import ATTACHMENT, CHANNEL, ROLE, USER
from botcore.discord.client import DiscordClient
from botcore.permissions import Caller
from botcore.ui import File

# Discord's JSON error codes. https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
UNKNOWN_WEBHOOK, UNKNOWN_INTERACTION, INVALID_WEBHOOK_TOKEN, ALREADY_ACKNOWLEDGED = 10015, 10062, 50027, 40060
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
        user_id = int(user["id"])
        guild_id = payload.get("guild_id")
        guild = None if guild_id is None else int(guild_id)
        interaction_id = int(payload["id"])
        channel_id = payload.get("channel_id")
        return Interaction(
            id=interaction_id,
            kind=InteractionKind(payload["type"]),
            data=payload["data"],
            invoker=Invoker(
                user_id,
                user["username"],
                (member or {}).get("nick") or user.get("global_name") or user["username"],
                () if member is None else tuple(int(role) for role in member.get("roles", ())),
            ),
            caller=Caller(user_id, guild, 0 if member is None else int(member.get("permissions", 0))),
            channel_id=None if channel_id is None else int(channel_id),
            locale=payload.get("locale") or "en-US",
            message=payload.get("message"),
            responder=WebhookResponder(self._client, interaction_id, int(payload["application_id"]), payload["token"]),
            entities=self._entities,
            sees_channel=lambda channel: member is not None and self._entities.sees(guild, member, channel),
            native=lambda: self._client.get_interaction(data=payload),
        )


class WebhookResponder:
    """Answers one interaction over REST, by raw payloads through nextcord's webhook adapter.

    The adapter waits out rate limits and repeats what failed on Discord's side.
    """

    __slots__ = ("_application_id", "_client", "_id", "_token")

    def __init__(self, client: DiscordClient, interaction_id: int, application_id: int, token: str) -> None:
        self._client = client
        self._id = interaction_id
        self._application_id = application_id
        self._token = token

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
        await self._request(route, body, files)

    async def original(self) -> Payload:
        """Fetch the message that the first answer made."""
        message: Payload = await self._call("GET", "/messages/@original")
        return message

    async def edit_original(self, data: Payload, files: Sequence[File] = ()) -> None:
        """Edit the message that the first answer made, or that a component sits on."""
        await self._call("PATCH", "/messages/@original", data, files)

    async def delete_original(self) -> None:
        """Delete the message that the first answer made."""
        await self._call("DELETE", "/messages/@original")

    async def follow_up(self, data: Payload, files: Sequence[File] = ()) -> Payload:
        """Send a further message."""
        message: Payload = await self._call("POST", "", data, files)
        return message

    async def _call(self, method: str, path: str, data: Payload | None = None, files: Sequence[File] = ()) -> Any:
        route = Route(
            method,
            "/webhooks/{webhook_id}/{webhook_token}" + path,
            webhook_id=self._application_id,
            webhook_token=self._token,
        )
        return await self._request(route, data, files)

    async def _request(self, route: Route, body: Payload | None, files: Sequence[File]) -> Any:
        try:
            if files and body is not None:
                natives = [native_file(file) for file in files]
                return await self._adapter.request(
                    route, self._session, multipart=multipart(body, natives), files=natives
                )
            return await self._adapter.request(route, self._session, payload=body)
        except nextcord.HTTPException as error:
            raise _translated(error) from error

    @property
    def _adapter(self) -> AsyncWebhookAdapter:
        return async_context.get()

    @property
    def _session(self) -> aiohttp.ClientSession:
        # nextcord's own interactions take the session from here too; there is no public name for it.
        session: aiohttp.ClientSession = self._client.http._HTTPClient__session  # type: ignore[attr-defined]  # noqa: SLF001 - as said above
        return session


def _translated(error: nextcord.HTTPException) -> Exception:
    if error.code in _GONE:
        return InteractionGone(f"{error.status} {error.code}: {error.text}")
    if error.code == ALREADY_ACKNOWLEDGED:
        return AlreadyAcknowledged(error.text)
    return error


def native_file(file: File) -> nextcord.File:
    """The file as nextcord sends it."""
    return nextcord.File(io.BytesIO(file.data), filename=file.filename, description=file.description)


def multipart(payload: Payload, files: Sequence[nextcord.File]) -> list[dict[str, Any]]:
    """Discord's multipart form: the JSON part, which names the attachments, and a part for each file."""
    form: list[dict[str, Any]] = [{"name": "payload_json", "value": nextcord.utils.to_json(payload)}]
    form += [
        {
            "name": f"files[{index}]",
            "value": file.fp,
            "filename": file.filename,
            "content_type": "application/octet-stream",
        }
        for index, file in enumerate(files)
    ]
    return form


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
