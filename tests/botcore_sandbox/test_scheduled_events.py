"""Scheduled events: what each kind needs, how one lives, and who is interested."""

from datetime import UTC, datetime, timedelta
from typing import Any

import nextcord
import pytest

from botcore_sandbox import Permissions, Sandbox
from botcore_sandbox.state import scheduling
from botcore_sandbox.state.scheduled_events import EventPlace
from guild_rights import events, grant

SOON = datetime.now(UTC) + timedelta(days=1)


def outing(**fields: Any) -> dict[str, Any]:
    """An external event as a bot creates it, with other fields on top."""
    return {
        "name": "Outing",
        "privacy_level": 2,
        "entity_type": 3,
        "scheduled_start_time": SOON.isoformat(),
        "scheduled_end_time": (SOON + timedelta(hours=2)).isoformat(),
        "entity_metadata": {"location": "The lake"},
    } | fields


@pytest.fixture
def path(sandbox: Sandbox) -> str:
    """The path of events, for a bot that may plan its own."""
    grant(sandbox, Permissions.CREATE_EVENTS, Permissions.MANAGE_CHANNELS)
    return f"/guilds/{sandbox.guild.id}/scheduled-events"


async def test_nextcord_plans_changes_starts_and_ends_an_event(sandbox: Sandbox, bot: Any, path: str) -> None:
    """The bot hears of each step."""
    guild = bot.get_guild(sandbox.guild.id)
    event = await guild.create_scheduled_event(
        name="Outing",
        entity_type=nextcord.ScheduledEventEntityType.external,
        start_time=SOON,
        end_time=SOON + timedelta(hours=2),
        metadata=nextcord.EntityMetadata(location="The lake"),
        description="Bring a towel",
    )
    event = await event.edit(name="Long outing")
    [listed] = [found async for found in guild.fetch_scheduled_events()]
    assert (listed.name, listed.metadata.location) == ("Long outing", "The lake")
    await event.edit(status=nextcord.ScheduledEventStatus.active)
    await event.edit(status=nextcord.ScheduledEventStatus.completed)
    assert [found async for found in guild.fetch_scheduled_events()] == []
    await event.delete()
    assert sandbox.guild.state.scheduled_events == {}
    told = {act: len(events(sandbox, f"GUILD_SCHEDULED_EVENT_{act}")) for act in ("CREATE", "UPDATE", "DELETE")}
    assert told == {"CREATE": 1, "UPDATE": 3, "DELETE": 1}


async def test_interest_is_told_and_listed(sandbox: Sandbox, bot: Any, rest: Any, path: str) -> None:
    """By event and by page, with the member on request."""
    _, body = await rest("POST", path, json=outing())
    event = sandbox.guild.state.scheduled_events[int(body["id"])]
    alice, bob = sandbox.member("alice"), sandbox.member("bob")
    alice.set_interest(event)
    bob.set_interest(event)
    bob.set_interest(event, interested=False)
    users = await rest("GET", f"{path}/{event.id}/users?with_member=true&limit=5")
    assert [(entry["user_id"], entry["member"]["user"]["username"]) for entry in users[1]] == [(str(alice.id), "alice")]
    assert (await rest("GET", f"{path}/{event.id}?with_user_count=true"))[1]["user_count"] == 1
    assert (await rest("GET", f"{path}/{event.id}/users?after={alice.id}"))[1] == []
    told = (events(sandbox, "GUILD_SCHEDULED_EVENT_USER_ADD"), events(sandbox, "GUILD_SCHEDULED_EVENT_USER_REMOVE"))
    assert tuple(map(len, told)) == (2, 1)


@pytest.mark.parametrize(
    ("fields", "at", "code"),
    [
        ({"name": ""}, "name", "BASE_TYPE_REQUIRED"),
        ({"name": "x" * 101}, "name", "BASE_TYPE_BAD_LENGTH"),
        ({"description": "x" * 1001}, "description", "BASE_TYPE_MAX_LENGTH"),
        ({"privacy_level": 1}, "privacy_level", "BASE_TYPE_CHOICES"),
        ({"privacy_level": None}, "privacy_level", "BASE_TYPE_REQUIRED"),
        ({"entity_type": 4}, "entity_type", "BASE_TYPE_CHOICES"),
        ({"scheduled_start_time": None}, "scheduled_start_time", "BASE_TYPE_REQUIRED"),
        ({"scheduled_start_time": "soon"}, "scheduled_start_time", "DATE_TIME_TYPE_PARSE"),
        (
            {"scheduled_start_time": "2020-01-01T00:00:00Z"},
            "scheduled_start_time",
            "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST",
        ),
        ({"scheduled_end_time": None}, "scheduled_end_time", "BASE_TYPE_REQUIRED"),
        ({"scheduled_end_time": SOON.isoformat()}, "scheduled_end_time", "GUILD_SCHEDULED_EVENT_END_BEFORE_START"),
        ({"entity_metadata": None}, "entity_metadata", "BASE_TYPE_REQUIRED"),
        ({"channel_id": "1"}, "channel_id", "SANDBOX_EVENT_CHANNEL"),
        ({"entity_type": 2}, "channel_id", "BASE_TYPE_REQUIRED"),
        ({"entity_type": 2}, "entity_metadata", "SANDBOX_EVENT_LOCATION"),
    ],
)
async def test_a_bad_event_is_refused_where_it_is_bad(
    rest: Any, path: str, fields: dict[str, Any], at: str, code: str
) -> None:
    """With the error at its field; nothing is planned."""
    status, error = await rest("POST", path, json=outing(**fields))
    assert (status, error["errors"][at]["_errors"][0]["code"]) == (400, code)
    assert (await rest("GET", path))[1] == []


