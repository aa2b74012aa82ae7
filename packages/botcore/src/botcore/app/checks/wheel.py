"""The wheel: that it can be built, and that it brings what it should and nothing that harms others."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from botcore.app.checks.findings import Finding

_SECONDS = 300.0

#: Folders that belong beside a package; in a wheel they would be everybody's package of that name.
_STRAY = frozenset({"tests", "test", "docs", "doc", "examples", "src", "tools", "scripts"})


class NoWheel(Exception):
    """The wheel cannot be built; the text says why."""


def wheel_of(path: Path, folder: Path) -> Path:
    """The wheel itself, or the one that is built of a package's folder.

    Args:
        path: a wheel, or a folder with a ``pyproject.toml``.
        folder: where a wheel is built.

    Raises:
        NoWheel: it cannot be built.
    """
    if path.is_file():
        return path
    try:
        built = subprocess.run(  # noqa: S603 - the usual builders, on a path that the operator named
            _builder(path.absolute(), folder),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NoWheel(f"it was not built within {_SECONDS:.0f} s") from None
    wheels = sorted(folder.glob("*.whl"))
    if built.returncode != 0 or not wheels:
        said = [line.strip() for line in (built.stderr or built.stdout).splitlines() if line.strip()]
        raise NoWheel(f"it cannot be built: {' '.join(said[-3:]) or f'the builder ended with {built.returncode}'}")
    return wheels[0]


def check_wheel(wheel: Path, unpacked: Path) -> Iterator[Finding]:
    """What is in the wheel."""
    folders = sorted(each.name for each in unpacked.iterdir() if each.is_dir() and not each.name.endswith("-info"))
    stray = sorted(_STRAY.intersection(folders))
    if stray:
        yield Finding.failed(
            "wheel",
            f"it would install {', '.join(stray)} beside everybody's packages; leave that out of the wheel",
        )
    packages = [name for name in folders if (unpacked / name / "__init__.py").is_file()]
    untyped = [name for name in packages if not (unpacked / name / "py.typed").is_file()]
    if untyped:
        yield Finding.warned(
            "wheel",
            f"{', '.join(untyped)} has no file py.typed, so type checkers ignore its annotations; add an empty one",
        )
    if not stray:
        yield Finding.passed("wheel", f"{wheel.name} brings {', '.join(folders) or 'modules alone'}")


def _builder(source: Path, folder: Path) -> list[str]:
    uv = shutil.which("uv")
    if uv is not None:
        return [uv, "build", "--quiet", "--wheel", "--out-dir", str(folder), str(source)]
    if find_spec("pip") is not None:
        return [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(source)]
    raise NoWheel("neither uv nor pip is here to build it; build it elsewhere and name the wheel")
