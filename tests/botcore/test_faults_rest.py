"""A real bot while REST fails: nothing is lost, nothing is answered twice, and it needs no help."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, ClassVar

import pytest

import botcore as bc
from botcore_sandbox import BotOnSandbox, Sandbox
from botcore_sandbox.faults.board import Faults

CALLBACK = ("POST", "/interactions/*/*/callback")
EDIT = ("PATCH", "/webhooks/*/*/messages/@original")
DELETION = ("DELETE", "/webhooks/*/*/messages/@original")
FOLLOW_UP = ("POST", "/webhooks/*/*")
MESSAGE = ("POST", "/channels/*/messages")

type Order = Callable[[Faults, str, str], Any]

BEFORE: dict[str, Order] = {
    "500": lambda faults, method, path: faults.refuse(method, path, status=500),
    "502": lambda faults, method, path: faults.refuse(method, path, status=502),
    "503": lambda faults, method, path: faults.refuse(method, path, status=503),
    "429 of the route": lambda faults, method, path: faults.rate_limit(method, path, seconds=0.1),
    "429 of the resource": lambda faults, method, path: faults.rate_limit(method, path, scope="shared", seconds=0.1),
    "429 of the bot": lambda faults, method, path: faults.rate_limit(method, path, scope="global", seconds=0.1),
    "slow": lambda faults, method, path: faults.slow(0.2, method, path),
    "broken off": lambda faults, method, path: faults.drop_rest(method, path, taken=False),
    "broken off twice": lambda faults, method, path: faults.drop_rest(method, path, taken=False, times=2),
}
AFTER: dict[str, Order] = {
    "500 after all": lambda faults, method, path: faults.refuse(method, path, status=500, taken=True),
    "502 after all": lambda faults, method, path: faults.refuse(method, path, status=502, taken=True),
    "slow to say so": lambda faults, method, path: faults.slow(0.2, method, path, taken=True),
    "broken off after all": lambda faults, method, path: faults.drop_rest(method, path),
    "broken off twice after all": lambda faults, method, path: faults.drop_rest(method, path, times=2),
}
ALL = BEFORE | AFTER


def orders(*names: str) -> pytest.MarkDecorator:
    """A test for each of these faults; for all of them without names."""
    return pytest.mark.parametrize("order", [pytest.param(ALL[name], id=name) for name in names or ALL])


class Ran:
    """How often handlers ran; a doubled run would show here."""

    times: ClassVar[int] = 0

    @classmethod
    def once_more(cls) -> str:
        """Count, and say the number."""
        cls.times += 1
        return f"run {cls.times}"


class Again(bc.BaseButton[bc.NoInput]):
    id = "faulty.again"

    async def process_click(self, ctx: bc.CommandContext, data: bc.NoInput) -> bc.CommandResult:
        """Change the message."""
        return bc.CommandResult.ok(Ran.once_more())


class Count(bc.BaseCommand[bc.NoInput]):
    name, description = "count", "Count"

    async def process_command(self, ctx: bc.CommandContext, data: bc.NoInput) -> bc.CommandResult:
        """Answer at once, with a button."""
        return bc.CommandResult.ok(bc.Message(content=Ran.once_more(), components=[Again.button(label="Again")]))


class Long(bc.BaseCommand[bc.NoInput]):
    name, description = "long", "Take time"

    async def process_command(self, ctx: bc.CommandContext, data: bc.NoInput) -> bc.CommandResult:
        """Acknowledge first, and answer by an edit."""
        await ctx.progress("working")
        return bc.CommandResult.ok(Ran.once_more())


class Refused(bc.BaseCommand[bc.NoInput]):
    name, description = "refused", "Refuse late"

    async def process_command(self, ctx: bc.CommandContext, data: bc.NoInput) -> bc.CommandResult:
        """Acknowledge in public, and refuse in private: a deletion and a further message."""
        await ctx.progress("working")
        raise bc.UserError(Ran.once_more())


class More(bc.BaseCommand[bc.NoInput]):
    name, description = "more", "Say more"

    async def process_command(self, ctx: bc.CommandContext, data: bc.NoInput) -> bc.CommandResult:
        """Send a further message."""
        await ctx.progress("working")
        await ctx.follow_up(Ran.once_more())
        return bc.CommandResult.ok("done")


class Tell(bc.BaseCommand[bc.NoInput]):
    name, description = "tell", "Write to the channel"

    def __init__(self, messenger: bc.Messenger) -> None:
        self._messenger = messenger

    async def process_command(self, ctx: bc.CommandContext, data: bc.NoInput) -> bc.CommandResult:
        """Write outside the interaction."""
        sent = await self._messenger.send(ctx.channel_id or 0, bc.Message(content=Ran.once_more()))
        return bc.CommandResult.ok(type(sent).__name__)


@dataclass(frozen=True, slots=True)
class AskInput:
    name: Annotated[str, bc.FormField("Your name")]


class Ask(bc.BaseModal[AskInput]):
    id, title = "faulty.ask", "Ask"

    async def process_submit(self, ctx: bc.CommandContext, data: AskInput) -> bc.CommandResult:
        """Greet."""
        return bc.CommandResult.ok(f"{Ran.once_more()} for {data.name}")


class OpenAsk(bc.BaseCommand[bc.NoInput]):
    name, description = "ask", "Open a form"
    opens = Ask


class LetterRef(bc.Ref[str]):
    async def search(self, ctx: bc.CommandContext, typed: str) -> Sequence[bc.Choice]:
        """The same letters for everybody."""
        return [bc.Choice(letter, letter) for letter in "abc"]

    async def load(self, ctx: bc.CommandContext, value: str) -> str:
        """Take any."""
        return value


@dataclass(frozen=True, slots=True)
class SpellInput:
    letter: Annotated[str, LetterRef, bc.Option("Which one")]


class Spell(bc.BaseCommand[SpellInput]):
    name, description = "spell", "Spell a letter"

    async def process_command(self, ctx: bc.CommandContext, data: SpellInput) -> bc.CommandResult:
        """Say it."""
        return bc.CommandResult.ok(data.letter)


class Faulty(bc.BaseFeature):
    name = "faulty"
    commands = (Count, Long, Refused, More, Tell, OpenAsk, Spell)
    components = (Again, Ask)


@pytest.fixture(autouse=True)
def nothing_ran() -> None:
    Ran.times = 0


def said(sandbox: Sandbox) -> list[str]:
    """What the bot's messages in #general show, ephemeral ones too."""
    messages = sandbox.channel("general").state.messages.values()
    return [message.content or str(message.embeds) for message in messages if message.author.bot]


