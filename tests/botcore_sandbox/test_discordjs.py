"""discord.js on the sandbox: a client of another language, over the same sockets.

It speaks the uncompressed gateway, asks `/gateway/bot`, and flattens error trees in its own way. Without Node these
tests are skipped; where a continuous integration has Node, they have to run.
"""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from botcore_sandbox import File, Sandbox
from discordjs import DiscordJs, NotAvailable, NotInstalled, Refused, install

IDENTIFY = 2

NAMES = ["Report It", "echo", "find", "panel", "slow", "twice"]


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program beside its packages, which outlive the run in the folder of all temporary folders of this user."""
    try:
        return install(Path(__file__).with_name("discordjs"), tmp_path_factory.getbasetemp().parent)
    except NotAvailable as reason:
        pytest.skip(str(reason))
    except NotInstalled as reason:
        if os.environ.get("CI"):
            pytest.fail(f"This machine has Node, so discord.js has to be tried here. {reason}")
        pytest.skip(str(reason))


@pytest_asyncio.fixture
async def started(sandbox: Sandbox, program: Path) -> AsyncIterator[DiscordJs]:
    """A discord.js process that has not logged in yet."""
    async with DiscordJs(program, api_url=sandbox.api_url, token=sandbox.token) as running:
        yield running


@pytest_asyncio.fixture
async def visitor(sandbox: Sandbox, started: DiscordJs) -> AsyncIterator[DiscordJs]:
    """A discord.js bot that is logged in and has registered its commands; nothing may fail unseen."""
    await started.do("login")
    await sandbox.bot_ready()
    await started.do("sync")
    yield started
    assert started.left("failed") == 0


async def test_it_logs_in_and_knows_where_it_is(sandbox: Sandbox, started: DiscordJs) -> None:
    """The gateway's address, READY, the guilds and the application are read."""
    assert await started.do("login") == {
        "user": "sandbox-bot",
        "application": str(sandbox.application_id),
        "owner": "developer",
        "guilds": [{"name": "Sandbox", "memberCount": 3}],
        "channels": [{"name": "general", "type": 0}],
    }


async def test_a_wrong_token_is_refused_as_such(sandbox: Sandbox, program: Path) -> None:
    """The client knows the refusal for what it is."""
    async with DiscordJs(program, api_url=sandbox.api_url, token="wrong.token.here") as running:
        with pytest.raises(Refused, match="invalid token") as refused:
            await running.do("login")
    assert refused.value.code == "TokenInvalid"


async def test_commands_are_synced_in_bulk(sandbox: Sandbox, visitor: DiscordJs) -> None:
    """One request registers all of them; what is held equals what was sent; a second sync changes nothing."""
    [first] = sandbox.traffic.command_writes()
    assert first.method == "PUT"
    assert await visitor.do("unchanged") is True
    assert await visitor.do("sync") == NAMES
    _, second = sandbox.traffic.command_writes()
    assert second.response == first.response


async def test_a_slash_command_is_answered(sandbox: Sandbox, visitor: DiscordJs) -> None:
    """Options and members arrive; `withResponse` gives the message that everybody sees."""
    reply = await sandbox.member("alice").slash("echo", text="hi", whom=sandbox.member("bob"))
    assert reply.message is not None
    assert (reply.content, reply.embeds[0]["title"], reply.embeds[0]["footer"]["text"]) == ("to alice", "hi", "Bob")
    assert await visitor.event("answered") == {"event": "answered", "key": "echo", "message": str(reply.message.id)}


async def test_suggestions_are_offered(sandbox: Sandbox, visitor: DiscordJs) -> None:
    """Autocomplete carries what was typed and which option has the focus."""
    found = await sandbox.member("alice").autocomplete("find", focused="word", word="ab")
    assert found == [("word: abab", "ab")]
    assert (await visitor.event("answered"))["key"] == "find"


async def test_buttons_selects_and_modals(sandbox: Sandbox, visitor: DiscordJs) -> None:
    """A click updates the message, a select is deferred and followed up, a modal brings its fields."""
    alice = sandbox.member("alice")
    reply = await alice.slash("panel")
    clicked = await alice.click(reply, "Count")
    assert (clicked.updated, reply.content) == (True, "panel, counted")
    chosen = await alice.choose(reply, "Red", "Blue")
    await chosen.until(lambda r: bool(r.followups))
    assert [(m.content, m.private) for m in chosen.followups] == [("r and b", True)]
    opened = await alice.click(reply, "Form")
    assert opened.modal is not None
    assert opened.modal.title == "A form"
    assert (await alice.submit(opened.modal, name="Alice")).content == "hello Alice"
    assert [(await visitor.event("answered"))["key"] for _ in range(5)] == ["panel", "count", "colour", "form", "sent"]


async def test_a_deferred_answer_is_edited_and_followed(sandbox: Sandbox, visitor: DiscordJs) -> None:
    """Private stays private; files come with the edit; a follow-up can be taken away."""
    reply = await sandbox.member("alice").slash("slow report")
    assert await visitor.event("answered") == {"event": "answered", "key": "slow", "original": "the report"}
    assert (reply.deferred, reply.private, reply.content) == (True, True, "the report")
    assert reply.message is not None
    assert [(file.filename, file.content) for file in reply.message.files] == [("report.txt", b"report")]
    assert [message.content for message in reply.followups if not message.deleted] == ["more"]


