"""The subject: a bot with ``BENCH_COUNT`` reminders that are all due at the moment ``BENCH_AT``."""

import asyncio
import os
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import uvloop

import botcore as bc
from benchmarks.sink import PEOPLE
from botcore_reminders.services.reminders import ReminderService
from botcore_reminders.services.schedule import Schedule
from botcore_reminders.services.values import Made, NewReminder


async def main() -> None:
    """Keep them, say so, and deliver them when they are due."""
    due_at = datetime.fromtimestamp(float(os.environ["BENCH_AT"]), UTC)
    bot = bc.BotCore(
        bc.BotOptions(overrides={"features.enabled": ["reminders"], "features.reminders.per_user": 10_000})
    )
    await bot.start()
    reminders = bot.parts.container.get(ReminderService)
    schedule = Schedule(due_at, ZoneInfo("UTC"))
    for number in range(int(os.environ["BENCH_COUNT"])):
        made = Made(PEOPLE[number % len(PEOPLE)], None, None, "en-GB")
        kept = await reminders.draft(NewReminder(made=made, text=f"reminder {number}", schedule=schedule))
        await reminders.confirm(kept.id, kept.owner_id)
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main())
