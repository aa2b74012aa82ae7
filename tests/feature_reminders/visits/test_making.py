"""Making reminders as members do: what they are shown before anything is kept."""

from datetime import UTC, datetime, timedelta

import pytest

import botcore as bc
from botcore_sandbox import BotOnSandbox, Permissions
from botcore_sandbox.state.permissions import NO_PERMISSIONS, Overwrite, OverwriteType
from reminding import at, buttons, later, number_of, received, remind


async def test_nothing_is_kept_before_it_was_seen_and_confirmed(bot: BotOnSandbox, clock: bc.ManualClock):
    """The preview is private and says the absolute time, the zone and how far away it is."""
    alice = bot.member("alice")
    preview = await alice.slash("remind me", what="water the plants", when="tomorrow at 9")
    assert preview.private
    assert "water the plants" in preview.text
    assert "Friday 2 January 2026, 09:00 (UTC), in 21 hours" in preview.text
    assert f"<t:{int(datetime(2026, 1, 2, 9, tzinfo=UTC).timestamp())}:F>" in preview.text
    assert buttons(preview) == ["Confirm", "Edit", "Cancel"]
    assert "You have no reminders." in (await alice.slash("remind list")).text
    await at(bot, clock, datetime(2026, 1, 2, 9, tzinfo=UTC))
    assert received(alice) == []


async def test_what_was_confirmed_arrives_at_its_time(bot: BotOnSandbox, clock: bc.ManualClock):
    """Directly, with the text, and not a second earlier."""
    alice = bot.member("alice")
    kept = await remind(alice, "water the *plants*", "tomorrow at 9")
    assert "Kept. Friday 2 January 2026, 09:00 (UTC), in 21 hours" in kept.text
    await at(bot, clock, datetime(2026, 1, 2, 8, 59, 59, tzinfo=UTC))
    assert received(alice) == []
    await later(bot, clock, timedelta(seconds=1))
    [message] = received(alice)
    assert message.content == r"⏰ water the \*plants\*"


async def test_what_repeats_shows_its_next_three_times(bot: BotOnSandbox):
    """Counted from the first one, which says the time of day and the weekday that the phrase leaves open."""
    alice = bot.member("alice")
    preview = await alice.slash("remind me", what="bins", when="friday 17:30", repeat="every 2 weeks")
    assert "every 2 weeks on Friday at 17:30" in preview.text
    assert "The next 3 times" in preview.text
    for day in (2, 16, 30):
        moment = datetime(2026, 1, day, 17, 30, tzinfo=UTC)
        assert f"<t:{int(moment.timestamp())}:F>" in preview.text


async def test_when_may_say_already_how_it_repeats(bot: BotOnSandbox, clock: bc.ManualClock):
    """So nobody has to say it twice; and who does is told."""
    alice = bot.member("alice")
    preview = await alice.slash("remind me", what="stand-up", when="every weekday at 9")
    assert "on weekdays at 09:00" in preview.text
    twice = await alice.slash("remind me", what="x", when="every weekday at 9", repeat="every day")
    assert twice.private
    assert "`when` says already how it repeats" in twice.text


async def test_the_clocks_that_skip_a_firing_are_warned_of(bot: BotOnSandbox):
    """Which day, which time is skipped, and when it comes instead."""
    alice = bot.member("alice")
    preview = await alice.slash("remind me", what="backup", when="every day at 2:30 Europe/Berlin")
    assert "On 2026-03-29 the clocks skip 02:30, so it comes at 03:30." in preview.text


