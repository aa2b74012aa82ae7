"""What somebody has, what became of it, and changing it: for its owner and nobody else."""

from datetime import UTC, datetime, timedelta

import botcore as bc
from botcore_sandbox import BotOnSandbox, Permissions
from reminding import at, buttons, later, number_of, received, remind


async def test_a_list_says_what_when_and_how(bot: BotOnSandbox):
    """What comes next stands first."""
    alice = bot.member("alice")
    await remind(alice, "bins", "tomorrow at 9", repeat="every week")
    await remind(alice, "tea", "in 10 minutes")
    shown = await alice.slash("remind list")
    assert shown.private
    assert shown.text.index("tea") < shown.text.index("bins")
    assert f"<t:{int(datetime(2026, 1, 2, 9, tzinfo=UTC).timestamp())}:f>" in shown.text
    assert "every Friday at 09:00" in shown.text
    assert "2 reminders" in shown.text


async def test_a_long_list_has_pages(bot: BotOnSandbox):
    """The buttons turn it, in the same private message."""
    alice = bot.member("alice")
    for number in range(11):
        await remind(alice, f"number {number}", f"in {number + 1} hours")
    shown = await alice.slash("remind list")
    assert "number 0" in shown.text
    assert "number 8" not in shown.text
    assert "11 reminders · Page 1 of 2" in shown.text
    turned = await alice.click(shown, "Next")
    assert turned.updated
    assert "number 8" in turned.text
    assert "Page 2 of 2" in turned.text


async def test_a_reminder_is_found_by_any_part_of_its_text(bot: BotOnSandbox):
    """In the list that follows what is typed; nobody else's are in it."""
    alice, bob = bot.member("alice"), bot.member("bob")
    await remind(alice, "Water the Plants", "tomorrow")
    await remind(alice, "tea", "in 10 minutes")
    [found] = await alice.autocomplete("remind show", reminder="plants", focused="reminder")
    assert found[0] == "2026-01-02 09:00 Water the Plants"
    assert await bob.autocomplete("remind show", reminder="", focused="reminder") == []


async def test_show_says_everything(bot: BotOnSandbox):
    """The next three times, where it goes and what becomes of it in the bot's absence."""
    alice = bot.member("alice")
    await remind(alice, "bins", "tomorrow at 9", repeat="every week", late="summarise", nag="1 hour")
    shown = await alice.slash("remind show", reminder=await number_of(alice))
    assert "every Friday at 09:00" in shown.text
    assert "The next 3 times" in shown.text
    assert "in one message with what else was missed" in shown.text
    assert "Asks again every 1 hour" in shown.text


async def test_editing_opens_what_there_is_and_keeps_what_was_not_touched(bot: BotOnSandbox, clock: bc.ManualClock):
    """The text alone, or the time; it fires at the new one and not at the old."""
    alice = bot.member("alice")
    await remind(alice, "tea", "in 1 hour")
    form = (await alice.slash("remind edit", reminder=await number_of(alice))).modal
    kept = await alice.submit(form, what="green tea")
    assert kept.private
    assert "Thursday 1 January 2026, 13:00 (UTC), in 1 hour" in kept.text
    form = (await alice.slash("remind edit", reminder=await number_of(alice))).modal
    await alice.submit(form, when="in 2 hours")
    await later(bot, clock, timedelta(hours=1))
    assert received(alice) == []
    await later(bot, clock, timedelta(hours=1))
    assert [each.content for each in received(alice)] == ["⏰ green tea"]


async def test_cancelling_gives_the_text_back(bot: BotOnSandbox, clock: bc.ManualClock):
    """And nothing comes any more."""
    alice = bot.member("alice")
    await remind(alice, "a long thought", "in 1 hour")
    gone = await alice.slash("remind cancel", reminder=await number_of(alice, command="remind cancel"))
    assert "Removed." in gone.text
    assert "a long thought" in gone.text
    await later(bot, clock, timedelta(hours=1))
    assert received(alice) == []


