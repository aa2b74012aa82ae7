"""Native polls: who voted for what, and closing one before its time."""

from botcore_sandbox.errors import ApiError
from botcore_sandbox.payloads.messages import message_payload
from botcore_sandbox.payloads.users import user_payload
from botcore_sandbox.rest import access
from botcore_sandbox.rest.call import Answer, Call, Route
from botcore_sandbox.state import reacting
from botcore_sandbox.state.messages import Message, Poll
from botcore_sandbox.state.permissions import Permissions

_PAGE = 100


async def list_voters(call: Call) -> Answer:
    """Who chose an answer, by the user's id."""
    _, poll = _poll(call)
    limit = call.query_number("limit", default=25, lowest=1, highest=_PAGE)
    after = call.query_id("after") or 0
    voters = poll.votes.get(call.id("answer_id"), {})
    page = sorted(user_id for user_id in voters if user_id > after)[:limit]
    return Answer(200, {"users": [user_payload(voters[user_id]) for user_id in page]})


async def end_poll(call: Call) -> Answer:
    """Close a poll of the bot's own."""
    message, poll = _poll(call)
    if message.author is not call.world.bot:
        raise ApiError.known(50005)
    if poll.closed(call.world.now()):
        raise ApiError.known(520001)
    reacting.end_poll(call.world, message)
    return Answer(200, message_payload(call.world, message))


def _poll(call: Call) -> tuple[Message, Poll]:
    channel = access.channel(call, Permissions.READ_MESSAGE_HISTORY)
    message = access.message(call, channel)
    if message.poll is None:
        raise ApiError.known(520006)
    return message, message.poll


_BASE = "/channels/{channel_id}/polls/{message_id}"

ROUTES = (
    Route("GET", f"{_BASE}/answers/{{answer_id}}", list_voters),
    Route("POST", f"{_BASE}/expire", end_poll),
)
