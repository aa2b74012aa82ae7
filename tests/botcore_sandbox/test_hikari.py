"""hikari on the sandbox: another library, and the strictest reader of what a server sends.

It speaks zlib-stream, sends its frames as BINARY, asks for `with_response=true`, and refuses objects that lack a
documented field.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import hikari
import pytest
import pytest_asyncio

from botcore_sandbox import File, MessageView, Sandbox

IDENTIFY = 2

type Answer = Callable[[Any], Awaitable[Any]]


class Visitor:
    """A hikari bot that answers interactions as a test says: `answers` goes by command name or custom id."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.bot = hikari.GatewayBot(
            sandbox.token,
            rest_url=sandbox.api_url,
            intents=hikari.Intents.ALL,
            banner=None,
            logs=None,
            suppress_optimization_warning=True,
        )
        self.rest = self.bot.rest
        self.answers: dict[str, Answer] = {}
        self.failures: list[BaseException] = []
        self._finished: asyncio.Queue[None] = asyncio.Queue()
        self.bot.event_manager.subscribe(hikari.InteractionCreateEvent, self._answer)
        self.bot.event_manager.subscribe(hikari.ExceptionEvent, self._note)

    @property
    def application(self) -> hikari.Snowflake:
        """The application's id, the same as the bot's."""
        me = self.bot.get_me()
        assert me is not None
        return me.id

    async def register(self, *commands: Any) -> Any:
        """Make these all global commands, in one request."""
        return await self.rest.set_application_commands(self.application, commands)

    async def _answer(self, event: hikari.InteractionCreateEvent) -> None:
        interaction: Any = event.interaction
        key = getattr(interaction, "command_name", None) or getattr(interaction, "custom_id", "")
        answer = self.answers.get(str(key))
        if answer is not None:
            await answer(interaction)
            self._finished.put_nowait(None)

    async def finished(self) -> None:
        """Wait until an answer has run to its end; each call waits for one more."""
        async with asyncio.timeout(5):
            await self._finished.get()

    async def _note(self, event: hikari.ExceptionEvent[Any]) -> None:
        self.failures.append(event.exception)


@pytest_asyncio.fixture
async def visitor(sandbox: Sandbox) -> AsyncIterator[Visitor]:
    """A connected hikari bot; a test fails if any of its answers raised."""
    visitor = Visitor(sandbox)
    await visitor.bot.start(check_for_updates=False)
    try:
        await sandbox.bot_ready()
        yield visitor
    finally:
        await visitor.bot.close()
    assert visitor.failures == []


def command(visitor: Visitor, name: str, *options: hikari.CommandOption) -> Any:
    """A slash command."""
    builder = visitor.rest.slash_command_builder(name, "Answers")
    for option in options:
        builder.add_option(option)
    return builder


def text_option(name: str, **fields: Any) -> hikari.CommandOption:
    """An option that takes text."""
    return hikari.CommandOption(type=hikari.OptionType.STRING, name=name, description="What", **fields)


async def test_it_logs_in_and_knows_where_it_is(sandbox: Sandbox, visitor: Visitor) -> None:
    """Application, gateway and guild are read whole; the token's first part is the bot's id."""
    assert visitor.application == sandbox.application_id
    application = await visitor.rest.fetch_application()
    assert (application.id, application.owner.username) == (sandbox.application_id, "developer")
    guild = await visitor.rest.fetch_guild(sandbox.guild.id)
    assert (guild.name, guild.owner_id) == ("Sandbox", sandbox.guild_owner.id)
    assert [str(channel.name) for channel in guild.get_channels().values()] == ["general"]
    assert {member.username for member in guild.get_members().values()} == {
        "sandbox-bot",
        sandbox.guild_owner.name,
        "developer",
    }
    roles = await visitor.rest.fetch_roles(guild)
    assert [role.name for role in roles] == ["@everyone", "Sandbox Bot"]
    assert (await visitor.rest.fetch_member(guild, sandbox.guild_owner.id)).username == sandbox.guild_owner.name


async def test_a_wrong_token_is_refused_as_such(sandbox: Sandbox) -> None:
    """The client knows the refusal for what it is."""
    head = sandbox.token.partition(".")[0]
    app = hikari.RESTApp(url=sandbox.api_url)
    await app.start()
    try:
        async with app.acquire(f"{head}.wrong.token", "Bot") as rest:
            with pytest.raises(hikari.UnauthorizedError, match="Unauthorized"):
                await rest.fetch_my_user()
    finally:
        await app.close()


async def test_commands_are_synced_in_bulk(sandbox: Sandbox, visitor: Visitor) -> None:
    """What comes back is what was sent, and the list replaces what was there."""
    poll = command(
        visitor,
        "poll",
        text_option("question", is_required=True, max_length=100),
        text_option("size", choices=[hikari.CommandChoice(name="Small", value="s")]),
    )
    menu = visitor.rest.context_menu_command_builder(hikari.CommandType.MESSAGE, "Report It")
    first, second = await visitor.register(poll, menu)
    assert (first.name, [option.name for option in first.options]) == ("poll", ["question", "size"])
    assert (first.options[0].is_required, first.options[0].max_length) == (True, 100)
    assert (second.name, second.type) == ("Report It", hikari.CommandType.MESSAGE)
    [only] = await visitor.register(poll)
    assert (only.id, only.version) == (first.id, first.version)
    assert [c.id for c in await visitor.rest.fetch_application_commands(visitor.application)] == [first.id]
    in_guild = await visitor.rest.create_slash_command(visitor.application, "here", "x", guild=sandbox.guild.id)
    assert in_guild.guild_id == sandbox.guild.id
    await in_guild.delete()
    assert sandbox.world.commands.names() == {"poll"}


