"""Collects the texts of each package into its gettext catalogues, and compiles them.

``python -m tools.texts`` brings every ``.po`` up to date with the source and writes the ``.mo`` beside it. A text that
is new stays untranslated there, and a test names it.
"""

import inspect
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from botcore.commands import BaseCommand
from botcore.features.base import BaseFeature
from botcore.i18n import CHOICE, COMMAND, OPTION

#: The packages that speak to people, with the module of their feature.
PACKAGES = {
    "botcore": "botcore.builtin.feature",
    "botcore_polls": "botcore_polls.feature",
    "botcore_reminders": "botcore_reminders.feature",
}
LANGUAGES = ("de",)

_KEYWORDS = {"_": None, "plural": (1, 2)}
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)  # a catalogue changes when its texts do, not when it is written


def folder_of(package: str) -> Path:
    """The package's own folder."""
    return Path(str(import_module(package).__file__)).parent


def po_file(package: str, language: str) -> Path:
    """The catalogue that translators edit."""
    return folder_of(package) / "locales" / language / "LC_MESSAGES" / f"{package}.po"


def collect(package: str) -> Catalog:
    """Every text of a package: those inside ``_(...)``, and the names of its commands."""
    template = Catalog(project=package, charset="utf-8")
    for file, line, message, comments, context in extract_from_dir(
        folder_of(package), [("**.py", "python")], keywords=_KEYWORDS, comment_tags=("Translators:",)
    ):
        template.add(message, None, [(file, line)], auto_comments=comments, context=context)
    for context, name in sorted(set(_names(PACKAGES[package]))):
        template.add(name, context=context)
    return template


def _names(module: str) -> Iterator[tuple[str, str]]:
    """The names that Discord shows, with what they name."""
    for feature in vars(import_module(module)).values():
        if inspect.isclass(feature) and issubclass(feature, BaseFeature) and feature is not BaseFeature:
            for command_type in feature.commands:
                if issubclass(command_type, BaseCommand):
                    yield from _names_of(command_type)


def _names_of(command_type: type[BaseCommand]) -> Iterator[tuple[str, str]]:  # type: ignore[type-arg]  # of any input
    from botcore.commands.options import compile_options

    words = command_type.name.split()
    for length in range(len(words)):
        yield COMMAND, " ".join(words[: length + 1])
    for option in compile_options(command_type.input_type, command_type.name).to_payload():
        yield OPTION, option["name"]
        for choice in option.get("choices", ()):
            yield CHOICE, choice["name"]


def updated(package: str, language: str) -> Catalog:
    """The catalogue of a language as it should be: today's texts, with the translations that there are."""
    file = po_file(package, language)
    catalogue = Catalog(locale=language, project=package, charset="utf-8")
    if file.exists():
        with file.open("rb") as stream:
            catalogue = read_po(stream, locale=language, charset="utf-8")
    catalogue.update(collect(package), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.creation_date = catalogue.revision_date = _EPOCH
    catalogue.header_comment = f"# The texts of {package} in the language {language!r}."
    catalogue.version, catalogue.msgid_bugs_address = "2", ""
    catalogue.last_translator, catalogue.language_team = "", language
    catalogue.fuzzy = False
    return catalogue


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as gettext reads it."""
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def written(catalogue: Catalog) -> bytes:
    """The catalogue as translators read it; without line numbers, which change with every edit."""
    stream = io.BytesIO()
    write_po(stream, catalogue, width=110, include_lineno=False, sort_by_file=True)
    lines = stream.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(b'"Generated-By:'))


def main() -> None:
    """Bring every catalogue up to date."""
    for package in PACKAGES:
        for language in LANGUAGES:
            catalogue = updated(package, language)
            file = po_file(package, language)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(written(catalogue))
            file.with_suffix(".mo").write_bytes(compiled(catalogue))
            missing = sum(1 for message in catalogue if message.id and not message.string)
            print(f"{package}, {language}: {len(catalogue)} texts, {missing} without translation")  # noqa: T201 - it is run by hand


if __name__ == "__main__":
    main()
