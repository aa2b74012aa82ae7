import asyncio
import io
from typing import Any

import nextcord
import pytest

from botcore_sandbox import (
    CommandHidden,
    File,
    NoAnswer,
    NotAllowed,
    NotOffered,
    Permissions,
    Sandbox,
    SandboxError,
)
from botcore_sandbox.state.interactions import CallbackType
from botcore_sandbox.state.permissions import Overwrite, OverwriteType

POLL = {
    "name": "poll",
    "description": "Polls",
    "options": [
        {
            "type": 1,
            "name": "create",
            "description": "Ask",
            "options": [
                {"type": 3, "name": "question", "description": "What", "required": True, "max_length": 20},
                {"type": 3, "name": "options", "description": "Answers", "required": True},
                {"type": 4, "name": "hours", "description": "How long", "min_value": 1, "max_value": 48},
            ],
        },
        {
            "type": 1,
            "name": "close",
            "description": "End",
            "options": [{"type": 3, "name": "poll", "description": "Which", "required": True, "autocomplete": True}],
        },
    ],
}


async def test_a_slash_command_reaches_the_bot_and_its_answer_comes_back(sandbox: Sandbox, bot: Any) -> None:
    """Options arrive with names and values, and the answer holds content and embeds."""

    async def create(interaction: Any) -> None:
        given = {o["name"]: o["value"] for o in interaction.data["options"][0]["options"]}
        await interaction.response.send_message(
            given["question"], embed=nextcord.Embed(title="Answers", description=given["options"])
        )

    await bot.register(POLL)
    bot.answers["poll create"] = create
    reply = await sandbox.member("alice").slash("poll create", question="Lunch?", options="pizza; soup")
    assert reply.content == "Lunch?"
    assert reply.text == "Lunch?\nAnswers\npizza; soup"
    assert reply.ack_type is CallbackType.CHANNEL_MESSAGE_WITH_SOURCE
    assert not reply.private
    assert reply.acknowledged_after is not None
    assert 0 < reply.acknowledged_after < 3
    assert sandbox.channel("general").messages == [reply.message]


async def test_autocomplete_gives_names_and_values(sandbox: Sandbox, bot: Any) -> None:
    """What a person typed so far arrives as the focused option; the suggestions come back in order."""

    async def suggest(interaction: Any) -> None:
        typed = interaction.data["options"][0]["options"][0]
        assert typed == {"type": 3, "name": "poll", "value": "lu", "focused": True}
        await interaction.response.send_autocomplete({"Lunch": "7", "Lucky number": "8"})

    await bot.register(POLL)
    bot.answers["poll close"] = suggest
    choices = await sandbox.member("alice").autocomplete("poll close", poll="lu", focused="poll")
    assert choices == [("Lunch", "7"), ("Lucky number", "8")]


async def test_a_private_answer_is_seen_by_one_person_only(sandbox: Sandbox, bot: Any, ping: Any) -> None:
    """An ephemeral answer is on the asker's screen, on nobody else's, and makes no event for the bot."""
    await bot.register(ping)
    bot.answers["ping"] = lambda i: i.response.send_message("secret", ephemeral=True)
    alice, bob = sandbox.member("alice"), sandbox.member("bob")
    reply = await alice.slash("ping")
    assert reply.private
    assert alice.sees(reply)
    assert not bob.sees(reply)
    assert sandbox.channel("general").messages == []
    assert sandbox.traffic.events("MESSAGE_CREATE") == []


async def test_a_deferred_answer_arrives_as_an_edit(sandbox: Sandbox, bot: Any, ping: Any) -> None:
    """The driver waits until "is thinking..." is replaced; the deferral decided that it is private."""
    thinking = asyncio.Event()

    async def slow(interaction: Any) -> None:
        await interaction.response.defer(ephemeral=True)
        thinking.set()
        await interaction.edit_original_message(content="done")

    await bot.register(ping)
    bot.answers["ping"] = slow
    reply = await sandbox.member("alice").slash("ping")
    assert thinking.is_set()
    assert reply.deferred
    assert reply.content == "done"
    assert reply.private
    assert reply.message is not None
    assert not reply.message.loading
    assert not reply.message.edited


