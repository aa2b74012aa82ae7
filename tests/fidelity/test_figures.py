"""What no other test may time: memory over many interactions, a test's bot, and the longest phrases."""

import asyncio
import contextlib
import gc
import os
import statistics
import time
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import botcore as bc
from botcore.when import NotUnderstood, Recurrence, When
from botcore_sandbox import BotOnSandbox, Sandbox
from slow_phrases import SLOW

pytestmark = pytest.mark.fidelity

INTERACTIONS, AT_ONCE = 50_000, 25
MB = 1 << 20


class Ping(bc.BaseCommand[bc.NoInput]):
    name, description = "ping", "Answer"

    async def process_command(self, ctx: bc.CommandContext, data: bc.NoInput) -> bc.CommandResult:
        """Answer."""
        return bc.CommandResult.ok("pong")


class Pinging(bc.BaseFeature):
    name = "pinging"
    commands = (Ping,)


def resident() -> int:
    """The bytes of memory that this process uses."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads the resident memory from /proc")
async def test_fifty_thousand_interactions_leave_memory_flat(tmp_path: Path):
    """Everything that the sandbox keeps is bounded: once it is full, memory stays where it is."""
    async with Sandbox() as sandbox, BotOnSandbox(sandbox, tmp_path, features=[Pinging]) as bot:
        people = [bot.member(f"member-{number}") for number in range(AT_ONCE)]
        used: list[int] = []
        began = time.perf_counter()
        for number in range(INTERACTIONS // AT_ONCE):
            replies = await asyncio.gather(*(person.slash("ping") for person in people))
            assert {reply.content for reply in replies} == {"pong"}
            if (number + 1) * AT_ONCE % (INTERACTIONS // 5) == 0:
                used.append(resident())
        seconds = time.perf_counter() - began
    shown = ", ".join(f"{size / MB:.1f}" for size in used)
    print(f"\n{INTERACTIONS} interactions in {seconds:.0f} s; resident MB after each fifth: {shown}")  # noqa: T201 - the figure is what this is for
    assert used[-1] - used[0] < 5 * MB


async def test_a_bot_on_a_sandbox_is_quickly_there(tmp_path: Path):
    """Prints what a test pays for a bot: an emptied sandbox, a fresh database, a connected bot, and its stop."""
    costs: list[float] = []
    async with Sandbox() as sandbox:
        for number in range(25):
            folder = tmp_path / str(number)
            folder.mkdir()
            began = time.perf_counter()
            await sandbox.reset()
            async with BotOnSandbox(sandbox, folder, features=[Pinging, "polls"]):
                pass
            costs.append(time.perf_counter() - began)
    print(f"\na bot on a sandbox: median {statistics.median(costs) * 1000:.0f} ms, worst {max(costs) * 1000:.0f} ms")  # noqa: T201 - as above


def test_nothing_that_is_typed_takes_long():
    """Prints how long the slowest phrases take to be read or refused, as they are and up to 2,000 characters long."""
    now, zone = datetime(2026, 11, 23, 9, tzinfo=UTC), ZoneInfo("Europe/Berlin")
    readers = {
        "moment": lambda text, language: When.read(text, now, zone, language=language),
        "recurrence": lambda text, language: Recurrence.read(text, now, zone, language=language),
    }
    longest: dict[tuple[str, str], float] = {}
    for phrase, language, (name, read) in product([*SLOW, "x", "\u0130"], ("en", "de"), readers.items()):
        for text in (phrase, phrase * (2_000 // len(phrase))):
            attempts: list[float] = []
            for _ in range(5):
                began = time.perf_counter()
                with contextlib.suppress(NotUnderstood):
                    read(text, language)
                attempts.append((time.perf_counter() - began) * 1000)
            longest[name, f"{text[:24]!r}, {len(text)} characters"] = min(attempts)
    (name, text), worst = max(longest.items(), key=lambda each: each[1])
    print(f"\nthe slowest phrase takes {worst:.1f} ms: {text} as a {name}")  # noqa: T201 - as above
    assert len(longest) == len(readers) * 2 * len({*SLOW, "x", "\u0130"})