async def test_typing_shows_how_it_is_understood(bot: BotOnSandbox):
    """In both options; the second knows what stands in the first."""
    alice = bot.member("alice")
    when = await alice.autocomplete("remind me", what="x", when="tomorrow at 9", focused="when")
    assert "Friday 2 January 2026, 09:00 (UTC), in 21 hours" in when[0][0]
    repeating = await alice.autocomplete("remind me", what="x", when="every weekday at 9", focused="when")
    assert "on weekdays at 09:00" in repeating[0][0]
    repeat = await alice.autocomplete("remind me", what="x", when="friday 17:30", repeat="every week", focused="repeat")
    assert "every Friday at 17:30" in repeat[0][0]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"what": "x", "when": "yesterday at 9"}, "That is already past"),
        ({"what": "x", "when": "banana"}, "banana"),
        ({"what": "x", "when": "tomorrow", "repeat": "every minute"}, "at most every 5 minutes"),
        ({"what": " ", "when": "tomorrow"}, "Write what you want to be reminded of."),
        ({"what": "x" * 1001, "when": "tomorrow"}, "at most 1000 characters and this one has 1001"),
        ({"what": "x", "when": "tomorrow", "nag": "1 minute"}, "a pause of 5 minutes to 7 days; 1 minute is not one"),
    ],
)
async def test_a_mistake_is_told_in_a_sentence_with_what_was_typed(
    bot: BotOnSandbox, options: dict[str, str], sentence: str
):
    """Privately; nothing is kept, and nothing has to be typed again."""
    alice = bot.member("alice")
    refusal = await alice.slash("remind me", options)
    assert refusal.private
    assert sentence in refusal.text
    assert "/remind me" in refusal.text
    assert "You have no reminders." in (await alice.slash("remind list")).text


async def test_a_draft_is_changed_in_a_form_that_holds_it_and_shown_anew(bot: BotOnSandbox):
    """In the same message; what cannot be read is given back with the form."""
    alice = bot.member("alice")
    preview = await alice.slash("remind me", what="water the plants", when="tomorrow at 9", repeat="every week")
    form = (await alice.click(preview, "Edit")).modal
    assert form is not None
    filled = {field.custom_id: field.value for field in form.fields}
    assert filled == {
        "what": "water the plants",
        "when": "Friday 2 January 2026, 09:00 (UTC)",
        "repeat": "every Friday at 09:00 (UTC)",
    }
    refused = await alice.submit(form, when="bananas")
    assert "bananas" in refused.text
    again = (await alice.click(refused, "Edit and try again")).modal
    changed = await alice.submit(again, what="feed the cat", when="in 2 hours", repeat="")
    assert changed.updated
    assert "feed the cat" in changed.text
    assert "Thursday 1 January 2026, 14:00 (UTC), in 2 hours" in changed.text
    assert "repeats" not in changed.text


async def test_a_draft_that_is_given_up_gives_its_text_back(bot: BotOnSandbox):
    """And is gone, also for a second click."""
    alice = bot.member("alice")
    preview = await alice.slash("remind me", what="a long thought", when="tomorrow")
    gone = await alice.click(preview, "Cancel")
    assert "Not kept. You had written:" in gone.text
    assert "a long thought" in gone.text
    assert gone.components == []


async def test_confirming_twice_keeps_one(bot: BotOnSandbox, clock: bc.ManualClock):
    """A double click is one reminder."""
    alice = bot.member("alice")
    preview = await alice.slash("remind me", what="once", when="in 1 hour")
    custom_id = preview.components[0]["components"][0]["custom_id"]
    await alice.click(preview, "Confirm")
    data = {"custom_id": custom_id, "component_type": 2}
    again = await alice.raw_interaction(type=3, data=data, message=preview)
    assert "Kept." in again.text
    await later(bot, clock, timedelta(hours=1))
    assert len(received(alice)) == 1


async def test_a_draft_that_is_confirmed_too_late_is_told_so(bot: BotOnSandbox, clock: bc.ManualClock):
    """Nothing fires at once by surprise; Edit still gives it another time."""
    alice = bot.member("alice")
    preview = await alice.slash("remind me", what="tea", when="in 10 minutes")
    await later(bot, clock, timedelta(hours=1))
    late = await alice.click(preview, "Confirm")
    assert late.private
    assert "That is already past" in late.text
    form = (await alice.click(preview, "Edit")).modal
    again = await alice.submit(form, when="in 10 minutes")
    assert "Is this right?" in again.text


