"""Finding what is installed, by entry points, without letting one broken distribution stop the next."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, EntryPoint, distributions, version
from typing import Any

from packaging.requirements import InvalidRequirement, Requirement

FEATURES_GROUP = "botcore.features"
PLUGINS_GROUP = "botcore.plugins"
OWN = "botcore"


@dataclass(frozen=True, slots=True)
class Installed:
    """One entry point of an installed distribution.

    Args:
        name: the entry point's name; for a feature its own name too.
        distribution: the distribution's name on the package index.
        version: the distribution's version.
        location: the folder it is installed in.
        unusable: why it cannot be used, judged from its metadata alone; ``None`` if nothing speaks against it.
    """

    name: str
    distribution: str
    version: str
    location: str
    entry_point: EntryPoint
    unusable: str | None = None

    def load(self) -> Any:
        """Import what the entry point names.

        Raises:
            ImportFailed: for whatever the import raises, ``SystemExit`` included, and without importing what its
                metadata speaks against.
        """
        if self.unusable is not None:
            raise ImportFailed(self.unusable)
        try:
            return self.entry_point.load()
        except (Exception, SystemExit) as error:
            raise ImportFailed(f"{self.entry_point.value} cannot be imported: {_one_line(error)}") from error


class ImportFailed(Exception):
    """The import of an entry point raised."""


def installed(group: str) -> list[Installed]:
    """Everything installed under this entry-point group: botcore's own first, then by distribution name.

    A distribution whose metadata cannot be read is passed over: `importlib.metadata.entry_points` would raise for all.
    """
    found: dict[str, Installed] = {}
    for distribution in distributions():
        for entry in _entries(distribution, group):
            found.setdefault(f"{entry.distribution}:{entry.name}", entry)
    return sorted(found.values(), key=lambda entry: (entry.distribution != OWN, entry.distribution, entry.name))


def _entries(distribution: Distribution, group: str) -> Iterator[Installed]:
    try:
        matching = [entry for entry in distribution.entry_points if entry.group == group]
        if not matching:
            return
        metadata = distribution.metadata
        name, release = metadata["Name"], metadata["Version"]
        location = str(distribution.locate_file(""))
        unusable = _unusable(distribution)
    except Exception:
        return
    for entry in matching:
        yield Installed(entry.name, name, release, location, entry, unusable)


def _unusable(distribution: Distribution) -> str | None:
    """Judge the declared requirement on botcore against the one that runs."""
    own = version(OWN)
    for line in distribution.requires or ():
        try:
            requirement = Requirement(line)
        except InvalidRequirement:
            continue
        if requirement.name == OWN and not requirement.specifier.contains(own, prereleases=True):
            return f"it is made for botcore{requirement.specifier} and this is botcore {own}"
    return None


def _one_line(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
