"""From installed distributions to feature classes in the order in which they are taken up."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from graphlib import CycleError, TopologicalSorter

from botcore.contracts.status import FeatureRecord, FeatureStatus
from botcore.errors import FeatureError
from botcore.features.base import BaseFeature
from botcore.features.discovery import FEATURES_GROUP, OWN, ImportFailed, Installed, installed
from botcore.features.registration import check_name

NOT_INSTALLED = "it is not installed"


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
    _shadowed: list[FeatureRecord] = field(default_factory=list)

    def records(self) -> list[FeatureRecord]:
        """What became of each, by name."""
        return sorted([*self._records.values(), *self._shadowed], key=lambda record: (record.name, record.distribution))

    def reason(self, name: str) -> str | None:
        """Why a feature does not work, or ``None`` if it does."""
        record = self._records.get(name)
        if record is None:
            return NOT_INSTALLED
        return None if record.status is FeatureStatus.ACTIVE else record.reason

    def knows(self, name: str) -> bool:
        """Whether a feature of this name is installed."""
        return name in self._records

    def enter(self, entry: Installed, status: FeatureStatus = FeatureStatus.ACTIVE, reason: str = "") -> bool:
        """Note one installed feature.

        Returns:
            Whether the name was free; a second distribution with the same name is noted and left out.
        """
        record = FeatureRecord(entry.name, entry.distribution, entry.version, entry.location, status, reason)
        first = self._records.get(entry.name)
        if first is None:
            self._records[entry.name] = record
            return True
        reason = f"the name {entry.name!r} is taken by the distribution {first.distribution!r}"
        self._shadowed.append(replace(record, status=FeatureStatus.LEFT_OUT, reason=reason))
        return False

    def bring(self, feature: type[BaseFeature]) -> None:
        """Note a feature that the program itself brings, in place of an installed one of that name."""
        self._records[feature.name] = FeatureRecord(
            feature.name, "(this program)", "", feature.__module__, FeatureStatus.ACTIVE
        )
        self.types[feature.name] = feature

    def leave_out(self, name: str, reason: str) -> list[FeatureRecord]:
        """Note that a feature does not work, and with it those that require it.

        Returns:
            Everything that was left out by this.
        """
        record = replace(self._records[name], status=FeatureStatus.LEFT_OUT, reason=reason)
        self._records[name] = record
        self.types.pop(name, None)
        if name in self.order:
            self.order.remove(name)
        gone = [record]
        for other, feature in list(self.types.items()):
            if other in self.types and name in feature.requires:
                gone += self.leave_out(other, f"needs {name}: {reason}")
        return gone

    def left_out(self) -> list[FeatureRecord]:
        """The features that do not work."""
        return [record for record in self.records() if record.status is FeatureStatus.LEFT_OUT]


def load_features(
    roster: Roster,
    enabled: Collection[str] | None,
    disabled: Collection[str],
    extra: Sequence[type[BaseFeature]] = (),
) -> None:
    """Import every installed feature that the configuration wants, and put them in order.

    Args:
        roster: is filled.
        enabled: the only features to use, or ``None`` for all; botcore's own stay.
        disabled: features not to use.
        extra: classes that the program itself brings.
    """
    for entry in installed(FEATURES_GROUP):
        unwanted = enabled is not None and entry.name not in enabled and entry.distribution != OWN
        if entry.name in disabled or unwanted:
            roster.enter(entry, FeatureStatus.DISABLED, "the configuration does not want it")
        elif roster.enter(entry):
            try:
                roster.types[entry.name] = _load(entry)
            except ImportFailed as error:
                roster.leave_out(entry.name, str(error))
            except FeatureError as error:
                roster.leave_out(entry.name, error.reason)
    for feature in extra:
        roster.bring(feature)
    _put_in_order(roster)


def _load(entry: Installed) -> type[BaseFeature]:
    loaded = entry.load()
    if not (isinstance(loaded, type) and issubclass(loaded, BaseFeature)):
        raise FeatureError(entry.name, f"{entry.entry_point.value} is not a subclass of BaseFeature")
    check_name(loaded, entry.name)
    return loaded


def _put_in_order(roster: Roster) -> None:
    for name, feature in list(roster.types.items()):
        absent = next((other for other in feature.requires if other not in roster.types), None)
        if absent is not None and name in roster.types:
            roster.leave_out(name, f"needs {absent}: {roster.reason(absent)}")
    while True:
        sorter = TopologicalSorter(
            {
                name: sorted(other for other in (*feature.requires, *feature.after) if other in roster.types)
                for name, feature in roster.types.items()  # botcore's own first, then by distribution
            }
        )
        try:
            roster.order = list(sorter.static_order())
        except CycleError as error:
            circle = error.args[1]
            roster.leave_out(circle[0], f"the features {' -> '.join(circle)} wait for one another")
        else:
            return
