"""Every sentence is true, and names a way out that is there."""

from datetime import UTC, datetime, timedelta

import botcore as bc
from botcore_sandbox import BotOnSandbox
from reminding import at, buttons, later, number_of, received, remind


async def test_what_was_kept_meanwhile_is_not_said_to_be_forgotten(bot: BotOnSandbox, clock: bc.ManualClock):
    """Confirm and Cancel pressed together: it is kept, it comes, and that is what the message says."""
    alice = bot.member("alice")
    preview = await alice.slash("remind me", {"what": "tea", "when": "in 1 hour"})
    cancel = next(b["custom_id"] for row in preview.components for b in row["components"] if b["label"] == "Cancel")
    await alice.click(preview, "Confirm")
    data = {"custom_id": cancel, "component_type": 2}
    answer = await alice.raw_interaction(type=3, data=data, message=alice.say("look"))
    assert "Not kept" not in answer.text
    assert "Kept." in answer.text
    await later(bot, clock, timedelta(hours=1))
    assert len(received(alice)) == 1


async def test_what_is_changed_after_it_was_kept_needs_no_confirming(bot: BotOnSandbox):
    """The form of the preview, sent after Confirm was pressed beside it."""
    alice = bot.member("alice")
    preview = await alice.slash("remind me", {"what": "tea", "when": "in 1 hour"})
    form = (await alice.click(preview, "Edit")).modal
    await alice.click(preview, "Confirm")
    changed = await alice.submit(form, what="green tea")
    assert "Kept." in changed.text
    assert "Is this right?" not in changed.text


async def test_a_draft_that_is_changed_by_command_is_still_to_be_confirmed(bot: BotOnSandbox):
    """It is not said to be kept, which it is not."""
    alice = bot.member("alice")
    await alice.slash("remind me", {"what": "tea", "when": "in 1 hour"})
    form = (await alice.slash("remind edit", reminder="1")).modal
    changed = await alice.submit(form, what="green tea")
    assert "Is this right?" in changed.text
    assert "Kept." in (await alice.click(changed, "Confirm")).text


async def test_the_buttons_of_a_preview_that_is_gone_say_so(bot: BotOnSandbox):
    """There is no option to fill in, so none is named."""
    alice = bot.member("alice")
    preview = await alice.slash("remind me", {"what": "tea", "when": "in 1 hour"})
    await alice.slash("remind cancel", reminder="1")
    for label in ("Confirm", "Edit", "Cancel"):
        refused = await alice.click(preview, label)
        assert refused.private
        assert "This reminder is no longer kept" in refused.text
        assert "/remind me makes a new one" in refused.text


async def test_what_is_resumed_too_late_can_be_given_another_time(bot: BotOnSandbox, clock: bc.ManualClock):
    """/remind resume has no `when`: the sentence names the command that has one."""
    alice = bot.member("alice")
    await remind(alice, "tea", "in 1 hour")
    number = await number_of(alice)
    await alice.slash("remind pause", reminder=number)
    await later(bot, clock, timedelta(hours=2))
    refused = await alice.slash("remind resume", reminder=number)
    assert "That is already past" in refused.text
    assert "/remind edit gives it another time" in refused.text


async def test_what_nags_is_done_with_where_only_a_notice_arrives(bot: BotOnSandbox, clock: bc.ManualClock):
    """Who takes no direct messages reads it in private, and finds the buttons there."""
    alice = bot.member("alice")
    bot.sandbox.member("alice", accepts_dms=False)
    await remind(alice, "pills", "in 1 hour", nag="30 minutes")
    await later(bot, clock, timedelta(hours=1))
    read = await alice.click(bot.channel("general").messages[-1], "Read it")
    assert "pills" in read.text
    assert buttons(read)[0] == "Done"
    done = await alice.click(read, "Done")
    assert "✅ Done." in done.text
    before = len(bot.channel("general").messages)
    await later(bot, clock, timedelta(hours=2))
    assert len(bot.channel("general").messages) == before


async def test_what_repeats_by_a_long_rule_can_be_changed(bot: BotOnSandbox, clock: bc.ManualClock):
    """The form holds every rule that can be typed, and the text alone is changed."""
    alice = bot.member("alice")
    hours, days = (",".join(map(str, numbers)) for numbers in (range(24), range(1, 31)))
    rules = (f"FREQ=DAILY;BYHOUR={hours}", f"FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9;BYMONTHDAY={days};BYHOUR={hours}")
    for number, each in enumerate(rules, 1):
        await remind(alice, "water", "tomorrow at 9", repeat=each)
        opened = await alice.slash("remind edit", reminder=str(number))
        changed = await alice.submit(opened.modal, what="more water")
        assert "Kept." in changed.text


async def test_the_history_leads_to_what_was_asked_again(bot: BotOnSandbox, clock: bc.ManualClock):
    """In the channel, where it stands."""
    alice = bot.member("alice")
    await remind(alice, "pills", "in 1 hour", where="here", nag="30 minutes")
    await later(bot, clock, timedelta(hours=1))
    await at(bot, clock, datetime(2026, 1, 1, 13, 30, tzinfo=UTC))
    message = bot.channel("general").messages[-1]
    told = await alice.slash("remind history", reminder="1")
    assert f"/{bot.sandbox.guild.state.id}/{bot.channel('general').id}/{message.id}" in told.text
