"""One clock for the sandbox and for the bot beside it, moved with one call."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import botcore as bc
import kettle
from botcore_sandbox import BotOnSandbox, ClockCannotMove, NotAllowed, Sandbox, SandboxClock
from botcore_sandbox.state.snowflake import made_at

NOON = datetime(2026, 3, 28, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


# region advance
@pytest.mark.bot_features(bring=[kettle.Feature])
async def test_advancing_returns_when_the_timers_have_done_their_work(bot: BotOnSandbox):
    """What became due has happened, and what did not has not."""
    alice = bot.member("alice")
    await alice.slash("kettle on", minutes=10)
    await alice.slash("kettle on", minutes=90)
    await bot.advance(9 * MINUTE)
    assert bot.channel("general").messages[-1].text.startswith("The kettle boils")
    await bot.advance(MINUTE)
    assert bot.channel("general").messages[-1].text.startswith("The kettle sings")
    await bot.advance(timedelta(days=1))
    assert len([m for m in bot.channel("general").messages if "sings" in m.text]) == 2


# endregion


@pytest.mark.sandbox_clock(NOON)
@pytest.mark.bot_features(bring=[kettle.Feature])
async def test_a_clock_that_stands_still_is_exact(bot: BotOnSandbox):
    """Both sides are at the moment that the mark names: what people see is known to the microsecond."""
    await bot.member("alice").slash("kettle on", minutes=10)
    assert await bot.advance_to_next_timer() == NOON + 10 * MINUTE
    said = bot.channel("general").messages[-1]
    assert said.text == f"The kettle sings at <t:{int((NOON + 10 * MINUTE).timestamp())}:T>"
    assert said.state.timestamp == bot.clock.now() == bot.sandbox.time.now() == NOON + 10 * MINUTE
    assert made_at(said.id) == NOON + 10 * MINUTE


@pytest.mark.sandbox_clock(NOON)
@pytest.mark.bot_features(bring=[kettle.Feature])
async def test_the_next_timer_is_the_one_that_is_still_set(bot: BotOnSandbox):
    """One that was cancelled is no next timer; without any there is a sentence."""
    alice = bot.member("alice")
    assert await bot.sandbox.time.next_timer() is None
    await alice.slash("kettle on", minutes=5)
    await alice.slash("kettle on", minutes=60)
    await alice.slash("kettle off", minutes=5)
    assert await bot.sandbox.time.next_timer() == NOON + 60 * MINUTE
    await bot.advance_to_next_timer()
    with pytest.raises(ClockCannotMove, match="No timer is pending"):
        await bot.advance_to_next_timer()


@pytest.mark.sandbox_clock(NOON)
async def test_a_sandbox_that_is_empty_again_has_its_first_time_again(sandbox: Sandbox):
    """Without another clock it is the machine's time, and new ids are of that time."""
    sandbox.time.clock.advance(timedelta(days=400))
    sandbox.member("alice").say("later")
    await sandbox.reset()
    said = sandbox.member("alice").say("now")
    assert sandbox.time.clock.runs
    assert abs(made_at(said.id) - datetime.now(UTC)) < MINUTE


async def test_a_sandbox_goes_back_to_the_clock_that_it_was_made_with():
    """That one is the caller's, who may have moved it."""
    clock = SandboxClock(NOON)
    async with Sandbox(clock=clock) as sandbox:
        await sandbox.time.advance(MINUTE)
        await sandbox.reset(clock=SandboxClock(NOON + MINUTE))
        await sandbox.reset()
        assert sandbox.time.clock is clock
        assert sandbox.time.now() == NOON + MINUTE


async def test_a_bot_with_a_clock_of_its_own_is_not_moved(sandbox: Sandbox, tmp_path: Path):
    """A sentence says so; nothing waits for its timers."""
    async with BotOnSandbox(sandbox, tmp_path, features=[kettle.Feature], clock=bc.ManualClock()) as bot:
        with pytest.raises(RuntimeError, match="a clock of its own"):
            await bot.advance(MINUTE)
        await bot.member("alice").slash("kettle on", minutes=0)
        assert await sandbox.time.next_timer() is None
        await sandbox.time.advance(MINUTE)


@pytest.mark.bot_features(bring=[kettle.Feature])
async def test_nobody_waits_for_a_bot_that_is_gone(bot: BotOnSandbox):
    """Moving the clock then is moving the clock."""
    await bot.member("alice").slash("kettle on", minutes=10)
    await bot.stop()
    await bot.sandbox.time.advance(timedelta(hours=1))
    assert await bot.sandbox.time.next_timer() is None
    await bot.start()
    await bot.advance(timedelta(0))
    assert "sings" in bot.channel("general").messages[-1].text


@pytest.mark.sandbox_clock(NOON)
@pytest.mark.bot_features("polls")
async def test_tokens_end_by_the_moved_clock(bot: BotOnSandbox):
    """Fifteen minutes after an interaction its answer cannot be edited any more; what follows is another one."""
    alice = bot.member("alice")
    reply = await alice.slash("poll create", question="Lunch?", options="pizza; soup")
    await bot.advance(timedelta(minutes=15))
    assert reply.interaction.expired(bot.sandbox.time.now())
    voted = await alice.click(reply, "pizza")
    assert "pizza" in voted.text


async def test_a_timeout_of_a_member_ends_by_the_moved_clock(sandbox: Sandbox):
    """They may write again as soon as the clock says so."""
    alice = sandbox.member("alice")
    member = sandbox.guild.state.members[alice.id]
    member.timed_out_until = sandbox.time.now() + 10 * MINUTE
    with pytest.raises(NotAllowed):
        alice.say("hello")
    await sandbox.time.advance(10 * MINUTE)
    alice.say("hello")
