"""Installed packages for tests: a folder on ``sys.path`` with the metadata that pip would leave there."""

import zipfile
from pathlib import Path
from textwrap import dedent


class SitePackages:
    """A folder to install made-up distributions into.

    Args:
        folder: an empty folder; put it on ``sys.path``.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def install(
        self, name: str, code: str, *, attribute: str = "Feature", entry_point: str | None = None, requires: str = ""
    ) -> str:
        """Install the distribution ``thirdparty-<name>`` with the module ``thirdparty_<name>``.

        Args:
            name: what the names are made of.
            code: the module's code.
            attribute: what the entry point names in the module.
            entry_point: the entry point's name, if not ``name``.
            requires: a requirement to declare.

        Returns:
            The module's name.
        """
        module = f"thirdparty_{name}"
        package = self.folder / module
        package.mkdir()
        (package / "__init__.py").write_text(dedent(code), encoding="utf-8")
        info = self.folder / f"{module}-1.0.dist-info"
        info.mkdir()
        metadata = f"Metadata-Version: 2.1\nName: thirdparty-{name}\nVersion: 1.0\n"
        if requires:
            metadata += f"Requires-Dist: {requires}\n"
        (info / "METADATA").write_text(metadata, encoding="utf-8")
        (info / "entry_points.txt").write_text(
            f"[botcore.features]\n{entry_point or name} = {module}:{attribute}\n", encoding="utf-8"
        )
        return module

    def add_migration(self, name: str, stem: str, code: str) -> None:
        """Give the module of ``name`` a migration."""
        versions = self.folder / f"thirdparty_{name}" / "migrations" / "versions"
        versions.mkdir(parents=True, exist_ok=True)
        (versions / f"{stem}.py").write_text(dedent(code), encoding="utf-8")

    def as_wheel(self, name: str) -> Path:
        """Everything that is installed here as the wheel of ``thirdparty-<name>``, in a folder beside this one."""
        wheel = self.folder.parent / "wheels" / f"thirdparty_{name}-1.0-py3-none-any.whl"
        wheel.parent.mkdir(exist_ok=True)
        with zipfile.ZipFile(wheel, "w") as archive:
            for file in sorted(self.folder.rglob("*")):
                if file.is_file() and "__pycache__" not in file.parts:
                    archive.write(file, file.relative_to(self.folder))
        return wheel