async def test_a_location_is_1_to_100_characters(rest: Any, path: str) -> None:
    """The error stands at the location itself."""
    for location in ("", "x" * 101):
        _, error = await rest("POST", path, json=outing(entity_metadata={"location": location}))
        assert list(error["errors"]["entity_metadata"]) == ["location"]


async def test_a_voice_event_needs_a_voice_channel(sandbox: Sandbox, rest: Any, path: str) -> None:
    """And no location; a stage event needs a stage."""
    _, voice = await rest("POST", f"/guilds/{sandbox.guild.id}/channels", json={"name": "v", "type": 2})
    body = outing(entity_type=2, entity_metadata=None, channel_id=voice["id"])
    status, event = await rest("POST", path, json=body)
    assert (status, event["channel_id"], event["entity_metadata"]) == (200, voice["id"], None)
    general = str(sandbox.channel("general").id)
    refused = await rest("POST", path, json=body | {"channel_id": general})
    assert list(refused[1]["errors"]) == ["channel_id"]
    assert (await rest("POST", path, json=body | {"entity_type": 1}))[0] == 400
    assert (await rest("POST", path, json=body | {"channel_id": "1"}))[1]["code"] == 10003
    status, moved = await rest("PATCH", f"{path}/{event['id']}", json=outing(privacy_level=2))
    assert (status, moved["entity_type"], moved["channel_id"]) == (200, 3, None)


@pytest.mark.parametrize(
    ("steps", "refused"),
    [((), 3), ((2,), 4), ((2,), 1)],
)
async def test_an_event_goes_one_way(rest: Any, path: str, steps: tuple[int, ...], refused: int) -> None:
    """Scheduled, then active, then completed; or cancelled before it began."""
    _, event = await rest("POST", path, json=outing())
    for status in steps:
        assert (await rest("PATCH", f"{path}/{event['id']}", json={"status": status}))[0] == 200
    _, error = await rest("PATCH", f"{path}/{event['id']}", json={"status": refused})
    assert list(error["errors"]) == ["status"]


async def test_what_is_over_cannot_be_changed(rest: Any, path: str) -> None:
    """Cancelled counts as over."""
    _, event = await rest("POST", path, json=outing())
    await rest("PATCH", f"{path}/{event['id']}", json={"status": 4})
    finished = (400, {"message": "Cannot update a finished event", "code": 180000})
    assert await rest("PATCH", f"{path}/{event['id']}", json={"name": "x"}) == finished


async def test_a_rule_of_recurrence_comes_back_whole(rest: Any, path: str) -> None:
    """With every key that Discord answers with."""
    rule = {"start": SOON.isoformat(), "frequency": 2, "interval": 1, "by_weekday": [0, 2]}
    _, event = await rest("POST", path, json=outing(recurrence_rule=rule))
    assert (event["recurrence_rule"]["by_weekday"], event["recurrence_rule"]["count"]) == ([0, 2], None)
    _, error = await rest("POST", path, json=outing(recurrence_rule=rule | {"frequency": 9}))
    assert list(error["errors"]["recurrence_rule"]) == ["frequency"]


async def test_others_events_need_more(sandbox: Sandbox, rest: Any, path: str) -> None:
    """CREATE_EVENTS is for one's own; without either, nothing can be planned."""
    owner = sandbox.guild_owner.user
    fields = {"name": "Feast", "place": EventPlace.EXTERNAL, "starts_at": SOON, "location": "Hall"}
    feast = scheduling.schedule(sandbox.world, sandbox.guild.state, owner, fields)
    missing = (403, {"message": "Missing Permissions", "code": 50013})
    assert await rest("PATCH", f"{path}/{feast.id}", json={"name": "x"}) == missing
    assert await rest("DELETE", f"{path}/{feast.id}") == missing
    grant(sandbox, Permissions.MANAGE_EVENTS)
    assert (await rest("DELETE", f"{path}/{feast.id}"))[0] == 204
    grant(sandbox)
    assert await rest("POST", path, json=outing()) == missing
    assert (await rest("GET", f"{path}/1"))[1]["code"] == 10070


async def test_100_events_can_be_open(rest: Any, path: str) -> None:
    """What is over does not count."""
    _, event = await rest("POST", path, json=outing())
    for _ in range(99):
        assert (await rest("POST", path, json=outing()))[0] == 200
    assert (await rest("POST", path, json=outing()))[1]["code"] == 30038
    await rest("PATCH", f"{path}/{event['id']}", json={"status": 4})
    assert (await rest("POST", path, json=outing()))[0] == 200
