"""From installed distributions to feature classes in the order in which they are taken up."""

from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

from botcore.contracts.status import FeatureRecord, FeatureStatus
from botcore.errors import FeatureError
from botcore.features.base import BaseFeature
from botcore.features.discovery import FEATURES_GROUP, ImportFailed, Installed, installed
from botcore.features.registration import check_name


@dataclass(slots=True)
class Roster:
    """Every installed feature, and what became of each.

    Attributes:
        order: the features to take up, those that others require first.
        types: the class of each feature that could be imported.
    """

    order: list[str] = field(default_factory=list)
    types: dict[str, type[BaseFeature]] = field(default_factory=dict)
    _records: dict[str, FeatureRecord] = field(default_factory=dict)

    def records(self) -> list[FeatureRecord]:
        """What became of each, by name."""
        return [self._records[name] for name in sorted(self._records)]

    def reason(self, name: str) -> str | None:
        """Why a feature does not work, or ``None`` if it does."""
        record = self._records.get(name)
        if record is None:
            return "it is not installed"
        return None if record.status is FeatureStatus.ACTIVE else record.reason

    def enter(self, entry: Installed, status: FeatureStatus = FeatureStatus.ACTIVE, reason: str = "") -> None:
        """Note one installed feature."""
        self._records[entry.name] = FeatureRecord(
            entry.name, entry.distribution, entry.version, entry.location, status, reason
        )

    def leave_out(self, name: str, reason: str) -> None:
        """Note that a feature does not work, and take it from the order."""
        record = self._records[name]
        self._records[name] = FeatureRecord(
            name, record.distribution, record.version, record.location, FeatureStatus.LEFT_OUT, reason
        )
        self.types.pop(name, None)
        if name in self.order:
            self.order.remove(name)

    def left_out(self) -> list[FeatureRecord]:
        """The features that do not work."""
        return [record for record in self.records() if record.status is FeatureStatus.LEFT_OUT]


def load_features(enabled: list[str] | None, disabled: list[str]) -> Roster:
    """Import every installed feature that the configuration wants, and put them in order.

    Args:
        enabled: the only features to use, or ``None`` for all; botcore's own stays.
        disabled: features not to use.
    """
    roster = Roster()
    for entry in installed(FEATURES_GROUP):
        if roster.reason(entry.name) != "it is not installed":
            continue  # the same name again: the earlier distribution keeps it
        own = entry.distribution == "botcore"
        if entry.name in disabled or (enabled is not None and entry.name not in enabled and not own):
            roster.enter(entry, FeatureStatus.DISABLED, "the configuration does not want it")
            continue
        roster.enter(entry)
        try:
            roster.types[entry.name] = _load(entry)
        except (ImportFailed, FeatureError) as error:
            roster.leave_out(entry.name, getattr(error, "reason", str(error)))
    _put_in_order(roster)
    return roster


def _load(entry: Installed) -> type[BaseFeature]:
    if entry.unusable is not None:
        raise FeatureError(entry.name, entry.unusable)
    loaded = entry.load()
    if not (isinstance(loaded, type) and issubclass(loaded, BaseFeature)):
        raise FeatureError(entry.name, f"{entry.entry_point.value} is not a subclass of BaseFeature")
    check_name(loaded, entry.name)
    return loaded


def _put_in_order(roster: Roster) -> None:
    missing = True
    while missing:
        missing = False
        for name, feature in list(roster.types.items()):
            for other in feature.requires:
                if other not in roster.types:
                    roster.leave_out(name, f"needs {other}: {roster.reason(other)}")
                    missing = True
                    break
    while True:
        sorter = TopologicalSorter(
            {
                name: sorted(other for other in (*feature.requires, *feature.after) if other in roster.types)
                for name, feature in sorted(roster.types.items())
            }
        )
        try:
            roster.order = list(sorter.static_order())
        except CycleError as error:
            circle = error.args[1]
            roster.leave_out(circle[0], f"the features {' -> '.join(circle)} wait for one another")
        else:
            return
