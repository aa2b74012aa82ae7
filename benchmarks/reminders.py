"""What reminders cost: a list among a hundred thousand, a thousand in one second, and one delivery beside a bare send.

``python -m benchmarks.reminders``. The list and the thousand run against the sandbox, with its rate limits for the
thousand; the deliveries against a sink that costs little, in rotation with bare nextcord, each in a process of its own.
"""

import asyncio
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Final
from zoneinfo import ZoneInfo

import uvloop
from sqlalchemy import text

from benchmarks.processes import open_sink, start_bot
from benchmarks.report import Measure, show
from botcore_reminders.services.reminders import ReminderService
from botcore_reminders.services.schedule import Schedule
from botcore_reminders.services.values import Made, NewReminder, Where
from botcore_sandbox import BotOnSandbox, Sandbox

PENDING: Final = 100_000
PEOPLE: Final = 10_000
LISTS: Final = 300
LIST_P99: Final = 100.0  # milliseconds, as promised
DUE: Final = 1_000
CHANNELS: Final = 20
RECIPIENTS: Final = 100
DELIVERIES: Final = 2_000
ROUNDS: Final = 3
PATIENCE: Final = 180.0

_PENDING_ROWS = """
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :count - 1)
    INSERT INTO reminders_reminder (owner_id, recipient_id, place, state, text, locale, zone, own_zone, first_at, late,
        due_at, missed_more, nags, created_at, changed_at)
    SELECT owner, owner, 'dm', 'active', 'reminder ' || i, 'en-GB', 'UTC', 1, moment, 'fire',
        moment, 0, 0, moment, moment
    FROM (SELECT i, :first_owner + i % :people AS owner,
        datetime('2037-01-01', '+' || i || ' seconds') || '.000000' AS moment FROM n)
"""
_PENDING_TIMERS = """
    INSERT INTO timers_timer (kind, key, due_at, visible_at, payload, attempt, generation, claims)
    SELECT 'reminders.fire', id, due_at, due_at, '{}', 0, 1, 0 FROM reminders_reminder
"""


