"""The template: the order of its stages, and every way out of it."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any

import pytest

from botcore.clock import ManualClock
from botcore.commands import (
    BaseCommand,
    CommandContext,
    CommandResult,
    Execution,
    InteractionGone,
    NoInput,
    Option,
    Reply,
    Runtime,
)
from botcore.errors import InvalidInput
from botcore.permissions import PermissionLevel
from fakes.discord import ALICE, BOB, OWNER, FakeResponder, make_interaction, make_runtime, slash


@dataclass(frozen=True, slots=True)
class GreetInput:
    who: Annotated[str, Option("Whom to greet")]


class Recorded(BaseCommand[GreetInput]):
    """A command that notes each stage it can see."""

    name = "greet"
    description = "Greet somebody"
    rate_limit = "2/minute"
    permission = PermissionLevel.USER

    def __init__(self) -> None:
        self.stages: list[str] = []

    async def pre_execute(self, ctx: CommandContext) -> None:
        self.stages.append("pre_execute")

    async def validate_input(self, ctx: CommandContext, data: GreetInput) -> GreetInput:
        self.stages.append("validate_input")
        if data.who == "nobody":
            raise InvalidInput("who", "Name somebody.")
        return GreetInput(data.who.title())

    async def process_command(self, ctx: CommandContext, data: GreetInput) -> CommandResult:
        self.stages.append("process_command")
        if data.who == "Crash":
            raise RuntimeError("the database password is hunter2")
        return CommandResult.ok(f"Hello {data.who}")

    async def send_response(self, ctx: CommandContext, result: CommandResult) -> None:
        self.stages.append("send_response")
        await super().send_response(ctx, result)

    async def post_execute(self, ctx: CommandContext, result: CommandResult) -> None:
        self.stages.append("post_execute")


class WatchedPolicy:
    """The permission and rate-limit stages report to the same list as the command's own."""

    def __init__(self, runtime: Runtime, stages: list[str]) -> None:
        self._policy, self._limiter, self._stages = runtime.policy, runtime.limiter, stages

    def require(self, level: PermissionLevel, caller: Any) -> None:
        """Note the stage and decide as the real policy does."""
        self._stages.append("permission")
        self._policy.require(level, caller)

    async def check_limit(self, key: str, rate: Any) -> Any:
        """Note the stage and decide as the real limiter does."""
        self._stages.append("rate_limit")
        return await self._limiter.check_limit(key, rate)


def prepared[C: BaseCommand[Any]](command: C) -> C:
    command.compile()
    command.prepare({})
    return command


async def run(
    command: BaseCommand[Any], runtime: Runtime | None = None, responder: FakeResponder | None = None, **arguments: Any
) -> FakeResponder:
    responder = responder or FakeResponder()
    options = arguments.pop("options", {"who": "bob"})
    interaction = make_interaction(slash(command.name, **options), responder=responder, **arguments)
    await command.execute(CommandContext(interaction, runtime or make_runtime(), command.label, command.target))
    return responder


@pytest.fixture
def command() -> Recorded:
    return prepared(Recorded())


async def test_the_stages_run_in_this_order(command: Recorded):
    """pre_execute, permission, rate limit, validate_input, process_command, send_response, post_execute."""
    runtime = make_runtime()
    watched = WatchedPolicy(runtime, command.stages)
    runtime.policy, runtime.limiter = watched, watched  # type: ignore[assignment]  # it has the one method each that the pipeline calls
    responder = await run(command, runtime)
    assert command.stages == [
        "pre_execute",
        "permission",
        "rate_limit",
        "validate_input",
        "process_command",
        "send_response",
        "post_execute",
    ]
    assert responder.said == "Hello Bob"


async def test_a_refused_permission_skips_to_the_answer(command: Recorded):
    """Nothing of the command runs for somebody who may not use it, but the last stage does."""
    responder = await run(command, guild=None)
    assert command.stages == ["pre_execute", "send_response", "post_execute"]
    assert responder.calls[0][1]["flags"] == 64
    assert "only in a server" in responder.said


async def test_invalid_input_is_shown_privately_with_what_was_typed(command: Recorded):
    """Discord's client has thrown the text away by then."""
    responder = await run(command, options={"who": "nobody"})
    assert command.stages == ["pre_execute", "validate_input", "send_response", "post_execute"]
    assert responder.calls[0][1]["flags"] == 64
    assert "**who**: Name somebody." in responder.said
    assert "/greet who: nobody" in responder.said


