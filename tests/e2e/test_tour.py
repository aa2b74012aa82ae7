"""The visit that a newcomer runs first, as a newcomer runs it, and what it says when the bot is not well."""

import asyncio
import io
import os
import re
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from rich.console import Console

from botcore_sandbox.tour.play import play
from botcore_sandbox.tour.printing import Printing
from botcore_sandbox.tour.scene import Scene
from botcore_sandbox.tour.script import SCRIPT
from botcore_sandbox.tour.step import Step, expect
from fakes.distributions import SitePackages

PATIENCE = 60.0


async def tour(folder: Path, *arguments: str, variables: Mapping[str, str] | None = None) -> asyncio.subprocess.Process:
    """``botcore sandbox tour`` in this folder, writing into a pipe."""
    environment = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "FORCE_COLOR"}}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "botcore",
        "sandbox",
        "tour",
        *arguments,
        cwd=folder,
        env={**environment, "TMPDIR": str(folder), **(variables or {})},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def ended(process: asyncio.subprocess.Process) -> tuple[int | None, str, str]:
    """The exit code, and what was written to standard output and standard error."""
    out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    return process.returncode, out.decode(), err.decode()


def titles(printed: str) -> list[str]:
    """The headlines of the steps that were begun."""
    return re.findall(r"^── (\d+ · .+?) ─*$", printed, re.MULTILINE)


def names_in(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def printing() -> tuple[Printing, io.StringIO]:
    """An audience on 80 columns of paper."""
    paper = io.StringIO()
    return Printing(Console(file=paper, width=80, highlight=False, markup=False, emoji=False)), paper


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An operator's folder, whose configuration would never start."""
    home = tmp_path / "operator"
    home.mkdir()
    (home / "botcore.toml").write_text('[discord]\ntoken = "the real one"\nunknown = 1\n', encoding="utf-8")
    return home


async def test_the_visit_plays_every_step_in_order_beside_a_configuration_that_it_never_reads(folder: Path) -> None:
    """Exit 0, these steps in this order, and text without a control code, whatever a terminal would like."""
    variables = {"FORCE_COLOR": "1", "BOTCORE_DISCORD__TOKEN": "the real one"}
    process = await tour(folder, "--plain", "--keep-log", "bot.log", variables=variables)
    code, printed, said = await ended(process)
    assert (code, said) == (0, ""), printed
    assert titles(printed) == [
        "1 · The bot arrives",
        "2 · A command with an option",
        "3 · Help, while you type",
        "4 · A poll in one line",
        "5 · Votes, and a tally that follows",
        "6 · A form that loses nothing",
        "7 · A vote changed, a vote withdrawn",
        "8 · A mistake, explained",
        "9 · Not for everybody",
        "10 · Somebody else's poll",
        "11 · A reminder, seen before it is kept",
        "12 · A vote at the last moment",
        "13 · The power fails",
        "14 · The old button still works",
        "15 · The end of a poll",
        "16 · Two hours later",
        "17 · What became of it",
        "18 · The bot leaves",
    ]
    assert "18 steps in" in printed
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", printed)
    assert not re.search(r"[ ]$", printed, re.MULTILINE)
    log = (folder / "bot.log").read_text(encoding="utf-8")
    assert log.count('"message":"ready"') == 2
    assert names_in(folder) == ["bot.log", "botcore.toml"]


async def test_a_feature_that_does_not_work_ends_the_visit_with_1_and_its_reason(
    folder: Path, site: SitePackages
) -> None:
    """The step is named, with what was expected, what was seen, and the end of the bot's log."""
    site.install("broken", "raise RuntimeError('no luck today')")
    code, printed, _said = await ended(await tour(folder, variables={"PYTHONPATH": str(site.folder)}))
    assert code == 1
    assert titles(printed) == ["1 · The bot arrives"]
    told = printed[printed.index("✗") :]
    flat = " ".join(told.replace("│", " ").split())
    assert "This step went wrong: The bot arrives" in flat
    assert "expected every installed feature to work" in flat
    assert "no luck today" in flat[flat.index("seen") : flat.index("the bot's log ends with")]
    assert "info ready" in flat[flat.index("the bot's log ends with") :]
    assert "\x1b" not in printed


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_visit_that_is_told_to_stop_leaves_nothing_behind(
    folder: Path, site: SitePackages, tmp_path: Path, number: signal.Signals
) -> None:
    """Ctrl-C in the middle, twice: exit 130, no bot, no file."""
    pids = tmp_path / "pids"
    site.install(
        "witness",
        f"""
        import os
        from pathlib import Path
        import botcore as bc

        class Feature(bc.BaseFeature):
            name = "witness"

            async def start(self, services):
                with Path({str(pids)!r}).open("a") as file:
                    print(os.getpid(), file=file)
        """,
    )
    process = await tour(folder, variables={"PYTHONPATH": str(site.folder)})
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE):
        async for line in process.stdout:
            if "· Votes, and a tally" in line.decode():
                break
    process.send_signal(number)
    process.send_signal(number)
    code, printed, said = await ended(process)
    assert code == 130
    assert "Stopped" in said
    assert "The power fails" not in printed
    [pid] = map(int, pids.read_text(encoding="utf-8").split())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert names_in(folder) == ["botcore.toml"]


async def test_a_log_that_cannot_be_kept_is_said_before_anything_starts(folder: Path) -> None:
    """Exit 2, and the name of the file."""
    code, printed, said = await ended(await tour(folder, "--keep-log", "nowhere/bot.log"))
    assert (code, printed) == (2, "")
    assert "nowhere/bot.log" in said


async def test_a_bot_of_botcore_alone_plays_its_own_visit() -> None:
    """What needs another feature is left out, each with a line; the rest goes well."""
    audience, paper = printing()
    assert await play(SCRIPT, audience, features=("core",))
    printed = paper.getvalue()
    assert titles(printed) == [
        "1 · The bot arrives",
        "2 · Help, while you type",
        "3 · Not for everybody",
        "4 · The power fails",
        "5 · The bot leaves",
    ]
    assert "left out: A command with an option (there is no feature dice in this bot)" in printed
    assert " ".join(printed.split()).count("there is no feature polls in this bot") == 9
    assert "5 steps (13 left out) in" in printed


async def test_nothing_is_played_after_a_step_that_went_wrong() -> None:
    """A script of one's own: what a step expected and what it saw are told, and the play is over."""

    async def hopes(scene: Scene) -> None:
        reply = await scene.slash(scene.alice, "help")
        expect("breakfast" in reply.text, "breakfast", "a list of commands")

    audience, paper = printing()
    arrives = SCRIPT[0]
    assert not await play((arrives, Step("A wish", hopes), arrives), audience, features=("core",))
    printed = paper.getvalue()
    assert titles(printed) == ["1 · The bot arrives", "2 · A wish"]
    assert re.search(r"This step went wrong: A wish\n +expected +breakfast\n +seen +a list of commands\n", printed)
    assert "steps in" not in printed


async def test_a_step_that_cannot_go_on_says_what_was_done_last() -> None:
    """An error of the driver is told in its own sentence, after the act that led to it."""

    async def asks(scene: Scene) -> None:
        await scene.slash(scene.alice, "dance")

    audience, paper = printing()
    assert not await play((SCRIPT[0], Step("A dance", asks)), audience, features=("core",))
    flat = " ".join(paper.getvalue().split())
    assert "expected that the visit goes on after this: Alice sends /dance" in flat
    assert "seen There is no command /dance here" in flat
