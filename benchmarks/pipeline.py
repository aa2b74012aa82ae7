"""CPU, speed and memory of one command through botcore, beside bare nextcord in the same run.

``python -m benchmarks.pipeline [commands] [rounds]``: the two in rotation, each in a process of its own against a sink
in another, bytecode compiled. The ratio of CPU per command is the median over the rounds' pairs.
"""

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.processes import open_sink, start_bot
from benchmarks.report import Measure, show

AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Figures:
    """One round of one bot: microseconds, commands per second, milliseconds and megabytes."""

    cpu: float
    rate: float
    p50: float
    p99: float
    resident: float


def measure(module: str, commands: int, folder: Path) -> Figures:
    """Start a bot, have it answer, and read its figures."""
    settings = {"BOTCORE_FEATURES__ENABLED": "core"}
    with open_sink() as sink, start_bot(["-m", module], sink, folder / "bench.db", settings) as bot:
        sink.drive(commands // 10, AT_ONCE)  # warm
        before = bot.cpu()
        run = sink.drive(commands, AT_ONCE)
        cpu = (bot.cpu() - before) / commands * 1e6
        return Figures(cpu, commands / run["seconds"], run["p50"], run["p99"], bot.resident())


def main() -> int:
    """Measure in rotation and print a table; 1 if botcore costs more than was promised."""
    commands = int(sys.argv[1]) if len(sys.argv) > 1 else 4000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5  # noqa: PLR2004 - the second argument
    ours: list[Figures] = []
    bare: list[Figures] = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds):
            bare.append(measure("benchmarks.bare", commands, Path(folder)))
            ours.append(measure("benchmarks.ours", commands, Path(folder)))

    def beside(name: str, what: str, unit: str, limit: float | None = None) -> list[Measure]:
        mine = [getattr(figures, name) for figures in ours]
        theirs = [getattr(figures, name) for figures in bare]
        ratio = median(one / other for one, other in zip(mine, theirs, strict=True))
        return [
            Measure(f"{what}: botcore", median(mine), unit),
            Measure(f"{what}: nextcord", median(theirs), unit),
            Measure("... that many times as much", ratio, "times", limit),
        ]

    kept = show(
        f"One command, {commands:,} times, {AT_ONCE} at once; medians of {rounds} rounds in rotation",
        [
            *beside("cpu", "CPU per command", "us", 1.10),
            *beside("rate", "commands", "per s"),
            *beside("p50", "latency, p50", "ms"),
            *beside("p99", "latency, p99", "ms"),
            *beside("resident", "resident after them", "MB"),
        ],
    )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
