"""Under a reminder that has arrived: done, later and me too, as members press them, also after a restart."""

from datetime import UTC, datetime, timedelta

import botcore as bc
from botcore_sandbox import BotOnSandbox, Permissions
from botcore_sandbox.state.permissions import NO_PERMISSIONS, Overwrite, OverwriteType
from reminding import at, buttons, later, received, remind


async def test_done_takes_the_buttons_away(bot: BotOnSandbox, clock: bc.ManualClock):
    """And leaves the text, so that it can still be read."""
    alice = bot.member("alice")
    await remind(alice, "tea", "in 1 hour")
    await later(bot, clock, timedelta(hours=1))
    done = await alice.click(received(alice)[0], "Done")
    assert done.updated
    assert "⏰ tea" in done.text
    assert "✅ Done." in done.text
    assert buttons(done) == []


async def test_snoozing_brings_it_back_once(bot: BotOnSandbox, clock: bc.ManualClock):
    """After ten minutes, an hour, or tomorrow at nine; the message says when, and who says so twice moves it."""
    alice = bot.member("alice")
    for label, then in (
        ("10 min", datetime(2026, 1, 1, 13, 10, tzinfo=UTC)),
        ("1 hour", datetime(2026, 1, 1, 14, 10, tzinfo=UTC)),
        ("Tomorrow", datetime(2026, 1, 2, 9, tzinfo=UTC)),
    ):
        if not received(alice):
            await remind(alice, "tea", "in 1 hour")
            await later(bot, clock, timedelta(hours=1))
        count = len(received(alice))
        snoozed = await alice.click(received(alice)[-1], label)
        assert f"💤 Comes again <t:{int(then.timestamp())}:F>" in snoozed.text
        assert buttons(snoozed) == []
        await at(bot, clock, then)
        assert len(received(alice)) == count + 1
        assert received(alice)[-1].content == "⏰ tea"


async def test_snoozing_twice_is_one_reminder(bot: BotOnSandbox, clock: bc.ManualClock):
    """Two clicks that were on their way together leave the later choice."""
    alice = bot.member("alice")
    await remind(alice, "tea", "in 1 hour")
    await later(bot, clock, timedelta(hours=1))
    message = received(alice)[0]
    ids = {each["label"]: each["custom_id"] for row in message.components for each in row["components"]}
    for label in ("10 min", "1 hour"):
        await alice.raw_interaction(type=3, data={"custom_id": ids[label], "component_type": 2}, message=message)
    await later(bot, clock, timedelta(minutes=10))
    assert len(received(alice)) == 1
    await later(bot, clock, timedelta(minutes=50))
    assert len(received(alice)) == 2


async def test_another_time_is_asked_for_in_a_form(bot: BotOnSandbox, clock: bc.ManualClock):
    """What is past or cannot be read is told, and the form comes back."""
    alice = bot.member("alice")
    await remind(alice, "tea", "in 1 hour")
    await later(bot, clock, timedelta(hours=1))
    form = (await alice.click(received(alice)[0], "Another time")).modal
    refused = await alice.submit(form, when="yesterday")
    assert "That is already past" in refused.text
    again = (await alice.click(refused, "Edit and try again")).modal
    chosen = await alice.submit(again, when="friday 17:30")
    assert "💤 Comes again" in chosen.text
    await at(bot, clock, datetime(2026, 1, 2, 17, 30, tzinfo=UTC))
    assert received(alice)[-1].content == "⏰ tea"


async def test_buttons_work_after_a_restart(bot: BotOnSandbox, clock: bc.ManualClock):
    """Nothing of them is in the memory of the bot that sent them."""
    alice = bot.member("alice")
    await remind(alice, "tea", "in 1 hour", nag="30 minutes")
    await later(bot, clock, timedelta(hours=1))
    await bot.stop()
    await bot.start()
    snoozed = await alice.click(received(alice)[0], "10 min")
    assert "💤 Comes again" in snoozed.text
    await later(bot, clock, timedelta(minutes=10))
    done = await alice.click(received(alice)[-1], "Done")
    assert "✅ Done." in done.text


async def test_a_nagging_reminder_asks_until_it_is_done(bot: BotOnSandbox, clock: bc.ManualClock):
    """Each time with the buttons; after Done never again."""
    alice = bot.member("alice")
    await remind(alice, "pills", "in 1 hour", nag="30 minutes")
    await later(bot, clock, timedelta(hours=1))
    for times in (1, 2):
        await later(bot, clock, timedelta(minutes=30))
        assert len(received(alice)) == 1 + times
        assert "Still to be done" in received(alice)[-1].text
    await alice.click(received(alice)[-1], "Done")
    await later(bot, clock, timedelta(hours=2))
    assert len(received(alice)) == 3


