"""What an operator gets wrong: one clear sentence, exit code 2, no traceback, and soon."""

import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from botcore_sandbox import Sandbox, bot_environment
from command_line import run_botcore


async def sentence_of(folder: Path, environment: dict[str, str], *arguments: str) -> str:
    """Run ``botcore`` and return the one sentence that it ends with."""
    code, _out, err = await run_botcore(folder, environment, *arguments)
    assert code == 2, err
    assert "Traceback" not in err
    sentences = [line for line in err.splitlines() if not line.startswith("{")]
    assert len(sentences) == 1, err
    return sentences[0]


@pytest.fixture
def environment(sandbox: Sandbox, tmp_path: Path) -> dict[str, str]:
    """What would work."""
    return bot_environment(sandbox, tmp_path / "bot.db")


@pytest_asyncio.fixture(loop_scope="session")
async def silent_port() -> AsyncIterator[int]:
    """A port that takes connections and never says anything."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


async def test_a_wrong_token(tmp_path: Path, environment: dict[str, str]):
    """Names the place where the right one is found and where to put it."""
    environment["BOTCORE_DISCORD__TOKEN"] = "MTIzNDU2Nzg5MDEyMzQ1Njc4.AAAAAA.not-the-token-of-this-application"
    sentence = await sentence_of(tmp_path, environment, "run")
    assert sentence.startswith("Discord refused the token; copy it anew from the Bot page")
    assert "not-the-token" not in sentence


async def test_no_token(tmp_path: Path, environment: dict[str, str]):
    """Names both ways to give one, before anything else is done."""
    del environment["BOTCORE_DISCORD__TOKEN"]
    sentence = await sentence_of(tmp_path, environment, "run")
    assert "BOTCORE_DISCORD__TOKEN" in sentence
    assert not (tmp_path / "bot.db").exists()


async def test_an_api_that_refuses_connections(tmp_path: Path, environment: dict[str, str]):
    """Names the address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    environment["BOTCORE_DISCORD__API_URL"] = f"http://127.0.0.1:{port}/api/v10"
    assert f"Nothing at http://127.0.0.1:{port}/api/v10 answers" in await sentence_of(tmp_path, environment, "run")


async def test_an_api_that_never_answers(tmp_path: Path, environment: dict[str, str], silent_port: int):
    """Is given up on within half a minute."""
    environment["BOTCORE_DISCORD__API_URL"] = f"http://127.0.0.1:{silent_port}/api/v10"
    assert f"Nothing at http://127.0.0.1:{silent_port}/api/v10 answers" in await sentence_of(
        tmp_path, environment, "run"
    )


async def test_a_database_that_cannot_be_written(tmp_path: Path, environment: dict[str, str]):
    """Names the file; a folder in its place holds for every user, root included."""
    (tmp_path / "folder.db").mkdir()
    environment["BOTCORE_DATABASE__URL"] = f"sqlite:///{tmp_path / 'folder.db'}"
    assert str(tmp_path / "folder.db") in await sentence_of(tmp_path, environment, "run")


async def test_a_database_server_that_is_not_there(tmp_path: Path, environment: dict[str, str]):
    """Names the server and hides the password."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    environment["BOTCORE_DATABASE__URL"] = f"postgresql://bot:sesame-open@127.0.0.1:{port}/bot"
    sentence = await sentence_of(tmp_path, environment, "run")
    assert str(port) in sentence
    assert "sesame-open" not in sentence


@pytest.mark.parametrize("command", [("run",), ("config", "check"), ("features", "list")])
async def test_an_unknown_key_in_the_file(tmp_path: Path, environment: dict[str, str], command: tuple[str, ...]):
    """Names the key, the file and the nearest valid one."""
    (tmp_path / "botcore.toml").write_text('[discord]\ntokn = "x"\n', encoding="utf-8")
    sentence = await sentence_of(tmp_path, environment, *command)
    assert "discord.tokn" in sentence
    assert "discord.token" in sentence
    assert "botcore.toml" in sentence


async def test_an_unknown_variable(tmp_path: Path, environment: dict[str, str]):
    """Names the variable and the nearest valid one."""
    environment["BOTCORE_DATABASE__ULR"] = "sqlite:///x.db"
    sentence = await sentence_of(tmp_path, environment, "run")
    assert "BOTCORE_DATABASE__ULR" in sentence
    assert "BOTCORE_DATABASE__URL" in sentence


async def test_a_sound_configuration(tmp_path: Path, environment: dict[str, str]):
    """Is called sound, and exits 0."""
    code, out, err = await run_botcore(tmp_path, environment, "config", "check")
    assert (code, out.strip()) == (0, "The configuration is sound."), err


async def test_config_show_masks_secrets_and_names_origins(tmp_path: Path, environment: dict[str, str]):
    """Every value with where it came from; the token never."""
    (tmp_path / "botcore.toml").write_text('[log]\nlevel = "debug"\n', encoding="utf-8")
    _code, out, _err = await run_botcore(tmp_path, environment, "config", "show")
    lines = {line.split()[0]: line.split()[1:] for line in out.splitlines()}
    assert lines["log.level"] == ["debug", "botcore.toml"]
    assert lines["discord.api_url"][1] == "BOTCORE_DISCORD__API_URL"
    assert environment["BOTCORE_DISCORD__TOKEN"] not in out


async def test_the_version(tmp_path: Path):
    """One line."""
    assert await run_botcore(tmp_path, {}, "--version") == (0, "botcore 2.0.0\n", "")


async def test_wrong_usage(tmp_path: Path):
    """Exits 2, as everything does that the operator typed wrongly."""
    code, _out, err = await run_botcore(tmp_path, {}, "rnu")
    assert code == 2
    assert "rnu" in err


async def test_db_upgrade_and_current(tmp_path: Path, environment: dict[str, str]):
    """The tables are brought up to date once, and shown with their revision."""
    code, out, err = await run_botcore(tmp_path, environment, "db", "upgrade")
    assert code == 0, err
    assert "polls: nothing -> 0001_create_polls" in out
    assert (await run_botcore(tmp_path, environment, "db", "upgrade"))[1] == "Every table is up to date.\n"
    _code, out, _err = await run_botcore(tmp_path, environment, "db", "current")
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert "polls 0001_create_polls 0001_create_polls up to date" in lines
