"""nextcord Cogs beside botcore's own commands, on a sandbox."""

import asyncio
import logging
import re
from collections.abc import Sequence
from io import StringIO
from typing import Any, ClassVar

import nextcord
import orjson
import pytest
from nextcord.ext import application_checks, commands, tasks

import botcore as bc
from botcore import log
from botcore.app.bot import StrictStartRefused
from botcore_sandbox import BotOnSandbox, CommandHidden


class Scores:
    """A service that a Cog asks for."""

    def __init__(self) -> None:
        self.of: dict[int, int] = {}


class Form(nextcord.ui.Modal):
    def __init__(self, *, broken: bool = False) -> None:
        super().__init__("Say it")
        self.text: nextcord.ui.TextInput[Any] = nextcord.ui.TextInput(label="Text")
        self.add_item(self.text)
        self._broken = broken

    async def callback(self, interaction: nextcord.Interaction[Any]) -> None:
        if self._broken:
            raise RuntimeError("secret of the form")
        await interaction.send(f"Said: {self.text.value}")


class Buttons(nextcord.ui.View):
    @nextcord.ui.button(label="Good")
    async def good(self, _button: nextcord.ui.Button[Any], interaction: nextcord.Interaction[Any]) -> None:
        await interaction.response.edit_message(content="Clicked.", view=None)

    @nextcord.ui.button(label="Bad")
    async def bad(self, _button: nextcord.ui.Button[Any], _interaction: nextcord.Interaction[Any]) -> None:
        raise RuntimeError("secret of the button")


class Lasting(nextcord.ui.View):
    def __init__(self) -> None:
        super().__init__(timeout=None)

    @nextcord.ui.button(label="Still there", custom_id="lasting")
    async def still(self, _button: nextcord.ui.Button[Any], interaction: nextcord.Interaction[Any]) -> None:
        await interaction.send("Yes.", ephemeral=True)


class Old(commands.Cog):
    """As somebody wrote it before there was botcore."""

    unloaded: ClassVar[list[str]] = []

    def __init__(self, bot: commands.Bot, scores: Scores) -> None:
        self.bot: Any = bot
        self.scores = scores
        self.heard: asyncio.Queue[str] = asyncio.Queue()
        self.ticked = asyncio.Event()
        self.ready = asyncio.Event()
        self.tick.start()

    def cog_unload(self) -> None:
        self.tick.cancel()
        self.unloaded.append("Old")

    @tasks.loop(seconds=3600)
    async def tick(self) -> None:
        self.ticked.set()

    @tick.before_loop
    async def before_tick(self) -> None:
        await self.bot.wait_until_ready()

    @nextcord.slash_command(description="Score")
    async def score(
        self,
        interaction: nextcord.Interaction[Any],
        points: int = nextcord.SlashOption(description="How many", min_value=1, max_value=9),
        who: nextcord.Member | None = nextcord.SlashOption(description="Who", required=False),  # noqa: B008 - nextcord's way
    ) -> None:
        person: Any = interaction.user if who is None else who
        self.scores.of[person.id] = self.scores.of.get(person.id, 0) + points
        await interaction.send(f"{person.mention}: {self.scores.of[person.id]}")

    @nextcord.slash_command(name="old")
    async def old(self, interaction: nextcord.Interaction[Any]) -> None:
        """Never called itself."""

    @old.subcommand(description="Write")
    async def write(
        self,
        interaction: nextcord.Interaction[Any],
        colour: str = nextcord.SlashOption(description="Which", required=False),
    ) -> None:
        await interaction.response.send_modal(Form(broken=colour == "red"))

    @write.on_autocomplete("colour")
    async def colours(self, interaction: nextcord.Interaction[Any], typed: str) -> None:
        if typed == "x":
            raise RuntimeError("secret of the completion")
        await interaction.response.send_autocomplete([each for each in ("red", "green") if each.startswith(typed)])

    @old.subcommand(description="Show buttons")
    async def buttons(self, interaction: nextcord.Interaction[Any]) -> None:
        await interaction.send("Click.", view=Buttons())

    @old.subcommand(description="Wait for somebody to speak", name="wait")
    async def wait(self, interaction: nextcord.Interaction[Any]) -> None:
        await interaction.send("Speak!")
        message = await self.bot.wait_for("message", check=lambda each: each.author.id != self.bot.user.id)
        await interaction.followup.send(f"{message.author.id} spoke")

    @old.subcommand(description="Show a lasting button")
    async def lasting(self, interaction: nextcord.Interaction[Any]) -> None:
        await interaction.send("Click.", view=Lasting())

    @old.subcommand(description="Fail", name="fail")
    async def fail(
        self,
        interaction: nextcord.Interaction[Any],
        late: bool = nextcord.SlashOption(description="After an answer", required=False, default=False),
    ) -> None:
        if late:
            await interaction.send("So far, so good.")
        raise RuntimeError("secret of the command")

    @old.subcommand(description="For owners", name="owners")
    @application_checks.is_owner()
    async def owners(self, interaction: nextcord.Interaction[Any]) -> None:
        await interaction.send("Hello, owner.")

    @old.subcommand(description="Mention", name="mention")
    async def mention(self, interaction: nextcord.Interaction[Any]) -> None:
        await interaction.send(f"{self.score.get_mention()} @everyone")

    @nextcord.user_command(name="Wave")
    async def wave(self, interaction: nextcord.Interaction[Any], member: nextcord.Member) -> None:
        await interaction.send(f"{self.bot.user.name} waves at {member.display_name}")

    @nextcord.message_command(name="Shout", default_member_permissions=8)
    async def shout(self, interaction: nextcord.Interaction[Any], message: nextcord.Message) -> None:
        await interaction.send(message.content.upper())

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        self.bot.add_view(Lasting())
        self.ready.set()

    @commands.Cog.listener()
    async def on_message(self, message: nextcord.Message) -> None:
        if message.author.id != self.bot.user.id:
            await self.heard.put(str(message.author.id))
            raise RuntimeError("secret of the listener")

    @commands.command()
    async def prefixed(self, ctx: commands.Context[Any]) -> None:
        """Never called here."""


