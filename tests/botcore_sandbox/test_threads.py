"""Threads: opening them both ways, who is in them, and what an archived one refuses."""

from typing import Any

import pytest

from botcore_sandbox import NotAllowed, Permissions, Sandbox
from guild_rights import events, grant

MISSING = (403, {"message": "Missing Permissions", "code": 50013})


@pytest.fixture
def general(sandbox: Sandbox) -> str:
    """The path of #general, for a bot that may open threads of both kinds."""
    grant(sandbox, Permissions.CREATE_PRIVATE_THREADS, Permissions.SEND_MESSAGES_IN_THREADS)
    return f"/channels/{sandbox.channel('general').id}"


async def test_nextcord_opens_a_thread_below_a_message(sandbox: Sandbox, bot: Any, general: str) -> None:
    """It has the id of the message, which shows that it has one."""
    channel = bot.get_channel(sandbox.channel("general").id)
    message = await channel.send("Where shall we go?")
    thread = await message.create_thread(name="Trip", auto_archive_duration=60)
    assert (thread.id, thread.parent_id, thread.name) == (message.id, channel.id, "Trip")
    assert (await channel.fetch_message(message.id)).flags.has_thread
    await thread.send("To the sea")
    alice = sandbox.member("alice")
    alice.say("Or the hills", channel=sandbox.guild.thread("Trip"))
    assert [kept.content for kept in sandbox.guild.thread("Trip").messages] == ["To the sea", "Or the hills"]
    assert [member.id for member in await thread.fetch_members()] == sorted([alice.id, sandbox.application_id])
    with pytest.raises(Exception, match="160004"):
        await message.create_thread(name="Again")


async def test_nextcord_opens_changes_and_deletes_a_thread(sandbox: Sandbox, bot: Any, general: str) -> None:
    """A public one of a channel is announced there."""
    import nextcord

    grant(sandbox, Permissions.MANAGE_THREADS)
    channel = bot.get_channel(sandbox.channel("general").id)
    thread = await channel.create_thread(name="Trip", type=nextcord.ChannelType.public_thread)
    assert [message.state.type for message in sandbox.channel("general").messages] == [18]
    edited = await thread.edit(name="Journey", slowmode_delay=10, locked=True)
    assert (edited.name, edited.slowmode_delay, edited.locked) == ("Journey", 10, True)
    await thread.leave()
    await thread.join()
    await thread.add_user(sandbox.member("alice").user)
    await thread.remove_user(sandbox.member("alice").user)
    await thread.delete()
    assert sandbox.guild.state.threads == {}
    names = ("THREAD_CREATE", "THREAD_UPDATE", "THREAD_MEMBERS_UPDATE", "THREAD_DELETE")
    assert [bool(events(sandbox, name)) for name in names] == [True] * 4


async def test_a_private_thread_is_closed_to_others(sandbox: Sandbox, rest: Any, general: str) -> None:
    """Who is not in it neither sees it nor writes there, unless they manage threads."""
    alice, bob = sandbox.member("alice"), sandbox.member("bob")
    status, thread = await rest("POST", f"{general}/threads", json={"name": "Secret"})
    assert (status, thread["type"], thread["thread_metadata"]["invitable"]) == (201, 12, True)
    assert (await rest("PUT", f"/channels/{thread['id']}/thread-members/{alice.id}"))[0] == 204
    view = sandbox.guild.thread("Secret")
    message = alice.say("psst", channel=view)
    assert (alice.sees(message), bob.sees(message), sandbox.guild_owner.sees(message)) == (True, False, True)
    with pytest.raises(NotAllowed):
        bob.say("hello?", channel=view)


async def test_opening_needs_the_permission_for_its_kind(sandbox: Sandbox, rest: Any, general: str) -> None:
    """Public and private are apart; a forum takes posts only and a category nothing."""
    sandbox.guild.state.everyone.permissions &= ~Permissions.CREATE_PUBLIC_THREADS
    grant(sandbox)
    sandbox.guild.role("Sandbox Bot").permissions &= ~Permissions.CREATE_PUBLIC_THREADS
    message = sandbox.member("alice").say("hello")
    assert await rest("POST", f"{general}/threads", json={"name": "x"}) == MISSING
    assert await rest("POST", f"{general}/threads", json={"name": "x", "type": 11}) == MISSING
    assert await rest("POST", f"{general}/messages/{message.id}/threads", json={"name": "x"}) == MISSING
    grant(sandbox, Permissions.CREATE_PUBLIC_THREADS)
    assert (await rest("POST", f"{general}/threads", json={"name": "x", "type": 10}))[1]["code"] == 50024
    status, error = await rest("POST", f"{general}/threads", json={"type": 11, "auto_archive_duration": 61})
    assert (status, set(error["errors"])) == (400, {"name", "auto_archive_duration"})


