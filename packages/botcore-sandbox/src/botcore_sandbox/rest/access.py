"""Finding what a path names, with Discord's refusals when the bot may not have it."""

from typing import Any

from botcore_sandbox.errors import ApiError
from botcore_sandbox.rest.call import Call
from botcore_sandbox.state.channels import Channel
from botcore_sandbox.state.guilds import Guild, Member
from botcore_sandbox.state.messages import Message
from botcore_sandbox.state.permissions import Permissions

_MUST_SEE_FIRST = Permissions.VIEW_CHANNEL


def require_application(call: Call) -> None:
    """The application of the path has to be the bot's own.

    Raises:
        ApiError: It is another one.
    """
    application_id = call.id("application_id")
    if application_id != call.world.application.id:
        raise ApiError.known(20012)


def guild(call: Call) -> Guild:
    """The guild of the path.

    Raises:
        ApiError: Unknown, or the bot is not in it.
    """
    found = call.world.guilds.get(call.id("guild_id"))
    if found is None:
        raise ApiError.known(10004)
    if call.world.bot.id not in found.members:
        raise ApiError.known(50001)
    return found


def member(call: Call, name: str = "member_id") -> Member:
    """The member of the path.

    Raises:
        ApiError: Nobody has that id, or they are not in the guild.
    """
    found = guild(call).members.get(call.id(name))
    if found is not None:
        return found
    raise ApiError.known(10007 if call.id(name) in call.world.users else 10013)


def channel(call: Call, *needed: Permissions) -> Channel:
    """The channel of the path, in which the bot has each of the permissions.

    Raises:
        ApiError: Unknown, hidden from the bot, or a permission is missing.
    """
    found = call.world.channels.get(call.id("channel_id"))
    if found is None:
        raise ApiError.known(10003)
    require_permissions(call, found, *needed)
    return found


def require_permissions(call: Call, found: Channel, *needed: Permissions) -> None:
    """The bot has to see a channel and to have each of the permissions there.

    Raises:
        ApiError: 50001 when the channel is hidden from the bot, 50013 for a missing permission.
    """
    held = call.world.permissions_in(found, call.world.bot)
    if _MUST_SEE_FIRST not in held:
        raise ApiError.known(50001)
    if any(permission not in held for permission in needed):
        raise ApiError.known(50013)


def message(call: Call, found: Channel) -> Message:
    """The message of the path; ephemeral ones are not to be had by this way.

    Raises:
        ApiError: Unknown.
    """
    kept = found.messages.get(call.id("message_id"))
    if kept is None or kept.ephemeral:
        raise ApiError.known(10008)
    return kept


def json_object(call: Call) -> dict[str, Any]:
    """The body as an object; no body counts as an empty one.

    Raises:
        ApiError: It is JSON of another kind.
    """
    if call.body is None:
        return {}
    if not isinstance(call.body, dict):
        raise ApiError.invalid_form(
            {
                "_errors": [
                    {
                        "code": "MODEL_TYPE_CONVERT",
                        "message": "Only dictionaries may be used in a ModelType",
                    }
                ]
            }
        )
    return call.body
