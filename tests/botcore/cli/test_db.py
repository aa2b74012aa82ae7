"""``botcore db``: upgrade, current, history, downgrade and revision."""

import ast
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from command_line import run_here
from fakes.distributions import SitePackages
from notes_package import ADD_COLOUR, COLOUR, CREATE, EDITED_AT, with_columns

ONLY_NOTES = "notes"


@pytest.fixture
def notes(site: SitePackages, monkeypatch: pytest.MonkeyPatch) -> SitePackages:
    """A feature with two revisions, and no other one with tables."""
    monkeypatch.setenv("BOTCORE_FEATURES__ENABLED", ONLY_NOTES)
    site.install("notes", with_columns(COLOUR))
    site.add_migration("notes", "0001_create_notes", CREATE)
    site.add_migration("notes", "0002_add_colour", ADD_COLOUR)
    return site


def rows(query: str) -> list[tuple[object, ...]]:
    """What the bot's database answers."""
    with closing(sqlite3.connect("botcore.db")) as connection, connection:
        return connection.execute(query).fetchall()


def current() -> dict[str, str | None]:
    """What `botcore db current` says of the notes."""
    [found] = [each for each in run_here("db", "current", "--json").data if each["feature"] == "notes"]
    return dict(found)


def test_history_shows_what_the_database_has(notes: SitePackages):
    """Before the first upgrade, after it, and in the middle; with what each revision does."""
    assert [each["state"] for each in run_here("db", "history", "notes", "--json").data] == ["pending", "pending"]
    assert run_here("db", "upgrade", "notes").out == "notes: nothing -> 0002_add_colour\n"
    ran = run_here("db", "history", "notes")
    assert ran.lines[1:] == [
        ["notes", "0001_create_notes", "applied", "Create", "the", "notes."],
        ["notes", "0002_add_colour", "current", "Give", "each", "note", "a", "colour."],
    ]
    run_here("db", "downgrade", "notes", "0001_create_notes", "--yes")
    assert [each["state"] for each in run_here("db", "history", "notes", "--json").data] == ["current", "pending"]


def test_current_as_json(notes: SitePackages):
    """One object a feature."""
    assert current() == {"feature": "notes", "database": None, "package": "0002_add_colour", "state": "behind"}


def test_downgrade_goes_back_after_a_copy(notes: SitePackages, folder: Path):
    """What the later revision held is gone from the database and is in the copy."""
    run_here("db", "upgrade", "notes")
    rows("INSERT INTO notes_note (text, colour) VALUES ('milk', 'blue')")
    ran = run_here("db", "downgrade", "notes", "0001_create_notes", "--yes", "--json")
    assert ran.code == 0, ran.err
    assert (ran.data["before"], ran.data["after"]) == ("0002_add_colour", "0001_create_notes")
    assert rows("SELECT * FROM notes_note") == [(1, "milk")]
    with closing(sqlite3.connect(folder / ran.data["copy"])) as copy:
        assert copy.execute("SELECT colour FROM notes_note").fetchall() == [("blue",)]


def test_downgrade_to_base_drops_the_tables(notes: SitePackages):
    """And says that there is nothing left."""
    run_here("db", "upgrade", "notes")
    ran = run_here("db", "downgrade", "notes", "base", "--yes")
    assert ran.out.startswith("notes: 0002_add_colour -> nothing\n")
    assert rows("SELECT name FROM sqlite_master WHERE name = 'notes_note'") == []
    assert run_here("db", "downgrade", "notes", "base", "--yes").out == "notes is at base already.\n"


