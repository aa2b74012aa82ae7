"""CPU, speed, memory and start of one command through botcore, beside bare nextcord in the same run.

``python -m benchmarks.pipeline [commands] [rounds]``: the two in rotation, each in a process of its own against a sink
in another, bytecode compiled. The ratio of CPU per command is the median over the rounds' pairs.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

AT_ONCE = 16
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Figures:
    """One round of one bot."""

    ready: float
    cpu: float
    rate: float
    p50: float
    p99: float
    resident: float


def measure(module: str, commands: int, folder: Path) -> Figures:
    """Start a bot, have it answer, and read its figures: seconds, microseconds, per second, milliseconds, megabytes."""
    environment = {**os.environ, "BOTCORE_DISCORD__TOKEN": "token", "BOTCORE_FEATURES__ENABLED": "core"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["BOTCORE_DATABASE__URL"] = f"sqlite:///{folder / 'bench.db'}"
    sink = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.sink"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert sink.stdin is not None
    assert sink.stdout is not None
    try:
        port = int(sink.stdout.readline())
        environment["BOTCORE_DISCORD__API_URL"] = f"http://127.0.0.1:{port}/api/v10"
        began = time.perf_counter()
        bot = subprocess.Popen(
            [sys.executable, "-m", module],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert bot.stdout is not None
        try:
            assert bot.stdout.readline() == "ready\n", f"{module} did not get ready"
            ready = time.perf_counter() - began

            def drive(count: int) -> dict[str, float]:
                assert sink.stdin is not None
                assert sink.stdout is not None
                sink.stdin.write(f"drive {count} {AT_ONCE}\n")
                sink.stdin.flush()
                figures: dict[str, float] = json.loads(sink.stdout.readline())
                return figures

            drive(commands // 10)  # warm
            before = _cpu(bot.pid)
            run = drive(commands)
            cpu = (_cpu(bot.pid) - before) / commands * 1e6
            return Figures(ready, cpu, commands / run["seconds"], run["p50"], run["p99"], _resident(bot.pid))
        finally:
            bot.terminate()
            bot.wait(10)
    finally:
        sink.stdin.close()
        sink.wait(10)


def _cpu(pid: int) -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _resident(pid: int) -> float:
    """Megabytes of a process in memory."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def main() -> None:
    """Measure in rotation and print a table."""
    commands = int(sys.argv[1]) if len(sys.argv) > 1 else 4000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5  # noqa: PLR2004 - the second argument
    ours: list[Figures] = []
    bare: list[Figures] = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds):
            bare.append(measure("benchmarks.bare", commands, Path(folder)))
            ours.append(measure("benchmarks.ours", commands, Path(folder)))
    print(f"{commands} commands, {AT_ONCE} at once, {rounds} rounds in rotation; medians\n")
    print(f"{'':34}{'botcore':>10}{'nextcord':>10}{'ratio':>8}")
    rows = [
        ("CPU per command, microseconds", "cpu"),
        ("commands per second", "rate"),
        ("latency p50, ms", "p50"),
        ("latency p99, ms", "p99"),
        ("resident, MB", "resident"),
        ("from exec to ready, s", "ready"),
    ]
    for title, name in rows:
        mine = [getattr(figures, name) for figures in ours]
        theirs = [getattr(figures, name) for figures in bare]
        ratio = statistics.median(one / other for one, other in zip(mine, theirs, strict=True))
        print(f"{title:34}{statistics.median(mine):10.2f}{statistics.median(theirs):10.2f}{ratio:8.2f}")
    print(f"\nfirst start of botcore (tables are made): {ours[0].ready:.2f} s; the next: {ours[1].ready:.2f} s")


if __name__ == "__main__":
    main()