async def test_an_unexpected_error_shows_a_reference_and_nothing_else(
    command: Recorded, caplog: pytest.LogCaptureFixture
):
    """The person gets a sentence with a reference; the trace is in the log."""
    responder = await run(command, options={"who": "crash"})
    assert command.stages[-1] == "post_execute"
    assert "hunter2" not in responder.said
    assert "look it up as `" in responder.said
    assert responder.calls[0][1]["flags"] == 64
    assert "the database password is hunter2" in caplog.text  # no redactor knows it here


async def test_the_rate_limit_says_when_to_try_again():
    """The third use within a minute is refused with Discord's relative timestamp; a minute later all is well."""
    clock = ManualClock()
    runtime = make_runtime(clock)
    command = prepared(Recorded())
    said = [(await run(command, runtime)).said for _ in range(3)]
    assert said[:2] == ["Hello Bob", "Hello Bob"]
    assert f"Try again <t:{int(clock.now().timestamp()) + 60}:R>." in said[2]
    assert (await run(command, runtime, user=BOB)).said == "Hello Bob"
    clock.advance(timedelta(seconds=61))
    assert (await run(command, runtime, user=ALICE)).said == "Hello Bob"


class Slow(BaseCommand[NoInput]):
    """A command that answers when it is told to."""

    name = "slow"
    description = "Take a while"

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.fails = False

    async def process_command(self, ctx: CommandContext, data: NoInput) -> CommandResult:
        await self.go.wait()
        if self.fails:
            return CommandResult.fail("It did not work out.")
        return CommandResult.ok("At last")


class SlowPrivate(Slow):
    reply = Reply.PRIVATE


async def run_slowly(command: Slow) -> FakeResponder:
    responder = FakeResponder()
    task = asyncio.create_task(run(command, make_runtime(acknowledge_after=0.01), responder, options={}))
    await responder.called.wait()
    command.go.set()
    await task
    return responder


async def test_a_late_answer_becomes_an_edit():
    """The pipeline acknowledges by itself and the answer replaces "is thinking..."."""
    responder = await run_slowly(prepared(Slow()))
    assert responder.steps == ["DEFERRED_MESSAGE", "edit"]
    assert responder.said == "At last"


async def test_a_late_private_answer_stays_private():
    """Privacy is decided by the acknowledgement."""
    responder = await run_slowly(prepared(SlowPrivate()))
    assert responder.calls[0] == ("DEFERRED_MESSAGE", {"flags": 64})
    assert responder.steps == ["DEFERRED_MESSAGE", "edit"]


async def test_a_late_refusal_of_a_public_command_is_still_private():
    """The public "is thinking..." is deleted and the refusal follows up, seen by one person."""
    command = prepared(Slow())
    command.fails = True
    responder = await run_slowly(command)
    assert responder.steps == ["DEFERRED_MESSAGE", "delete", "follow_up"]
    assert responder.calls[2][1]["flags"] == 64


async def test_a_late_answer_that_discord_refuses_still_ends_in_an_apology():
    """The words "is thinking..." never stay for ever: they go, and the apology follows, privately."""
    responder = FakeResponder()
    responder.fail_edits = True
    command = prepared(Slow())
    task = asyncio.create_task(run(command, make_runtime(acknowledge_after=0.01), responder, options={}))
    await responder.called.wait()
    command.go.set()
    await task
    assert responder.steps == ["DEFERRED_MESSAGE", "edit", "delete", "follow_up"]
    assert "look it up as" in responder.said


class Chatty(BaseCommand[NoInput]):
    """A command that sends a further message before its answer."""

    name = "chatty"
    description = "Talk a lot"

    async def process_command(self, ctx: CommandContext, data: NoInput) -> CommandResult:
        assert await ctx.follow_up("First of all") == 78
        return CommandResult.ok("And now the answer")


async def test_a_message_before_the_answer_is_not_overwritten_by_it():
    """Discord puts the first follow-up in the place of "is thinking...", so the answer follows it."""
    responder = await run(prepared(Chatty()), options={})
    assert responder.steps == ["DEFERRED_MESSAGE", "follow_up", "follow_up"]
    assert responder.said == "First of all\nAnd now the answer"


class Reporting(Chatty):
    name = "reporting"

    async def process_command(self, ctx: CommandContext, data: NoInput) -> CommandResult:
        await ctx.progress("Half way")
        await ctx.progress("Nearly there")
        return await super().process_command(ctx, data)


