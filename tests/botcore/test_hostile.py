"""Ten thousand malformed and hostile interactions, with valid ones between them."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import nextcord
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import botcore as bc
import hostile
from botcore_sandbox import BotOnSandbox, Sandbox

BATCHES, BATCH = 500, 20


class LetterRef(bc.Ref[str]):
    async def search(self, ctx: bc.CommandContext, typed: str) -> Sequence[bc.Choice]:
        """What was typed, as a choice."""
        return [bc.Choice(typed, typed)]

    async def load(self, ctx: bc.CommandContext, value: str) -> str:
        """Take one of three."""
        if value not in {"a", "b", "c"}:
            raise bc.NotFound("There is no such letter.")
        return value


@dataclass(frozen=True, slots=True)
class OptionsInput:
    text: Annotated[str, bc.Option("A text", max=100)]
    count: Annotated[int, bc.Option("A number", min=1, max=10)] = 1
    ratio: Annotated[float | None, bc.Option("Another number")] = None
    user: Annotated[nextcord.User | None, bc.Option("Somebody")] = None
    letter: Annotated[str, LetterRef, bc.Option("A letter")] = "a"


class Options(bc.BaseCommand[OptionsInput]):
    name, description = "hostile options", "Takes options"

    async def process_command(self, ctx: bc.CommandContext, data: OptionsInput) -> bc.CommandResult:
        """Repeat the text."""
        return bc.CommandResult.ok(bc.EmbedBuilder().title("Text").description(data.text * data.count))


@dataclass(frozen=True, slots=True)
class PressInput:
    number: int


class Press(bc.BaseButton[PressInput]):
    id = "hostile.press"

    async def process_click(self, ctx: bc.CommandContext, data: PressInput) -> bc.CommandResult:
        """Say the number."""
        return bc.CommandResult.ok(str(data.number))


class Pick(bc.BaseSelect[bc.NoInput]):
    id = "hostile.pick"
    answers = bc.Answers.NEW_PRIVATE

    async def process_choice(self, ctx: bc.CommandContext, data: bc.NoInput, chosen: Sequence[str]) -> bc.CommandResult:
        """Say what was chosen."""
        return bc.CommandResult.ok(", ".join(chosen))


@dataclass(frozen=True, slots=True)
class AskInput:
    name: Annotated[str, bc.FormField("Your name", max_length=50)]


class Ask(bc.BaseModal[AskInput]):
    id, title = "hostile.ask", "Ask"

    async def process_submit(self, ctx: bc.CommandContext, data: AskInput) -> bc.CommandResult:
        """Greet."""
        return bc.CommandResult.ok(f"Hello {data.name}")


class Hostile(bc.BaseFeature):
    name = "hostile"
    commands = (Options,)
    components = (Press, Pick, Ask)
    groups = {"hostile": "For hostile people"}  # noqa: RUF012 - read once, never changed


@pytest.fixture
async def bot(sandbox: Sandbox, tmp_path: Path) -> AsyncIterator[BotOnSandbox]:
    async with BotOnSandbox(sandbox, tmp_path, features=[Hostile]) as running:
        yield running


def payloads(sandbox: Sandbox) -> st.SearchStrategy[Any]:
    """Payloads that name this sandbox's own places."""
    return hostile.payloads(sandbox.application_id, sandbox.guild.id, sandbox.channel("general").id)


@settings(
    max_examples=BATCHES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # a batch that fails is its own explanation, and making it smaller would take minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
async def test_hostile_interactions_harm_nobody(
    bot: BotOnSandbox, caplog: pytest.LogCaptureFixture, data: st.DataObject
):
    """Whatever else arrives, the bot stays connected, no task is lost, and the next valid interaction is answered."""
    sandbox = bot.sandbox
    for payload in data.draw(st.lists(payloads(sandbox), min_size=BATCH, max_size=BATCH)):
        assert sandbox.send_event("INTERACTION_CREATE", payload) == 1
    reply = await sandbox.member("alice").slash("hostile options", text="valid")
    assert reply.embeds[0]["description"] == "valid"
    assert not [record.getMessage() for record in caplog.records if record.name == "asyncio"]
    caplog.clear()
    assert [frame.op for frame in sandbox.traffic.frames if not frame.sent and frame.op in {2, 6}] in ([2], [])