async def test_a_slash_command_is_answered(sandbox: Sandbox, visitor: Visitor) -> None:
    """Options, the member and their permissions arrive; the answer is given back at once."""
    await visitor.register(
        command(visitor, "echo", text_option("text"), hikari.CommandOption(type=6, name="whom", description="x"))
    )
    answered: list[hikari.Message] = []

    async def echo(interaction: hikari.CommandInteraction) -> None:
        options = {option.name: option.value for option in interaction.options or ()}
        assert interaction.resolved is not None
        [whom] = interaction.resolved.members.values()
        assert interaction.member is not None
        assert hikari.Permissions.SEND_MESSAGES in interaction.member.permissions
        embed = hikari.Embed(title=str(options["text"]), color=0xFF0000).set_footer(whom.username)
        response = await interaction.create_initial_response(4, f"to {interaction.user.username}", embed=embed)
        assert response.resource
        assert response.resource.message
        answered.append(response.resource.message)

    visitor.answers["echo"] = echo
    reply = await sandbox.member("alice").slash("echo", text="hi", whom=sandbox.member("bob"))
    assert (reply.content, reply.embeds[0]["title"], reply.embeds[0]["footer"]["text"]) == ("to alice", "hi", "bob")
    assert reply.message is not None
    await visitor.finished()
    assert [message.id for message in answered] == [reply.message.id]


async def test_suggestions_are_offered(sandbox: Sandbox, visitor: Visitor) -> None:
    """Autocomplete carries what was typed so far."""
    await visitor.register(command(visitor, "find", text_option("word", autocomplete=True)))

    async def suggest(interaction: hikari.AutocompleteInteraction) -> None:
        typed = str(next(option.value for option in interaction.options if option.is_focused))
        await interaction.create_response([hikari.impl.AutocompleteChoiceBuilder(name=typed * 2, value=typed)])

    visitor.answers["find"] = suggest
    assert await sandbox.member("alice").autocomplete("find", focused="word", word="ab") == [("abab", "ab")]


async def test_buttons_selects_and_modals(sandbox: Sandbox, visitor: Visitor) -> None:
    """A click updates the message, a select brings its values, a modal its fields."""
    await visitor.register(command(visitor, "panel"))

    async def panel(interaction: hikari.CommandInteraction) -> None:
        buttons = visitor.rest.build_message_action_row()
        buttons.add_interactive_button(hikari.ButtonStyle.PRIMARY, "count", label="Count")
        buttons.add_interactive_button(hikari.ButtonStyle.SECONDARY, "form", label="Form")
        buttons.add_link_button("https://example.org", label="Read")
        selects = visitor.rest.build_message_action_row()
        menu = selects.add_text_menu("colour", placeholder="Colours", max_values=2)
        menu.add_option("Red", "r").add_option("Blue", "b", description="The sky's")
        await interaction.create_initial_response(4, "panel", components=[buttons, selects])

    async def count(interaction: hikari.ComponentInteraction) -> None:
        assert interaction.message.content == "panel"
        await interaction.create_initial_response(7, "counted")

    async def colour(interaction: hikari.ComponentInteraction) -> None:
        await interaction.create_initial_response(4, " and ".join(interaction.values), flags=64)

    async def form(interaction: hikari.ComponentInteraction) -> None:
        row = visitor.rest.build_modal_action_row()
        row.add_text_input("name", "Your name", max_length=20)
        await interaction.create_modal_response("A form", "sent", component=row)

    async def sent(interaction: hikari.ModalInteraction) -> None:
        [[field]] = interaction.components
        await interaction.create_initial_response(4, f"hello {field.value}")

    visitor.answers |= {"panel": panel, "count": count, "colour": colour, "form": form, "sent": sent}
    alice = sandbox.member("alice")
    reply = await alice.slash("panel")
    clicked = await alice.click(reply, "Count")
    assert (clicked.updated, reply.content) == (True, "counted")
    chosen = await alice.choose(reply, "Red", "Blue")
    assert (chosen.content, chosen.private) == ("r and b", True)
    opened = await alice.click(reply, "Form")
    submitted = await alice.submit(opened.modal, name="Alice")
    assert submitted.content == "hello Alice"