def test_downgrade_asks_first(notes: SitePackages):
    """Where nobody answers, nothing is done."""
    run_here("db", "upgrade", "notes")
    ran = run_here("db", "downgrade", "notes", "base")
    assert ran.code == 1
    assert "every table of it is dropped" in ran.err
    assert current()["database"] == "0002_add_colour"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("notes", "0009_never"), "The feature notes has no revision 0009_never; there are base, 0001_create_notes"),
        (("nots", "base"), "No installed feature called 'nots' has tables"),
        (("notes", "0002_add_colour"), "`botcore db upgrade notes` goes forward"),
        (("notes",), "Missing argument 'revision'"),
    ],
)
def test_downgrade_needs_a_feature_and_an_earlier_revision(
    notes: SitePackages, arguments: tuple[str, ...], sentence: str
):
    """Anything else is wrong usage, and the sentence names the way out."""
    run_here("db", "upgrade", "notes")
    run_here("db", "downgrade", "notes", "0001_create_notes", "--yes")
    ran = run_here("db", "downgrade", *arguments, "--yes")
    assert ran.code == 2
    assert sentence in ran.err


def test_a_database_that_is_newer_than_the_package(notes: SitePackages):
    """Is shown as such, and neither way is gone without the revisions that it needs."""
    run_here("db", "upgrade", "notes")
    (notes.folder / "thirdparty_notes" / "migrations" / "versions" / "0002_add_colour.py").unlink()
    assert current()["state"] == "newer than the package"
    assert [each["state"] for each in run_here("db", "history", "notes", "--json").data] == ["applied", "unknown"]
    for command in (("upgrade", "notes"), ("downgrade", "notes", "base", "--yes")):
        ran = run_here("db", *command)
        assert ran.code == 1
        assert "the database is at revision 0002_add_colour, but the installed package knows revisions up to" in ran.err


def test_revision_writes_what_the_models_say(site: SitePackages, monkeypatch: pytest.MonkeyPatch):
    """The first and a later one: named by number and words, importing what it needs, and running both ways."""
    monkeypatch.setenv("BOTCORE_FEATURES__ENABLED", ONLY_NOTES)
    site.install("notes", with_columns(EDITED_AT))
    ran = run_here("db", "revision", "notes", "-m", "Create the notes!", "--json")
    assert ran.code == 0, ran.err
    assert ran.data["revision"] == "0001_create_the_notes"
    assert ran.data["trouble"] is None
    file = Path(ran.data["file"])
    assert file == site.folder / "thirdparty_notes" / "migrations" / "versions" / "0001_create_the_notes.py"
    code = file.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(code)) == "Create the notes!"
    assert "from botcore.db import UtcDateTime" in code
    assert "down_revision = None" in code
    assert run_here("db", "upgrade", "notes").out == "notes: nothing -> 0001_create_the_notes\n"


def test_revision_follows_the_last_one(notes: SitePackages):
    """Its number is the next, and it runs after it."""
    module = notes.folder / "thirdparty_notes" / "__init__.py"
    module.write_text(with_columns(COLOUR, EDITED_AT), encoding="utf-8")
    ran = run_here("db", "revision", "notes", "-m", "say when it was edited, and by whom it was")
    assert ran.code == 0, ran.err
    assert "0003_say_when_it_was_edited_and.py is written; read it before you trust it" in ran.out
    assert run_here("db", "upgrade", "notes").out.startswith("notes: nothing -> 0003_say_when_it_was_edited_and")


def test_revision_writes_nothing_where_models_and_revisions_agree(notes: SitePackages):
    """Unless an empty one is wanted."""
    ran = run_here("db", "revision", "notes", "-m", "nothing new")
    assert ran.code == 1
    assert "The models of notes and its revisions agree, so there is nothing to write" in ran.err
    ran = run_here("db", "revision", "notes", "-m", "move the data", "--empty", "--json")
    assert ran.data["revision"] == "0003_move_the_data"


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("notes", "-m", "..."), 2, "has no word in it"),
        (("nots", "-m", "x"), 2, "The feature 'nots' cannot be used: it is not installed."),
        (("dice", "-m", "x"), 1, "The feature dice has no tables"),
        (("notes",), 2, "Missing option '--message'"),
    ],
)
def test_revision_says_what_it_needs(notes: SitePackages, arguments: tuple[str, ...], code: int, sentence: str):
    """In one sentence."""
    ran = run_here("db", "revision", *arguments)
    assert (ran.code, sentence in ran.err) == (code, True), ran.err
