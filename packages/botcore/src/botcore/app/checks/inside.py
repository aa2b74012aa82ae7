"""The checks that run a package's code, in a process whose path begins with the unpacked wheel.

Run as ``python -m botcore.app.checks.inside FOLDER [CONFIG]``; the last line of its output is a JSON array of findings.
"""

import asyncio
import logging
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path

import orjson

from botcore.app.bot import BotCore
from botcore.app.checks.data import check_data
from botcore.app.checks.findings import Finding
from botcore.app.checks.names import check_names
from botcore.app.checks.tables import check_tables
from botcore.app.checks.texts import check_texts
from botcore.app.inspection import Inspection
from botcore.app.options import BotOptions
from botcore.contracts.status import FeatureStatus
from botcore.errors import StartupError
from botcore.features.discovery import FEATURES_GROUP, PLUGINS_GROUP, ImportFailed, Installed, installed
from botcore.features.loading import Roster, load_features
from botcore.features.plugins import Plugins

_ENTRY_POINT = '[project.entry-points."botcore.features"]'


async def check(folder: Path, config_file: Path | None) -> list[Finding]:
    """Every finding about the features and plug-ins of the distribution in a folder."""
    names = {distribution.metadata["Name"] for distribution in distributions(path=[str(folder)])}
    features = [entry for entry in installed(FEATURES_GROUP) if entry.distribution in names]
    plugins = [entry for entry in installed(PLUGINS_GROUP) if entry.distribution in names]
    findings = list(_plugins(plugins))
    if not features and not plugins:
        return [Finding.failed("entry point", f"it names no feature; write {_ENTRY_POINT} in pyproject.toml")]
    if not features:
        return findings
    with tempfile.TemporaryDirectory(prefix="botcore-check-", ignore_cleanup_errors=True) as temporary:
        wanted = _with_required({entry.name for entry in features})
        options = BotOptions(
            config_file=config_file,
            environ={},
            overrides={
                "features.enabled": sorted(wanted),
                "database.url": f"sqlite:///{Path(temporary) / 'unused.db'}",
            },
            configure_log=False,
        )
        try:
            inspection = await BotCore(options).inspect()
        except StartupError as error:
            return [*findings, Finding.failed("entry point", str(error))]
        for entry in features:
            findings += await _feature(entry, inspection, Path(temporary))
    return findings


async def _feature(entry: Installed, inspection: Inspection, temporary: Path) -> list[Finding]:
    record = next(
        each for each in inspection.records if (each.name, each.distribution) == (entry.name, entry.distribution)
    )
    registered = next((each for each in inspection.registered if each.feature.name == entry.name), None)
    if record.status is not FeatureStatus.ACTIVE or registered is None:
        return [Finding.failed("entry point", f"the feature {entry.name} would be left out: {record.reason}")]
    feature, file = type(registered.feature), temporary / f"{entry.name}.db"
    return [
        Finding.passed("entry point", f"{entry.name} is {entry.entry_point.value}, and registers whole"),
        *check_names(registered, inspection.catalogue),
        *await check_tables(feature, file),
        *check_texts(registered),
        *await check_data(feature, file),
    ]


def _plugins(entries: list[Installed]) -> Iterator[Finding]:
    for entry in entries:
        try:
            Plugins().register(entry.load(), entry.name)
        except (ImportFailed, ValueError) as error:
            yield Finding.failed("entry point", f"the plug-in {entry.name} would be left out: {error}")
        else:
            yield Finding.passed("entry point", f"the plug-in {entry.name} is {entry.entry_point.value}")


def _with_required(names: set[str]) -> set[str]:
    """The features of these names, and those that they cannot do without."""
    roster = Roster()
    load_features(roster, None, ())
    found, new = set[str](), set(names)
    while new:
        found |= new
        required = {other for name in new if name in roster.types for other in roster.types[name].requires}
        new = required - found
    return found


def main() -> None:
    """Check, and print the findings."""
    logging.basicConfig(level=logging.CRITICAL)
    folder, *rest = sys.argv[1:]
    findings = asyncio.run(check(Path(folder), Path(rest[0]) if rest else None))
    sys.stdout.buffer.write(b"\n" + orjson.dumps(findings) + b"\n")


if __name__ == "__main__":
    main()