async def test_a_context_menu_carries_its_target(sandbox: Sandbox, visitor: DiscordJs) -> None:
    """The message under the menu is there, with its content."""
    alice = sandbox.member("alice")
    reply = await alice.menu("Report It", alice.say("something odd"))
    assert reply.content == "reported: something odd"
    assert (await visitor.event("message"))["content"] == "something odd"
    assert (await visitor.event("answered"))["key"] == "Report It"


async def test_files_go_both_ways(sandbox: Sandbox, visitor: DiscordJs) -> None:
    """What a person uploads can be read; what the bot uploads stands in its message and its embed."""
    sandbox.member("alice").say("look", File("cat.txt", b"meow"))
    seen = await visitor.event("message")
    assert [(file["name"], file["size"]) for file in seen["files"]] == [("cat.txt", 4)]
    sent = await visitor.do("sendFile", channel=str(sandbox.channel("general").id), name="a.png", text="png")
    assert sent["files"] == ["b.txt"]
    async with aiohttp.ClientSession() as session:
        for url, content in ((seen["files"][0]["url"], b"meow"), (sent["image"], b"png")):
            async with session.get(url) as response:
                assert await response.read() == content


async def test_direct_messages_go_both_ways(sandbox: Sandbox, visitor: DiscordJs) -> None:
    """Commands and messages work in private, and whoever takes none is left alone."""
    alice, carol = sandbox.member("alice"), sandbox.member("carol", accepts_dms=False)
    await visitor.do("sendDirectly", user=str(alice.id), content="psst")
    assert [message.content for message in alice.dm.messages] == ["psst"]
    alice.say("yes?", dm=True)
    heard = [await visitor.event("message") for _ in range(2)]
    assert [(message["author"], message["content"], message["dm"]) for message in heard] == [
        ("sandbox-bot", "psst", True),
        ("alice", "yes?", True),
    ]
    assert (await alice.slash("echo", text="hi", dm=True)).content == "to alice"
    with pytest.raises(Refused, match="Cannot send messages to this user") as refused:
        await visitor.do("sendDirectly", user=str(carol.id), content="psst")
    assert (refused.value.code, refused.value.status) == (50007, 403)


async def test_members_are_fetched_over_the_gateway(sandbox: Sandbox, visitor: DiscordJs) -> None:
    """All of them or by the beginning of their name."""
    sandbox.member("alice")
    sandbox.member("bob")
    guild = str(sandbox.guild.id)
    assert await visitor.do("members", guild=guild, names="al") == ["alice"]
    everybody = [member.user.username for member in sandbox.guild.state.members.values()]
    assert await visitor.do("members", guild=guild) == sorted(everybody)


async def test_error_trees_are_flattened(sandbox: Sandbox, visitor: DiscordJs) -> None:
    """The client prints every place with its code and sentence; a second answer is refused by the server."""
    general = str(sandbox.channel("general").id)
    with pytest.raises(Refused) as refused:
        await visitor.do("send", channel=general, content="x" * 2001, embeds=[{"title": "t" * 257}])
    assert (refused.value.name, refused.value.code, refused.value.status) == ("DiscordAPIError[50035]", 50035, 400)
    assert str(refused.value).splitlines() == [
        "Invalid Form Body",
        "content[BASE_TYPE_MAX_LENGTH]: Must be 2000 or fewer in length.",
        "embeds[0].title[BASE_TYPE_MAX_LENGTH]: Must be 256 or fewer in length.",
    ]
    with pytest.raises(Refused, match=r"\[APPLICATION_COMMANDS_DUPLICATE_NAME\]"):
        await visitor.do("sync", extra=[{"name": "echo", "description": "x"}])
    mine = await visitor.do("send", channel=general, content="mine")
    assert await visitor.do("edit", channel=general, message=mine, content="still mine") == "still mine"
    theirs = sandbox.member("alice").say("hers")
    with pytest.raises(Refused, match="Cannot edit a message authored by another user"):
        await visitor.do("edit", channel=general, message=str(theirs.id), content="x")
    assert (await sandbox.member("alice").slash("twice")).content == "once"
    failed = await visitor.event("failed")
    assert (failed["key"], failed["error"]["code"]) == ("twice", 40060)


async def test_it_resumes_after_a_dropped_connection(sandbox: Sandbox, visitor: DiscordJs) -> None:
    """What people did while it was away is replayed, and nothing is identified anew."""
    before = len(sandbox.traffic.received(IDENTIFY))
    await sandbox.drop_connections(4000)
    sandbox.member("alice").say("while you were away")
    await visitor.event("resumed")
    assert (await visitor.event("message"))["content"] == "while you were away"
    assert (await sandbox.member("alice").slash("echo", text="back")).embeds[0]["title"] == "back"
    assert len(sandbox.traffic.received(IDENTIFY)) == before
