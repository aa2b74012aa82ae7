"""The texts: that every catalogue in the wheel has every text, and fills in the same values."""

import ast
import re
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

from botcore.app.checks.findings import Finding
from botcore.features.registration import Registered
from botcore.i18n import CHOICE, COMMAND, OPTION

_PLACEHOLDER = re.compile(r"\{\w*\}")
_MAGIC = 0x950412DE
_SEPARATOR = "\x04"  # between a message's context and its text


def check_texts(registered: Registered) -> Iterator[Finding]:
    """Compare what a feature's package says with its catalogues."""
    package = type(registered.feature).__module__.partition(".")[0]
    folders = [Path(folder) for folder in getattr(sys.modules[package], "__path__", ())]
    catalogues = sorted(file for folder in folders for file in folder.glob("locales/*/LC_MESSAGES/*.po"))
    catalogues += sorted(
        file
        for folder in folders
        for file in folder.glob("locales/*/LC_MESSAGES/*.mo")
        if not file.with_suffix(".po").exists()
    )
    if not catalogues:
        yield Finding.skipped("texts", "it has no catalogue, so it speaks the language of its source alone")
        return
    said = {text for folder in folders for text in _texts(folder)} | set(_names(registered))
    for file in catalogues:
        yield _check_catalogue(file.parent.parent.name, file, package, said)


def _check_catalogue(language: str, file: Path, package: str, said: set[str]) -> Finding:
    if file.stem != package:
        return Finding.failed("texts", f"{file.name} in {language} is never read; call it {package}{file.suffix}")
    try:
        catalogue = _read(file.with_suffix(".mo"))
    except OSError:
        return Finding.failed(
            "texts", f"the texts in {language} are not compiled; bring {package}.mo beside {package}.po"
        )
    except (struct.error, ValueError):
        return Finding.failed("texts", f"{package}.mo in {language} is no compiled catalogue")
    for text, translation in sorted(catalogue.items()):
        if text in said and sorted(_PLACEHOLDER.findall(text)) != sorted(_PLACEHOLDER.findall(translation)):
            return Finding.failed("texts", f"{translation!r} ({language}) does not fill in what {text!r} does")
    missing = sorted(said - catalogue.keys())
    if missing:
        shown = missing[0].rpartition(_SEPARATOR)[2]
        return Finding.warned("texts", f"{len(missing)} of {len(said)} texts are not in {language}, {shown!r} for one")
    return Finding.passed("texts", f"all {len(said)} texts are in {language}")


def _texts(folder: Path) -> Iterator[str]:
    """What stands inside ``_("...")`` and ``_.plural("...", ...)``."""
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            plural = isinstance(node.func, ast.Attribute) and node.func.attr == "plural"
            called = node.func.value if isinstance(node.func, ast.Attribute) and plural else node.func
            text = node.args[0].value
            if isinstance(called, ast.Name) and called.id == "_" and isinstance(text, str) and text:
                yield text


def _names(registered: Registered) -> Iterator[str]:
    for command in registered.commands:
        for length in range(len(command.path)):
            yield f"{COMMAND}{_SEPARATOR}{' '.join(command.path[: length + 1])}"
        for option in command.options.to_payload():
            yield f"{OPTION}{_SEPARATOR}{option['name']}"
            yield from (f"{CHOICE}{_SEPARATOR}{choice['name']}" for choice in option.get("choices", ()))


def _read(file: Path) -> dict[str, str]:
    """The texts of a compiled catalogue with their translations; of plurals, the first form of each.

    Source: https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html

    Raises:
        ValueError, struct.error: it is none.
    """
    data = file.read_bytes()
    order = "<" if struct.unpack_from("<I", data)[0] == _MAGIC else ">"
    magic, _revision, count, originals, translations = struct.unpack_from(f"{order}5I", data)
    if magic != _MAGIC:
        raise ValueError("no catalogue")

    def at(table: int, index: int) -> str:
        length, offset = struct.unpack_from(f"{order}2I", data, table + 8 * index)
        return bytes(data[offset : offset + length]).decode().partition("\0")[0]

    pairs = ((at(originals, index), at(translations, index)) for index in range(count))
    return {text: translation for text, translation in pairs if text and translation}
