"""axe-core, which judges a page's accessibility: fetched once for each lock file, and read into the browser."""

import hashlib
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from playwright.async_api import Page

_FILES = ("package.json", "package-lock.json", ".npmrc")
_INSTALL_WITHIN = 120.0

_RUN = """
axe.run(document, {
  resultTypes: ["violations"],
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
})
  .then((result) => result.violations.flatMap((violation) => violation.nodes.map((node) =>
    `${violation.id} (${violation.impact}): ${node.html.slice(0, 160)}: ${node.failureSummary.slice(0, 300)}`)))
"""


class NotAvailable(Exception):
    """This machine cannot fetch it; the sentence says why."""


def fetch(source: Path, folders: Path) -> str:
    """The text of axe-core, as the lock file in `source` names it.

    Args:
        source: the folder with the package.json and its lock.
        folders: where a folder for it is made, or is there from an earlier run.

    Raises:
        NotAvailable: there is no npm, or npm could not fetch it.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise NotAvailable("npm is not installed; it is what fetches axe-core.")
    lock = hashlib.sha256(b"".join((source / name).read_bytes() for name in _FILES)).hexdigest()[:16]
    folder = folders / f"axe-{lock}"
    program = folder / "node_modules" / "axe-core" / "axe.min.js"
    if not program.exists():
        folders.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folders) as beside:
            made = Path(beside) / "made"
            made.mkdir()
            for name in _FILES:
                shutil.copy(source / name, made / name)
            try:
                subprocess.run(
                    [npm, "ci", "--no-progress"], cwd=made, check=True, capture_output=True, timeout=_INSTALL_WITHIN
                )
            except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
                raise NotAvailable(f"npm could not fetch axe-core: {error}") from error
            with suppress(OSError):  # another run was faster, and npm would empty a folder that this one reads
                made.rename(folder)
    return program.read_text()


async def violations(page: Page, axe: str) -> list[str]:
    """What axe finds wrong with what is on the screen, a line each; empty where all is well."""
    await page.evaluate(axe)
    found: list[str] = await page.evaluate(_RUN)
    return found