async def test_here_is_for_who_may_write_here(bot: BotOnSandbox, clock: bc.ManualClock):
    """In the channel, with a ping for its owner alone."""
    guild, alice = bot.sandbox.guild, bot.member("alice")
    everyone = guild.state.everyone.id
    mute = guild.add_channel(
        "read-only", overwrites=[Overwrite(everyone, OverwriteType.ROLE, NO_PERMISSIONS, Permissions.SEND_MESSAGES)]
    )
    refused = await alice.slash("remind me", what="x", when="in 1 hour", where="here", channel=mute)
    assert "You may not write in this channel" in refused.text
    await remind(alice, f"lunch with {bot.member('bob').mention}", "in 1 hour", where="here")
    await later(bot, clock, timedelta(hours=1))
    message = bot.channel("general").messages[-1]
    assert message.content.startswith(f"⏰ {alice.mention} lunch with <@")
    assert buttons(message) == ["Done", "10 min", "1 hour", "Tomorrow", "Another time…", "Me too"]
    pinged = {user.id for user in message.state.mentions.users}
    assert pinged == {alice.id, bot.member("bob").id}


async def test_everyone_is_never_pinged(bot: BotOnSandbox, clock: bc.ManualClock):
    """Nor a role that its owner could not ping; one that anybody may mention is."""
    guild, alice = bot.sandbox.guild, bot.member("alice")
    staff, players = guild.add_role("staff"), guild.add_role("players", mentionable=True)
    await remind(alice, f"@everyone <@&{staff.id}> <@&{players.id}> game", "in 1 hour", where="here")
    await later(bot, clock, timedelta(hours=1))
    message = bot.channel("general").messages[-1]
    assert not message.state.mentions.everyone
    assert message.state.mentions.role_ids == [players.id]


async def test_reminding_others_needs_manage_messages(bot: BotOnSandbox, clock: bc.ManualClock):
    """Who has it reminds a member directly, and the message says from whom it is."""
    bot.sandbox.guild.add_role("keepers", Permissions.MANAGE_MESSAGES)
    alice, bob, keeper = bot.member("alice"), bot.member("bob"), bot.member("kim", roles=("keepers",))
    refused = await alice.slash("remind other", member=bob, what="rent", when="in 1 hour")
    assert "needs the permission Manage Messages" in refused.text
    preview = await keeper.slash("remind other", member=bob, what="rent", when="in 1 hour")
    assert f"to {bob.mention}, directly" in preview.text
    await keeper.click(preview, "Confirm")
    await later(bot, clock, timedelta(hours=1))
    [message] = received(bob)
    assert message.content == f"⏰ {keeper.mention} wants you to be reminded: rent"
    assert "No more from others" in buttons(message)
    assert received(keeper) == []


async def test_a_member_refuses_reminders_from_others(bot: BotOnSandbox, clock: bc.ManualClock):
    """By one click under such a reminder, or in the settings; who tries is told."""
    bot.sandbox.guild.add_role("keepers", Permissions.MANAGE_MESSAGES)
    bob, keeper = bot.member("bob"), bot.member("kim", roles=("keepers",))
    first = await keeper.slash("remind other", member=bob, what="rent", when="in 1 hour", repeat="every day")
    await keeper.click(first, "Confirm")
    await later(bot, clock, timedelta(hours=1))
    no_more = await bob.click(received(bob)[0], "No more from others")
    assert no_more.private
    assert "Others can no longer have me remind you." in no_more.text
    refused = await keeper.slash("remind other", member=bob, what="again", when="in 1 hour")
    assert "does not take reminders from others" in refused.text
    await later(bot, clock, timedelta(days=1))
    assert len(received(bob)) == 1
    told = received(keeper)[-1].text
    assert "This member no longer takes reminders from others." in told
    assert "rent" in told
    settings = await bob.slash("remind settings", from_others=True)
    assert "Others may have me remind you." in settings.text


async def test_a_channel_is_reminded_by_who_may_write_there(bot: BotOnSandbox, clock: bc.ManualClock):
    """Whether they are there or not; the message says from whom it is, and pings nobody."""
    guild, alice = bot.sandbox.guild, bot.member("alice")
    everyone = guild.state.everyone.id
    news = guild.add_channel(
        "news", overwrites=[Overwrite(everyone, OverwriteType.ROLE, NO_PERMISSIONS, Permissions.SEND_MESSAGES)]
    )
    games = guild.add_channel("games")
    refused = await alice.slash("remind channel", {"channel": news, "what": "x", "when": "in 1 hour"})
    assert "You may not write in that channel" in refused.text
    preview = await alice.slash("remind channel", {"channel": games, "what": "game night", "when": "in 1 hour"})
    assert f"to everybody in <#{games.id}>" in preview.text
    await alice.click(preview, "Confirm")
    await later(bot, clock, timedelta(hours=1))
    message = games.messages[-1]
    assert message.content == "⏰ game night"
    assert f"From {alice.mention}" in message.text
    assert buttons(message) == ["Me too"]
    assert message.state.mentions.users == []