async def test_a_deferred_answer_is_edited_and_followed(sandbox: Sandbox, visitor: Visitor) -> None:
    """Private stays private; a follow-up has its own message, with a file, and can be taken away."""
    await visitor.register(command(visitor, "slow"))
    found: list[str | None] = []

    async def slow(interaction: hikari.CommandInteraction) -> None:
        await interaction.create_initial_response(5, flags=hikari.MessageFlag.EPHEMERAL)
        await interaction.edit_initial_response("done", attachment=hikari.Bytes(b"report", "report.txt"))
        found.append((await interaction.fetch_initial_response()).content)
        gone = await interaction.execute("gone soon")
        await interaction.delete_message(gone)
        await interaction.execute("more", flags=hikari.MessageFlag.EPHEMERAL)

    visitor.answers["slow"] = slow
    reply = await sandbox.member("alice").slash("slow")
    await reply.until(lambda r: [m.content for m in r.followups if not m.deleted] == ["more"])
    assert (reply.deferred, reply.private, reply.content, found) == (True, True, "done", ["done"])
    assert reply.message is not None
    assert [(file.filename, file.content) for file in reply.message.files] == [("report.txt", b"report")]
    assert not sandbox.member("bob").sees(reply.followups[0])


async def test_messages_files_and_direct_messages(sandbox: Sandbox, visitor: Visitor) -> None:
    """Files go up and come down again, a reply points at its message, a direct message reaches one person."""
    alice = sandbox.member("alice")
    heard: asyncio.Future[hikari.Message] = asyncio.get_running_loop().create_future()

    async def listen(event: hikari.GuildMessageCreateEvent) -> None:
        if event.is_human:
            heard.set_result(event.message)

    visitor.bot.event_manager.subscribe(hikari.GuildMessageCreateEvent, listen)
    alice.say("look", File("cat.txt", b"meow"))
    async with asyncio.timeout(5):
        message = await heard
    assert await message.attachments[0].read() == b"meow"
    answer = await message.respond("nice", reply=True, mentions_reply=True)
    assert (answer.type, answer.referenced_message is not None) == (hikari.MessageType.REPLY, True)
    assert (await answer.edit("very nice")).content == "very nice"
    await answer.delete()
    dm = await visitor.rest.create_dm_channel(alice.id)
    await dm.send("psst")
    assert [view.content for view in alice.dm.messages] == ["psst"]
    sandbox.member("carol", accepts_dms=False)
    closed = await visitor.rest.create_dm_channel(sandbox.member("carol").id)
    with pytest.raises(hikari.ForbiddenError) as refused:
        await closed.send("psst")
    assert refused.value.code == 50007


async def test_error_trees_are_flattened(sandbox: Sandbox, visitor: Visitor) -> None:
    """The client prints every place with its problem: in a message, in a list of commands, in a callback."""
    general = sandbox.channel("general").id
    with pytest.raises(hikari.BadRequestError) as refused:
        await visitor.rest.create_message(general, "x" * 2001, embed=hikari.Embed(title="t" * 257))
    told = str(refused.value)
    assert refused.value.code == 50035
    assert "content:\n - Must be 2000 or fewer in length." in told
    assert "embeds.0.title:\n - Must be 256 or fewer in length." in told
    with pytest.raises(hikari.BadRequestError) as refused:
        await visitor.register(command(visitor, "good"), command(visitor, "twice"), command(visitor, "twice"))
    assert "2:\n - Application command names must be unique" in str(refused.value)
    await visitor.register(command(visitor, "ping"))
    errors: list[str] = []

    async def ping(interaction: hikari.CommandInteraction) -> None:
        with pytest.raises(hikari.BadRequestError) as inner:
            await interaction.create_initial_response(4, "x" * 2001)
        errors.append(str(inner.value))
        await interaction.create_initial_response(4, "short")
        with pytest.raises(hikari.BadRequestError) as inner:
            await interaction.create_initial_response(4, "again")
        errors.append(str(inner.value))

    visitor.answers["ping"] = ping
    assert (await sandbox.member("alice").slash("ping")).content == "short"
    await visitor.finished()
    assert "data.content:\n - Must be 2000 or fewer in length." in errors[0]
    assert "Interaction has already been acknowledged." in errors[1]


async def test_it_resumes_after_a_dropped_connection(sandbox: Sandbox, visitor: Visitor) -> None:
    """What people did while it was away is replayed, and nothing is identified anew."""
    await visitor.register(command(visitor, "ping"))
    resumed = asyncio.Event()

    async def note(_: hikari.ShardResumedEvent) -> None:
        resumed.set()

    async def ping(interaction: hikari.CommandInteraction) -> None:
        await interaction.create_initial_response(4, "pong")

    visitor.bot.event_manager.subscribe(hikari.ShardResumedEvent, note)
    visitor.answers["ping"] = ping
    before = len(sandbox.traffic.received(IDENTIFY))
    await sandbox.drop_connections(4000)
    heard: list[str | None] = []

    async def listen(event: hikari.GuildMessageCreateEvent) -> None:
        heard.append(event.content)

    visitor.bot.event_manager.subscribe(hikari.GuildMessageCreateEvent, listen)
    said: MessageView = sandbox.member("alice").say("while you were away")
    async with asyncio.timeout(10):
        await resumed.wait()
    assert (await sandbox.member("alice").slash("ping")).content == "pong"
    assert heard == [said.content]
    assert len(sandbox.traffic.received(IDENTIFY)) == before
