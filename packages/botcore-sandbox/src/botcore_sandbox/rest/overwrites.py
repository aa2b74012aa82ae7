"""Permission overwrites: the exceptions that a channel makes for roles and members."""

from collections.abc import Iterable

from botcore_sandbox.errors import ApiError
from botcore_sandbox.payloads.channels import overwrite_payload
from botcore_sandbox.rest import access
from botcore_sandbox.rest.auditing import record
from botcore_sandbox.rest.call import NO_CONTENT, Answer, Call, Route
from botcore_sandbox.state import building
from botcore_sandbox.state.audit import AuditAction
from botcore_sandbox.state.channels import Channel
from botcore_sandbox.state.guilds import Guild
from botcore_sandbox.state.permissions import ALL_PERMISSIONS, NO_PERMISSIONS, Overwrite, OverwriteType, Permissions
from botcore_sandbox.validation.channels import read_overwrite
from botcore_sandbox.validation.form import Form
from botcore_sandbox.validation.problems import Problems


async def put_overwrite(call: Call) -> Answer:
    """Make an exception for a role or member."""
    guild, channel = _channel(call)
    problems = Problems()
    overwrite = read_overwrite(Form(access.json_object(call), problems), call.id("overwrite_id"))
    problems.raise_if_found()
    if overwrite is None or not _known(guild, overwrite):
        raise ApiError.known(10009)
    require_overridable(call, guild, channel, [overwrite])
    before = channel.overwrite_of(overwrite.id)
    building.set_overwrite(call.world, channel, overwrite)
    record(
        call,
        guild,
        AuditAction.CHANNEL_OVERWRITE_CREATE if before is None else AuditAction.CHANNEL_OVERWRITE_UPDATE,
        channel.id,
        before={} if before is None else overwrite_payload(before),
        after=overwrite_payload(overwrite),
        options=_options(guild, overwrite),
    )
    return NO_CONTENT


async def delete_overwrite(call: Call) -> Answer:
    """Take an exception back."""
    guild, channel = _channel(call)
    overwrite = channel.overwrite_of(call.id("overwrite_id"))
    if overwrite is None:
        raise ApiError.known(10009)
    building.drop_overwrite(call.world, channel, overwrite.id)
    record(
        call,
        guild,
        AuditAction.CHANNEL_OVERWRITE_DELETE,
        channel.id,
        before=overwrite_payload(overwrite),
        options=_options(guild, overwrite),
    )
    return NO_CONTENT


def require_overridable(call: Call, guild: Guild, channel: Channel | None, changed: Iterable[Overwrite]) -> None:
    """The bot may only allow and deny what it has itself, unless the channel lets it manage roles expressly.

    Raises:
        ApiError: 50013 for a bit that it does not have, 10009 for a role or member that is not there.
    """
    bot = call.world.bot
    held = guild.permissions_of(guild.members[bot.id])
    if channel is not None:
        held |= call.world.permissions_in(channel, bot)
        own = channel.overwrite_of(bot.id)
        if own is not None and Permissions.MANAGE_ROLES in own.allow:
            held = ALL_PERMISSIONS
    for overwrite in changed:
        if not _known(guild, overwrite):
            raise ApiError.known(10009)
        before = channel.overwrite_of(overwrite.id) if channel is not None else None
        touched = (overwrite.allow ^ (before.allow if before is not None else NO_PERMISSIONS)) | (
            overwrite.deny ^ (before.deny if before is not None else NO_PERMISSIONS)
        )
        if touched & ~held:
            raise ApiError.known(50013)


def _channel(call: Call) -> tuple[Guild, Channel]:
    guild, channel = access.guild_channel(call, Permissions.MANAGE_ROLES)
    if channel.thread is not None:
        raise ApiError.known(50024)
    return guild, channel


def _known(guild: Guild, overwrite: Overwrite) -> bool:
    targets = guild.roles if overwrite.type is OverwriteType.ROLE else guild.members
    return overwrite.id in targets


def _options(guild: Guild, overwrite: Overwrite) -> dict[str, str]:
    options = {"id": str(overwrite.id), "type": str(int(overwrite.type))}
    role = guild.roles.get(overwrite.id)
    return options if role is None else options | {"role_name": role.name}


_PATH = "/channels/{channel_id}/permissions/{overwrite_id}"

ROUTES = (
    Route("PUT", _PATH, put_overwrite),
    Route("DELETE", _PATH, delete_overwrite),
)
