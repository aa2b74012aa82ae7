"""Reactions, pins and deleting many messages at once."""

from datetime import timedelta
from typing import Any

import pytest

from botcore_sandbox import NotAllowed, Permissions, Sandbox
from botcore_sandbox.driver.views import MessageView
from botcore_sandbox.state.snowflake import DISCORD_EPOCH_MS
from guild_rights import events, grant

MISSING = (403, {"message": "Missing Permissions", "code": 50013})


@pytest.fixture
def message(sandbox: Sandbox) -> MessageView:
    """A message of alice's in #general."""
    return sandbox.member("alice").say("hello")


@pytest.fixture
def path(sandbox: Sandbox, message: MessageView) -> str:
    """The path of that message."""
    return f"/channels/{sandbox.channel('general').id}/messages/{message.id}"


async def test_nextcord_reacts_and_hears_others_react(sandbox: Sandbox, bot: Any, message: MessageView) -> None:
    """Counts tell whether the bot itself did."""
    channel = bot.get_channel(sandbox.channel("general").id)
    found = await channel.fetch_message(message.id)
    await found.add_reaction("👍")
    bob = sandbox.member("bob")
    bob.react(message, "👍")
    bob.react(message, "❤️")
    assert message.reactions == {"👍": ["sandbox-bot", "bob"], "❤️": ["bob"]}
    fetched = await channel.fetch_message(message.id)
    assert [(str(reaction.emoji), reaction.count, reaction.me) for reaction in fetched.reactions] == [
        ("👍", 2, True),
        ("❤️", 1, False),
    ]
    assert {user.id async for user in fetched.reactions[0].users()} == {sandbox.application_id, bob.id}
    await found.remove_reaction("👍", bot.user)
    bob.unreact(message, "👍")
    assert list(message.reactions) == ["❤️"]
    await found.remove_reaction("❤️", bob.user)
    assert message.reactions == {}
    told = events(sandbox, "MESSAGE_REACTION_ADD")
    assert [int(event["user_id"]) for event in told] == [sandbox.application_id, bob.id, bob.id]
    assert told[1]["member"]["user"]["username"] == "bob"
    assert len(events(sandbox, "MESSAGE_REACTION_REMOVE")) == 3


async def test_nextcord_clears_reactions(sandbox: Sandbox, bot: Any, message: MessageView) -> None:
    """Of one kind, then all."""
    found = await bot.get_channel(sandbox.channel("general").id).fetch_message(message.id)
    for emoji in ("1️⃣", "🏳️‍🌈", "👩🏽‍🚀"):
        sandbox.member("bob").react(message, emoji)
    await found.clear_reaction("🏳️‍🌈")
    assert list(message.reactions) == ["1️⃣", "👩🏽‍🚀"]
    await found.clear_reactions()
    assert message.reactions == {}
    assert (
        len(events(sandbox, "MESSAGE_REACTION_REMOVE_EMOJI"))
        == len(events(sandbox, "MESSAGE_REACTION_REMOVE_ALL"))
        == 1
    )


@pytest.mark.parametrize(
    "emoji", ["x", "hello", "name:1234567890123456", "a:b:1", "1", "👍👎👍👎👍👎👍👎👍👎👍👎👍👎👍👎👍👎"]
)
async def test_what_is_no_emoji_is_unknown(rest: Any, path: str, emoji: str) -> None:
    """Also the emoji of a guild that the sandbox does not have."""
    assert await rest("PUT", f"{path}/reactions/{emoji}/@me") == (400, {"message": "Unknown Emoji", "code": 10014})


async def test_20_kinds_of_reaction_fit_on_a_message(rest: Any, path: str) -> None:
    """One more of a kind that is there already is no new kind."""
    for number in range(20):
        assert (await rest("PUT", f"{path}/reactions/{chr(0x1F600 + number)}/@me"))[0] == 204
    assert (await rest("PUT", f"{path}/reactions/🚀/@me"))[1]["code"] == 30010
    assert (await rest("PUT", f"{path}/reactions/{chr(0x1F600)}/@me"))[0] == 204


async def test_a_new_kind_needs_the_permission(sandbox: Sandbox, rest: Any, path: str, message: MessageView) -> None:
    """Joining in with a kind that is there needs none; taking others' away needs another one."""
    sandbox.member("bob").react(message, "👍")
    sandbox.guild.state.everyone.permissions &= ~Permissions.ADD_REACTIONS
    sandbox.guild.role("Sandbox Bot").permissions = Permissions(0)
    assert await rest("PUT", f"{path}/reactions/🚀/@me") == MISSING
    assert (await rest("PUT", f"{path}/reactions/👍/@me"))[0] == 204
    assert await rest("DELETE", f"{path}/reactions/👍/{sandbox.member('bob').id}") == MISSING
    assert await rest("DELETE", f"{path}/reactions/👍") == MISSING
    assert await rest("DELETE", f"{path}/reactions") == MISSING
    with pytest.raises(NotAllowed, match="may not add reactions"):
        sandbox.member("bob").react(message, "🚀")