async def test_an_archived_thread_wakes_when_somebody_writes(sandbox: Sandbox, rest: Any, general: str) -> None:
    """Anything else is refused while it sleeps; one that is locked stays shut without the permission."""
    _, thread = await rest("POST", f"{general}/threads", json={"name": "Trip", "type": 11})
    path = f"/channels/{thread['id']}"
    _, message = await rest("POST", f"{path}/messages", json={"content": "x"})
    status, archived = await rest("PATCH", path, json={"archived": True})
    assert (status, archived["thread_metadata"]["archived"]) == (200, True)
    asleep = (400, {"message": "Thread is archived", "code": 50083})
    assert await rest("PATCH", f"{path}/messages/{message['id']}", json={"content": "y"}) == asleep
    assert await rest("PUT", f"{path}/messages/{message['id']}/reactions/👍/@me") == asleep
    assert await rest("DELETE", f"{path}/thread-members/@me") == asleep
    assert await rest("PATCH", path, json={"name": "y"}) == asleep
    assert (await rest("GET", f"{general}/threads/archived/public"))[1]["threads"][0]["id"] == thread["id"]
    assert (await rest("POST", f"{path}/messages", json={"content": "good morning"}))[0] == 200
    state = sandbox.guild.thread("Trip").state.thread
    assert state is not None
    assert not state.archived
    state.locked = True
    assert (await rest("POST", f"{path}/messages", json={"content": "x"}))[1]["code"] == 160005
    assert await rest("PATCH", path, json={"archived": True}) == MISSING
    assert await rest("DELETE", path) == MISSING


async def test_threads_are_listed(sandbox: Sandbox, rest: Any, general: str) -> None:
    """Open ones of the guild with the bot's membership, archived ones by kind and page."""
    for name in ("One", "Two", "Three"):
        _, thread = await rest("POST", f"{general}/threads", json={"name": name})
        if name != "One":
            await rest("PATCH", f"/channels/{thread['id']}", json={"archived": True})
    _, active = await rest("GET", f"/guilds/{sandbox.guild.id}/threads/active")
    assert [thread["name"] for thread in active["threads"]] == ["One"]
    assert [member["user_id"] for member in active["members"]] == [str(sandbox.application_id)]
    own = f"{general}/users/@me/threads/archived/private"
    assert [thread["name"] for thread in (await rest("GET", own))[1]["threads"]] == ["Three", "Two"]
    assert await rest("GET", f"{general}/threads/archived/private") == MISSING
    assert (await rest("GET", f"{own}?limit=1"))[1]["code"] == 50035
    assert (await rest("GET", f"{own}?before={active['threads'][0]['id']}"))[1]["threads"] == []
    sandbox.guild.role("Sandbox Bot").permissions |= Permissions.MANAGE_THREADS
    private = f"{general}/threads/archived/private"
    assert len((await rest("GET", private))[1]["threads"]) == 2
    assert (await rest("GET", f"{private}?before=2015-01-01T00:00:00Z"))[1]["threads"] == []


async def test_who_is_in_a_thread_can_be_asked(sandbox: Sandbox, rest: Any, general: str) -> None:
    """One by one or all, with the member on request; a channel is no thread."""
    _, thread = await rest("POST", f"{general}/threads", json={"name": "Trip"})
    path = f"/channels/{thread['id']}/thread-members"
    own = await rest("GET", f"{path}/{sandbox.application_id}?with_member=true")
    assert own[1]["member"]["user"]["id"] == str(sandbox.application_id)
    assert (await rest("GET", f"{path}/{sandbox.member('alice').id}"))[1]["code"] == 10007
    assert len((await rest("GET", path))[1]) == 1
    assert (await rest("PUT", f"{general}/thread-members/@me"))[1]["code"] == 50024


async def test_a_post_of_a_forum_begins_with_its_message(sandbox: Sandbox, rest: Any, general: str) -> None:
    """Both have one id; tags have to be the forum's own."""
    grant(sandbox, Permissions.MANAGE_CHANNELS)
    forum = {"name": "Questions", "type": 15, "available_tags": [{"name": "solved"}]}
    _, channel = await rest("POST", f"/guilds/{sandbox.guild.id}/channels", json=forum)
    [tag] = channel["available_tags"]
    path = f"/channels/{channel['id']}/threads"
    body = {"name": "How?", "message": {"content": "Like so"}, "applied_tags": [tag["id"]]}
    status, post = await rest("POST", path, json=body)
    assert (status, post["message"]["id"], post["applied_tags"]) == (201, post["id"], [tag["id"]])
    assert (await rest("POST", path, json={"name": "x"}))[1]["errors"]["message"]["_errors"]
    assert (await rest("POST", path, json=body | {"applied_tags": ["1"]}))[1]["code"] == 50035
    assert (await rest("POST", path, json=body | {"message": {}}))[1]["code"] == 50006
    assert (await rest("POST", f"/channels/{channel['id']}/messages", json={"content": "x"}))[1]["code"] == 50024
