"""Reminders as members use them: the steps that many visits share."""

from datetime import datetime, timedelta

import botcore as bc
from botcore_sandbox import BotOnSandbox, MessageView, Person, Reply


async def remind(person: Person, what: str, when: str, **options: object) -> Reply:
    """Make a reminder and confirm it; answers with the confirmation."""
    preview = await person.slash("remind me", {"what": what, "when": when, **options})
    assert "Is this right?" in preview.text, preview.text
    return await person.click(preview, "Confirm")


async def number_of(person: Person, typed: str = "", command: str = "remind show") -> str:
    """The number of the first reminder that is offered for what was typed."""
    offered = await person.autocomplete(command, reminder=typed, focused="reminder")
    return str(offered[0][1])


async def at(bot: BotOnSandbox, clock: bc.ManualClock, moment: datetime) -> None:
    """Move the clock to a moment, and return when everything that is due has fired."""
    clock.set(moment)
    await bot.core.parts.timers.until_idle()


async def later(bot: BotOnSandbox, clock: bc.ManualClock, by: timedelta) -> None:
    """Move the clock by so much, and return when everything that is due has fired."""
    await at(bot, clock, clock.now() + by)


def received(person: Person) -> list[MessageView]:
    """The messages that the bot has sent somebody directly."""
    return person.dm.messages


def buttons(message: MessageView | Reply) -> list[str]:
    """The labels of a message's buttons."""
    return [button["label"] for row in message.components for button in row["components"]]
