"""``botcore data``: what is kept of one person, shown, written and deleted."""

import json
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from command_line import run_here
from fakes.distributions import SitePackages
from notes_package import CREATE, OWNER, declaring, with_columns

CREATE_OWNED = CREATE.replace(
    'sa.Column("text"', 'sa.Column("owner_id", sa.BigInteger(), nullable=False), sa.Column("text"'
)
ERASED = 'bc.PersonalTable("notes_note", bc.Erase(person="owner_id"), hidden={"id": "a number"})'


def texts() -> list[str]:
    """The notes that there are."""
    with closing(sqlite3.connect("botcore.db")) as connection:
        return [text for (text,) in connection.execute("SELECT text FROM notes_note ORDER BY id")]


def install(site: SitePackages, code: str) -> None:
    """Install the feature, with three notes in its table: two are of 7."""
    site.install("notes", code)
    site.add_migration("notes", "0001_create_notes", CREATE_OWNED)
    assert run_here("db", "upgrade").code == 0
    with closing(sqlite3.connect("botcore.db")) as connection, connection:
        rows = [(7, "milk"), (8, "bread"), (7, "eggs")]
        connection.executemany("INSERT INTO notes_note (owner_id, text) VALUES (?, ?)", rows)


@pytest.fixture
def notes(site: SitePackages) -> SitePackages:
    """A feature with a table of members' notes."""
    install(site, declaring(with_columns(OWNER), ERASED))
    return site


def test_an_export_as_a_table(notes: SitePackages):
    """Says how much there is, and what is left out of it and why."""
    ran = run_here("data", "export", "7")
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines == [
        ["Feature", "Table", "Rows", "Left", "out"],
        ["notes", "notes_note", "2", "id", "(a", "number)"],
    ]
    assert run_here("data", "export", "9").out == "Nothing of 9 was found.\n"


def test_an_export_as_json(notes: SitePackages):
    """Is everything."""
    ran = run_here("data", "export", "7", "--json")
    made_at = ran.data.pop("made_at")
    assert made_at.endswith("Z")
    assert {key: value for key, value in ran.data.items() if key != "made_at"} == {
        "user_id": "7",
        "tables": [
            {
                "feature": "notes",
                "table": "notes_note",
                "rows": [{"owner_id": "7", "text": "milk"}, {"owner_id": "7", "text": "eggs"}],
                "hidden": {"id": "a number"},
            }
        ],
        "unreached": [],
    }


def test_an_export_into_a_file(notes: SitePackages, folder: Path):
    """The same; only its owner can read it."""
    ran = run_here("data", "export", "7", "--output", "seven.json")
    assert ran.out.endswith("It is all in seven.json.\n")
    file = folder / "seven.json"
    assert json.loads(file.read_bytes())["tables"] == run_here("data", "export", "7", "--json").data["tables"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    failed = run_here("data", "export", "7", "--output", "no/such/folder.json")
    assert (failed.code, failed.err) == (2, "no/such/folder.json cannot be written: No such file or directory.\n")


def test_a_deletion_is_a_dry_run_until_it_is_told(notes: SitePackages):
    """It says what would be, and then what was; the second time there is nothing."""
    dry = run_here("data", "delete", "7")
    assert dry.lines == [
        ["Feature", "Table", "Rows", "Would", "be"],
        ["notes", "notes_note", "2", "erased"],
        ["Nothing", "has", "changed;", "--yes", "does", "it."],
    ]
    assert texts() == ["milk", "bread", "eggs"]
    done = run_here("data", "delete", "7", "--yes", "--json")
    assert done.code == 0
    assert done.data == {
        "user_id": "7",
        "done": True,
        "tables": [
            {"feature": "notes", "table": "notes_note", "outcome": "erased", "rows": 2, "changes": {}, "reason": ""}
        ],
        "unreached": [],
    }
    assert texts() == ["bread"]
    assert run_here("data", "delete", "7", "--yes").out == "Nothing of 7 was found.\n"


@pytest.mark.parametrize("command", [("export", "7"), ("delete", "7"), ("delete", "7", "--yes")])
def test_tables_that_were_not_looked_at(notes: SitePackages, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]):
    """Are named with the reason, and the command ends with 1: it is not everything."""
    monkeypatch.setenv("BOTCORE_FEATURES__DISABLED", "notes")
    ran = run_here("data", *command)
    assert (ran.code, ran.out) == (1, "Nothing of 7 was found in the other tables.\n")
    assert ran.err == "The tables of notes were not looked at: the configuration does not want it.\n"
    assert texts() == ["milk", "bread", "eggs"]


def test_a_feature_that_declares_nothing(site: SitePackages):
    """Is named with what its author has to write."""
    install(site, declaring(with_columns(OWNER)))
    ran = run_here("data", "export", "7")
    assert ran.code == 1
    assert ran.err.splitlines()[-1].startswith(
        "The tables of notes were not looked at: nothing says what notes_note holds of persons; write "
        'bc.PersonalTable("notes_note", bc.Erase(person="owner_id")) into `personal_data`'
    )


def test_what_is_no_id(folder: Path):
    """Is wrong usage; so are tables that are not there yet."""
    assert run_here("data", "export", "alice").code == 2
    assert run_here("data", "export", "0").code == 2
    assert "`botcore db upgrade`" in run_here("data", "export", "7").err
