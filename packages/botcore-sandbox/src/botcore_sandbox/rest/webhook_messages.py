"""Messages that are written with the secret of a channel's webhook."""

from botcore_sandbox.errors import ApiError
from botcore_sandbox.payloads.messages import message_payload
from botcore_sandbox.rest import access
from botcore_sandbox.rest.call import NO_CONTENT, Answer, Call
from botcore_sandbox.rest.channel_webhooks import by_token
from botcore_sandbox.state import posting, thread_life
from botcore_sandbox.state.channels import Channel, ChannelType
from botcore_sandbox.state.messages import Message, MessageFlags
from botcore_sandbox.state.webhooks import Webhook
from botcore_sandbox.validation.messages import read_message
from botcore_sandbox.validation.problems import Problems
from botcore_sandbox.validation.webhooks import Appearance, read_appearance

_SETTABLE = MessageFlags.SUPPRESS_EMBEDS | MessageFlags.SUPPRESS_NOTIFICATIONS | MessageFlags.IS_COMPONENTS_V2


async def execute(call: Call) -> Answer:
    """Write a message; it is only given back with `wait=true`."""
    webhook = by_token(call)
    body = access.json_object(call)
    appearance = read_appearance(body)
    draft = read_message(body, call.uploads)
    if draft.flags is not None:
        draft.flags &= _SETTABLE
    channel = _place(call, webhook, appearance)
    message = posting.post(call.world, channel, webhook.author(appearance.username), draft, webhook_id=webhook.id)
    message.application_id = webhook.application_id
    return Answer(200, message_payload(call.world, message)) if call.query_flag("wait") else NO_CONTENT


async def get_message(call: Call) -> Answer:
    """A message of the webhook's own."""
    return Answer(200, message_payload(call.world, _own_message(call)))


async def edit_message(call: Call) -> Answer:
    """Change a message of the webhook's own."""
    message = _own_message(call)
    draft = read_message(access.json_object(call), call.uploads, edited=message)
    posting.edit(call.world, message, draft)
    return Answer(200, message_payload(call.world, message))


async def delete_message(call: Call) -> Answer:
    """Take a message of the webhook's own away."""
    posting.delete(call.world, _own_message(call))
    return NO_CONTENT


def _place(call: Call, webhook: Webhook, appearance: Appearance) -> Channel:
    """Where a message goes: the webhook's channel, the thread of the query, or a new post of a forum.

    The webhook's author is no member, so a post that it opens is owned by an account that is nowhere else.
    """
    channel = call.world.channels[webhook.channel_id]
    thread_id = call.query_id("thread_id")
    if thread_id is not None:
        return _thread(call, channel, thread_id)
    if channel.type is not ChannelType.FORUM:
        if appearance.thread_name is not None:
            _refuse("thread_name", "Webhooks can only create threads in forum channels")
        return channel
    if appearance.thread_name is None:
        _refuse("thread_name", "Webhooks posted to forum channels must have a thread_name or thread_id")
    return thread_life.open_thread(
        call.world,
        call.world.guilds[webhook.guild_id],
        channel,
        owner=webhook.author(appearance.username),
        name=appearance.thread_name or "",
        type=ChannelType.PUBLIC_THREAD,
        fields={},
    )


def _thread(call: Call, parent: Channel, thread_id: int) -> Channel:
    thread = call.world.channels.get(thread_id)
    if thread is None or thread.parent_id != parent.id or thread.thread is None:
        raise ApiError.known(10003)
    return thread


def _refuse(key: str, message: str) -> None:
    problems = Problems(key)
    problems.add("SANDBOX_WEBHOOK_THREAD", message)
    problems.raise_if_found()


def _own_message(call: Call) -> Message:
    webhook = by_token(call)
    channel = call.world.channels[webhook.channel_id]
    thread_id = call.query_id("thread_id")
    if thread_id is not None:
        channel = _thread(call, channel, thread_id)
    message = channel.messages.get(call.id("message_id"))
    if message is None or message.webhook_id != webhook.id:
        raise ApiError.known(10008)
    return message
