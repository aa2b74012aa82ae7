"""Finding what a path names, with Discord's refusals when the bot may not have it."""

from typing import Any

from botcore_sandbox.errors import ApiError
from botcore_sandbox.rest.call import Call
from botcore_sandbox.state.channels import WRITABLE_TYPES, Channel
from botcore_sandbox.state.guilds import Guild, Member, Role
from botcore_sandbox.state.messages import Message
from botcore_sandbox.state.permissions import Permissions
from botcore_sandbox.state.users import User

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
    return member_of(call, guild(call), name)


def member_of(call: Call, place: Guild, name: str = "user_id") -> Member:
    """The member of the path in a guild that was found already.

    Raises:
        ApiError: Nobody has that id, or they are not in the guild.
    """
    found = place.members.get(call.id(name))
    if found is not None:
        return found
    raise ApiError.known(10007 if call.id(name) in call.world.users else 10013)


def user(call: Call, name: str = "user_id") -> User:
    """The account of the path.

    Raises:
        ApiError: Nobody has that id.
    """
    found = call.world.users.get(call.id(name))
    if found is None:
        raise ApiError.known(10013)
    return found


def role(call: Call, place: Guild) -> Role:
    """The role of the path.

    Raises:
        ApiError: The guild has none of that id.
    """
    found = place.roles.get(call.id("role_id"))
    if found is None:
        raise ApiError.known(10011)
    return found


def bot_in(call: Call, place: Guild) -> Member:
    """The bot as a member."""
    return place.members[call.world.bot.id]


def require_in_guild(call: Call, place: Guild, *needed: Permissions) -> Permissions:
    """The bot has to have each of the permissions in the guild as a whole; what it has is given back.

    Raises:
        ApiError: 50013 for a missing permission.
    """
    held = place.permissions_of(bot_in(call, place))
    if any(permission not in held for permission in needed):
        raise ApiError.known(50013)
    return held


def require_outranks(call: Call, place: Guild, target: Member) -> None:
    """The bot has to stand above a member.

    Raises:
        ApiError: 50013 when it does not; nobody stands above the owner.
    """
    if not place.outranks(bot_in(call, place), target):
        raise ApiError.known(50013)


def require_above(call: Call, place: Guild, *roles: Role) -> None:
    """The bot has to stand above each of the roles.

    Raises:
        ApiError: 50013 when it does not.
    """
    if not all(place.is_above(bot_in(call, place), one) for one in roles):
        raise ApiError.known(50013)


def guild_channel(call: Call, *needed: Permissions) -> tuple[Guild, Channel]:
    """The guild's channel or thread of the path, in which the bot has each of the permissions.

    Raises:
        ApiError: Unknown, hidden, a permission is missing, or it is a direct message (50003).
    """
    found = channel(call)
    place = call.world.guild_of(found)
    if place is None:
        raise ApiError.known(50003)
    require_permissions(call, found, *needed)
    return place, found


def require_sending(call: Call, found: Channel) -> None:
    """The bot has to be allowed to write into a channel or thread.

    Raises:
        ApiError: 50001, 50013, 50024 where nobody can write, 50083 and 160005 for a thread that is closed.
    """
    thread = found.thread
    require_permissions(
        call, found, Permissions.SEND_MESSAGES if thread is None else Permissions.SEND_MESSAGES_IN_THREADS
    )
    if found.type not in WRITABLE_TYPES:
        raise ApiError.known(50024)
    manages = Permissions.MANAGE_THREADS in call.world.permissions_in(found, call.world.bot)
    if thread is not None and thread.locked and not manages:
        raise ApiError.known(50083 if thread.archived else 160005)


def require_active(found: Channel) -> None:
    """A thread has to be open for anything but writing, which opens it.

    Raises:
        ApiError: 50083, it is archived.
    """
    if found.thread is not None and found.thread.archived:
        raise ApiError.known(50083)


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
