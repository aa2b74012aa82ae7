"""The metadata: what an installer and a reader of the package index are told."""

from collections.abc import Iterator
from importlib.metadata import Distribution, distributions, version
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement

from botcore.app.checks.findings import Finding
from botcore.features.discovery import OWN

_OTHER, _NEXT = "1.9", "3.0"  # an unrelated botcore of the package index, and the next that may break promises
_SHOULD = {
    "Requires-Python": 'say requires-python = ">=3.12"',
    "Summary": "say in one line what it is, as `description`",
    "Description": "name its README, as `readme`",
}


def check_metadata(unpacked: Path) -> Iterator[Finding]:
    """Check the metadata of the one distribution in a folder."""
    distribution = next(iter(distributions(path=[str(unpacked)])), None)
    if distribution is None:
        yield Finding.failed("metadata", "the wheel has none; is it a wheel?")
        return
    metadata = distribution.metadata
    wrong = list(_requirement(distribution))
    yield from wrong
    for key, hint in _SHOULD.items():
        if not metadata.json.get(key.lower().replace("-", "_")):
            yield Finding.warned("metadata", f"{hint} in pyproject.toml")
    if not (metadata.get("License-Expression") or metadata.get("License") or metadata.get_all("License-File")):
        yield Finding.warned("metadata", 'name its licence in pyproject.toml, as license = "MIT"')
    if not wrong:
        yield Finding.passed("metadata", f"{metadata['Name']} {metadata['Version']}, made for botcore")


def _requirement(distribution: Distribution) -> Iterator[Finding]:
    own = version(OWN)
    write = 'write dependencies = ["botcore>=2,<3"]'
    for line in distribution.requires or ():
        try:
            requirement = Requirement(line)
        except InvalidRequirement:
            yield Finding.failed("metadata", f"the requirement {line!r} cannot be read")
            continue
        if requirement.name != OWN or requirement.marker is not None:
            continue
        if not requirement.specifier.contains(own, prereleases=True):
            yield Finding.failed(
                "metadata", f"it is made for botcore{requirement.specifier}, and this is botcore {own}"
            )
        elif requirement.specifier.contains(_OTHER):
            yield Finding.failed("metadata", f"it would take a botcore below 2, which is another project; {write}")
        elif requirement.specifier.contains(_NEXT):
            yield Finding.warned("metadata", f"it would take a botcore that does not exist yet; {write}")
        return
    yield Finding.failed("metadata", f"it does not depend on botcore; {write}")
