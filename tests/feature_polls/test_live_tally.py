"""The public message follows the votes, in few edits, and loses none of them."""

import asyncio
from datetime import timedelta
from typing import Any

import botcore as bc
from botcore.db import Database
from botcore_polls.services.live import EDIT_INTERVAL, UNKNOWN_MESSAGE
from botcore_polls.services.values import Poll
from botcore_sandbox import FakeMessenger
from polls import ALICE, BOB, CHANNEL, GUILD, MESSAGE, Services


def shown(edit: tuple[int, int, dict[str, Any]]) -> str:
    """The numbers that an edit shows."""
    [embed] = edit[2]["embeds"]
    return " ".join(field["value"].rpartition("· ")[2] for field in embed["fields"])


async def pass_time(services: Services, seconds: float = EDIT_INTERVAL) -> None:
    """Let the pause between two edits be over."""
    await services.clock.until_asleep()
    services.clock.advance(timedelta(seconds=seconds))


async def test_the_first_vote_shows_at_once(services: Services) -> None:
    """In the poll's own message."""
    poll = await services.ask(channel=CHANNEL)
    await services.press(poll, ALICE, 1)
    await services.messenger.until_edits(1)
    [edit] = services.messenger.edits
    assert edit[:2] == (CHANNEL, MESSAGE)
    assert shown(edit) == "0 1 0"


async def test_a_hundred_votes_are_few_edits_and_the_last_shows_them_all(services: Services) -> None:
    """One at once, and one at the end of the pause for all that came meanwhile."""
    poll = await services.ask()
    await asyncio.gather(*(services.press(poll, member, 1) for member in range(1, 101)))
    await pass_time(services)
    await services.messenger.until(lambda: shown(services.messenger.edits[-1]) == "0 100 0")
    assert len(services.messenger.edits) <= 3


async def test_votes_while_an_edit_is_on_its_way_are_in_the_next(services: Services) -> None:
    """The edit that is late does not keep them from being shown."""
    poll = await services.ask()
    services.messenger.gate.clear()
    await services.press(poll, ALICE, 0)
    await services.messenger.until_edits(1)
    await services.press(poll, BOB, 0)
    services.messenger.gate.set()
    await pass_time(services)
    await services.messenger.until_edits(2)
    assert [shown(edit) for edit in services.messenger.edits] == ["1 0 0", "2 0 0"]


async def test_no_edit_without_a_change(services: Services) -> None:
    """Choosing the same again draws nothing."""
    poll = await services.ask()
    await services.press(poll, ALICE, 0)
    await services.press(poll, ALICE, 1)
    await services.live.stop()
    before = len(services.messenger.edits)
    await services.live.start()
    assert await services.live.repair() == 0
    await services.live.stop()
    assert len(services.messenger.edits) == before


async def test_the_polls_do_not_wait_for_one_another(services: Services) -> None:
    """One that pauses holds up no other."""
    for _ in range(3):
        await services.press(await services.ask(), ALICE, 0)
    await services.messenger.until_edits(3)


async def test_a_stop_makes_the_edit_that_is_waiting(services: Services) -> None:
    """Without waiting for the pause."""
    poll = await services.ask()
    await services.press(poll, ALICE, 0)
    await services.messenger.until_edits(1)
    await services.press(poll, BOB, 2)
    await services.live.stop()
    assert [shown(edit) for edit in services.messenger.edits] == ["1 0 0", "1 0 1"]


async def test_closing_shows_the_result_without_buttons(services: Services) -> None:
    """Under the question stands who won."""
    poll = await services.ask()
    await services.press(poll, ALICE, 1)
    await services.polls.close(poll.id, ALICE, administrator=False)
    await services.live.stop()
    last = services.messenger.edits[-1][2]
    assert last["components"] == []
    assert "**soup** wins (1 vote)" in last["embeds"][0]["description"]


async def test_what_a_killed_bot_did_not_show_the_next_one_draws(database: Database, services: Services) -> None:
    """The row says that the message is behind; a message that nobody knows cannot be drawn."""
    services.messenger.gate.clear()
    poll, unknown = await services.ask(), await services.ask(posted=False)
    await services.press(poll, ALICE, 1)
    await services.press(unknown, ALICE, 1)
    await services.messenger.until_edits(1)  # on its way, and never answered

    after = Services(database, FakeMessenger())
    assert await after.live.repair() == 1
    await after.live.stop()
    assert [shown(edit) for edit in after.messenger.edits] == ["0 1 0"]
    assert await after.live.repair() == 0
    services.messenger.gate.set()


