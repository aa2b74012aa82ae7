"""The sandbox's clock in bots that are processes of their own."""

import inspect
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

import kettle
from botcore_sandbox import ClockCannotMove, Sandbox, SandboxError
from e2e_types import StartBot
from fakes.distributions import SitePackages

NOON = datetime(2026, 3, 28, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def kettles(site: SitePackages) -> None:
    """The feature that these bots have."""
    site.install("kettle", inspect.getsource(kettle))


def singing(sandbox: Sandbox) -> list[str]:
    """What boiling kettles have said."""
    return [message.text for message in sandbox.channel("general").messages if "sings" in message.text]


async def test_timers_of_a_process_follow_the_sandbox_s_clock(sandbox: Sandbox, start_bot: StartBot):
    """A move fires what became due and nothing else, and returns when that is done."""
    await start_bot("kettle")
    alice = sandbox.member("alice")
    await alice.slash("kettle on", minutes=10)
    await alice.slash("kettle on", minutes=90)
    await sandbox.time.advance(5 * MINUTE)
    assert singing(sandbox) == []
    await sandbox.time.advance(5 * MINUTE)
    assert len(singing(sandbox)) == 1
    await sandbox.time.advance(timedelta(days=30))
    assert len(singing(sandbox)) == 2


@pytest.mark.sandbox_clock(NOON)
async def test_a_process_stands_still_with_the_sandbox(sandbox: Sandbox, start_bot: StartBot):
    """The bot's own `now` is the sandbox's, from its first moment on and after each move."""
    await sandbox.time.advance(MINUTE)
    await start_bot("kettle")
    alice = sandbox.member("alice")
    reply = await alice.slash("kettle on", minutes=10)
    due_at = NOON + 11 * MINUTE
    assert reply.text == f"The kettle boils <t:{int(due_at.timestamp())}:R>"
    assert await sandbox.time.next_timer() == due_at
    assert await sandbox.time.advance_to_next_timer() == due_at
    assert singing(sandbox) == [f"The kettle sings at <t:{int(due_at.timestamp())}:T>"]
    assert await sandbox.time.next_timer() is None
    with pytest.raises(ClockCannotMove, match="No timer is pending"):
        await sandbox.time.advance_to_next_timer()


async def test_what_was_missed_fires_at_the_next_start(sandbox: Sandbox, start_bot: StartBot):
    """A bot that starts after a move has the moved time before anything of it runs."""
    bot = await start_bot("kettle")
    await sandbox.member("alice").slash("kettle on", minutes=60)
    await bot.kill()
    await sandbox.time.advance(timedelta(hours=2))
    assert await sandbox.time.next_timer() is None
    assert singing(sandbox) == []
    await bot.start()
    await sandbox.channel("general").until_message(lambda message: "sings" in message.text)


async def test_a_clock_of_elsewhere_is_refused(start_bot: StartBot):
    """The start ends with 2 and one sentence."""
    with pytest.raises(SandboxError, match="ended with 2") as caught:
        await start_bot("kettle", SANDBOX_CLOCK_URL="http://clock.example/sandbox/clock")
    assert "names a sandbox on this machine" in str(caught.value)
    assert "Traceback" not in str(caught.value)


async def test_a_bot_whose_clock_is_not_there_runs_on(sandbox: Sandbox, start_bot: StartBot):
    """By the machine's time, as it does when the sandbox goes away."""
    bot = await start_bot("kettle", SANDBOX_CLOCK_URL="http://127.0.0.1:9/sandbox/clock")
    assert "does not answer" in bot.log
    await sandbox.member("alice").slash("kettle on", minutes=0)
    await sandbox.channel("general").until_message(lambda message: "sings" in message.text)


async def test_programs_move_the_clock_over_http(sandbox: Sandbox, start_bot: StartBot):
    """The answer comes when the timers are done, and says when the next one is due."""
    await start_bot("kettle")
    alice = sandbox.member("alice")
    await alice.slash("kettle on", minutes=10)
    await alice.slash("kettle on", minutes=30)
    async with aiohttp.ClientSession() as session:
        async with session.post(sandbox.clock_url, json={"forward": 600}) as answer:
            shown = await answer.json()
        assert (answer.status, len(singing(sandbox))) == (200, 1)
        until = datetime.fromisoformat(shown["next_timer"]) - datetime.fromisoformat(shown["now"])
        assert timedelta(0) < until <= 20 * MINUTE
        assert (shown["moved"], shown["at"]) == (600, None)
        for body in ("", "[]", '{"forward": "1"}', '{"forward": true}', '{"forward": -1}', '{"forward": 1e300}'):
            async with session.post(sandbox.clock_url, data=body) as answer:
                assert (answer.status, "clock" in (await answer.json())["message"]) == (400, True)
        async with session.get(sandbox.clock_url) as answer:
            assert (await answer.json())["moved"] == 600
