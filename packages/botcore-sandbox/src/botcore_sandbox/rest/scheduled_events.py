"""Scheduled events of a guild."""

from botcore_sandbox.errors import ApiError
from botcore_sandbox.payloads.guilds import member_payload
from botcore_sandbox.payloads.scheduled_events import event_payload
from botcore_sandbox.payloads.users import user_payload
from botcore_sandbox.rest import access
from botcore_sandbox.rest.auditing import record
from botcore_sandbox.rest.call import NO_CONTENT, Answer, Call, Route
from botcore_sandbox.state import scheduling
from botcore_sandbox.state.audit import AuditAction
from botcore_sandbox.state.guilds import Guild
from botcore_sandbox.state.permissions import Permissions
from botcore_sandbox.state.scheduled_events import EventPlace, ScheduledEvent
from botcore_sandbox.state.users import User
from botcore_sandbox.validation.scheduled_events import read_event_changes, read_new_event

MAX_OPEN = 100
_PAGE = 100
_INTERESTED = 1
_VOICE_RIGHTS = {
    EventPlace.STAGE: (Permissions.MANAGE_CHANNELS, Permissions.MUTE_MEMBERS, Permissions.MOVE_MEMBERS),
    EventPlace.VOICE: (Permissions.CONNECT,),
}


async def list_events(call: Call) -> Answer:
    """Every event that is neither over nor cancelled."""
    guild = access.guild(call)
    counted = call.query_flag("with_user_count")
    return Answer(
        200,
        [
            event_payload(event, with_user_count=counted)
            for event in guild.scheduled_events.values()
            if event.is_open and _visible(call, event)
        ],
    )


async def create_event(call: Call) -> Answer:
    """Plan an event."""
    guild = access.guild(call)
    held = access.require_in_guild(call, guild)
    if not held & (Permissions.CREATE_EVENTS | Permissions.MANAGE_EVENTS):
        raise ApiError.known(50013)
    fields = read_new_event(access.json_object(call), guild, call.world.now())
    _require_place(call, fields.get("place"), fields.get("channel_id"))
    if sum(1 for event in guild.scheduled_events.values() if event.is_open) >= MAX_OPEN:
        raise ApiError.known(30038)
    event = scheduling.schedule(call.world, guild, call.world.bot, fields)
    record(call, guild, AuditAction.GUILD_SCHEDULED_EVENT_CREATE, event.id, after=event_payload(event))
    return Answer(200, event_payload(event))


async def get_event(call: Call) -> Answer:
    """One event."""
    _, event = _event(call)
    return Answer(200, event_payload(event, with_user_count=call.query_flag("with_user_count")))


async def edit_event(call: Call) -> Answer:
    """Change an event, start it, end it or cancel it; the bot's own needs CREATE_EVENTS only."""
    guild, event = _event(call)
    _require_may_manage(call, guild, event)
    fields = read_event_changes(access.json_object(call), guild, event, call.world.now())
    if "channel_id" in fields:
        _require_place(call, fields.get("place", event.place), fields["channel_id"])
    before = event_payload(event)
    scheduling.change_event(call.world, event, fields)
    record(call, guild, AuditAction.GUILD_SCHEDULED_EVENT_UPDATE, event.id, before=before, after=event_payload(event))
    return Answer(200, event_payload(event))


async def delete_event(call: Call) -> Answer:
    """Take an event away."""
    guild, event = _event(call)
    _require_may_manage(call, guild, event)
    scheduling.delete_event(call.world, guild, event)
    record(call, guild, AuditAction.GUILD_SCHEDULED_EVENT_DELETE, event.id, before=event_payload(event))
    return NO_CONTENT


async def list_interested(call: Call) -> Answer:
    """Who is interested in an event, by the user's id."""
    guild, event = _event(call)
    limit = call.query_number("limit", default=_PAGE, lowest=1, highest=_PAGE)
    before, after = call.query_id("before"), call.query_id("after")
    users = [event.interested[user_id] for user_id in sorted(event.interested)]
    if before is not None:
        page = [user for user in users if user.id < before][-limit:]
    else:
        page = [user for user in users if user.id > (after or 0)][:limit]
    with_member = call.query_flag("with_member")
    return Answer(200, [_interest(guild, event, user, with_member=with_member) for user in page])


def _interest(guild: Guild, event: ScheduledEvent, user: User, *, with_member: bool) -> dict[str, object]:
    payload: dict[str, object] = {
        "guild_scheduled_event_id": str(event.id),
        "user_id": str(user.id),
        "user": user_payload(user),
        "response": _INTERESTED,
    }
    member = guild.members.get(user.id)
    if with_member and member is not None:
        payload["member"] = member_payload(member)
    return payload


def _event(call: Call) -> tuple[Guild, ScheduledEvent]:
    guild = access.guild(call)
    event = guild.scheduled_events.get(call.id("event_id"))
    if event is None or not _visible(call, event):
        raise ApiError.known(10070)
    return guild, event


def _visible(call: Call, event: ScheduledEvent) -> bool:
    """An event in a channel is seen by those who may view the channel."""
    if event.channel_id is None:
        return True
    channel = call.world.channels.get(event.channel_id)
    return channel is not None and Permissions.VIEW_CHANNEL in call.world.permissions_in(channel, call.world.bot)


def _require_may_manage(call: Call, guild: Guild, event: ScheduledEvent) -> None:
    held = access.require_in_guild(call, guild)
    own = event.creator is call.world.bot
    if Permissions.MANAGE_EVENTS not in held and not (own and Permissions.CREATE_EVENTS in held):
        raise ApiError.known(50013)


def _require_place(call: Call, place: EventPlace | None, channel_id: int | None) -> None:
    if place is not None and channel_id is not None:
        access.require_permissions(call, call.world.channels[channel_id], *_VOICE_RIGHTS.get(place, ()))


_BASE = "/guilds/{guild_id}/scheduled-events"

ROUTES = (
    Route("GET", _BASE, list_events),
    Route("POST", _BASE, create_event),
    Route("GET", f"{_BASE}/{{event_id}}", get_event),
    Route("PATCH", f"{_BASE}/{{event_id}}", edit_event),
    Route("DELETE", f"{_BASE}/{{event_id}}", delete_event),
    Route("GET", f"{_BASE}/{{event_id}}/users", list_interested),
)
