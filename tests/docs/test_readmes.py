"""The READMEs: every snippet is code that a test runs, every command exists."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from botcore.privacy import problems
from botcore_sandbox import BotOnSandbox
from docs_snippets import NotesFeature
from docs_tables import Base, DiaryFeature

ROOT = Path(__file__).parents[2]
_TRACKED = subprocess.run(["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
READMES = sorted(ROOT / name for name in _TRACKED.splitlines() if (ROOT / name).is_file())
_REGION = re.compile(
    r"<!-- region: (?P<source>\S+?)(?:#(?P<part>[\w-]+))? -->\n```\w+\n(?P<shown>.*?)```\n<!-- endregion -->", re.DOTALL
)


def regions(readme: Path) -> list[tuple[str, str | None, str]]:
    text = readme.read_text(encoding="utf-8")
    found = [(match["source"], match["part"], match["shown"]) for match in _REGION.finditer(text)]
    assert len(found) == text.count("<!-- region:"), f"{readme} has a region that cannot be read"
    return found


def source_of(file: str, part: str | None) -> str:
    """The whole file, or the part between ``# region part`` and ``# endregion``."""
    text = (ROOT / file).read_text(encoding="utf-8")
    if part is None:
        return text
    match = re.search(rf"^# region {part}\n(.*?)^# endregion", text, re.DOTALL | re.MULTILINE)
    assert match is not None, f"{file} has no region {part}"
    return match[1].strip("\n") + "\n"


@pytest.mark.parametrize("readme", READMES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_snippet_shows_what_a_test_runs(readme: Path):
    """It is a region of a file that is imported, installed or run by a test."""
    for file, part, shown in regions(readme):
        assert shown == source_of(file, part), f"{readme.name} shows an old {file}"


@pytest.mark.parametrize("readme", READMES, ids=lambda path: str(path.relative_to(ROOT)))
def test_python_outside_regions_compiles(readme: Path):
    """There is none that is not at least Python, and no unmarked snippet longer than a few lines."""
    text = _REGION.sub("", readme.read_text(encoding="utf-8"))
    for snippet in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        assert snippet.count("\n") <= 6, f"mark this snippet of {readme.name} as a region: {snippet}"
        compile(snippet, str(readme), "exec")


@pytest.mark.parametrize("readme", READMES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_exists(readme: Path):
    """What a reader is told to type is a command of `botcore`."""
    text = readme.read_text(encoding="utf-8")
    commands = set(re.findall(r"^\$ .*?\bbotcore ((?:[a-z]+ ?)+)", text, re.MULTILINE))
    for command in sorted(commands):
        run = subprocess.run(
            [sys.executable, "-m", "botcore", *command.split(), "--help"], capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, f"{readme.name}: botcore {command}: {run.stderr}"


@pytest.mark.parametrize("readme", READMES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(readme: Path):
    """Relative links name files that are there."""
    text = readme.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", text):
        assert (readme.parent / target).exists(), f"{readme.name} links to {target}"


def test_every_package_is_whole():
    """Each has its README, its licence field, `py.typed`, and a version from 2.0.0 that wants botcore 2."""
    for folder in [*sorted((ROOT / "packages").iterdir()), *sorted((ROOT / "examples").iterdir())]:
        if folder.name == "02-a-bot":
            continue  # it is a bot, not a package: that is its point
        project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        assert project["license"] == "MIT"
        assert len((folder / project["readme"]).read_text(encoding="utf-8").splitlines()) > 5, folder.name
        assert project["version"].startswith("2.")
        assert project["requires-python"] == ">=3.12"
        assert list((folder / "src").glob("*/py.typed")), folder.name
        if project["name"] != "botcore":
            assert "botcore>=2,<3" in project["dependencies"]


@pytest.mark.bot_features(bring=[NotesFeature])
async def test_the_snippets_are_a_feature_that_works(bot: BotOnSandbox):
    """Command, service, configuration, reference, button, modal."""
    alice, bob = bot.member("alice"), bot.member("bob")
    kept = await alice.slash("note keep", text="buy *milk*")
    assert kept.private
    assert (await alice.click(kept, "Read it")).content == r"buy \*milk\*"
    custom_id = kept.components[0]["components"][0]["custom_id"]
    stolen = await bob.raw_interaction(type=3, data={"custom_id": custom_id, "component_type": 2}, message=kept)
    assert stolen.text == "You have no such note."
    form = await alice.slash("note write")
    assert (await alice.submit(form.modal, text="a longer one")).text == "Kept."
    await alice.slash("note keep", text="third", mood="thoughtful")
    assert "as many as I keep" in (await alice.slash("note keep", text="fourth")).text
    assert "Write something." in (await bob.slash("note keep", text="  ")).text


def test_the_snippet_about_members_data_covers_its_tables():
    """As `botcore features check` would find."""
    assert problems(DiaryFeature.personal_data, Base.metadata) == []
    assert len(DiaryFeature.personal_data) == len(Base.metadata.tables)