async def test_nextcord_pins(sandbox: Sandbox, bot: Any, message: MessageView) -> None:
    """By the older routes; the channel says who pinned, and the bot hears of it."""
    grant(sandbox, Permissions.PIN_MESSAGES)
    channel = bot.get_channel(sandbox.channel("general").id)
    found = await channel.fetch_message(message.id)
    await found.pin()
    assert message.pinned
    assert [pinned.id for pinned in await channel.pins()] == [message.id]
    notice = sandbox.channel("general").messages[-1].payload
    assert (notice["type"], notice["message_reference"]["message_id"]) == (6, str(message.id))
    await found.unpin()
    assert await channel.pins() == []
    assert len(events(sandbox, "CHANNEL_PINS_UPDATE")) == 2


async def test_pins_are_listed_with_their_time(sandbox: Sandbox, rest: Any, path: str, message: MessageView) -> None:
    """The latest first and by page; pinning twice changes nothing."""
    channel, _, _ = path.partition("/messages/")
    pins = f"{channel}/messages/pins"
    assert await rest("PUT", f"{pins}/{message.id}") == MISSING
    grant(sandbox, Permissions.PIN_MESSAGES)
    later = sandbox.member("bob").say("more")
    for pinned in (message, later, message):
        assert (await rest("PUT", f"{pins}/{pinned.id}"))[0] == 204
    _, listed = await rest("GET", pins)
    assert [item["message"]["id"] for item in listed["items"]] == [str(later.id), str(message.id)]
    assert (await rest("GET", f"{pins}?limit=1"))[1]["has_more"] is True
    before = listed["items"][0]["pinned_at"].replace("+00:00", "Z")
    assert len((await rest("GET", f"{pins}?before={before}"))[1]["items"]) == 1
    notice = sandbox.channel("general").messages[-1]
    assert (await rest("PUT", f"{pins}/{notice.id}"))[1]["code"] == 50021
    assert (await rest("DELETE", f"{pins}/{later.id}"))[0] == 204
    assert (await rest("PUT", f"{pins}/1"))[1]["code"] == 10008


async def test_in_a_direct_message_anybody_pins(sandbox: Sandbox, rest: Any) -> None:
    """There are no permissions there."""
    alice = sandbox.member("alice")
    message = alice.say("hello", dm=True)
    assert (await rest("PUT", f"/channels/{alice.dm.id}/messages/pins/{message.id}"))[0] == 204


async def test_a_channel_has_250_pins_at_most(sandbox: Sandbox, rest: Any, path: str) -> None:
    """Then one has to go first."""
    grant(sandbox, Permissions.PIN_MESSAGES)
    alice = sandbox.member("alice")
    for number in range(250):
        alice.say(str(number)).state.pinned_at = sandbox.world.now()
    assert (await rest("PUT", path.replace("/messages/", "/messages/pins/")))[1]["code"] == 30003


async def test_nextcord_deletes_many_messages(sandbox: Sandbox, bot: Any) -> None:
    """In one request and with one event."""
    said = [sandbox.member("alice").say(str(number)) for number in range(5)]
    channel = bot.get_channel(sandbox.channel("general").id)
    await channel.purge(limit=4)
    assert [message.content for message in sandbox.channel("general").messages] == ["0"]
    [told] = events(sandbox, "MESSAGE_DELETE_BULK")
    assert sorted(told["ids"]) == [str(message.id) for message in said[1:]]


async def test_what_can_be_deleted_at_once(sandbox: Sandbox, rest: Any, path: str) -> None:
    """2 to 100 different messages of the last two weeks, by who may manage messages, in a guild."""
    bulk = path.rpartition("/")[0] + "/bulk-delete"
    now = int(sandbox.world.now().timestamp() * 1000) - DISCORD_EPOCH_MS
    recent = [str((now << 22) + number) for number in range(101)]
    old = str((now - int(timedelta(days=15).total_seconds() * 1000)) << 22)

    async def refusal(*ids: str) -> int:
        return int((await rest("POST", bulk, json={"messages": list(ids)}))[1]["code"])

    assert [await refusal(), await refusal(recent[0]), await refusal(*recent)] == [50016] * 3
    assert await refusal(recent[0], old) == 50034
    assert await refusal(recent[0], recent[0]) == 50035
    assert (await rest("POST", bulk, json={"messages": recent[:2]}))[0] == 204
    sandbox.guild.role("Sandbox Bot").permissions &= ~Permissions.MANAGE_MESSAGES
    assert await refusal(*recent[:2]) == 50013
    dm = f"/channels/{sandbox.member('alice').dm.id}/messages/bulk-delete"
    assert (await rest("POST", dm, json={"messages": recent[:2]}))[1]["code"] == 50003