async def test_the_first_follow_up_fills_the_loading_message(sandbox: Sandbox, bot: Any, ping: Any) -> None:
    """Straight after a deferral a follow-up edits; the next one is a message of its own."""

    async def slow(interaction: Any) -> None:
        await interaction.response.defer()
        await interaction.followup.send("first", ephemeral=True)
        await interaction.followup.send("second", ephemeral=True)

    await bot.register(ping)
    bot.answers["ping"] = slow
    reply = await (await sandbox.member("alice").slash("ping")).until(lambda r: bool(r.followups))
    assert reply.content == "first"
    assert not reply.private
    assert [(message.content, message.private) for message in reply.followups] == [("second", True)]


async def test_replies_are_live(sandbox: Sandbox, bot: Any, ping: Any) -> None:
    """A reply that a test holds shows later edits and deletions."""
    await bot.register(ping)
    bot.answers["ping"] = lambda i: i.response.send_message("one")
    reply = await sandbox.member("alice").slash("ping")
    await bot.seen[0].edit_original_message(content="two")
    assert reply.content == "two"
    assert reply.message is not None
    assert reply.message.edited
    await bot.seen[0].delete_original_message()
    assert reply.message.deleted


async def test_files_are_served(sandbox: Sandbox, bot: Any, ping: Any, rest: Any) -> None:
    """An uploaded file can be fetched under the URL of the message, byte for byte."""
    picture = bytes(range(256))
    await bot.register(ping)
    bot.answers["ping"] = lambda i: i.response.send_message("see", file=nextcord.File(io.BytesIO(picture), "a b.png"))
    reply = await sandbox.member("alice").slash("ping")
    assert reply.message is not None
    [file] = reply.message.files
    assert file.content == picture
    async with rest.session.get(file.url) as response:
        assert response.status == 200
        assert response.headers["Content-Type"] == "image/png"
        assert await response.read() == picture


async def test_a_file_inside_an_embed_is_not_listed_beside_it(sandbox: Sandbox, bot: Any, ping: Any) -> None:
    """`attachment://` becomes a link into the embed, and the file leaves the list of attachments."""
    embed = nextcord.Embed(title="Chart").set_image("attachment://chart.png")
    await bot.register(ping)
    bot.answers["ping"] = lambda i: i.response.send_message(
        embed=embed, file=nextcord.File(io.BytesIO(b"x"), "chart.png")
    )
    reply = await sandbox.member("alice").slash("ping")
    assert reply.message is not None
    assert reply.message.payload["attachments"] == []
    assert reply.embeds[0]["image"]["url"] == reply.message.files[0].url


async def test_commands_work_in_direct_messages(sandbox: Sandbox, bot: Any, ping: Any) -> None:
    """In a direct message the interaction has a user, no member and no guild."""
    await bot.register(ping)
    bot.answers["ping"] = lambda i: i.response.send_message("hello in private")
    alice = sandbox.member("alice")
    reply = await alice.slash("ping", dm=True)
    interaction = bot.seen[0]
    assert interaction.guild_id is None
    assert interaction.user.id == alice.id
    assert alice.dm.messages == [reply.message]
    assert sandbox.channel("general").messages == []


async def test_the_bot_writes_a_direct_message(sandbox: Sandbox, bot: Any) -> None:
    """A bot may open the conversation; whoever takes no direct messages refuses with 50007."""
    alice = sandbox.member("alice")
    user = await bot.fetch_user(alice.id)
    await user.send("psst")
    assert (await alice.dm.until_message()).content == "psst"
    sandbox.member("bob", accepts_dms=False)
    with pytest.raises(nextcord.Forbidden) as refused:
        await (await bot.fetch_user(sandbox.member("bob").id)).send("psst")
    assert refused.value.code == 50007


