"""Start and memory of ``botcore run`` with what is installed, and each feature's share, beside bare nextcord.

``python -m benchmarks.installed [rounds]``: bare nextcord, botcore alone, with each feature and with all of them, in
rotation, each in a process of its own, bytecode compiled. The first start of each makes its tables and writes its
commands; what counts are the starts after it.
"""

import compileall
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import botcore as bc
from benchmarks.processes import Sink, open_sink, start_bot
from benchmarks.report import Measure, show

IDLE = 1.0
"""Seconds after which a bot that is ready is idle."""

READY, RESIDENT, HELP = 1.0, 100.0, 0.3
"""What is promised: seconds to ready again and megabytes when idle, with all features; seconds of a help."""


@dataclass(slots=True)
class Subject:
    """One bot that is started again and again.

    Args:
        arguments: for Python.
        settings: variables of its environment.
        sink: its Discord, which remembers its commands.
        database: its own.
        ready: seconds from exec to ready, start by start.
        cpu: seconds of processor time until then, which other work on the machine changes less.
        resident: megabytes when idle, start by start.
    """

    arguments: tuple[str, ...]
    settings: Mapping[str, str]
    sink: Sink
    database: Path
    ready: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    resident: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start once and note the figures."""
        with start_bot(self.arguments, self.sink, self.database, self.settings) as bot:
            self.cpu.append(bot.cpu())
            self.ready.append(bot.ready)
            time.sleep(IDLE)
            self.resident.append(bot.resident())

    def second(self) -> float:
        """Seconds to ready, of the starts after the first."""
        return median(self.ready[1:])

    def idle(self) -> float:
        """Megabytes, of the starts after the first."""
        return median(self.resident[1:])


def features() -> dict[str, type[bc.BaseFeature]]:
    """The features that are installed, but for botcore's own, by name."""
    found = (entry for entry in entry_points(group="botcore.features") if entry.module.partition(".")[0] != "botcore")
    return {entry.name: entry.load() for entry in sorted(found, key=lambda entry: entry.name)}


def with_required(name: str, installed: Mapping[str, type[bc.BaseFeature]]) -> set[str]:
    """A feature and those without which it would be left out."""
    return {name}.union(*(with_required(other, installed) for other in installed[name].requires if other in installed))


def help_seconds() -> float:
    """Seconds that ``botcore --help`` takes, its start included."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "botcore", "--help"], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def compile_bytecode(packages: Iterable[str]) -> None:
    """As an installer does; what is edited in place is not installed by one."""
    for package in packages:
        spec = find_spec(package)
        for folder in (spec.submodule_search_locations if spec is not None else None) or ():
            compileall.compile_dir(folder, quiet=2)


def main() -> int:
    """Measure in rotation and print a table; 1 if a promise is broken."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    installed = features()
    compile_bytecode({"benchmarks", "botcore", *(each.__module__.partition(".")[0] for each in installed.values())})
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))

        def subject(name: str, *arguments: str, enabled: Iterable[str] = ()) -> Subject:
            settings = {"BOTCORE_FEATURES__ENABLED": ",".join(sorted({"core", *enabled}))}
            return Subject(arguments, settings, stack.enter_context(open_sink()), folder / f"{name}.db")

        run = ("-m", "botcore", "run", "--strict")
        bare = subject("bare", "-m", "benchmarks.bare")
        alone = subject("alone", *run)
        each = {name: subject(name, *run, enabled=with_required(name, installed)) for name in installed}
        everything = subject("everything", *run, enabled=installed)
        helps = []
        for _ in range(rounds + 1):
            for one in (bare, alone, *each.values(), everything):
                one.start()
            helps.append(help_seconds())
    kept = show(
        f"botcore run, a second start; medians of {rounds} rounds in rotation",
        [
            Measure("to ready: nextcord", bare.second(), "s"),
            Measure("to ready: botcore", alone.second(), "s"),
            Measure(f"to ready: botcore with all {len(installed)} features", everything.second(), "s", READY),
            Measure("... at its quickest", min(everything.ready[1:]), "s"),
            Measure("... and at the first start, which makes tables", everything.ready[0], "s"),
            Measure("CPU to ready: nextcord", median(bare.cpu[1:]), "s"),
            Measure(f"CPU to ready: botcore with all {len(installed)} features", median(everything.cpu[1:]), "s"),
            Measure("resident, idle: nextcord", bare.idle(), "MB"),
            Measure("resident, idle: botcore", alone.idle(), "MB"),
            *(
                Measure(f"... more with {' and '.join(sorted(with_required(name, installed)))}", share, "MB")
                for name, share in ((name, one.idle() - alone.idle()) for name, one in each.items())
            ),
            Measure(f"resident, idle: botcore with all {len(installed)} features", everything.idle(), "MB", RESIDENT),
            Measure("botcore --help", median(helps[1:]), "s", HELP),
        ],
    )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
