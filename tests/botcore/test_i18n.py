"""In which language a text is read."""

import asyncio
import itertools
import logging
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from botcore.i18n import Translator, active_locale, set_locale, translations_of, translator, using_locale

GERMAN = {
    "": "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n != 1;\n",
    "Poll": "Umfrage",
    "Vote": "Stimme",
    "one vote\0{n} votes": "eine Stimme\0{n} Stimmen",
}
AUSTRIAN = {"": GERMAN[""], "Vote": "Votum"}

_numbers = itertools.count()


def write_catalogue(path: Path, texts: dict[str, str]) -> None:
    """Write a .mo file.

    https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html
    """
    pairs = sorted((key.encode(), text.encode()) for key, text in texts.items())
    at = 28 + 16 * len(pairs)
    index, data = [], b""
    for column in (0, 1):
        for pair in pairs:
            index.append(struct.pack("<II", len(pair[column]), at + len(data)))
            data += pair[column] + b"\0"
    header = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    path.parent.mkdir(parents=True)
    path.write_bytes(header + b"".join(index) + data)


@pytest.fixture
def make_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, dict[str, str]]], str]:
    """Makes an installed package with catalogues, by language."""
    monkeypatch.syspath_prepend(tmp_path)

    def make(languages: dict[str, dict[str, str]]) -> str:
        name = f"translated_{next(_numbers)}"
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
        for language, texts in languages.items():
            write_catalogue(tmp_path / name / "locales" / language / "LC_MESSAGES" / f"{name}.mo", texts)
        return name

    return make


type MakePackage = Callable[[dict[str, dict[str, str]]], str]


def test_source_text() -> None:
    """Without a locale, and without a catalogue, the text in the source is what is read."""
    _ = translator(__name__)
    assert _("Poll") == "Poll"
    with using_locale("de"):
        assert _("Poll") == "Poll"
    assert (_.plural("one vote", "{n} votes", 1), _.plural("one vote", "{n} votes", 2)) == (
        "one vote",
        "{n} votes",
    )


def test_translation(make_package: MakePackage) -> None:
    """The active locale decides, from any module of the package."""
    _ = translator(f"{make_package({'de': GERMAN})}.services.tally")
    with using_locale("de"):
        assert (_("Poll"), _("unknown"), _("")) == ("Umfrage", "unknown", "")
        assert _.plural("one vote", "{n} votes", 1) == "eine Stimme"
        assert _.plural("one vote", "{n} votes", 3) == "{n} Stimmen"
        with using_locale("fr"):
            assert _("Poll") == "Poll"
        assert active_locale() == "de"
    assert _("Poll") == "Poll"


def test_fallback(make_package: MakePackage) -> None:
    """A country falls back to its language, text by text."""
    _ = translator(make_package({"de": GERMAN, "de_AT": AUSTRIAN}))
    with using_locale("de-AT"):
        assert (_("Vote"), _("Poll")) == ("Votum", "Umfrage")
    with using_locale("de-CH"):
        assert (_("Vote"), _("Poll")) == ("Stimme", "Umfrage")


def test_names_of_locales(make_package: MakePackage) -> None:
    """Discord's names are understood as translators write them."""
    _ = translator(make_package({"pt_BR": GERMAN, "nb": GERMAN}))
    for locale in ("pt-BR", "no"):
        with using_locale(locale):
            assert _("Poll") == "Umfrage"
    for locale in ("pt", "../../etc", "de/../..", ""):
        with using_locale(locale):
            assert _("Poll") == "Poll"


def test_a_locale_is_a_tasks_own() -> None:
    """Two interactions at once speak each their own language."""

    async def speak(locale: str) -> str | None:
        set_locale(locale)
        await asyncio.sleep(0)
        return active_locale()

    async def both() -> list[str | None]:
        return list(await asyncio.gather(speak("de"), speak("fr")))

    assert asyncio.run(both()) == ["de", "fr"]
    assert active_locale() is None


def test_looked_up_once(make_package: MakePackage, tmp_path: Path) -> None:
    """A catalogue is looked for once, also where there is none."""
    name = make_package({})
    _ = translator(name)
    with using_locale("de"):
        assert _("Poll") == "Poll"
        write_catalogue(tmp_path / name / "locales" / "de" / "LC_MESSAGES" / f"{name}.mo", GERMAN)
        assert _("Poll") == "Poll"


def test_broken_catalogue(make_package: MakePackage, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A catalogue that cannot be read costs a warning and no answer."""
    name = make_package({"de": GERMAN})
    (tmp_path / name / "locales" / "de" / "LC_MESSAGES" / f"{name}.mo").write_bytes(b"rubbish")
    with using_locale("de"), caplog.at_level(logging.WARNING):
        assert translator(name)("Poll") == "Poll"
    assert f"the de catalogue of {name} cannot be read" in caplog.text


def test_all_translations(make_package: MakePackage) -> None:
    """The command catalogue takes all languages at once, by Discord's names."""
    name = make_package({"de": GERMAN, "es": {**GERMAN, "Poll": "Encuesta"}, "en": {**GERMAN, "Poll": "Poll"}})
    assert translations_of(f"{name}.commands", "Poll") == {
        "de": "Umfrage",
        "es-419": "Encuesta",
        "es-ES": "Encuesta",
    }
    assert translations_of(name, "unknown") == {}
    assert translations_of(name, "") == {}


@pytest.mark.parametrize("name", [None, ""])
def test_no_package(name: str | None) -> None:
    """A script has no package, and is told what to write."""
    with pytest.raises(ValueError, match="__name__"):
        translator(name)


def test_script() -> None:
    """A module that is no package has no catalogues, and works."""
    assert isinstance(translator("__main__"), Translator)
    with using_locale("de"):
        assert translator("__main__")("Poll") == "Poll"
        assert translator("no_such_package_at_all")("Poll") == "Poll"