async def test_pausing_and_resuming(bot: BotOnSandbox, clock: bc.ManualClock):
    """A paused one is silent and says so; resumed it goes on with its next time, without what was left out."""
    alice = bot.member("alice")
    await remind(alice, "stand-up", "tomorrow at 9", repeat="every day")
    number = await number_of(alice)
    paused = await alice.slash("remind pause", reminder=number)
    assert "Paused." in paused.text
    assert "paused" in (await alice.slash("remind list")).text
    await at(bot, clock, datetime(2026, 1, 3, 12, tzinfo=UTC))
    assert received(alice) == []
    resumed = await alice.slash("remind resume", reminder=number)
    assert "Sunday 4 January 2026, 09:00 (UTC)" in resumed.text
    await at(bot, clock, datetime(2026, 1, 4, 9, tzinfo=UTC))
    assert len(received(alice)) == 1
    again = await alice.slash("remind resume", reminder=number)
    assert "Only a reminder that is paused or could not be delivered can be resumed." in again.text


async def test_a_paused_one_whose_only_time_is_over_asks_for_another(bot: BotOnSandbox, clock: bc.ManualClock):
    """It neither fires by surprise nor disappears."""
    alice = bot.member("alice")
    await remind(alice, "tea", "in 1 hour")
    number = await number_of(alice)
    await alice.slash("remind pause", reminder=number)
    await later(bot, clock, timedelta(hours=2))
    refused = await alice.slash("remind resume", reminder=number)
    assert "That is already past" in refused.text
    assert "tea" in (await alice.slash("remind list")).text


async def test_only_the_owner_sees_and_changes_it(bot: BotOnSandbox, clock: bc.ManualClock):
    """An administrator included; its number is the same as none at all."""
    alice, admin = bot.member("alice"), bot.member("ada", administrator=True)
    await remind(alice, "my secret", "in 1 hour")
    number = await number_of(alice)
    for command in ("show", "edit", "history", "pause", "resume", "cancel"):
        own = await admin.slash(f"remind {command}", reminder=number)
        assert own.private
        assert "There is no such reminder of yours." in own.text
        nobodys = await admin.slash(f"remind {command}", reminder="9999")
        assert "There is no such reminder of yours." in nobodys.text
    await later(bot, clock, timedelta(hours=1))
    assert len(received(alice)) == 1


async def test_who_looks_after_a_channel_cancels_what_goes_to_everybody_in_it(bot: BotOnSandbox, clock: bc.ManualClock):
    """With Manage Messages there; what members keep for themselves stays theirs."""
    guild = bot.sandbox.guild
    guild.add_role("keepers", Permissions.MANAGE_MESSAGES)
    alice, bob, keeper = bot.member("alice"), bot.member("bob"), bot.member("kim", roles=("keepers",))
    general = bot.channel("general")
    preview = await alice.slash("remind channel", {"channel": general, "what": "noise", "when": "in 1 hour"})
    await alice.click(preview, "Confirm")
    await remind(alice, "mine", "in 1 hour", where="here")
    assert await bob.autocomplete("remind cancel", reminder="", focused="reminder") == []
    [offered] = await keeper.autocomplete("remind cancel", reminder="", focused="reminder")
    assert "noise" in offered[0]
    assert "There is no such reminder" in (await bob.slash("remind cancel", reminder=offered[1])).text
    gone = await keeper.slash("remind cancel", reminder=offered[1])
    assert "Removed." in gone.text
    await later(bot, clock, timedelta(hours=1))
    assert [message.content for message in general.messages] == [f"⏰ {alice.mention} mine"]


async def test_history_answers_why_didnt_i_get_it(bot: BotOnSandbox, clock: bc.ManualClock):
    """Every attempt: when, which way, what Discord said and by which code, and what was done about it."""
    alice = bot.member("alice")
    bot.sandbox.member("alice", accepts_dms=False)
    await remind(alice, "my secret", "in 1 hour")
    number = await number_of(alice)
    nothing = await alice.slash("remind history", reminder=number)
    assert "It has not been due yet." in nothing.text
    await later(bot, clock, timedelta(hours=1))
    notice = bot.channel("general").messages[-1]
    assert alice.mention in notice.content
    assert "secret" not in notice.text
    story = await alice.slash("remind history", reminder=number)
    assert story.private
    assert "direct message · Discord does not let the bot write to this person" in story.text
    assert "Discord's code: 50007" in story.text
    assert "Another way was tried." in story.text
    assert "a notice in the channel · Delivered." in story.text
    read = await alice.click(notice, "Read it")
    assert read.private
    assert read.content == "⏰ my secret"
    other = await bot.member("bob").click(notice, "Read it")
    assert "secret" not in other.text