async def lists(folder: Path) -> list[Measure]:
    """Milliseconds from using `/remind list` to its answer, for people with ten reminders among a hundred thousand."""
    async with Sandbox() as sandbox, BotOnSandbox(sandbox, folder, features=["reminders"]) as bot:
        somebody = bot.member("alice")
        async with bot.core.parts.database.transaction() as tx:
            given = {"count": PENDING, "people": PEOPLE, "first_owner": somebody.id}
            await tx.execute(text(_PENDING_ROWS), given)
            await tx.execute(text(_PENDING_TIMERS))
        async with bot.core.parts.database.transaction() as tx:
            await tx.execute(text("ANALYZE"))
        taken = []
        for _ in range(LISTS):
            reply = await somebody.slash("remind list")
            if "10 reminders" not in reply.text:
                raise RuntimeError(f"the list is not that of ten reminders: {reply.text[:200]}")
            taken.append(1000 * (reply.acknowledged_after or 0.0))
    taken.sort()
    return [
        Measure(f"/remind list among {PENDING:,} of {PEOPLE:,} people, p50", taken[LISTS // 2], "ms"),
        Measure("... p99", taken[LISTS * 99 // 100], "ms", LIST_P99),
    ]


async def at_once(folder: Path, *, channels: bool) -> list[Measure]:
    """A thousand due in one second under Discord's rate limits, to a hundred people or into twenty channels."""
    where = f"into {CHANNELS} channels" if channels else f"to {RECIPIENTS} people"
    settings: dict[str, object] = {"features.reminders.per_user": DUE}
    async with Sandbox(rate_limits=True) as sandbox:
        names = [f"place-{number}" for number in range(CHANNELS)] if channels else []
        places = [sandbox.guild.add_channel(name) for name in names]
        people = [sandbox.member(f"member{number}") for number in range(1 if channels else RECIPIENTS)]
        async with BotOnSandbox(sandbox, folder, features=["reminders"], settings=settings) as bot:
            reminders = bot.core.parts.container.get(ReminderService)
            due = datetime.now(UTC) + timedelta(seconds=10 + DUE / 20)
            for number in range(DUE):
                person = people[number % len(people)]
                place = places[number % CHANNELS].id if places else None
                made = Made(person.id, sandbox.guild.id if places else None, place, "en-GB")
                schedule = Schedule(due + timedelta(milliseconds=number), ZoneInfo("UTC"))
                new = NewReminder(made=made, text=f"reminder {number}", schedule=schedule)
                kept = await reminders.draft(replace(new, where=Where.HERE) if places else new)
                await reminders.confirm(kept.id, kept.owner_id)
            await asyncio.sleep(max((due - datetime.now(UTC)).total_seconds(), 0))
            began = time.perf_counter()
            await sandbox.world.changes.until(lambda: _messages(sandbox) >= DUE, timeout=PATIENCE)
            seconds = time.perf_counter() - began
            await bot.core.parts.timers.until_idle()
            found = _delivered(sandbox)
    by_place: dict[int, list[int]] = {}
    for _message, place_id, number in found:
        by_place.setdefault(place_id, []).append(number)
    numbers = [number for _message, _place, number in found]
    return [
        Measure(f"{DUE:,} due in one second {where}: seconds until all were there", seconds, "s"),
        Measure("... not delivered", DUE - len(set(numbers)), "", 0),
        Measure("... delivered twice", sum(count - 1 for count in Counter(numbers).values()), "", 0),
        Measure("... places where the order is not that of the due times", _unsorted(by_place.values()), "", 0),
        Measure("... farthest from its turn over all places", _farthest(numbers), "turns"),
    ]


def deliveries(folder: Path) -> list[Measure]:
    """Microseconds of processor time for one delivery, and for one message of bare nextcord."""
    costs: dict[str, list[float]] = {"benchmarks.reminding": [], "benchmarks.sending": []}
    for number in range(ROUNDS):
        for module, found in costs.items():
            at = time.time() + (14 if module == "benchmarks.reminding" else 3)
            settings = {"BENCH_AT": str(at), "BENCH_COUNT": str(DELIVERIES), "BOTCORE_LOG__LEVEL": "warning"}
            with (
                open_sink() as sink,
                start_bot(["-m", module], sink, folder / f"{module}{number}.db", settings) as bot,
            ):
                if time.time() > at:
                    raise RuntimeError(f"{module} was not ready in time")
                before = bot.cpu()
                figures = sink.take_messages(DELIVERIES)
                if figures["different"] != DELIVERIES:
                    raise RuntimeError(f"{figures['different']} of {DELIVERIES} messages came")
                time.sleep(1)  # what is written down after the last message belongs to it
                found.append((bot.cpu() - before) / DELIVERIES * 1e6)
    ours, bare = costs["benchmarks.reminding"], costs["benchmarks.sending"]
    ratio = median(one / other for one, other in zip(ours, bare, strict=True))
    return [
        Measure("one delivery: two transactions, its timer, its message", median(ours), "us CPU"),
        Measure("one channel.send of bare nextcord", median(bare), "us CPU"),
        Measure("... that many times as much", ratio, "times"),
    ]


def _delivered(sandbox: Sandbox) -> list[tuple[int, int, int]]:
    """Each reminder that is there: the message's id, its channel, and which one it is, as they came."""
    return sorted(
        (message.id, channel.id, int(message.content.rsplit(" ", 1)[1]))
        for channel in sandbox.world.channels.values()
        for message in channel.messages.values()
        if message.author is sandbox.world.bot and "reminder " in message.content
    )


def _messages(sandbox: Sandbox) -> int:
    return sum(len(channel.messages) for channel in sandbox.world.channels.values())


def _unsorted(places: Iterable[list[int]]) -> int:
    return sum(numbers != sorted(numbers) for numbers in places)


def _farthest(numbers: Sequence[int]) -> int:
    return max((abs(turn - number) for turn, number in enumerate(numbers)), default=0)


async def on_the_sandbox(folder: Path) -> list[Measure]:
    """What needs people."""
    measures = []
    for name, part in (
        ("lists", lists),
        ("people", lambda place: at_once(place, channels=False)),
        ("channels", lambda place: at_once(place, channels=True)),
    ):
        place = folder / name
        place.mkdir()
        measures += await part(place)
    return measures


def main() -> int:
    """Print the figures; 1 if one breaks its bound."""
    with tempfile.TemporaryDirectory(prefix="botcore-bench-") as name:
        measures = [*uvloop.run(on_the_sandbox(Path(name))), *deliveries(Path(name))]
    return 0 if show("Reminders", measures) else 1


if __name__ == "__main__":
    sys.exit(main())
