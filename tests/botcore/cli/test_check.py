"""``botcore features check``: a package is judged before anybody installs it."""

import shutil
from pathlib import Path

import pytest

from command_line import Ran, run_here
from fakes.distributions import SitePackages
from notes_package import ADD_COLOUR, COLOUR, CREATE, OWNER, declaring, with_columns

ROOT = Path(__file__).parents[3]
FOR_BOTCORE = "botcore>=2,<3"

GREET = '''
import botcore as bc

_ = bc.translator(__name__)


class Greet(bc.BaseCommand[bc.NoInput]):
    """Greets."""

    name, description = "greet everybody", _("Say hello")

    async def process_command(self, ctx, data):
        return bc.CommandResult.ok(_("Hello {name}").format(name="all"))


class Feature(bc.BaseFeature):
    """Greets."""

    name = "greet"
    commands = (Greet,)
'''


@pytest.fixture
def package(tmp_path: Path) -> SitePackages:
    """What will be in the wheel; it is not on the path of this process."""
    folder = tmp_path / "content"
    folder.mkdir()
    return SitePackages(folder)


def found(ran: Ran) -> dict[str, tuple[str, str]]:
    """The worst finding of each check."""
    order = ("skipped", "passed", "warned", "failed")
    worst_last = sorted(ran.data, key=lambda each: order.index(each["verdict"]))
    return {each["check"]: (each["verdict"], each["text"]) for each in worst_last}


def test_a_package_that_is_sound():
    """Every check passes or says why it did not apply, from the source to the wheel; nothing is left behind."""
    before = sorted(path.name for path in (ROOT / "packages" / "feature-polls").iterdir())
    if shutil.which("uv") is None:
        pytest.skip("uv, which builds the wheel, is not on the path")
    ran = run_here("features", "check", str(ROOT / "packages" / "feature-polls"), "--json")
    if ran.code and "cannot be built" in ran.out:
        pytest.skip(f"the wheel's builder cannot be had here: {ran.out}")
    assert ran.code == 0, ran.out
    verdicts = {check: verdict for check, (verdict, _text) in found(ran).items()}
    assert verdicts == {
        "wheel": "passed",
        "metadata": "passed",
        "entry point": "passed",
        "names": "passed",
        "migrations": "passed",
        "texts": "passed",
        "data": "passed",
    }
    assert found(ran)["data"][1].startswith("tables: 3, all declared; personal: 3; ")
    assert sorted(path.name for path in (ROOT / "packages" / "feature-polls").iterdir()) == before


def test_it_is_the_wheel_that_is_checked(package: SitePackages):
    """As a table, with what could be better; the package is nowhere installed."""
    package.install("greet", GREET, requires=FOR_BOTCORE)
    ran = run_here("features", "check", str(package.as_wheel("greet")))
    assert ran.code == 0, ran.out
    assert "entry point  passed" in ran.out
    assert "greet is thirdparty_greet:Feature, and registers whole" in ran.out
    assert "nobody says what the group /greet is for" in ran.out
    assert "thirdparty_greet has no file py.typed" in ran.out
    assert "it has no catalogue" in ran.out
    assert "greet" not in [line[0] for line in run_here("features", "list").lines]


@pytest.mark.parametrize(
    ("code", "requires", "check", "sentence"),
    [
        (GREET, "", "metadata", 'it does not depend on botcore; write dependencies = ["botcore>=2,<3"]'),
        (GREET, "botcore", "metadata", "it would take a botcore below 2, which is another project"),
        (GREET, "botcore>=3", "metadata", "it is made for botcore>=3"),
        ("import no_such_library", FOR_BOTCORE, "entry point", "No module named 'no_such_library'"),
        (GREET.replace('"greet"', '"other"'), FOR_BOTCORE, "entry point", "call both the same"),
        (GREET.replace("greet everybody", "Greet"), FOR_BOTCORE, "entry point", "'Greet' is no name for Discord"),
        (GREET.replace("greet everybody", "help"), FOR_BOTCORE, "entry point", "the command /help is taken by"),
        (with_columns().replace('"notes', '"greet'), FOR_BOTCORE, "migrations", "`botcore db revision greet -m ...`"),
        ("import os\nos._exit(7)", FOR_BOTCORE, "entry point", "ended with 7"),
    ],
)
def test_what_is_wrong_is_said(package: SitePackages, code: str, requires: str, check: str, sentence: str):
    """In a sentence that names the way out; the command exits with 1."""
    package.install("greet", code, requires=requires)
    ran = run_here("features", "check", str(package.as_wheel("greet")), "--json")
    assert ran.code == 1
    verdict, text = found(ran)[check]
    assert verdict == "failed"
    assert sentence in text