class OldFeature(bc.BaseFeature):
    name = "old"
    services = (Scores,)
    cogs = (Old,)
    intents = ("guild_messages",)


class Handled(commands.Cog):
    """A Cog that deals with its own errors."""

    @nextcord.slash_command(description="Fail")
    async def fails(self, interaction: nextcord.Interaction[Any]) -> None:
        raise RuntimeError("secret")

    async def cog_application_command_error(
        self, interaction: nextcord.Interaction[Any], error: nextcord.ApplicationError
    ) -> None:
        await interaction.send("I know what went wrong.")


class HandledFeature(bc.BaseFeature):
    name = "handled"
    cogs = (Handled,)


class Greet(bc.BaseCommand[bc.NoInput]):
    name, description = "greet", "Greet"

    async def process_command(self, ctx: bc.CommandContext, data: bc.NoInput) -> bc.CommandResult:
        """Say hello."""
        return bc.CommandResult.ok("Hello")


class GreetFeature(bc.BaseFeature):
    name = "greet"
    commands = (Greet,)


with_old = pytest.mark.bot_features(bring=[OldFeature, GreetFeature])


def cog_of(bot: BotOnSandbox) -> Old:
    (cog,) = [each for each in bot.core.parts.registered if each.feature.name == "old"][-1].cogs
    assert isinstance(cog, Old)
    return cog


@with_old
async def test_commands_of_a_cog_are_used_beside_ours(bot: BotOnSandbox):
    """With options, a service of botcore in the constructor, sub-commands and both menus."""
    alice, bob = bot.member("alice"), bot.member("bob")
    root = bot.member("root", administrator=True)
    assert (await alice.slash("score", points=3)).content == f"{alice.mention}: 3"
    assert (await alice.slash("score", points=4, who=alice)).content == f"{alice.mention}: 7"
    assert bot.core.parts.container.get(Scores).of == {alice.id: 7}
    assert (await alice.menu("Wave", bob)).content.endswith("waves at Bob")
    assert (await root.menu("Shout", bob.say("soup"))).content == "SOUP"
    assert (await alice.slash("greet")).content == "Hello"


@with_old
async def test_they_are_in_the_same_bulk_request(bot: BotOnSandbox):
    """Which is compared with what Discord has, and not sent again where nothing changed."""
    (written,) = bot.sandbox.traffic.command_writes()
    assert {(each["type"], each["name"]) for each in written.request} >= {
        (1, "greet"),
        (1, "score"),
        (1, "old"),
        (2, "Wave"),
        (3, "Shout"),
    }
    with pytest.raises(CommandHidden):
        await bot.member("alice").menu("Shout", bot.member("bob").say("soup"))
    await bot.stop()
    bot.sandbox.traffic.clear()
    await bot.start()
    assert bot.sandbox.traffic.command_writes() == []
    alice = bot.member("alice")
    mentioned = (await alice.slash("old mention")).content
    assert mentioned.startswith("</score:")
    assert "</score:None>" not in mentioned


@with_old
async def test_a_cog_pings_nobody_by_accident(bot: BotOnSandbox):
    """As everywhere, unless it says so."""
    await bot.member("alice").slash("old mention")
    callback = next(call for call in reversed(list(bot.sandbox.traffic.calls)) if call.path.endswith("/callback"))
    assert callback.request["data"]["allowed_mentions"]["parse"] == []


