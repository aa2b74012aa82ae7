"""Messages with their embeds and files."""

from typing import Any
from urllib.parse import quote

from botcore_sandbox.payloads import timestamp
from botcore_sandbox.payloads.guilds import member_fields
from botcore_sandbox.payloads.users import user_payload
from botcore_sandbox.state.messages import Attachment, Message, MessageType
from botcore_sandbox.state.world import World

_ATTACHMENT_SCHEME = "attachment://"
_MEDIA_KEYS = ("image", "thumbnail")
_ICON_KEYS = ("author", "footer")


def attachment_url(world: World, channel_id: int, attachment: Attachment) -> str:
    """Where a file is served."""
    return f"{world.cdn_url}/attachments/{channel_id}/{attachment.id}/{quote(attachment.filename)}"


def attachment_payload(world: World, channel_id: int, attachment: Attachment) -> dict[str, Any]:
    """A file (`MessageAttachmentResponse`)."""
    url = attachment_url(world, channel_id, attachment)
    payload: dict[str, Any] = {
        "id": str(attachment.id),
        "filename": attachment.filename,
        "size": len(attachment.content),
        "url": url,
        "proxy_url": url,
        "content_type": attachment.content_type,
    }
    if attachment.description is not None:
        payload["description"] = attachment.description
    if attachment.ephemeral:
        payload["ephemeral"] = True
    return payload


def message_payload(world: World, message: Message, *, with_reply: bool = True) -> dict[str, Any]:
    """A message as REST gives it (`MessageResponse`).

    A file that an embed shows by `attachment://` is part of the embed and no longer listed among the
    attachments.
    """
    shown: set[str] = set()
    embeds = [_embed(world, message, embed, shown) for embed in message.embeds]
    payload: dict[str, Any] = {
        "id": str(message.id),
        "channel_id": str(message.channel_id),
        "author": user_payload(message.author),
        "content": message.content,
        "timestamp": timestamp(message.timestamp),
        "edited_timestamp": timestamp(message.edited_at) if message.edited_at is not None else None,
        "tts": message.tts,
        "mention_everyone": message.mentions.everyone,
        "mentions": [user_payload(user) for user in message.mentions.users],
        "mention_roles": [str(role_id) for role_id in message.mentions.role_ids],
        "attachments": [
            attachment_payload(world, message.channel_id, attachment)
            for attachment in message.attachments
            if attachment.filename not in shown
        ],
        "embeds": embeds,
        "components": message.components,
        "pinned": message.pinned,
        "type": int(message.type),
        "flags": int(message.flags),
    }
    if message.nonce is not None:
        payload["nonce"] = message.nonce
    if message.webhook_id is not None:
        payload["webhook_id"] = str(message.webhook_id)
    if message.application_id is not None:
        payload["application_id"] = str(message.application_id)
    if message.interaction_metadata is not None:
        payload["interaction_metadata"] = _metadata(message.interaction_metadata)
    if message.reply_to is not None:
        payload |= _reply(world, message, message.reply_to, with_reply=with_reply)
    return payload


def message_event(world: World, message: Message) -> dict[str, Any]:
    """A message as the gateway brings it: with the guild and the author as a member of it."""
    payload = message_payload(world, message)
    if message.guild_id is not None:
        payload["guild_id"] = str(message.guild_id)
        author = world.member(message.guild_id, message.author.id)
        if author is not None:
            payload["member"] = member_fields(author)
        for mentioned in payload["mentions"]:
            member = world.member(message.guild_id, int(mentioned["id"]))
            if member is not None:
                mentioned["member"] = member_fields(member)
    return payload


def _embed(world: World, message: Message, embed: dict[str, Any], shown: set[str]) -> dict[str, Any]:
    """An embed with `attachment://` turned into links; `shown` collects the names of those files."""

    def link(url: str) -> str:
        if not url.startswith(_ATTACHMENT_SCHEME):
            return url
        name = url.removeprefix(_ATTACHMENT_SCHEME)
        found = next((a for a in message.attachments if a.filename == name), None)
        if found is None:
            return url
        shown.add(name)
        return attachment_url(world, message.channel_id, found)

    linked = dict(embed)
    for key in _MEDIA_KEYS:
        if key in embed:
            url = link(embed[key]["url"])
            linked[key] = {"url": url, "proxy_url": url, "width": 0, "height": 0}
    for key in _ICON_KEYS:
        if "icon_url" in embed.get(key, {}):
            url = link(embed[key]["icon_url"])
            linked[key] = embed[key] | {"icon_url": url, "proxy_icon_url": url}
    return linked


def _reply(world: World, message: Message, replied_id: int, *, with_reply: bool) -> dict[str, Any]:
    reference = {"type": 0, "channel_id": str(message.channel_id), "message_id": str(replied_id)}
    if message.guild_id is not None:
        reference["guild_id"] = str(message.guild_id)
    fields: dict[str, Any] = {"message_reference": reference}
    if with_reply and message.type is MessageType.REPLY:
        replied = world.channels[message.channel_id].messages.get(replied_id)
        fields["referenced_message"] = (
            message_payload(world, replied, with_reply=False) if replied is not None else None
        )
    return fields


def _metadata(known: dict[str, Any]) -> dict[str, Any]:
    payload: dict[str, Any] = {
        "id": str(known["id"]),
        "type": int(known["type"]),
        "user": user_payload(known["user"]),
        "authorizing_integration_owners": known["authorizing_integration_owners"],
    }
    if "interacted_message_id" in known:
        payload["interacted_message_id"] = str(known["interacted_message_id"])
    if "triggering" in known:
        payload["triggering_interaction_metadata"] = _metadata(known["triggering"])
    return payload