def test_tests_in_a_wheel_are_refused(package: SitePackages):
    """They would be everybody's package called tests."""
    package.install("greet", GREET, requires=FOR_BOTCORE)
    (package.folder / "tests").mkdir()
    (package.folder / "tests" / "__init__.py").touch()
    ran = run_here("features", "check", str(package.as_wheel("greet")), "--json")
    assert found(ran)["wheel"] == (
        "failed",
        "it would install tests beside everybody's packages; leave that out of the wheel",
    )


def test_a_wheel_without_a_feature(package: SitePackages):
    """Shows what to write into pyproject.toml."""
    package.install("greet", GREET, requires=FOR_BOTCORE)
    (package.folder / "thirdparty_greet-1.0.dist-info" / "entry_points.txt").unlink()
    ran = run_here("features", "check", str(package.as_wheel("greet")), "--json")
    assert 'write [project.entry-points."botcore.features"] in pyproject.toml' in found(ran)["entry point"][1]


NO_WAY_BACK = ADD_COLOUR.replace('batch.drop_column("colour")', "pass")
NEEDS_A_VALUE = ADD_COLOUR.replace(', server_default="red"', "")


@pytest.mark.parametrize(
    ("columns", "revisions", "sentence"),
    [
        ((COLOUR,), [("0001_create_notes", CREATE)], "models and migrations differ: "),
        (
            (COLOUR,),
            [("0001_create_notes", CREATE), ("0002_add_colour", NO_WAY_BACK)],
            "0002_add_colour failed",
        ),
        ((COLOUR,), [("0001_create_notes", CREATE), ("0002_add_colour", NEEDS_A_VALUE)], "0002_add_colour failed"),
        ((), [("0001_create_notes", CREATE.replace('op.drop_table("notes_note")', "pass"))], "leaves notes_note"),
        ((), [("0001_create_notes", CREATE.replace('"0001_create_notes"', '"1"'))], "must be the stem of its file"),
    ],
)
def test_migrations_run_down_and_up_with_rows(
    package: SitePackages, columns: tuple[str, ...], revisions: list[tuple[str, str]], sentence: str
):
    """What an empty database would not notice is noticed here."""
    package.install("notes", with_columns(*columns), requires=FOR_BOTCORE)
    for stem, code in revisions:
        package.add_migration("notes", stem, code)
    ran = run_here("features", "check", str(package.as_wheel("notes")), "--json")
    verdict, text = found(ran)["migrations"]
    assert (verdict, sentence in text) == ("failed", True), text


def test_migrations_that_are_sound(package: SitePackages):
    """Are counted, with the tables that had rows meanwhile."""
    package.install("notes", with_columns(COLOUR), requires=FOR_BOTCORE)
    package.add_migration("notes", "0001_create_notes", CREATE)
    package.add_migration("notes", "0002_add_colour", ADD_COLOUR)
    ran = run_here("features", "check", str(package.as_wheel("notes")), "--json")
    assert ran.code == 0, ran.out
    assert found(ran)["migrations"][1].startswith("2 revisions ran up, down and up again, with rows in 1 of 1 tables")


OWNED = with_columns(OWNER)
CREATE_OWNED = CREATE.replace(
    'sa.Column("text"', 'sa.Column("owner_id", sa.BigInteger(), nullable=False), sa.Column("text"'
)
ERASED = 'bc.Erase(person="owner_id")'


