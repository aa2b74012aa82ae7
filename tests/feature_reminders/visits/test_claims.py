"""What a click claims is a stranger's word: it opens nothing that this person has not been shown."""

from datetime import timedelta

import botcore as bc
from botcore_sandbox import BotOnSandbox, Person, Reply
from reminding import later, remind


async def forged(person: Person, custom_id: str) -> Reply:
    """A click on a button that no message has."""
    data = {"custom_id": custom_id, "component_type": 2}
    return await person.raw_interaction(type=3, data=data, message=person.say("look"))


async def test_nobody_follows_what_has_not_been_said_yet(bot: BotOnSandbox, clock: bc.ManualClock):
    """A reminder for the channel is its owner's secret until it comes, and a draft for ever."""
    alice, bob = bot.member("alice"), bot.member("bob")
    await alice.slash("remind me", {"what": "a draft", "when": "in 1 hour", "where": "here"})
    await remind(alice, "the surprise", "in 1 hour", repeat="every day", where="here")
    for number in (1, 2):
        answer = await forged(bob, f"reminders.metoo:1:{number}:1767272400")
        assert "This reminder is no longer kept" in answer.text
    assert "You have no reminders." in (await bob.slash("remind list")).text
    await later(bot, clock, timedelta(hours=1))
    answer = await bob.click(bot.channel("general").messages[-1], "Me too")
    assert "You get this reminder too" in answer.text


async def test_me_too_gives_its_owner_no_second_one(bot: BotOnSandbox, clock: bc.ManualClock):
    """What is theirs comes again by itself."""
    alice = bot.member("alice")
    await remind(alice, "bins", "in 1 hour", repeat="every day", where="here")
    await later(bot, clock, timedelta(hours=1))
    answer = await alice.click(bot.channel("general").messages[-1], "Me too")
    assert answer.private
    assert "This reminder is yours already" in answer.text
    assert "1 reminder" in (await alice.slash("remind list")).text
