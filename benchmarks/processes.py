"""A bot in a process of its own, against a sink in another: started, timed and read from outside."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 10.0
_TICKS = os.sysconf("SC_CLK_TCK")


class Sink:
    """A Discord that costs little; made by `open_sink`.

    Args:
        process: the sink's own, which reads and writes lines.
    """

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._asked, self._told = process.stdin, process.stdout
        self.api_url = f"http://127.0.0.1:{int(self._told.readline())}/api/v10"

    def drive(self, count: int, at_once: int) -> dict[str, float]:
        """Have so many commands answered: how many seconds it took, and ``p50`` and ``p99`` in milliseconds.

        Raises:
            RuntimeError: not every answer was the right one.
        """
        self._asked.write(f"drive {count} {at_once}\n")
        self._asked.flush()
        figures: dict[str, float] = json.loads(self._told.readline())
        if figures["count"] != count:
            raise RuntimeError(f"{count - figures['count']} of {count} answers are wrong")
        return figures

    def take_messages(self, count: int) -> dict[str, float]:
        """Wait for so many messages: how many came, how many were different, and the seconds from first to last."""
        self._asked.write(f"messages {count}\n")
        self._asked.flush()
        figures: dict[str, float] = json.loads(self._told.readline())
        return figures


@contextmanager
def open_sink() -> Iterator[Sink]:
    """A sink, until the block ends."""
    command = [sys.executable, "-m", "benchmarks.sink"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield Sink(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(PATIENCE)


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot that is ready.

    Args:
        pid: its process.
        ready: seconds from exec to ready.
    """

    pid: int
    ready: float

    def cpu(self) -> float:
        """Seconds of processor time that it has used."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def resident(self) -> float:
        """Megabytes in memory."""
        lines = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


@contextmanager
def start_bot(arguments: Sequence[str], sink: Sink, database: Path, settings: Mapping[str, str]) -> Iterator[Bot]:
    """A bot of this interpreter, from the moment when it says that it is ready until the block ends.

    Args:
        arguments: for Python.
        sink: its Discord.
        database: where it keeps what it keeps; a second start finds it there.
        settings: further variables of its environment.
    """
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("BOTCORE_")},
        "BOTCORE_DISCORD__TOKEN": "token",
        "BOTCORE_DISCORD__API_URL": sink.api_url,
        "BOTCORE_DATABASE__URL": f"sqlite:///{database}",
        "BOTCORE_LOG__FORMAT": "json",
        **settings,
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    try:
        said = []
        for line in process.stdout:
            said.append(line)
            if line == "ready\n" or '"message":"ready"' in line:
                break
        else:
            raise RuntimeError(f"{' '.join(arguments)} did not get ready: {''.join(said[-5:])}")
        ready = time.perf_counter() - began
        threading.Thread(target=process.stdout.read, daemon=True).start()  # a full pipe would stop the bot
        yield Bot(process.pid, ready)
    finally:
        process.terminate()
        process.wait(PATIENCE)
