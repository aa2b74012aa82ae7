"""Channels, and opening a direct message."""

from botcore_sandbox.errors import ApiError
from botcore_sandbox.payloads.channels import channel_payload
from botcore_sandbox.rest import access
from botcore_sandbox.rest.call import NO_CONTENT, Answer, Call, Route
from botcore_sandbox.state.founding import open_dm
from botcore_sandbox.state.permissions import Permissions
from botcore_sandbox.validation.form import Form
from botcore_sandbox.validation.problems import Problems


async def get_channel(call: Call) -> Answer:
    """One channel."""
    return Answer(200, channel_payload(access.channel(call)))


async def start_typing(call: Call) -> Answer:
    """Show "is typing..."; the sandbox checks the right to, and makes no TYPING_START event of it yet."""
    access.channel(call, Permissions.SEND_MESSAGES)
    return NO_CONTENT


async def create_dm(call: Call) -> Answer:
    """The conversation with a user; the same one every time."""
    problems = Problems()
    recipient_id = Form(access.json_object(call), problems).snowflake("recipient_id", needed=True)
    problems.raise_if_found()
    recipient = call.world.users.get(recipient_id or 0)
    if recipient is None:
        raise ApiError.known(10013)
    if recipient.bot:
        raise ApiError.known(50007, status=400)
    return Answer(200, channel_payload(open_dm(call.world, recipient)))


ROUTES = (
    Route("GET", "/channels/{channel_id}", get_channel),
    Route("POST", "/channels/{channel_id}/typing", start_typing),
    Route("POST", "/users/@me/channels", create_dm),
)
