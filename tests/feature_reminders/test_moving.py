"""Somebody says that they live elsewhere now, and is asked in Discord what that means for their reminders."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import botcore as bc
from botcore_sandbox import BotOnSandbox, MessageView, Person, Sandbox
from reminders import NOON, KnownUsers, directory_of
from reminding import at, number_of, remind


@pytest.fixture
def clock() -> bc.ManualClock:
    """A clock that stands still until it is moved."""
    return bc.ManualClock(NOON)


@pytest.fixture
def known() -> KnownUsers:
    """Who lives where."""
    return KnownUsers()


@pytest.fixture
async def bot(
    sandbox: Sandbox, tmp_path: Path, clock: bc.ManualClock, known: KnownUsers
) -> AsyncIterator[BotOnSandbox]:
    """A bot with reminders, and with a feature that knows where people live."""
    features: list[type[bc.BaseFeature] | str] = ["reminders", directory_of(known)]
    async with BotOnSandbox(sandbox, tmp_path, features=features, clock=clock) as running:
        yield running


@pytest.fixture
async def alice(bot: BotOnSandbox, known: KnownUsers) -> Person:
    """Somebody who lives in Berlin and has three reminders."""
    alice = bot.member("alice")
    known.zones[alice.id] = "Europe/Berlin"
    await remind(alice, "once", "tomorrow at 9")
    await remind(alice, "daily", "every day at 9")
    await remind(alice, "named", "tomorrow at 9 Asia/Tokyo")
    return alice


async def moved(bot: BotOnSandbox, known: KnownUsers, alice: Person) -> MessageView:
    """She lives in New York now; answers with the question that she gets."""
    known.zones[alice.id] = "America/New_York"
    await bot.core.parts.events.publish(bc.ZoneChanged(alice.id, "Europe/Berlin", "America/New_York", "en-GB"))
    return await alice.dm.until_message()


async def come_at(bot: BotOnSandbox, clock: bc.ManualClock, alice: Person) -> dict[str, int]:
    """The hour of UTC at which each of hers comes on the next day."""
    came: dict[str, int] = {}
    for hour in range(24):
        before = len(alice.dm.messages)
        await at(bot, clock, datetime(2026, 1, 2, hour, tzinfo=UTC))
        came |= {message.content.removeprefix("⏰ "): hour for message in alice.dm.messages[before:]}
    return came


async def test_the_question(bot: BotOnSandbox, known: KnownUsers, alice: Person):
    """How many it is about, and both answers; only about what keeps to her own zone."""
    question = await moved(bot, known, alice)
    assert "You live in America/New\\_York now, and 2 reminders of yours are on the clocks of Europe/Berlin" in (
        question.text
    )
    labels = [button["label"] for row in question.components for button in row["components"]]
    assert labels == ["The time of day", "The moment"]


async def test_the_time_of_day(bot: BotOnSandbox, clock: bc.ManualClock, known: KnownUsers, alice: Person):
    """Nine in Berlin becomes nine in New York; a second click finds nothing left."""
    question = await moved(bot, known, alice)
    answer = await alice.click(question, "The time of day")
    assert "2 reminders keep their time of day, now on the clocks of America/New_York" in answer.text.replace("\\", "")
    assert await come_at(bot, clock, alice) == {"named": 0, "once": 14, "daily": 14}


async def test_the_moment(bot: BotOnSandbox, clock: bc.ManualClock, known: KnownUsers, alice: Person):
    """Nine in Berlin stays nine in Berlin."""
    question = await moved(bot, known, alice)
    answer = await alice.click(question, "The moment")
    assert "2 reminders stay at the moments for which they were made" in answer.text
    assert await come_at(bot, clock, alice) == {"named": 0, "once": 8, "daily": 8}


async def test_nobody_elses(bot: BotOnSandbox, clock: bc.ManualClock, known: KnownUsers, alice: Person):
    """The buttons act on the reminders of whoever presses them."""
    bob = bot.member("bob")
    known.zones[bob.id] = "Europe/Berlin"
    await remind(bob, "bob's", "tomorrow at 9")
    await alice.click(await moved(bot, known, alice), "The time of day")
    await at(bot, clock, datetime(2026, 1, 2, 8, tzinfo=UTC))
    assert [message.content for message in bob.dm.messages] == ["⏰ bob's"]
    assert await number_of(bob, "bob", command="remind history")
