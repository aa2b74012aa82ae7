"""The public message follows the votes, in few edits, and loses none of them."""

import asyncio
from datetime import timedelta
from typing import Any

import botcore as bc
from botcore.db import Database
from botcore_polls.services.live import EDIT_INTERVAL, UNKNOWN_MESSAGE
from botcore_polls.services.values import Poll
from fakes.messenger import FakeMessenger
from polls import ALICE, BOB, CHANNEL, GUILD, MESSAGE, Bot


def shown(edit: tuple[int, int, dict[str, Any]]) -> str:
    """The numbers that an edit shows."""
    [embed] = edit[2]["embeds"]
    return " ".join(field["value"].rpartition("· ")[2] for field in embed["fields"])


async def pass_time(bot: Bot, seconds: float = EDIT_INTERVAL) -> None:
    """Let the pause between two edits be over."""
    await bot.clock.until_asleep()
    bot.clock.advance(timedelta(seconds=seconds))


async def test_the_first_vote_shows_at_once(bot: Bot) -> None:
    """In the poll's own message."""
    poll = await bot.ask(channel=CHANNEL)
    await bot.press(poll, ALICE, 1)
    await bot.messenger.until_edits(1)
    [edit] = bot.messenger.edits
    assert edit[:2] == (CHANNEL, MESSAGE)
    assert shown(edit) == "0 1 0"


async def test_a_hundred_votes_are_few_edits_and_the_last_shows_them_all(bot: Bot) -> None:
    """One at once, and one at the end of the pause for all that came meanwhile."""
    poll = await bot.ask()
    await asyncio.gather(*(bot.press(poll, member, 1) for member in range(1, 101)))
    await pass_time(bot)
    await bot.messenger.until(lambda: shown(bot.messenger.edits[-1]) == "0 100 0")
    assert len(bot.messenger.edits) <= 3


async def test_votes_while_an_edit_is_on_its_way_are_in_the_next(bot: Bot) -> None:
    """The edit that is late does not keep them from being shown."""
    poll = await bot.ask()
    bot.messenger.gate.clear()
    await bot.press(poll, ALICE, 0)
    await bot.messenger.until_edits(1)
    await bot.press(poll, BOB, 0)
    bot.messenger.gate.set()
    await pass_time(bot)
    await bot.messenger.until_edits(2)
    assert [shown(edit) for edit in bot.messenger.edits] == ["1 0 0", "2 0 0"]


async def test_no_edit_without_a_change(bot: Bot) -> None:
    """Choosing the same again draws nothing."""
    poll = await bot.ask()
    await bot.press(poll, ALICE, 0)
    await bot.press(poll, ALICE, 1)
    await bot.live.stop()
    before = len(bot.messenger.edits)
    await bot.live.start()
    assert await bot.live.repair() == 0
    await bot.live.stop()
    assert len(bot.messenger.edits) == before


async def test_the_polls_do_not_wait_for_one_another(bot: Bot) -> None:
    """One that pauses holds up no other."""
    for _ in range(3):
        await bot.press(await bot.ask(), ALICE, 0)
    await bot.messenger.until_edits(3)


async def test_a_stop_makes_the_edit_that_is_waiting(bot: Bot) -> None:
    """Without waiting for the pause."""
    poll = await bot.ask()
    await bot.press(poll, ALICE, 0)
    await bot.messenger.until_edits(1)
    await bot.press(poll, BOB, 2)
    await bot.live.stop()
    assert [shown(edit) for edit in bot.messenger.edits] == ["1 0 0", "1 0 1"]


async def test_closing_shows_the_result_without_buttons(bot: Bot) -> None:
    """Under the question stands who won."""
    poll = await bot.ask()
    await bot.press(poll, ALICE, 1)
    await bot.polls.close(poll.id, ALICE, administrator=False)
    await bot.live.stop()
    last = bot.messenger.edits[-1][2]
    assert last["components"] == []
    assert "**soup** wins (1 vote)" in last["embeds"][0]["description"]


async def test_what_a_killed_bot_did_not_show_the_next_one_draws(database: Database, bot: Bot) -> None:
    """The row says that the message is behind; a message that nobody knows cannot be drawn."""
    bot.messenger.gate.clear()
    poll, unknown = await bot.ask(), await bot.ask(posted=False)
    await bot.press(poll, ALICE, 1)
    await bot.press(unknown, ALICE, 1)
    await bot.messenger.until_edits(1)  # on its way, and never answered

    after = Bot(database, FakeMessenger())
    assert await after.live.repair() == 1
    await after.live.stop()
    assert [shown(edit) for edit in after.messenger.edits] == ["0 1 0"]
    assert await after.live.repair() == 0
    bot.messenger.gate.set()