async def test_the_member_comes_with_permissions(sandbox: Sandbox, bot: Any, ping: Any) -> None:
    """INTERACTION_CREATE says what the member and the app may do in that channel."""
    await bot.register(ping)
    bot.answers["ping"] = lambda i: i.response.send_message("ok")
    await sandbox.member("alice").slash("ping")
    await sandbox.member("root", administrator=True).slash("ping")
    await sandbox.guild_owner.slash("ping")
    assert [i.user.guild_permissions.administrator for i in bot.seen] == [False, True, True]
    assert [i.permissions.administrator for i in bot.seen] == [False, True, True]
    assert bot.seen[0].app_permissions.send_messages


async def test_users_roles_channels_and_files_go_into_resolved(sandbox: Sandbox, bot: Any) -> None:
    """Driver objects as option values arrive as ids, with the objects beside them."""
    kinds = ((6, "user"), (8, "role"), (7, "channel"), (11, "file"), (9, "anyone"))
    options = [{"type": kind, "name": name, "description": "x", "required": True} for kind, name in kinds]
    await bot.register({"name": "give", "description": "x", "options": options})
    bot.answers["give"] = lambda i: i.response.send_message("ok")
    alice, bob = sandbox.member("alice"), sandbox.member("bob")
    role = sandbox.guild.add_role("helpers")
    general = sandbox.channel("general")
    await alice.slash(
        "give",
        {"channel": general},
        user=bob,
        role=role,
        file=File("notes.txt", b"text", "text/plain"),
        anyone=role,
    )
    data = bot.seen[0].data
    given = {option["name"]: option["value"] for option in data["options"]}
    assert given["user"] == str(bob.id)
    assert data["resolved"]["users"][str(bob.id)]["username"] == "bob"
    assert data["resolved"]["members"][str(bob.id)]["permissions"]
    assert data["resolved"]["roles"][str(role.id)]["name"] == "helpers"
    assert data["resolved"]["channels"][str(general.id)]["permissions"]
    assert data["resolved"]["attachments"][given["file"]]["filename"] == "notes.txt"


async def test_the_client_refuses_what_it_would_not_send(sandbox: Sandbox, bot: Any, ping: Any) -> None:
    """Unknown commands and options, missing and unfit values are refused, and nothing is sent."""
    await bot.register(
        POLL,
        {
            "name": "pick",
            "description": "x",
            "options": [
                {
                    "type": 3,
                    "name": "fruit",
                    "description": "x",
                    "choices": [{"name": "Apple", "value": "a"}],
                },
                {"type": 5, "name": "ripe", "description": "x"},
                {"type": 10, "name": "weight", "description": "x", "min_value": 0.5},
                {"type": 6, "name": "eater", "description": "x"},
            ],
        },
    )
    alice = sandbox.member("alice")
    with pytest.raises(NotOffered, match="registered are /poll create, /poll close, /pick"):
        await alice.slash("pool")
    with pytest.raises(NotOffered, match="registered are"):
        await alice.slash("poll")
    with pytest.raises(NotOffered, match="no option 'when'; its options are: question, options, hours"):
        await alice.slash("poll create", question="a", options="b", when="now")
    with pytest.raises(NotOffered, match="needs the option 'options'"):
        await alice.slash("poll create", question="a")
    with pytest.raises(NotOffered, match="0 to 20 characters"):
        await alice.slash("poll create", question="a" * 21, options="b")
    with pytest.raises(NotOffered, match="the most is 48"):
        await alice.slash("poll create", question="a", options="b", hours=49)
    for values in ({"fruit": "Pear"}, {"ripe": "yes"}, {"weight": 0.1}, {"eater": "alice"}):
        with pytest.raises(NotOffered, match="does not accept"):
            await alice.slash("pick", values)
    with pytest.raises(NotOffered, match="options with autocomplete: none"):
        await alice.autocomplete("poll create", focused="question")
    assert bot.seen == []