def untroubled(caplog: pytest.LogCaptureFixture) -> bool:
    """Whether nothing was logged as an error."""
    return not [record for record in caplog.records if record.levelname in {"ERROR", "CRITICAL"}]


@orders()
async def test_an_answer_arrives_once(sandbox: Sandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture, order: Order):
    """Whether Discord failed before it took the answer or after; stopping the bot lets it finish what it repeats."""
    async with BotOnSandbox(sandbox, tmp_path, features=[Faulty]) as bot:
        order(sandbox.faults, *CALLBACK)
        assert (await bot.member("alice").slash("count")).text == "run 1"
    assert (Ran.times, said(sandbox), len(sandbox.faults)) == (1, ["run 1"], 0)
    assert untroubled(caplog)


@orders("500", "429 of the route", "broken off", "502 after all", "broken off after all")
async def test_a_late_answer_arrives_once(
    sandbox: Sandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture, order: Order
):
    """Acknowledgement and edit each fail; the edit may be repeated."""
    async with BotOnSandbox(sandbox, tmp_path, features=[Faulty]) as bot:
        order(sandbox.faults, *CALLBACK)
        order(sandbox.faults, *EDIT)
        reply = await bot.member("alice").slash("long")
        await reply.until(lambda reply: reply.text == "run 1")
    assert (Ran.times, said(sandbox), len(sandbox.faults)) == (1, ["run 1"], 0)
    assert untroubled(caplog)


@orders("502", "500 after all", "broken off after all")
async def test_a_click_is_answered_once(
    sandbox: Sandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture, order: Order
):
    """The message changes once."""
    async with BotOnSandbox(sandbox, tmp_path, features=[Faulty]) as bot:
        alice = bot.member("alice")
        reply = await alice.slash("count")
        order(sandbox.faults, *CALLBACK)
        await alice.click(reply, "Again")
        assert reply.text == "run 2"
    assert (Ran.times, said(sandbox)) == (2, ["run 2"])
    assert untroubled(caplog)


@orders("broken off", "500 after all", "broken off after all")
async def test_a_form_opens_once_and_suggestions_arrive(
    sandbox: Sandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture, order: Order
):
    """A form can only be a first answer, and so can suggestions."""
    async with BotOnSandbox(sandbox, tmp_path, features=[Faulty]) as bot:
        alice = bot.member("alice")
        order(sandbox.faults, *CALLBACK)
        opened = await alice.slash("ask")
        assert (await alice.submit(opened.modal, name="Alice")).text == "run 1 for Alice"
        order(sandbox.faults, *CALLBACK)
        assert await alice.autocomplete("spell", letter="", focused="letter") == [("a", "a"), ("b", "b"), ("c", "c")]
    assert Ran.times == 1
    assert untroubled(caplog)