async def test_a_message_is_remembered_from_its_context_menu(bot: BotOnSandbox, clock: bc.ManualClock):
    """With its address and a short quotation, which its owner may change."""
    alice, bob = bot.member("alice"), bot.member("bob")
    said = bob.say("Could somebody look at the heating? " + "It is cold. " * 40)
    form = (await alice.menu("Remind me about this", said)).modal
    assert form is not None
    quoted = {field.custom_id: field.value for field in form.fields}["what"]
    assert quoted is not None
    assert quoted.startswith("Could somebody look at the heating?")
    assert len(quoted) <= 200
    preview = await alice.submit(form, when="in 2 hours")
    assert preview.private
    link = f"https://discord.com/channels/{bot.sandbox.guild.id}/{said.payload['channel_id']}/{said.id}"
    assert link in preview.text
    await alice.click(preview, "Confirm")
    await later(bot, clock, timedelta(hours=2))
    assert link in received(alice)[0].text


async def test_it_works_in_a_direct_message_too(bot: BotOnSandbox, clock: bc.ManualClock):
    """Where there is no channel to come back to, it comes directly."""
    alice = bot.member("alice")
    preview = await alice.slash("remind me", what="call home", when="in 1 hour", where="here", dm=True)
    assert "to you, directly" in preview.text
    await alice.click(preview, "Confirm")
    await later(bot, clock, timedelta(hours=1))
    assert any(message.content == "⏰ call home" for message in received(alice))


async def test_everything_is_said_in_the_language_of_its_owner(bot: BotOnSandbox, clock: bc.ManualClock):
    """Previews, confirmations, the reminder itself and its buttons; times are read in it, too."""
    bot.sandbox.member("anna", locale="de")
    anna = bot.member("anna")
    preview = await anna.slash("remind me", what="Blumen gießen", when="morgen um 9", repeat="jede Woche")
    assert "Stimmt das so?" in preview.text
    assert "Freitag, 2. Januar 2026" in preview.text or "Freitag 2. Januar 2026" in preview.text
    kept = await anna.click(preview, "Bestätigen")
    assert "Angelegt." in kept.text
    await at(bot, clock, datetime(2026, 1, 2, 9, tzinfo=UTC))
    assert "Erledigt" in buttons(received(anna)[0])
    assert "Deine Erinnerungen" in (await anna.slash("remind list")).text


async def test_as_many_as_the_operator_allows(bot: BotOnSandbox):
    """The refusal names the limit and the way out."""
    alice = bot.member("alice")
    for number in range(100):
        await bot.core.parts.container.get(_service()).confirm(await _draft(bot, alice.id, number), alice.id)
    refused = await alice.slash("remind me", what="one more", when="tomorrow")
    assert "You have 100 reminders waiting, and this bot allows no more." in refused.text
    cancelled = await alice.slash("remind cancel", reminder=await number_of(alice, command="remind cancel"))
    assert "Removed." in cancelled.text
    await remind(alice, "one more", "tomorrow")


def _service() -> type:
    from botcore_reminders.services.reminders import ReminderService

    return ReminderService


async def _draft(bot: BotOnSandbox, user_id: int, number: int) -> int:
    from zoneinfo import ZoneInfo

    from botcore_reminders.services.schedule import Schedule
    from botcore_reminders.services.values import Made, NewReminder

    schedule = Schedule(datetime(2026, 2, 1, tzinfo=UTC), ZoneInfo("UTC"))
    new = NewReminder(made=Made(user_id, None, None, "en-GB"), text=f"number {number}", schedule=schedule)
    return int((await bot.core.parts.container.get(_service()).draft(new)).id)
