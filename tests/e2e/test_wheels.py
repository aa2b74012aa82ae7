"""The packages as somebody installs them: built into wheels, with plain pip, away from the checkout."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from botcore_sandbox import Sandbox, bot_environment
from wheelhouse import ROOT, SOURCES, CannotInstall, Environment, build_wheels, make_environment

READY = b'"message":"ready"'


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every wheel."""
    try:
        return build_wheels(tmp_path_factory.mktemp("wheels"))
    except CannotInstall as reason:
        pytest.skip(f"no wheel can be built here: {reason}")


@pytest.fixture(scope="session")
def everything(wheels: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment with every package of ours, and what tests need."""
    return installed(
        wheels, tmp_path_factory.mktemp("everything"), *SOURCES, also=("pytest", "pytest-asyncio"), requirements=SOURCES
    )


@pytest.fixture(scope="session")
def small(wheels: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment with botcore and one feature: what the requirements of examples/02-a-bot ask for."""
    listed = str(ROOT / "examples" / "02-a-bot" / "requirements.txt")
    return installed(wheels, tmp_path_factory.mktemp("small"), "botcore", "botcore-polls", requirements=["-r", listed])


def installed(
    wheels: Path, folder: Path, *names: str, requirements: "list[str] | dict[str, Path]", also: tuple[str, ...] = ()
) -> Environment:
    """An environment in which plain pip has installed these requirements from the wheels."""
    try:
        environment = make_environment(folder / "venv", *names, also=also)
    except CannotInstall as reason:
        pytest.skip(f"dependencies cannot be installed here: {reason}")
    environment.pip("install", "--no-index", "--find-links", str(wheels), *requirements)
    return environment


def features(environment: Environment) -> dict[str, dict[str, str]]:
    """What ``botcore features list`` says there."""
    ran = environment.run("botcore", "features", "list", "--json")
    assert ran.returncode == 0, ran.stderr
    return {record["name"]: record for record in json.loads(ran.stdout)}


def test_every_wheel_is_installed_and_its_features_are_found(everything: Environment):
    """In the environment, and nowhere in the checkout."""
    found = features(everything)
    assert {name: record["status"] for name, record in found.items()} == dict.fromkeys(
        ("core", "dice", "guestbook", "polls", "reminders", "tags"), "active"
    )
    for record in found.values():
        assert Path(record["location"]).is_relative_to(everything.folder.resolve())
    checked = everything.run("python", "-m", "pip", "check")
    assert checked.returncode == 0, checked.stdout


def test_the_tour_runs_there(everything: Environment):
    """With catalogues, migrations and whatever else a wheel could have left behind."""
    ran = everything.run("botcore", "sandbox", "tour", "--plain", variables={"LANG": "C.UTF-8"})
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_tour_runs_with_one_feature(wheels: Path, tmp_path: Path):
    """What the others would show is left out, each with a line, and the visit ends well."""
    names = ("botcore", "botcore-sandbox", "botcore-dice")
    environment = installed(wheels, tmp_path, *names, requirements=list(names))
    assert set(features(environment)) == {"core", "dice"}
    ran = environment.run("botcore", "sandbox", "tour", "--plain", variables={"LANG": "C.UTF-8"})
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "You rolled" in ran.stdout


def run_tests(environment: Environment, name: str, folder: Path) -> str:
    """Run the tests of a package that is installed there, away from the checkout; returns what pytest said."""
    folder.mkdir()
    shutil.copy(SOURCES[name] / "pyproject.toml", folder)
    shutil.copytree(SOURCES[name] / "tests", folder / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    ran = environment.run("python", "-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=folder)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_the_tags_are_tested_where_their_author_would(everything: Environment, tmp_path: Path):
    """Away from the checkout, with the wheels alone: examples/04-tags."""
    assert "7 passed" in run_tests(everything, "botcore-tags", tmp_path / "tags")


def test_the_tags_are_what_a_package_should_be(everything: Environment, wheels: Path):
    """As anybody would see who checks the wheel before they install it: nothing is failed or warned of."""
    [wheel] = wheels.glob("botcore_tags-*.whl")
    ran = everything.run("botcore", "features", "check", str(wheel), "--json")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert {each["verdict"] for each in json.loads(ran.stdout)} == {"passed"}


def test_an_old_cog_is_tested_where_its_author_would(everything: Environment, tmp_path: Path):
    """As somebody else's: examples/05-old-cog."""
    assert "5 passed" in run_tests(everything, "botcore-guestbook", tmp_path / "guestbook")


def test_a_revision_is_not_written_into_an_installed_copy(everything: Environment):
    """It would be lost with the next installation; the sentence says how to work on a feature."""
    ran = everything.run("botcore", "db", "revision", "tags", "-m", "add colours")
    assert ran.returncode == 1
    assert "is installed as a copy in" in ran.stderr
    assert "pip install -e" in ran.stderr


@asynccontextmanager
async def running(environment: Environment, folder: Path, variables: dict[str, str]) -> "AsyncIterator[None]":
    """``botcore run`` of that environment, from the moment when it is ready; at the end it stops as it is asked to."""
    process = await asyncio.create_subprocess_exec(
        str(environment.python.with_name("botcore")),
        "run",
        "--strict",
        cwd=folder,
        env={**environment.variables, **variables},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stderr is not None
    said = []
    try:
        async with asyncio.timeout(60):
            async for line in process.stderr:
                said.append(line.decode())
                if READY in line:
                    break
        assert said
        assert READY.decode() in said[-1], "".join(said)
        rest = asyncio.create_task(process.stderr.read())
        yield
        process.terminate()
        async with asyncio.timeout(30):
            assert await process.wait() == 0, (await rest).decode()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_a_bot_of_one_feature_and_no_code(sandbox: Sandbox, small: Environment, tmp_path: Path):
    """The requirements, the settings and a token are the whole bot: examples/02-a-bot."""
    folder = tmp_path / "bot"
    shutil.copytree(ROOT / "examples" / "02-a-bot", folder, ignore=shutil.ignore_patterns("*.db*", "token.txt"))
    (folder / "token.txt").write_text(f"{sandbox.token}\n", encoding="utf-8")
    assert set(features(small)) == {"core", "polls"}
    assert small.run("botcore", "sandbox", "tour").returncode == 2  # a development tool, which is not there
    here = {"BOTCORE_DISCORD__API_URL": bot_environment(sandbox, folder / "bot.db")["BOTCORE_DISCORD__API_URL"]}
    checked = small.run("botcore", "config", "check", cwd=folder, variables=here)
    assert (checked.returncode, checked.stdout) == (0, "The configuration is sound.\n"), checked.stderr
    async with running(small, folder, here):
        alice = sandbox.member("alice")
        posted = await alice.slash("poll create", question="Lunch?", options="pizza; soup")
        assert "Your vote: **pizza**" in (await alice.click(posted, "pizza")).text
        refused = await alice.slash("poll create", question="?", options=";".join("abcdefghijk"))
        assert "10" in refused.text
    assert (folder / "bot.db").exists()


async def test_the_observer_counts_what_it_is_told_of(sandbox: Sandbox, everything: Environment, tmp_path: Path):
    """No feature, a hook and a command: examples/03-observer."""
    journal = {"JOURNAL_FILE": str(tmp_path / "journal.jsonl")}
    environment = bot_environment(sandbox, tmp_path / "bot.db", ["dice"])
    async with running(everything, tmp_path, {**environment, **journal, "BOTCORE_LOG__FORMAT": "json"}):
        alice = sandbox.member("alice")
        await alice.slash("roll")
        await alice.slash("roll", sides=2)
        await alice.slash("help")
    counted = everything.run("botcore", "journal", variables=journal)
    assert counted.stdout.split("\n") == ["     1  help  ok", "     2  roll  ok", ""]
    assert str(alice.id) not in (tmp_path / "journal.jsonl").read_text(encoding="utf-8")
    assert everything.run("botcore", "journal").stdout == ""