@with_old
async def test_nextcords_own_views_and_forms_work(bot: BotOnSandbox):
    """As long as the process that made them runs, and after it where they are persistent."""
    alice = bot.member("alice")
    shown = await alice.slash("old buttons")
    form = await alice.slash("old write")
    assert (await alice.submit(form.modal, text="hi")).content == "Said: hi"
    assert (await alice.click(shown, "Good")).content == "Clicked."
    shown, lasting = await alice.slash("old buttons"), await alice.slash("old lasting")
    await bot.stop()
    await bot.start()
    await cog_of(bot).ready.wait()
    assert "no longer works" in (await alice.click(shown, "Good")).text
    assert (await alice.click(lasting, "Still there")).content == "Yes."


@with_old
async def test_a_cog_can_wait_for_an_event(bot: BotOnSandbox):
    """As long as it likes; its answers stay its own."""
    alice, bob = bot.member("alice"), bot.member("bob")
    reply = await alice.slash("old wait")
    bob.say("hello")
    await reply.until(lambda reply: bool(reply.followups))
    assert (reply.content, reply.followups[0].content) == ("Speak!", f"{bob.id} spoke")


@with_old
async def test_autocomplete_of_a_cog(bot: BotOnSandbox):
    """And an empty list where it fails."""
    alice = bot.member("alice")
    assert await alice.autocomplete("old write", focused="colour", colour="r") == [("red", "red")]
    assert await alice.autocomplete("old write", focused="colour", colour="x") == []


@with_old
async def test_what_a_cog_raises_stays_out_of_discord(bot: BotOnSandbox):
    """Command, button and form: a private sentence with a reference, under which the trace is in the log."""
    log.configure(json=True, stream=(stream := StringIO()))
    try:
        alice = bot.member("alice")
        shown = await alice.slash("old buttons")
        form = await alice.slash("old write", colour="red")
        replies = [
            await alice.slash("old fail"),
            await alice.click(shown, "Bad"),
            await alice.submit(form.modal, text="hi"),
        ]
    finally:
        log.reset()
    logged = {line.get("reference"): line for line in map(orjson.loads, stream.getvalue().splitlines())}
    for reply in replies:
        assert reply.private
        assert "secret" not in reply.text
        found = re.search(r"Something went wrong here.* `(\w+)`", reply.text)
        assert found is not None
        assert "RuntimeError: secret of the" in logged[found[1]]["exception"]


@with_old
async def test_an_answer_that_a_cog_gave_stays(bot: BotOnSandbox):
    """Where it fails afterwards, the sentence comes beside it."""
    reply = await bot.member("alice").slash("old fail", late=True)
    await reply.until(lambda reply: bool(reply.followups))
    assert reply.content == "So far, so good."
    assert "Something went wrong here" in reply.followups[0].text


@with_old
async def test_nextcords_checks_refuse_privately(bot: BotOnSandbox):
    """And know the owners of the bot."""
    alice = bot.member("alice")
    refused = await alice.slash("old owners")
    assert (refused.text, refused.private) == ("You may not use this here.", True)
    bot.core.parts.policy.set_owners([alice.id])
    assert (await alice.slash("old owners")).content == "Hello, owner."


@pytest.mark.bot_features(bring=[HandledFeature])
async def test_a_cog_that_deals_with_its_errors_is_left_to_it(bot: BotOnSandbox):
    """As in nextcord."""
    assert (await bot.member("alice").slash("fails")).content == "I know what went wrong."


@with_old
async def test_listeners_and_loops_of_a_cog(bot: BotOnSandbox, caplog: pytest.LogCaptureFixture):
    """Run, and what they raise is logged and harms nobody."""
    cog = cog_of(bot)
    await cog.ticked.wait()
    alice = bot.member("alice")
    with caplog.at_level(logging.ERROR):
        for _ in range(2):
            alice.say("hello")
            assert await cog.heard.get() == str(alice.id)
    assert any("a listener failed" in record.getMessage() for record in caplog.records)


async def test_a_cog_is_unloaded_at_the_stop(sandbox: Any, tmp_path: Any, caplog: pytest.LogCaptureFixture):
    """And what botcore does not run of it is said at the start."""
    Old.unloaded.clear()
    with caplog.at_level(logging.WARNING):
        async with BotOnSandbox(sandbox, tmp_path, features=[OldFeature]):
            assert Old.unloaded == []
    assert Old.unloaded == ["Old"]
    assert any("the prefix command prefixed" in record.getMessage() for record in caplog.records)