async def test_progress_is_replaced_by_the_answer():
    """It stands where the answer will, so a message in between is a message of its own."""
    responder = await run(prepared(Reporting()), options={})
    assert responder.steps == ["DEFERRED_MESSAGE", "edit", "edit", "follow_up", "edit"]
    assert responder.said.splitlines()[-1] == "And now the answer"


async def test_an_answer_that_races_its_own_acknowledgement_waits_for_it():
    """Never two acknowledgements at once: Discord refuses the second."""
    command = prepared(Slow())
    responder = FakeResponder()
    responder.gate.clear()
    task = asyncio.create_task(run(command, make_runtime(acknowledge_after=0.01), responder, options={}))
    await responder.called.wait()
    command.go.set()
    await asyncio.sleep(0)
    responder.gate.set()
    await task
    assert responder.steps == ["DEFERRED_MESSAGE", "edit"]


async def test_an_interaction_that_is_gone_is_noted_and_not_apologised_for(command: Recorded):
    """There is nobody to apologise to."""
    finished: list[Execution] = []

    async def observe(execution: Execution) -> None:
        finished.append(execution)

    runtime = make_runtime()
    runtime.observers.append(observe)
    responder = await run(command, runtime, FakeResponder(fail=InteractionGone("404 10062")))
    assert responder.steps == ["MESSAGE"]
    assert [execution.outcome for execution in finished] == ["gone"]


async def test_what_discord_refuses_ends_in_an_apology(command: Recorded):
    """A refused first answer has acknowledged nothing, so the apology can still be the first answer."""
    responder = await run(command, responder=FakeResponder(fail=RuntimeError("50035: Invalid Form Body")))
    assert responder.steps == ["MESSAGE", "MESSAGE"]
    assert "50035" not in "".join(str(data) for _name, data in responder.calls[1:])


@pytest.mark.parametrize(
    ("who", "outcome"), [("bob", "ok"), ("nobody", "refused"), ("crash", "failed")], ids=["ok", "refused", "failed"]
)
async def test_every_execution_is_counted(command: Recorded, who: str, outcome: str):
    """Observers and metrics learn the name, the outcome and the time, and no person."""
    finished: list[Execution] = []

    async def observe(execution: Execution) -> None:
        finished.append(execution)

    async def broken(execution: Execution) -> None:
        raise ValueError("an observer's own trouble")

    runtime = make_runtime()
    runtime.observers += [broken, observe]
    await run(command, runtime, options={"who": who})
    assert [(execution.name, execution.outcome) for execution in finished] == [("greet", outcome)]


@dataclass(frozen=True)
class Person:
    label: str
    user: int
    permissions: int = 0
    guild: int | None = 1


MEMBER = Person("a member", ALICE)
ADMINISTRATOR = Person("an administrator", ALICE, permissions=1 << 3)
GUILD_OWNER = Person("the server's owner", BOB, permissions=(1 << 53) - 1)
BOT_OWNER = Person("the bot's owner", OWNER)
STRANGER_DM = Person("somebody in a direct message", ALICE, guild=None)
BOT_OWNER_DM = Person("the bot's owner in a direct message", OWNER, guild=None)

MATRIX = {
    PermissionLevel.PUBLIC: [MEMBER, ADMINISTRATOR, GUILD_OWNER, BOT_OWNER, STRANGER_DM, BOT_OWNER_DM],
    PermissionLevel.USER: [MEMBER, ADMINISTRATOR, GUILD_OWNER, BOT_OWNER],
    PermissionLevel.ADMIN: [ADMINISTRATOR, GUILD_OWNER, BOT_OWNER],
    PermissionLevel.OWNER: [BOT_OWNER, BOT_OWNER_DM],
}
EVERYBODY = MATRIX[PermissionLevel.PUBLIC]


class Levelled(BaseCommand[NoInput]):
    name = "levelled"
    description = "Asks for a level"

    async def process_command(self, ctx: CommandContext, data: NoInput) -> CommandResult:
        return CommandResult.ok("Welcome")


@pytest.mark.parametrize("level", MATRIX, ids=str)
@pytest.mark.parametrize("person", EVERYBODY, ids=lambda person: person.label)
async def test_the_permission_matrix(level: PermissionLevel, person: Person):
    """PUBLIC, USER, ADMIN and OWNER against every kind of person, in a server and in a direct message."""
    command = prepared(type("Asking", (Levelled,), {"permission": level})())
    responder = await run(
        command,
        options={},
        user=person.user,
        guild=person.guild,
        permissions=person.permissions,
    )
    assert (responder.said == "Welcome") == (person in MATRIX[level])
    assert len(responder.calls) == 1
