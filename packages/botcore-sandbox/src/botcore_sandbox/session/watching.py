"""Notices when a file of an installed feature changes."""

import asyncio
import importlib.util
from collections.abc import Iterable
from importlib.metadata import Distribution, EntryPoint, distributions
from pathlib import Path

_LOOK_EVERY = 0.7
_GROUPS = frozenset({"botcore.features", "botcore.plugins"})
_SUFFIXES = frozenset({".py", ".mo", ".toml", ".json", ".sql"})
_NOT_FEATURES = frozenset({"botcore_sandbox"})


def feature_folders() -> list[Path]:
    """The folders of every package that an entry point of a feature or plug-in names; nothing is imported."""
    names = {
        point.value.partition(":")[0].partition(".")[0]
        for distribution in distributions()
        for point in _entry_points(distribution)
    }
    folders: list[Path] = []
    for name in sorted(names - _NOT_FEATURES):
        spec = importlib.util.find_spec(name)
        if spec is not None:
            folders += [Path(place) for place in spec.submodule_search_locations or ()]
    return folders


class Watch:
    """The files in some folders, as they were at the last look.

    Args:
        folders: where they are, however deep.
    """

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = list(folders)
        self._seen = _times(self._folders)

    async def changed(self) -> Path:
        """Wait until a file changed, appeared or went away since the last look; returns it.

        A look costs one `stat` a file, and what is written within the same moment counts as one change.
        """
        while True:
            now = await asyncio.to_thread(_times, self._folders)
            before, self._seen = self._seen, now
            different = [file for file in before.keys() | now.keys() if before.get(file) != now.get(file)]
            if different:
                return min(different)
            await asyncio.sleep(_LOOK_EVERY)


def _times(folders: Iterable[Path]) -> dict[Path, int]:
    times = {}
    for folder in folders:
        for file in folder.rglob("*"):
            if file.suffix in _SUFFIXES and "__pycache__" not in file.parts:
                try:
                    times[file] = file.stat().st_mtime_ns
                except FileNotFoundError:
                    continue
    return times


def _entry_points(distribution: Distribution) -> list[EntryPoint]:
    try:
        points = distribution.entry_points
    except Exception:  # one unreadable distribution must not hide the others
        return []
    return [point for point in points if point.group in _GROUPS]
