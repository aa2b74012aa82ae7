"""A place to type commands in: an empty folder, an empty environment, and made-up packages."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.distributions import SitePackages


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory; nothing is configured."""
    for name in [name for name in os.environ if name.startswith("BOTCORE_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SitePackages]:
    """A folder that Python finds packages in."""
    packages = tmp_path / "site-packages"
    packages.mkdir()
    monkeypatch.syspath_prepend(packages)
    yield SitePackages(packages)
    for module in [name for name in sys.modules if name.startswith("thirdparty_")]:
        del sys.modules[module]
