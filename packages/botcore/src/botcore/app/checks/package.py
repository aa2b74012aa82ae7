"""From a path to findings: build the wheel, unpack it, look at it, and run the rest in a process of its own."""

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import orjson

from botcore.app.checks.findings import Finding
from botcore.app.checks.metadata import check_metadata
from botcore.app.checks.wheel import NoWheel, check_wheel, wheel_of
from botcore.errors import ConfigurationError

_SECONDS = 300.0


def check_package(path: Path, config_file: Path | None = None) -> list[Finding]:
    """Check a package without installing it.

    Args:
        path: its folder, with a ``pyproject.toml``, or a wheel.
        config_file: settings that its features need; by default they get none.

    Raises:
        ConfigurationError: there is no package at the path.
    """
    if not (path.suffix == ".whl" and path.is_file()) and not (path / "pyproject.toml").is_file():
        raise ConfigurationError(f"{path} is neither a wheel nor a folder with a pyproject.toml; name one of them.")
    with tempfile.TemporaryDirectory(prefix="botcore-check-", ignore_cleanup_errors=True) as folder:
        try:
            wheel = wheel_of(path, Path(folder) / "wheel")
            unpacked = Path(folder) / "unpacked"
            with zipfile.ZipFile(wheel) as archive:
                archive.extractall(unpacked)
        except (NoWheel, zipfile.BadZipFile, OSError) as error:
            return [Finding.failed("wheel", str(error))]
        return [*check_wheel(wheel, unpacked), *check_metadata(unpacked), *_inside(unpacked, config_file)]


def _inside(unpacked: Path, config_file: Path | None) -> list[Finding]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BOTCORE_")}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(unpacked), environment.get("PYTHONPATH")]))
    arguments = [str(config_file.absolute())] if config_file is not None else []
    trouble = "the process that runs the checks"
    try:
        run = subprocess.run(  # noqa: S603 - our own module; the package's code is run on purpose, as a bot would
            [sys.executable, "-m", "botcore.app.checks.inside", str(unpacked), *arguments],
            env=environment,
            cwd=unpacked.parent,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return [Finding.failed("entry point", f"{trouble} did not end within {_SECONDS:.0f} s; does an import wait?")]
    try:
        return [Finding.read(each) for each in orjson.loads(run.stdout.splitlines()[-1])]
    except (IndexError, orjson.JSONDecodeError, KeyError, TypeError):
        said = run.stderr.decode(errors="replace").strip().splitlines() or ["it said nothing"]
        return [
            Finding.failed("entry point", f"the process that runs the checks ended with {run.returncode}: {said[-1]}")
        ]
