"""Messages with their embeds and files."""

from typing import Any

from botcore_sandbox.payloads import timestamp
from botcore_sandbox.payloads.attachments import Shelf
from botcore_sandbox.payloads.blocks import component_payload, embed_payload
from botcore_sandbox.payloads.channels import channel_payload
from botcore_sandbox.payloads.guilds import member_fields
from botcore_sandbox.payloads.polls import poll_payload
from botcore_sandbox.payloads.reactions import reaction_payload
from botcore_sandbox.payloads.users import user_payload
from botcore_sandbox.state.messages import Message, MessageType
from botcore_sandbox.state.world import World


def message_payload(world: World, message: Message, *, with_reply: bool = True) -> dict[str, Any]:
    """A message as REST gives it (`MessageResponse`)."""
    shelf = Shelf(world, message)
    embeds = [embed_payload(embed, shelf) for embed in message.embeds]
    components = [component_payload(component, message, shelf) for component in message.components]
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
        "attachments": shelf.left(),
        "embeds": embeds,
        "components": components,
        "pinned": message.pinned,
        "type": int(message.type),
        "flags": int(message.flags),
    }
    if message.reactions:
        payload["reactions"] = [reaction_payload(emoji, users, world.bot) for emoji, users in message.reactions.items()]
    if message.poll is not None:
        payload["poll"] = poll_payload(message.poll, world.now())
    thread = world.channels.get(message.thread_id) if message.thread_id is not None else None
    if thread is not None and message.type is not MessageType.THREAD_CREATED:
        payload["thread"] = channel_payload(thread, for_user=world.bot.id)
    if message.nonce is not None:
        payload["nonce"] = message.nonce
    if message.webhook_id is not None:
        payload["webhook_id"] = str(message.webhook_id)
    if message.application_id is not None:
        payload["application_id"] = str(message.application_id)
    if message.interaction_metadata is not None:
        payload["interaction_metadata"] = _metadata(message.interaction_metadata)
    if message.type is MessageType.THREAD_CREATED:
        payload["message_reference"] = {
            "type": 0,
            "channel_id": str(message.thread_id),
            "guild_id": str(message.guild_id),
        }
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


def _reply(world: World, message: Message, replied_id: int, *, with_reply: bool) -> dict[str, Any]:
    reference = {"type": 0, "channel_id": str(message.channel_id), "message_id": str(replied_id)}
    if message.guild_id is not None:
        reference["guild_id"] = str(message.guild_id)
    fields: dict[str, Any] = {"message_reference": reference}
    if with_reply and message.type is MessageType.REPLY:
        channel = world.channels.get(message.channel_id)
        replied = channel.messages.get(replied_id) if channel is not None else None
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