@pytest.mark.parametrize(
    ("declarations", "sentence"),
    [
        ((), 'write bc.PersonalTable("notes_note", bc.Erase(person="owner_id")) into `personal_data` of the feature'),
        (('bc.ImpersonalTable("notes_note", "texts")',), "notes_note.owner_id is named like a person's id"),
        (
            (f'bc.PersonalTable("notes_notes", {ERASED})',),
            "notes_notes, which is no table of the models; did you mean notes_note?",
        ),
        (
            (f'bc.PersonalTable("notes_note", bc.Erase(person="owner_id", when="no_such = 1"), {ERASED})',),
            "`personal_data` cannot be carried out: ",
        ),
        (
            ('bc.PersonalTable("notes_note", bc.Anonymise(person="owner_id", becomes={"owner_id": 1}))',),
            "after a deletion a second one would still find rows: 1 anonymised",
        ),
    ],
)
def test_tables_are_declared(package: SitePackages, declarations: tuple[str, ...], sentence: str):
    """Each of them, and so that it can be carried out; or the package is refused with what to write."""
    package.install("notes", declaring(OWNED, *declarations), requires=FOR_BOTCORE)
    package.add_migration("notes", "0001_create_notes", CREATE_OWNED)
    ran = run_here("features", "check", str(package.as_wheel("notes")), "--json")
    assert ran.code == 1
    verdict, text = found(ran)["data"]
    assert (verdict, sentence in text) == ("failed", True), text


def test_declarations_that_are_sound(package: SitePackages):
    """Were tried on a made-up member's rows."""
    package.install("notes", declaring(OWNED, f'bc.PersonalTable("notes_note", {ERASED})'), requires=FOR_BOTCORE)
    package.add_migration("notes", "0001_create_notes", CREATE_OWNED)
    ran = run_here("features", "check", str(package.as_wheel("notes")), "--json")
    assert ran.code == 0, ran.out
    assert found(ran)["data"] == (
        "passed",
        "tables: 1, all declared; personal: 1; the rows of a made-up member were exported and deleted: 1 erased",
    )


PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'


@pytest.mark.parametrize(
    ("texts", "verdict", "sentence"),
    [
        (
            {"Say hello": "Sag Hallo", "Hello {name}": "Hallo {wer}"},
            "failed",
            "does not fill in what 'Hello",
        ),
        ({"Say hello": "Sag Hallo", "Hello {name}": "Hallo {name}"}, "warned", "are not in de, 'greet' for one"),
        ({"Say hello": "x" * 101, "Hello {name}": "Hallo {name}"}, "failed", "in de has 101 of 100 characters"),
        (None, "failed", "bring thirdparty_greet.mo beside"),
    ],
)
def test_catalogues_are_compared_with_the_source(
    package: SitePackages, texts: dict[str, str] | None, verdict: str, sentence: str
):
    """What is missing warns, what would show nonsense fails."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    package.install("greet", GREET, requires=FOR_BOTCORE)
    folder = package.folder / "thirdparty_greet" / "locales" / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "thirdparty_greet.po").write_text(PO, encoding="utf-8")
    if texts is not None:
        catalogue = Catalog(locale="de")
        for text, translation in texts.items():
            catalogue.add(text, translation)
        with (folder / "thirdparty_greet.mo").open("wb") as stream:
            write_mo(stream, catalogue)
    ran = run_here("features", "check", str(package.as_wheel("greet")), "--json")
    assert [each for each in ran.data if each["verdict"] == verdict and sentence in each["text"]], ran.out


def test_what_is_no_package(tmp_path: Path):
    """Is wrong usage."""
    ran = run_here("features", "check", str(tmp_path))
    assert ran.code == 2
    assert "neither a wheel nor a folder with a pyproject.toml" in ran.err


def test_a_file_that_only_calls_itself_a_wheel(tmp_path: Path):
    """Fails, without a trace."""
    (tmp_path / "x-1.0-py3-none-any.whl").write_text("no", encoding="utf-8")
    ran = run_here("features", "check", str(tmp_path / "x-1.0-py3-none-any.whl"), "--json")
    assert ran.code == 1
    assert found(ran) == {"wheel": ("failed", "File is not a zip file")}
