"""A language is a file: whole, and without surprises for whoever writes the next one."""

import string
import tomllib
from importlib.resources import files
from typing import Any

import pytest

from botcore.when.language import codes, language_for, load_language
from botcore.when.notation import GrammarError
from botcore.when.situation import NoteKind


def file_of(code: str) -> dict[str, Any]:
    text = files("botcore.when").joinpath("languages", f"{code}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def test_english_and_german_are_there():
    """English is what everything falls back to."""
    assert {"en", "de"} <= set(codes())
    assert [language_for(locale).code for locale in ("en-US", "de-AT", "fr", None, "")] == [
        "en",
        "de",
        "en",
        "en",
        "en",
    ]


@pytest.mark.parametrize("code", codes())
@pytest.mark.parametrize("section", ["says", "sentences", "notes", "units", "relative_units", "examples"])
def test_every_language_says_everything(code: str, section: str):
    """With the same places to fill."""
    english, other = file_of("en")[section], file_of(code)[section]
    assert other.keys() == english.keys()
    for key, template in english.items():
        if isinstance(template, str) and section != "examples":
            assert places_of(other[key]) <= places_of(template) | {"lang"}, key


def places_of(template: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(template) if name}


def test_every_note_has_its_sentence():
    """No reading can fail for want of one."""
    assert set(file_of("en")["notes"]) == {kind.value for kind in NoteKind}


def changed(rule: str, text: str) -> dict[str, Any]:
    data = file_of("en")
    data["rules"][rule] = text
    return data


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<nowhere>", "no rule, table or terminal <nowhere>"),
        ("now -> nonsense", "no meaning 'nonsense'"),
        ("<when> again -> ahead", "begins with itself"),
        ("[the <date> -> moment", "brackets"),
        ("<date> <time>", "captures 2 values"),
        ("[the] now", "captures 0 values"),
    ],
)
def test_a_mistake_in_a_grammar_is_named(text: str, message: str):
    """When the file is read, not when somebody types."""
    with pytest.raises(GrammarError, match=message):
        load_language("xx", changed("when", text))


def test_a_word_with_two_meanings_in_one_table_is_named():
    """Between tables a word may mean several things; the grammar says which."""
    data = file_of("en")
    data["words"]["weekday"]["0"].append("fri")
    with pytest.raises(GrammarError, match="'fri' means both"):
        load_language("xx", data)


def test_a_language_is_a_file():
    """A third one, made of a few lines, reads and speaks without any code."""
    data = file_of("en")
    data["words"]["relative"] = {"0": ["hodiaŭ"], "1": ["morgaŭ"]}
    data["words"]["weekday"] = {
        str(day): [name]
        for day, name in enumerate(["lundo", "mardo", "merkredo", "ĵaŭdo", "vendredo", "sabato", "dimanĉo"])
    }
    data["rules"]["when"] = "<date> [je] <time> -> moment"
    language = load_language("eo", data)
    assert language.name_of("weekday", 4) == "vendredo"
    assert language.tables["relative"].values["morgaŭ",] == 1