@orders("502", "503", "429 of the route")
async def test_a_further_message_is_repeated_where_discord_did_not_take_it(
    sandbox: Sandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture, order: Order
):
    """Nothing holds Discord to making it once, so that has to be certain."""
    async with BotOnSandbox(sandbox, tmp_path, features=[Faulty]) as bot:
        order(sandbox.faults, *FOLLOW_UP)
        reply = await bot.member("alice").slash("more")
        await reply.until(lambda reply: reply.text == "done")
    assert said(sandbox) == ["done", "run 1"]
    assert untroubled(caplog)


@orders("500 after all", "broken off after all")
async def test_a_further_message_is_not_doubled(sandbox: Sandbox, tmp_path: Path, order: Order):
    """Where Discord may have taken it, the command is told that it failed, and so is the person."""
    async with BotOnSandbox(sandbox, tmp_path, features=[Faulty]) as bot:
        order(sandbox.faults, *FOLLOW_UP)
        reply = await bot.member("alice").slash("more")
        await reply.until(lambda reply: any("Something went wrong" in message.text for message in reply.followups))
    assert [text for text in said(sandbox) if text == "run 1"] == ["run 1"]


@orders("broken off", "500 after all", "broken off after all")
async def test_a_late_refusal_takes_the_public_message_away(sandbox: Sandbox, tmp_path: Path, order: Order):
    """The deletion is repeated until it is known to be done."""
    async with BotOnSandbox(sandbox, tmp_path, features=[Faulty]) as bot:
        order(sandbox.faults, *DELETION)
        reply = await bot.member("alice").slash("refused")
        await reply.until(lambda reply: bool(reply.followups))
        assert [message.text for message in reply.followups] == ["run 1"]
        assert reply.followups[0].private
    assert len(said(sandbox)) == 1


@orders("500 after all", "503", "429 of the route", "broken off", "broken off after all")
async def test_a_message_outside_an_interaction_appears_once(
    sandbox: Sandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture, order: Order
):
    """Its nonce holds Discord to that, so it may be repeated."""
    async with BotOnSandbox(sandbox, tmp_path, features=[Faulty]) as bot:
        order(sandbox.faults, *MESSAGE)
        reply = await bot.member("alice").slash("tell")
        await reply.until(lambda reply: reply.text == "Sent")
    assert sorted(said(sandbox)) == ["Sent", "run 1"]
    assert untroubled(caplog)


async def test_an_answer_that_seemed_lost_is_not_replaced_by_an_apology(sandbox: Sandbox, tmp_path: Path):
    """Every receipt of the answer is lost; when Discord can be heard again, it says that it has one."""
    async with BotOnSandbox(sandbox, tmp_path, features=[Faulty]) as bot:
        sandbox.faults.drop_rest(*CALLBACK, times=4)
        reply = await bot.member("alice").slash("count")
        assert reply.text == "run 1"
    assert (reply.text, reply.followups, said(sandbox)) == ("run 1", [], ["run 1"])


async def test_an_answer_that_was_lost_is_told(sandbox: Sandbox, tmp_path: Path):
    """Discord could not be reached for a second and a half: an apology is better than silence."""
    async with BotOnSandbox(sandbox, tmp_path, features=[Faulty]) as bot:
        sandbox.faults.drop_rest(*CALLBACK, times=4, taken=False)
        assert "Something went wrong" in (await bot.member("alice").slash("count")).text
    assert len(said(sandbox)) == 1


@orders("503", "429 of the route", "broken off", "broken off after all")
async def test_commands_are_written_in_spite_of_it(sandbox: Sandbox, tmp_path: Path, order: Order):
    """Writing the whole catalogue may be repeated."""
    order(sandbox.faults, "PUT", "/applications/*/commands")
    async with BotOnSandbox(sandbox, tmp_path, features=[Faulty]) as bot:
        assert (await bot.member("alice").slash("count")).text == "run 1"


async def test_a_server_error_at_the_login_is_survived(sandbox: Sandbox, tmp_path: Path):
    """Discord is asked again."""
    sandbox.faults.refuse("GET", "/users/@me", status=502)
    async with BotOnSandbox(sandbox, tmp_path, features=[Faulty]) as bot:
        assert (await bot.member("alice").slash("count")).text == "run 1"


async def test_the_bot_keeps_to_rate_limits(tmp_path: Path):
    """Twelve messages with five a second: all of them arrive, each once, and the sandbox has to refuse none of them."""
    async with (
        Sandbox(rate_limits=True) as sandbox,
        BotOnSandbox(sandbox, tmp_path, features=[Faulty]) as bot,
    ):
        messenger = bot.core.parts.container.get(bc.Messenger)
        channel = sandbox.channel("general")
        for number in range(12):
            assert isinstance(await messenger.send(channel.id, bc.Message(content=f"message {number}")), bc.Sent)
        assert said(sandbox) == [f"message {number}" for number in range(12)]
        assert not [call for call in sandbox.traffic.calls if call.status == 429]