async def test_an_edit_that_failed_for_now_is_tried_again(services: Services) -> None:
    """After a pause that grows, with the state of that moment."""
    services.messenger.answers.extend([bc.Refused(0, transient=True), bc.Refused(500, transient=True)])
    poll = await services.ask()
    await services.press(poll, ALICE, 0)
    await services.messenger.until_edits(1)
    await services.press(poll, BOB, 0)
    await pass_time(services, EDIT_INTERVAL * 2)
    await services.messenger.until_edits(2)
    await pass_time(services, EDIT_INTERVAL * 4)
    await services.messenger.until_edits(3)
    assert [shown(edit) for edit in services.messenger.edits] == ["1 0 0", "2 0 0", "2 0 0"]
    await services.live.stop()
    assert await services.live.repair() == 0


async def test_a_stop_tries_once_more_and_leaves_the_rest_to_the_next_start(services: Services) -> None:
    """A Discord that takes nothing does not hold up the stop, and the row still says that the message is behind."""
    services.messenger.answers.extend([bc.Refused(0, transient=True)] * 9)
    poll = await services.ask()
    await services.press(poll, ALICE, 0)
    await services.messenger.until_edits(1)
    await services.clock.until_asleep()
    await services.live.stop()
    assert len(services.messenger.edits) == 2
    await services.live.start()
    services.messenger.answers.clear()
    assert await services.live.repair() == 1
    await services.messenger.until_edits(3)


async def test_a_message_that_was_deleted_is_left_alone(services: Services) -> None:
    """The poll lives on, and nothing is tried again."""
    services.messenger.answers.append(bc.Refused(UNKNOWN_MESSAGE, transient=False))
    poll = await services.ask()
    await services.press(poll, ALICE, 0)
    await services.messenger.until_edits(1)
    await services.clock.until_asleep()
    await services.press(poll, BOB, 0)
    await services.live.stop()
    assert len(services.messenger.edits) == 1
    found = await services.polls.find(GUILD, poll.id)
    assert found is not None
    assert found.message_id is None
    assert await services.counts(poll) == (2, 0, 0)


async def test_a_channel_that_the_bot_may_not_write_in_is_tried_at_the_next_vote(services: Services) -> None:
    """Not before: Discord counts refused requests."""
    services.messenger.answers.append(bc.Refused(50013, transient=False))
    poll = await services.ask()
    await services.press(poll, ALICE, 0)
    await services.messenger.until_edits(1)
    await pass_time(services)
    assert await services.live.repair() == 0
    await services.press(poll, BOB, 0)
    await services.messenger.until_edits(2)
    assert shown(services.messenger.edits[-1]) == "2 0 0"


async def test_a_slower_process_that_drew_over_a_newer_state_draws_again(
    database: Database, services: Services
) -> None:
    """It notices by the revision, which rose while its edit was on its way."""
    poll = await services.ask()
    services.messenger.gate.clear()
    await services.press(poll, ALICE, 0)
    await services.messenger.until_edits(1)

    other = Services(database, FakeMessenger(), clicks=100)
    await other.press(poll, BOB, 0)
    await other.live.stop()
    assert [shown(edit) for edit in other.messenger.edits] == ["2 0 0"]

    services.messenger.gate.set()
    await pass_time(services)
    await services.messenger.until_edits(2)
    assert [shown(edit) for edit in services.messenger.edits] == ["1 0 0", "2 0 0"]


async def test_a_vote_before_the_message_is_noted_shows_once_it_is(services: Services) -> None:
    """The note comes after the answer, and members are fast."""
    poll = await services.ask(posted=False)
    await services.press(poll, ALICE, 0)
    await services.live.stop()
    await services.live.start()
    assert services.messenger.edits == []
    await services.polls.posted(poll.id, MESSAGE)
    await services.messenger.until_edits(1)
    assert shown(services.messenger.edits[0]) == "1 0 0"


async def test_a_message_keeps_the_language_of_its_poll(services: Services) -> None:
    """Whoever votes, and wherever the vote was taken."""
    poll: Poll = await services.ask(locale="xx")
    with bc.using_locale("de"):
        await services.press(poll, ALICE, 0)
    await services.messenger.until_edits(1)
    found = await services.polls.find(GUILD, poll.id)
    assert found is not None
    assert found.locale == "xx"