@with_old
async def test_help_knows_the_commands_of_cogs(bot: BotOnSandbox):
    """And says nothing of who may use them."""
    alice = bot.member("alice")
    assert "**/old buttons**: Show buttons" in (await alice.slash("help")).text
    explained = await alice.slash("help", command="score")
    assert "How many" in explained.text
    assert "may use it" not in explained.text


def cog(*methods: Any) -> Any:
    return commands.CogMeta("Made", (commands.Cog,), {method.callback.__name__: method for method in methods})


def slash[Owner](name: str, **settings: Any) -> Any:
    async def called(self: Owner, interaction: nextcord.Interaction[Any]) -> None:
        """Do nothing."""

    called.__name__ = name.replace(" ", "_").lower()
    return nextcord.slash_command(name=name, description=settings.pop("description", "Do it"), **settings)(called)


def menu[Owner](name: str) -> Any:
    async def called(self: Owner, interaction: nextcord.Interaction[Any], member: nextcord.Member) -> None:
        """Do nothing."""

    called.__name__ = name.replace(" ", "_").lower()
    return nextcord.user_command(name=name)(called)


def wrong_order[Owner]() -> Any:
    async def called(
        self: Owner,
        interaction: nextcord.Interaction[Any],
        first: str = nextcord.SlashOption(description="x", required=False),
        then: str = nextcord.SlashOption(description="y"),
    ) -> None:
        """Do nothing."""

    return nextcord.slash_command(name="order", description="Do it")(called)


class Unwired(commands.Cog):
    def __init__(self, bot: commands.Bot, clockwork: "nextcord.Permissions") -> None:
        self.bot = bot


def bringing(name: str, *cogs: Any, commands: Sequence[Any] = ()) -> type[bc.BaseFeature]:
    return type("Made", (bc.BaseFeature,), {"name": name, "cogs": cogs, "commands": tuple(commands)})


REFUSED = {
    "a command that another feature has": (
        bringing("zz", cog(slash("greet"))),
        r"'zz' was left out: the command /greet of a Cog is taken by /greet of the feature 'greet'; rename one",
    ),
    "a menu command that another feature has": (
        bringing("zz", cog(menu("Wave"))),
        r"'zz' was left out: the user command 'Wave' is taken by the feature 'old'",
    ),
    "a command that its own Cog has twice": (
        bringing("zz", cog(slash("once")), cog(slash("once"))),
        r"the command /once of a Cog is taken by /once of the feature 'zz'",
    ),
    "a command below one of a Cog": (
        bringing("zz", commands=[type("Below", (Greet,), {"name": "old below"})]),
        r"'zz' was left out: the command /old below is taken by a Cog of the feature 'old', whose is all of /old",
    ),
    "a command for one server": (
        bringing("zz", cog(slash("here", guild_ids=[1]))),
        r"'here' of the Cog Made is for some servers only, .* take `guild_ids` away",
    ),
    "a name that Discord refuses": (
        bringing("zz", cog(slash("Shout It"))),
        r"'Shout It' of the Cog Made: 'Shout It' is no name for Discord",
    ),
    "a description that Discord refuses": (
        bringing("zz", cog(slash("long", description="x" * 101))),
        r"'long' of the Cog Made: write a `description` of 1 to 100 characters",
    ),
    "an option that must be given after one that need not": (
        bringing("zz", cog(wrong_order())),
        r"put then, which must be given, before first",
    ),
    "what is no Cog": (bringing("zz", Greet), r"Greet'> in `cogs` is no class of a nextcord Cog"),
    "a constructor that nobody can fill": (
        bringing("zz", Unwired),
        r"Unwired -> Permissions: nothing is registered for Permissions",
    ),
    "more commands than Discord takes": (
        bringing("zz", cog(*(slash(f"c{number}") for number in range(99)))),
        r"with it there would be 1\d\d commands in all, and Discord takes 100",
    ),
    "more menu commands than Discord takes": (
        bringing("zz", cog(*(menu(f"m{number}") for number in range(15)))),
        r"with it there would be 16 user commands, and Discord takes 15",
    ),
}


@pytest.mark.parametrize("trouble", REFUSED)
async def test_a_feature_is_left_out_for_its_cog(sandbox: Any, tmp_path: Any, trouble: str):
    """Whole and with a sentence that names both sides, like for everything else that it registers."""
    feature, reason = REFUSED[trouble]
    bot = BotOnSandbox(sandbox, tmp_path, features=[OldFeature, GreetFeature, feature])
    with pytest.raises(StrictStartRefused, match=reason):
        await bot.start()
    await bot.stop()
    assert sandbox.traffic.command_writes() == []
