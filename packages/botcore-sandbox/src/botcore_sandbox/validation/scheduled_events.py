"""Scheduled events.

Source: developer documentation, "Create Guild Scheduled Event", "Modify Guild Scheduled Event" and "Field
Requirements By Entity Type".
"""

from datetime import datetime
from typing import Any

from botcore_sandbox.errors import ApiError
from botcore_sandbox.payloads import timestamp
from botcore_sandbox.state.channels import ChannelType
from botcore_sandbox.state.guilds import Guild
from botcore_sandbox.state.scheduled_events import NEXT_STATUSES, EventPlace, EventStatus, ScheduledEvent
from botcore_sandbox.validation.form import Form
from botcore_sandbox.validation.problems import Problems, required

_GUILD_ONLY = (2,)
_CHANNEL_TYPES = {EventPlace.STAGE: ChannelType.STAGE, EventPlace.VOICE: ChannelType.VOICE}
_FREQUENCIES = (0, 1, 2, 3)


def read_new_event(body: dict[str, Any], guild: Guild, now: datetime) -> dict[str, Any]:
    """Validated fields of a new event, under the names of the state.

    Raises:
        ApiError: 50035 with the tree of what is wrong.
    """
    problems = Problems()
    form = Form(body, problems)
    form.choice("privacy_level", _GUILD_ONLY, needed=True)
    place = form.choice("entity_type", EventPlace, needed=True)
    fields = _read_common(form, now, new=True)
    if place is not None:
        fields["place"] = EventPlace(place)
        _read_place(form, fields, guild, None)
    _check_order(problems, fields, None)
    problems.raise_if_found()
    return fields


def read_event_changes(body: dict[str, Any], guild: Guild, event: ScheduledEvent, now: datetime) -> dict[str, Any]:
    """Validated changes of an event, under the names of the state.

    Raises:
        ApiError: 180000 for an event that is over, 50035 with the tree of what is wrong.
    """
    if not event.is_open:
        raise ApiError.known(180000)
    problems = Problems()
    form = Form(body, problems)
    form.choice("privacy_level", _GUILD_ONLY)
    place = form.choice("entity_type", EventPlace)
    fields = _read_common(form, now, new=False)
    if place is not None:
        fields["place"] = EventPlace(place)
    if place is not None or form.mentions("channel_id") or form.mentions("entity_metadata"):
        _read_place(form, fields, guild, event)
    status = form.choice("status", EventStatus)
    if status is not None and status != event.status:
        if EventStatus(status) in NEXT_STATUSES[event.status]:
            fields["status"] = EventStatus(status)
        else:
            problems.at("status").add(
                "SANDBOX_EVENT_STATUS", f"An event cannot go from {event.status.name} to {EventStatus(status).name}."
            )
    _check_order(problems, fields, event)
    problems.raise_if_found()
    return fields


def _read_common(form: Form, now: datetime, *, new: bool) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    name = form.text("name", low=1, high=100, needed=new, strip=True)
    if name is not None:
        fields["name"] = name
    if form.mentions("description"):
        fields["description"] = form.text("description", high=1_000) or None
    start = form.moment("scheduled_start_time", needed=new)
    if start is not None:
        fields["starts_at"] = start
        if start <= now:
            form.problems.at("scheduled_start_time").add(
                "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST", "Cannot schedule event in the past."
            )
    if form.mentions("scheduled_end_time"):
        fields["ends_at"] = form.moment("scheduled_end_time")
    if form.mentions("recurrence_rule"):
        rule = form.form("recurrence_rule")
        fields["recurrence"] = None if rule is None else _read_recurrence(rule)
    return fields


def _read_place(form: Form, fields: dict[str, Any], guild: Guild, event: ScheduledEvent | None) -> None:
    place: EventPlace = fields["place"] if "place" in fields or event is None else event.place
    metadata = form.form("entity_metadata")
    if place is EventPlace.EXTERNAL:
        location = metadata.text("location", low=1, high=100, needed=True, strip=True) if metadata is not None else None
        if metadata is None and (event is None or event.location is None):
            required(form.problems.at("entity_metadata"))
        if form.raw("channel_id") is not None:
            form.problems.at("channel_id").add("SANDBOX_EVENT_CHANNEL", "An external event has no channel.")
        fields["channel_id"] = None
        if location is not None:
            fields["location"] = location
        return
    if metadata is not None and metadata.raw("location") is not None:
        form.problems.at("entity_metadata").add("SANDBOX_EVENT_LOCATION", "Only an external event has a location.")
    fields["location"] = None
    changes_place = event is None or event.place is not place
    channel_id = form.snowflake("channel_id", needed=changes_place or form.mentions("channel_id"))
    if channel_id is None:
        return
    channel = guild.channels.get(channel_id)
    if channel is None:
        raise ApiError.known(10003)
    if channel.type is not _CHANNEL_TYPES[place]:
        form.problems.at("channel_id").add(
            "SANDBOX_EVENT_CHANNEL", f"An event of this type takes place in a {_CHANNEL_TYPES[place].name} channel."
        )
    fields["channel_id"] = channel_id


def _check_order(problems: Problems, fields: dict[str, Any], event: ScheduledEvent | None) -> None:
    start = fields.get("starts_at", event.starts_at if event is not None else None)
    end = fields.get("ends_at", event.ends_at if event is not None else None)
    place = fields.get("place", event.place if event is not None else None)
    if end is None and place is EventPlace.EXTERNAL:
        required(problems.at("scheduled_end_time"))
    if start is not None and end is not None and end <= start:
        problems.at("scheduled_end_time").add(
            "GUILD_SCHEDULED_EVENT_END_BEFORE_START", "Cannot schedule event to end before it starts."
        )


def _read_recurrence(form: Form) -> dict[str, Any]:
    """A rule with every key that Discord answers with; which rules Discord cannot show is not checked."""
    start, end = form.moment("start", needed=True), form.moment("end")
    frequency = form.choice("frequency", _FREQUENCIES, needed=True)
    return {
        "start": None if start is None else timestamp(start),
        "end": None if end is None else timestamp(end),
        "frequency": frequency,
        "interval": form.integer("interval", low=1, high=1_000) or 1,
        "by_weekday": _numbers(form, "by_weekday", 0, 6),
        "by_n_weekday": _n_weekdays(form),
        "by_month": _numbers(form, "by_month", 1, 12),
        "by_month_day": _numbers(form, "by_month_day", 1, 31),
        "by_year_day": None,
        "count": None,
    }


def _numbers(form: Form, key: str, low: int, high: int) -> list[int] | None:
    items = form.items(key, high=high - low + 1)
    if items is None:
        return None
    numbered = Form({str(index): item for index, item in enumerate(items)}, form.problems.at(key))
    read = [numbered.integer(str(index), low=low, high=high, needed=True) for index in range(len(items))]
    numbers = [number for number in read if number is not None]
    if len(set(numbers)) < len(numbers):
        form.problems.at(key).add("SET_TYPE_ALREADY_CONTAINS_VALUE", "The set already contains this value")
    return numbers


def _n_weekdays(form: Form) -> list[dict[str, int]] | None:
    entries = form.forms("by_n_weekday", high=7)
    if entries is None:
        return None
    return [
        {
            "n": entry.integer("n", low=1, high=5, needed=True) or 1,
            "day": entry.integer("day", low=0, high=6, needed=True) or 0,
        }
        for entry in entries
    ]
