"""The operators' files, checked as far as they can be without root and without a container engine."""

import configparser
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from botcore.config import Config, leaf_keys
from command_line import run_here
from wheelhouse import ROOT, SOURCES, CannotInstall, Environment, build_wheels, make_environment

UNIT = ROOT / "deploy" / "botcore.service"
CONTAINERFILE = ROOT / "deploy" / "Containerfile"
ANALYZE = shutil.which("systemd-analyze")

VARIABLES = {f"BOTCORE_{key.replace('.', '__').upper()}" for key, _field in leaf_keys(Config)} | {"BOTCORE_CONFIG"}


class Unit(configparser.RawConfigParser):
    """A unit file; a key that stands twice keeps its last value."""

    def __init__(self) -> None:
        super().__init__(strict=False, delimiters=("=",), comment_prefixes=("#",), interpolation=None)

    def optionxform(self, optionstr: str) -> str:
        """As it is written."""
        return optionstr


@pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze is not here")
def test_systemd_takes_the_unit(tmp_path: Path):
    """With a program in the place where it expects one; nothing in it is unknown or misspelt."""
    program = tmp_path / "botcore"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    unit = tmp_path / UNIT.name
    unit.write_text(
        UNIT.read_text(encoding="utf-8").replace("/opt/botcore/venv/bin/botcore", str(program)), encoding="utf-8"
    )
    assert ANALYZE is not None
    ran = subprocess.run([ANALYZE, "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False)
    about_it = [line for line in (ran.stdout + ran.stderr).splitlines() if UNIT.name in line]
    assert about_it == []


@pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze is not here")
def test_the_unit_is_hardened():
    """By systemd's own measure, where 10 is everything and 0 is nothing."""
    assert ANALYZE is not None
    ran = subprocess.run(
        [ANALYZE, "security", "--offline=yes", "--no-pager", str(UNIT)], capture_output=True, text=True, check=False
    )
    measured = re.search(r"Overall exposure level for \S+: ([\d.]+)", ran.stdout)
    if measured is None:
        pytest.skip(f"this systemd-analyze does not measure files: {ran.stderr.strip()[:200]}")
    assert float(measured[1]) < 2.0, ran.stdout


def test_the_unit_sets_what_there_is():
    """Every variable is a setting, what it starts exists, and a wrong setting is not tried again."""
    unit = Unit()
    unit.read(UNIT, encoding="utf-8")
    text = UNIT.read_text(encoding="utf-8")
    assert set(re.findall(r"\b(BOTCORE_\w+)=", text)) <= VARIABLES
    _program, *command = shlex.split(unit["Service"]["ExecStart"])
    assert run_here(*command, "--help").code == 0
    assert unit["Service"]["RestartPreventExitStatus"] == "2"


def instructions() -> list[tuple[str, str]]:
    """The Containerfile's instructions, with continued lines joined."""
    text = re.sub(r"\\\n\s*", " ", CONTAINERFILE.read_text(encoding="utf-8"))
    return [
        (line.split(maxsplit=1)[0], line.split(maxsplit=1)[1])
        for line in text.splitlines()
        if line and not line.startswith("#")
    ]


def test_the_container_copies_what_is_there():
    """Nothing that a checkout does not have; packages with what their builds need."""
    copied = [value.split() for name, value in instructions() if name == "COPY" and "--from" not in value]
    assert copied
    for source, _target in copied:
        assert (ROOT / source / "pyproject.toml").is_file()


def test_the_container_sets_what_there_is():
    """Every variable is a setting; it runs as somebody who is not root, and starts what exists."""
    found = dict(instructions())
    assert set(re.findall(r"\b(BOTCORE_\w+)=", found["ENV"])) <= VARIABLES
    assert found["USER"] not in {"root", "0"}
    entry = [*shlex.split(found["ENTRYPOINT"].strip("[]").replace(",", " "))]
    command = [*shlex.split(found["CMD"].strip("[]").replace(",", " "))]
    assert entry == ["botcore"]
    assert run_here(*command, "--help").code == 0


def test_the_container_installs_a_bot_that_starts(tmp_path: Path):
    """Its pip line, played in a virtual environment with the wheels of what it copies."""
    [installs] = [value for name, value in instructions() if name == "RUN" and "pip install" in value]
    folders = re.findall(r"/src/(packages/[\w-]+)(\[\w+\])?", installs)
    names = {str(source.relative_to(ROOT)): name for name, source in SOURCES.items()}
    wanted = [f"{names[folder]}{extra}" for folder, extra in folders]
    try:
        wheels = build_wheels(tmp_path / "wheels", [names[folder] for folder, _extra in folders])
        environment: Environment = make_environment(tmp_path / "venv", "botcore", also=["asyncpg"])
    except CannotInstall as reason:
        pytest.skip(f"nothing can be installed here: {reason}")
    environment.pip("install", "--no-index", "--find-links", str(wheels), *wanted)
    [checks] = [value for name, value in instructions() if name == "RUN" and "--version" in value]
    ran = environment.run(*shlex.split(checks.replace("/opt/bot/bin/", "")))
    assert ran.stdout == "botcore 2.0.0\n"
    listed = environment.run("botcore", "features", "list")
    assert "polls" in listed.stdout
