"""Polls outlive the process that made them, however it ends."""

from botcore_sandbox import Sandbox
from e2e_types import StartBot

TRAILING_EDIT_SECONDS = 10.0


async def test_votes_and_buttons_survive_kill_9(sandbox: Sandbox, start_bot: StartBot):
    """The old button works on the new process, and the public message shows the votes of both."""
    first = await start_bot("polls")
    alice, bob = sandbox.member("alice"), sandbox.member("bob")
    poll = await alice.slash("poll create", question="Lunch?", options="pizza; soup")
    assert "Your vote: **pizza**" in (await alice.click(poll, "pizza")).text
    await first.kill()

    await start_bot("polls")
    assert "Your vote: **pizza**" in (await bob.click(poll, "pizza")).text
    await poll.until(lambda reply: "2 members voted" in reply.text, timeout=TRAILING_EDIT_SECONDS)
    assert "no longer **pizza**" in (await alice.click(poll, "soup")).text
    await poll.until(lambda reply: reply.text.count("50 % · 1") == 2, timeout=TRAILING_EDIT_SECONDS)


async def test_votes_that_a_killed_bot_did_not_show_are_shown_by_the_next(sandbox: Sandbox, start_bot: StartBot):
    """Without anybody clicking again."""
    first = await start_bot("polls")
    voters = [sandbox.member(f"member{number}") for number in range(5)]
    poll = await voters[0].slash("poll create", question="Lunch?", options="pizza; soup")
    for voter in voters:
        await voter.click(poll, "soup")
    await first.kill()  # within the two seconds between two edits

    await start_bot("polls")
    await poll.until(lambda reply: "5 members voted" in reply.text, timeout=TRAILING_EDIT_SECONDS)


async def test_a_clean_stop_shows_the_last_votes(sandbox: Sandbox, start_bot: StartBot):
    """Before the connection goes."""
    bot = await start_bot("polls")
    voters = [sandbox.member(f"member{number}") for number in range(5)]
    poll = await voters[0].slash("poll create", question="Lunch?", options="pizza; soup")
    for voter in voters:
        await voter.click(poll, "soup")
    assert await bot.stop() == 0
    assert "5 members voted" in poll.text