async def test_what_cannot_be_delivered_is_parked_and_shown(bot: BotOnSandbox, clock: bc.ManualClock):
    """First in the list, with the reason; one command delivers it once the way is free."""
    alice = bot.member("alice")
    bot.sandbox.member("alice", accepts_dms=False)
    preview = await alice.slash("remind me", what="tea", when="in 1 hour", dm=True)
    await alice.click(preview, "Confirm")
    await later(bot, clock, timedelta(hours=1))
    shown = await alice.slash("remind list")
    assert "⚠️" in shown.text
    assert "they take no direct messages, or have blocked it" in shown.text
    bot.sandbox.member("alice", accepts_dms=True)
    tried = await alice.slash("remind resume", reminder=await number_of(alice, command="remind resume"))
    assert "I try again now" in tried.text
    await bot.core.parts.timers.until_idle()
    assert any(message.content == "⏰ tea" for message in received(alice))
    assert "You have no reminders." in (await alice.slash("remind list")).text


async def test_settings_say_what_holds(bot: BotOnSandbox):
    """And take quiet hours as people write them; what cannot be read is told."""
    alice = bot.member("alice")
    assert "I do not ask again from 22:00 to 07:00." in (await alice.slash("remind settings")).text
    changed = await alice.slash("remind settings", quiet_hours="23 - 8:30")
    assert "I do not ask again from 23:00 to 08:30." in changed.text
    none = await alice.slash("remind settings", quiet_hours="none")
    assert "I ask again at any time of the day and night." in none.text
    refused = await alice.slash("remind settings", quiet_hours="whenever")
    assert "Write from when until when, such as 22:00-7:00" in refused.text
    assert buttons(refused) == []


async def test_a_long_history_has_pages(bot: BotOnSandbox, clock: bc.ManualClock) -> None:
    """The newest attempts first; the buttons turn it, for its owner alone."""
    alice = bot.member("alice")
    await remind(alice, "stand-up", "tomorrow at 9", repeat="every day")
    for day in range(2, 10):
        await at(bot, clock, datetime(2026, 1, day, 9, tzinfo=UTC))
    story = await alice.slash("remind history", reminder=await number_of(alice))
    assert "Friday 9 January 2026, 09:00 (UTC) · attempt 1" in story.text
    assert "Next:" in story.text
    assert "Page 1 of 2" in story.text
    earlier = await alice.click(story, "Next")
    assert earlier.updated
    assert "Friday 2 January 2026, 09:00 (UTC) · attempt 1" in earlier.text
    assert "Page 2 of 2" in earlier.text


async def test_the_text_alone_of_what_is_parked_is_changed(bot: BotOnSandbox, clock: bc.ManualClock) -> None:
    """Its time is over, and nobody has to write another one; it goes on waiting for its owner."""
    alice = bot.member("alice")
    bot.sandbox.member("alice", accepts_dms=False)
    preview = await alice.slash("remind me", what="tea", when="in 1 hour", dm=True)
    await alice.click(preview, "Confirm")
    await later(bot, clock, timedelta(hours=1))
    form = (await alice.slash("remind edit", reminder=await number_of(alice))).modal
    changed = await alice.submit(form, what="green tea")
    assert "Changed. It still waits to be delivered; /remind resume tries again." in changed.text
    bot.sandbox.member("alice", accepts_dms=True)
    await alice.slash("remind resume", reminder=await number_of(alice))
    await bot.core.parts.timers.until_idle()
    assert any(message.content == "⏰ green tea" for message in received(alice))


async def test_asking_again_pings_nobody_but_its_owner(bot: BotOnSandbox, clock: bc.ManualClock) -> None:
    """Whom the text names was told once."""
    alice, bob = bot.member("alice"), bot.member("bob")
    await remind(alice, f"call {bob.mention}", "in 1 hour", where="here", nag="30 minutes")
    await later(bot, clock, timedelta(hours=1))
    await later(bot, clock, timedelta(minutes=30))
    first, again = bot.channel("general").messages[-2:]
    assert {user.id for user in first.state.mentions.users} == {alice.id, bob.id}
    assert {user.id for user in again.state.mentions.users} == {alice.id}