async def test_an_edit_that_failed_for_now_is_tried_again(bot: Bot) -> None:
    """After a pause that grows, with the state of that moment."""
    bot.messenger.answers.extend([bc.Refused(0, transient=True), bc.Refused(500, transient=True)])
    poll = await bot.ask()
    await bot.press(poll, ALICE, 0)
    await bot.messenger.until_edits(1)
    await bot.press(poll, BOB, 0)
    await pass_time(bot, EDIT_INTERVAL * 2)
    await bot.messenger.until_edits(2)
    await pass_time(bot, EDIT_INTERVAL * 4)
    await bot.messenger.until_edits(3)
    assert [shown(edit) for edit in bot.messenger.edits] == ["1 0 0", "2 0 0", "2 0 0"]
    await bot.live.stop()
    assert await bot.live.repair() == 0


async def test_a_stop_tries_once_more_and_leaves_the_rest_to_the_next_start(bot: Bot) -> None:
    """A Discord that takes nothing does not hold up the stop, and the row still says that the message is behind."""
    bot.messenger.answers.extend([bc.Refused(0, transient=True)] * 9)
    poll = await bot.ask()
    await bot.press(poll, ALICE, 0)
    await bot.messenger.until_edits(1)
    await bot.clock.until_asleep()
    await bot.live.stop()
    assert len(bot.messenger.edits) == 2
    await bot.live.start()
    bot.messenger.answers.clear()
    assert await bot.live.repair() == 1
    await bot.messenger.until_edits(3)


async def test_a_message_that_was_deleted_is_left_alone(bot: Bot) -> None:
    """The poll lives on, and nothing is tried again."""
    bot.messenger.answers.append(bc.Refused(UNKNOWN_MESSAGE, transient=False))
    poll = await bot.ask()
    await bot.press(poll, ALICE, 0)
    await bot.messenger.until_edits(1)
    await bot.clock.until_asleep()
    await bot.press(poll, BOB, 0)
    await bot.live.stop()
    assert len(bot.messenger.edits) == 1
    found = await bot.polls.find(GUILD, poll.id)
    assert found is not None
    assert found.message_id is None
    assert await bot.counts(poll) == (2, 0, 0)


async def test_a_channel_that_the_bot_may_not_write_in_is_tried_at_the_next_vote(bot: Bot) -> None:
    """Not before: Discord counts refused requests."""
    bot.messenger.answers.append(bc.Refused(50013, transient=False))
    poll = await bot.ask()
    await bot.press(poll, ALICE, 0)
    await bot.messenger.until_edits(1)
    await pass_time(bot)
    assert await bot.live.repair() == 0
    await bot.press(poll, BOB, 0)
    await bot.messenger.until_edits(2)
    assert shown(bot.messenger.edits[-1]) == "2 0 0"


async def test_a_slower_process_that_drew_over_a_newer_state_draws_again(database: Database, bot: Bot) -> None:
    """It notices by the revision, which rose while its edit was on its way."""
    poll = await bot.ask()
    bot.messenger.gate.clear()
    await bot.press(poll, ALICE, 0)
    await bot.messenger.until_edits(1)

    other = Bot(database, FakeMessenger(), clicks=100)
    await other.press(poll, BOB, 0)
    await other.live.stop()
    assert [shown(edit) for edit in other.messenger.edits] == ["2 0 0"]

    bot.messenger.gate.set()
    await pass_time(bot)
    await bot.messenger.until_edits(2)
    assert [shown(edit) for edit in bot.messenger.edits] == ["1 0 0", "2 0 0"]


async def test_a_vote_before_the_message_is_noted_shows_once_it_is(bot: Bot) -> None:
    """The note comes after the answer, and members are fast."""
    poll = await bot.ask(posted=False)
    await bot.press(poll, ALICE, 0)
    await bot.live.stop()
    await bot.live.start()
    assert bot.messenger.edits == []
    await bot.polls.posted(poll.id, MESSAGE)
    await bot.messenger.until_edits(1)
    assert shown(bot.messenger.edits[0]) == "1 0 0"


async def test_a_message_keeps_the_language_of_its_poll(bot: Bot) -> None:
    """Whoever votes, and wherever the vote was taken."""
    poll: Poll = await bot.ask(locale="xx")
    with bc.using_locale("de"):
        await bot.press(poll, ALICE, 0)
    await bot.messenger.until_edits(1)
    found = await bot.polls.find(GUILD, poll.id)
    assert found is not None
    assert found.locale == "xx"
