"""Wheels of the packages, and clean environments to install them in, as somebody far from the checkout would."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]

#: Where each distribution's source is.
SOURCES = {
    "botcore": ROOT / "packages" / "botcore",
    "botcore-sandbox": ROOT / "packages" / "botcore-sandbox",
    "botcore-polls": ROOT / "packages" / "feature-polls",
    "botcore-reminders": ROOT / "packages" / "feature-reminders",
    "botcore-dice": ROOT / "examples" / "01-dice",
    "botcore-journal": ROOT / "examples" / "03-observer",
    "botcore-tags": ROOT / "examples" / "04-tags",
    "botcore-guestbook": ROOT / "examples" / "05-old-cog",
}
_SECONDS = 300


class CannotInstall(Exception):
    """What is needed from a package registry cannot be had here; the text says what was tried."""


class Environment:
    """A virtual environment with nothing of the checkout in it.

    Args:
        folder: where it is.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
        self.python = self._programs / "python"

    def run(
        self, *command: str, cwd: Path | None = None, variables: Mapping[str, str] | None = None
    ) -> "subprocess.CompletedProcess[str]":
        """Run one of its programs, in an environment that knows nothing of ours."""
        name, *arguments = command
        return subprocess.run(
            [str(self._programs / name), *arguments],
            cwd=cwd or self.folder,
            env={**self.variables, **(variables or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )

    @property
    def variables(self) -> dict[str, str]:
        """What a shell in it would have."""
        kept = ("HOME", "LANG", "TMPDIR", "TEMP", "SYSTEMROOT", "USERPROFILE", "BOTCORE_TEST_TRAFFIC")
        inherited = {name: os.environ[name] for name in kept if name in os.environ}
        return {**inherited, "PATH": f"{self._programs}{os.pathsep}{os.environ['PATH']}"}

    def pip(self, *arguments: str) -> None:
        """Run plain pip.

        Raises:
            AssertionError: it fails; with what it said.
        """
        ran = self.run("python", "-m", "pip", "--disable-pip-version-check", *arguments)
        assert ran.returncode == 0, ran.stdout + ran.stderr


def build_wheels(folder: Path, names: Iterable[str] = SOURCES) -> Path:
    """Build the wheels of these packages.

    Raises:
        CannotInstall: uv is not here, or hatchling cannot be had.
    """
    uv = _uv()
    for name in names:
        ran = _quiet(uv, "build", "--wheel", "--no-sources", "--out-dir", str(folder), str(SOURCES[name]))
        if ran.returncode:
            raise CannotInstall(f"uv cannot build {name}: {ran.stderr.strip()[-500:]}")
    return folder


def make_environment(folder: Path, *needed_by: str, also: Iterable[str] = ()) -> Environment:
    """A virtual environment with pip and the dependencies of these packages, in the versions of the checkout's own.

    Args:
        folder: where it goes.
        needed_by: distributions of ours, which are not installed themselves.
        also: other distributions to install.

    Raises:
        CannotInstall: they are neither in uv's cache nor to be had from a registry.
    """
    created = subprocess.run([sys.executable, "-m", "venv", str(folder)], capture_output=True, text=True, check=False)
    if created.returncode:
        raise CannotInstall(f"python -m venv fails: {created.stdout.strip()[-300:]}")
    environment = Environment(folder)
    pinned = sorted(_closure([*needed_by, *also]))
    install = (_uv(), "pip", "install", "--quiet", "--python", str(environment.python))
    if _quiet(*install, "--offline", *pinned).returncode == 0:
        return environment
    ran = _quiet(*install, *pinned)
    if ran.returncode:
        raise CannotInstall(f"uv cannot install the dependencies: {ran.stderr.strip()[-500:]}")
    return environment


def _closure(names: Iterable[str]) -> set[str]:
    """What these distributions need, and what that needs, pinned to the versions that are installed here."""
    pinned: dict[str, str] = {}
    seen: set[str] = set()
    waiting = list(names)
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in seen:
            continue
        seen.add(name)
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue  # for another platform
        if name not in SOURCES:
            pinned[name] = found.version
        for line in found.requires or ():
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": "asyncio"}):
                waiting.append(requirement.name)
    return {f"{name}=={version}" for name, version in pinned.items()}


def _uv() -> str:
    found = shutil.which("uv")
    if found is None:
        raise CannotInstall("uv is not on the path")
    return found


def _quiet(*command: str) -> "subprocess.CompletedProcess[str]":
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    return subprocess.run(
        command, cwd=ROOT.parent, env=environment, capture_output=True, text=True, timeout=_SECONDS, check=False
    )