async def test_a_hidden_command_is_sent_only_by_force(sandbox: Sandbox, bot: Any) -> None:
    """Default member permissions and contexts hide a command; a hostile client sends it anyway."""
    await bot.register(
        {"name": "purge", "description": "x", "default_member_permissions": "8192"},
        {"name": "secret", "description": "x", "default_member_permissions": "0"},
        {"name": "here", "description": "x", "contexts": [0]},
        {"name": "alone", "description": "x", "contexts": [1]},
    )
    for name in ("purge", "secret", "here", "alone"):
        bot.answers[name] = lambda i: i.response.send_message("done")
    alice, root = sandbox.member("alice"), sandbox.member("root", administrator=True)
    with pytest.raises(CommandHidden, match="needs MANAGE_MESSAGES"):
        await alice.slash("purge")
    with pytest.raises(CommandHidden, match="administrators only"):
        await alice.slash("secret")
    with pytest.raises(CommandHidden, match="not for direct messages"):
        await alice.slash("here", dm=True)
    with pytest.raises(CommandHidden, match="not for guilds"):
        await alice.slash("alone")
    assert bot.seen == []
    assert (await alice.slash("purge", force=True)).content == "done"
    assert (await root.slash("purge")).content == "done"
    assert (await root.slash("secret")).content == "done"
    assert (await alice.slash("alone", dm=True)).content == "done"


async def test_context_menus_carry_their_target(sandbox: Sandbox, bot: Any) -> None:
    """A message command brings the message, a user command the member."""
    await bot.register({"name": "Report It", "type": 3}, {"name": "Greet", "type": 2})
    for name in ("Report It", "Greet"):
        bot.answers[name] = lambda i: i.response.send_message("ok", ephemeral=True)
    alice, bob = sandbox.member("alice"), sandbox.member("bob")
    message = bob.say("something rude")
    await alice.menu("Report It", message)
    await alice.menu("Greet", bob)
    assert bot.seen[0].data["resolved"]["messages"][str(message.id)]["content"] == "something rude"
    assert bot.seen[1].data["target_id"] == str(bob.id)


async def test_people_act_only_where_they_are(sandbox: Sandbox, bot: Any, ping: Any) -> None:
    """Not in guilds they are no member of, in conversations of others, or where they may not write."""
    await bot.register(ping)
    bot.answers["ping"] = lambda i: i.response.send_message(str(i.guild_id))
    alice, bob = sandbox.member("alice"), sandbox.member("bob")
    other = sandbox.add_guild("Other", owner=bob)
    with pytest.raises(NotAllowed, match=r"not a member of Other.*sandbox.member\('alice', guild=\.\.\.\)"):
        await alice.slash("ping", guild=other)
    with pytest.raises(NotAllowed, match="no part in the direct message"):
        await alice.slash("ping", channel=bob.dm)
    assert (await bob.slash("ping", guild=other)).content == str(other.id)
    sandbox.member("alice", guild=other)
    assert (await alice.slash("ping", guild=other, channel="general")).content == str(other.id)
    news = Overwrite(sandbox.guild.id, OverwriteType.ROLE, Permissions(0), Permissions.SEND_MESSAGES)
    with pytest.raises(NotAllowed, match="may not write in #news"):
        alice.say("hi", channel=sandbox.guild.add_channel("news", overwrites=[news]))
    with pytest.raises(NotOffered, match="has no channel #nowhere; it has #general, #news"):
        alice.say("hi", channel="nowhere")


async def test_people_of_before_a_reset_are_gone(sandbox: Sandbox, bot: Any) -> None:
    """Who keeps an old person is told to ask for a new one."""
    alice = sandbox.member("alice")
    await bot.close()
    await sandbox.reset()
    with pytest.raises(SandboxError, match="ask it for people anew after a reset"):
        await alice.raw_interaction(type=2, data={"id": "1", "name": "x", "type": 1})


async def test_silence_is_an_error_that_teaches(sandbox: Sandbox, bot: Any, ping: Any) -> None:
    """A bot that does not acknowledge within three seconds has not answered."""
    await bot.register(ping)
    with pytest.raises(NoAnswer, match="The application did not respond"):
        await sandbox.member("alice").slash("ping")


async def test_without_a_bot_nobody_waits(sandbox: Sandbox) -> None:
    """When no bot is there that could answer, the driver says so at once."""
    with pytest.raises(NoAnswer, match="No bot is connected"):
        await sandbox.member("alice").raw_interaction(type=2, data={"id": "1", "name": "x", "type": 1})
