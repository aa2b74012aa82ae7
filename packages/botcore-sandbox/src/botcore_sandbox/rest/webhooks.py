"""What a bot does with an interaction's token after the first answer: edits, deletions and follow-ups.

A channel's webhook has the same paths, with its own id in the place of the application's.
"""

from botcore_sandbox.errors import ApiError
from botcore_sandbox.payloads.interactions import message_metadata
from botcore_sandbox.payloads.messages import message_payload
from botcore_sandbox.rest import access, webhook_messages
from botcore_sandbox.rest.call import NO_CONTENT, Answer, Call, Handler, Route
from botcore_sandbox.state import answering, posting
from botcore_sandbox.state.interactions import CallbackType, Interaction
from botcore_sandbox.state.messages import Message, MessageFlags, MessageType
from botcore_sandbox.validation.messages import read_message


async def get_original(call: Call) -> Answer:
    """The first answer."""
    return Answer(200, message_payload(call.world, _original(_interaction(call))))


async def edit_original(call: Call) -> Answer:
    """Change the first answer; after a deferral this is what ends "is thinking..."."""
    interaction = _interaction(call)
    return _edit(call, interaction, _original(interaction))


async def delete_original(call: Call) -> Answer:
    """Take the first answer away."""
    interaction = _interaction(call)
    return _delete(call, interaction, _original(interaction))


async def create_followup(call: Call) -> Answer:
    """A further message; straight after a deferral it fills the message that is still loading."""
    interaction = _interaction(call)
    original = interaction.original
    if original is not None and original.loading and not original.deleted:
        return _edit(call, interaction, original)
    draft = read_message(access.json_object(call), call.uploads)
    private = draft.flags is not None and MessageFlags.EPHEMERAL in draft.flags
    message = posting.post(
        call.world,
        interaction.channel,
        call.world.bot,
        draft,
        type=MessageType.REPLY if original is not None else MessageType.DEFAULT,
        visible_to=interaction.user.id if private else None,
        reply_to=original.id if original is not None else None,
        by_interaction=message_metadata(interaction),
    )
    interaction.followups.append(message)
    answering.moved(call.world, interaction)
    return Answer(200, message_payload(call.world, message))


async def get_followup(call: Call) -> Answer:
    """A message that this token made."""
    return Answer(200, message_payload(call.world, _own_message(call, _interaction(call))))


async def edit_followup(call: Call) -> Answer:
    """Change a message that this token made."""
    interaction = _interaction(call)
    return _edit(call, interaction, _own_message(call, interaction))


async def delete_followup(call: Call) -> Answer:
    """Take away a message that this token made."""
    interaction = _interaction(call)
    return _delete(call, interaction, _own_message(call, interaction))


def _interaction(call: Call) -> Interaction:
    if call.id("webhook_id") != call.world.application.id:
        raise ApiError.known(10015)
    interaction = call.world.interactions.by_token(call.params["webhook_token"])
    if interaction is None or interaction.expired(call.world.now()):
        raise ApiError.known(50027)
    if interaction.acknowledged is None:
        raise ApiError.known(10015)
    if interaction.channel.id not in call.world.channels:
        raise ApiError.known(10003)
    return interaction


def _original(interaction: Interaction) -> Message:
    if interaction.original is None or interaction.original.deleted:
        raise ApiError.known(10008)
    return interaction.original


def _own_message(call: Call, interaction: Interaction) -> Message:
    message = interaction.channel.messages.get(call.id("message_id"))
    if message is None or not interaction.owns(message):
        raise ApiError.known(10008)
    return message


def _edit(call: Call, interaction: Interaction, message: Message) -> Answer:
    draft = read_message(access.json_object(call), call.uploads, edited=message)
    if interaction.ack_type is CallbackType.DEFERRED_UPDATE_MESSAGE and message is interaction.original:
        interaction.updated = True
    posting.edit(call.world, message, draft)
    answering.moved(call.world, interaction)
    return Answer(200, message_payload(call.world, message))


def _delete(call: Call, interaction: Interaction, message: Message) -> Answer:
    posting.delete(call.world, message)
    answering.moved(call.world, interaction)
    return NO_CONTENT


def _or_channels(of_interaction: Handler, of_channel: Handler) -> Handler:
    """Which of two handlers a path means: that of an interaction's token, or that of a channel's webhook."""

    async def handle(call: Call) -> Answer:
        handler = of_interaction if call.id("webhook_id") == call.world.application.id else of_channel
        return await handler(call)

    return handle


_BASE = "/webhooks/{webhook_id}/{webhook_token}"
_MESSAGE = f"{_BASE}/messages/{{message_id}}"

ROUTES = (
    Route("POST", _BASE, _or_channels(create_followup, webhook_messages.execute), public=True),
    Route("GET", f"{_BASE}/messages/@original", get_original, public=True),
    Route("PATCH", f"{_BASE}/messages/@original", edit_original, public=True),
    Route("DELETE", f"{_BASE}/messages/@original", delete_original, public=True),
    Route("GET", _MESSAGE, _or_channels(get_followup, webhook_messages.get_message), public=True),
    Route("PATCH", _MESSAGE, _or_channels(edit_followup, webhook_messages.edit_message), public=True),
    Route("DELETE", _MESSAGE, _or_channels(delete_followup, webhook_messages.delete_message), public=True),
)