async def test_me_too_of_what_repeats_follows_it(bot: BotOnSandbox, clock: bc.ManualClock):
    """From the next time on, directly, as a reminder of one's own; a second click makes no second one."""
    alice, bob = bot.member("alice"), bot.member("bob")
    await remind(alice, "bins", "in 1 hour", repeat="every day", where="here")
    await later(bot, clock, timedelta(hours=1))
    message = bot.channel("general").messages[-1]
    for _ in range(2):
        answer = await bob.click(message, "Me too")
        assert answer.private
        assert "You get this reminder too, directly" in answer.text
    await later(bot, clock, timedelta(days=1))
    assert [each.content for each in received(bob)] == ["⏰ bins"]
    assert "bins" in (await bob.slash("remind list")).text


async def test_me_too_of_what_comes_once_asks_when(bot: BotOnSandbox, clock: bc.ManualClock):
    """In private; the message in the channel stays as it is for the others."""
    alice, bob = bot.member("alice"), bot.member("bob")
    await remind(alice, "the bus", "in 1 hour", where="here")
    await later(bot, clock, timedelta(hours=1))
    message = bot.channel("general").messages[-1]
    asked = await bob.click(message, "Me too")
    assert asked.private
    assert "When do you want to be reminded of it?" in asked.text
    chosen = await bob.click(asked, "10 min")
    assert "💤 Comes again" in chosen.text
    assert "💤" not in message.text
    await later(bot, clock, timedelta(minutes=10))
    assert [each.content for each in received(bob)] == ["⏰ the bus"]
    assert bot.channel("general").messages[-1] == message


async def test_others_cannot_press_the_buttons_of_its_owner(bot: BotOnSandbox, clock: bc.ManualClock):
    """They are told of "Me too"; the message stays as it is, a forged click included."""
    alice, bob = bot.member("alice"), bot.member("bob")
    await remind(alice, "the bus", "in 1 hour", where="here")
    await later(bot, clock, timedelta(hours=1))
    message = bot.channel("general").messages[-1]
    before = message.text
    for label in ("Done", "10 min", "Another time"):
        refused = await bob.click(message, label)
        assert refused.private
        assert "This reminder is for somebody else. With “Me too” you get one of your own." in refused.text
    ids = {each["label"]: each["custom_id"] for row in message.components for each in row["components"]}
    forged = ids["10 min"].replace("reminders.snooze", "reminders.mine")
    refused = await bob.raw_interaction(type=3, data={"custom_id": forged, "component_type": 2}, message=message)
    assert refused.private
    assert message.text == before
    assert received(bob) == []


async def test_a_strangers_number_opens_nothing(bot: BotOnSandbox, clock: bc.ManualClock):
    """A direct reminder of somebody else, one of a hidden channel, one that does not exist: all read the same."""
    guild, alice, bob = bot.sandbox.guild, bot.member("alice"), bot.member("bob")
    everyone = guild.state.everyone.id
    guild.add_role("crew", NO_PERMISSIONS)
    crew = guild.role("crew").id
    hidden = guild.add_channel(
        "hidden",
        overwrites=[
            Overwrite(everyone, OverwriteType.ROLE, NO_PERMISSIONS, Permissions.VIEW_CHANNEL),
            Overwrite(crew, OverwriteType.ROLE, Permissions.VIEW_CHANNEL, NO_PERMISSIONS),
            Overwrite(bot.sandbox.world.bot.id, OverwriteType.MEMBER, Permissions.VIEW_CHANNEL, NO_PERMISSIONS),
        ],
    )
    mate = bot.member("mate", roles=("crew",))
    await remind(alice, "my secret", "in 1 hour")
    preview = await mate.slash("remind me", {"what": "ship", "when": "in 1 hour", "where": "here"}, channel=hidden)
    await mate.click(preview, "Confirm")
    await later(bot, clock, timedelta(hours=1))
    said = bob.say("look")
    texts = set()
    for number in (1, 2, 999):
        data = {"custom_id": f"reminders.metoo:1:{number}:1767272400", "component_type": 2}
        answer = await bob.raw_interaction(type=3, data=data, message=said)
        assert answer.private
        texts.add(answer.text)
    [text] = texts
    assert "This reminder is no longer kept" in text
