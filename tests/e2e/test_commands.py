"""``botcore commands``: what the features offer, compared with what Discord has and sent to it."""

import os
from pathlib import Path
from typing import Any

import orjson
import pytest

from botcore_sandbox import Sandbox, bot_environment
from command_line import run_botcore


@pytest.fixture
def environment(sandbox: Sandbox, tmp_path: Path) -> dict[str, str]:
    """A bot of this sandbox with few commands."""
    return bot_environment(sandbox, tmp_path / "bot.db", ["dice"])


def installed_cog(folder: Path) -> tuple[str, str]:
    """The two places where Python finds examples/05-old-cog: its source, and what pip would note of it."""
    noted = folder / "botcore_guestbook-2.0.0.dist-info"
    noted.mkdir(parents=True)
    (noted / "METADATA").write_text("Metadata-Version: 2.1\nName: botcore-guestbook\nVersion: 2.0.0\n")
    (noted / "entry_points.txt").write_text(
        "[botcore.features]\nguestbook = botcore_guestbook.feature:GuestbookFeature\n"
    )
    return str(folder), str(Path(__file__).parents[2] / "examples" / "05-old-cog" / "src")


async def commands(folder: Path, environment: dict[str, str], *arguments: str) -> Any:
    """Run ``botcore commands ... --json``."""
    code, out, err = await run_botcore(folder, environment, "commands", *arguments, "--json")
    assert code == 0, err
    return orjson.loads(out)


async def test_list_asks_nothing_of_discord(sandbox: Sandbox, tmp_path: Path):
    """It needs no token, and shows whose each command is."""
    found = await commands(tmp_path, {"BOTCORE_FEATURES__ENABLED": "dice"}, "list")
    assert {
        "name": "/roll",
        "description": "Roll a die",
        "permission": "public",
        "feature": "dice",
    } in found
    code, out, _err = await run_botcore(tmp_path, {"BOTCORE_FEATURES__ENABLED": "dice"}, "commands", "list")
    assert code == 0
    assert ["/roll", "Roll", "a", "die", "public", "dice"] in [line.split() for line in out.splitlines()]
    assert list(sandbox.traffic.calls) == []


async def test_sync_sends_what_differs_once(sandbox: Sandbox, tmp_path: Path, environment: dict[str, str]):
    """A comparison changes nothing; the second sync finds nothing to send; a change is named where it is."""
    everything = [
        {"name": f"/{name}", "change": "add", "details": []} for name in ("features", "help", "roll", "status")
    ]
    assert await commands(tmp_path, environment, "diff") == everything
    assert sandbox.traffic.command_writes() == []
    assert await commands(tmp_path, environment, "sync") == everything
    assert await commands(tmp_path, environment, "diff") == []
    assert await commands(tmp_path, environment, "sync") == []
    assert len(sandbox.traffic.command_writes()) == 1
    environment["BOTCORE_FEATURES__ENABLED"] = "dice,polls"
    code, out, _err = await run_botcore(tmp_path, environment, "commands", "diff")
    assert (code, out.splitlines()[1].split()) == (0, ["/poll", "add"])


async def test_commands_of_cogs_are_sent_with_the_others(sandbox: Sandbox, tmp_path: Path, environment: dict[str, str]):
    """They are compared, sent once and cleared like everything else."""
    environment |= {
        "PYTHONPATH": os.pathsep.join(installed_cog(tmp_path / "site-packages")),
        "BOTCORE_FEATURES__ENABLED": "dice,guestbook",
    }
    added = [(each["name"], each["change"]) for each in await commands(tmp_path, environment, "diff")]
    assert {("/guestbook", "add"), ("/page", "add"), ("Keep in guestbook", "add"), ("/roll", "add")} <= set(added)
    await commands(tmp_path, environment, "sync")
    [written] = sandbox.traffic.command_writes()
    assert len(written.request) == len(added)
    assert await commands(tmp_path, environment, "diff") == []
    assert "guestbook" in await commands(tmp_path, environment, "clear", "--yes")


async def test_commands_of_one_server(sandbox: Sandbox, tmp_path: Path, environment: dict[str, str]):
    """They are compared, sent and cleared apart from those of every server."""
    guild = str(sandbox.guild.id)
    await commands(tmp_path, environment, "sync", "--guild", guild)
    [written] = sandbox.traffic.command_writes()
    assert f"/guilds/{guild}/commands" in written.path
    assert await commands(tmp_path, environment, "diff", "--guild", guild) == []
    assert len(await commands(tmp_path, environment, "diff")) == 4
    assert await commands(tmp_path, environment, "clear", "--guild", guild, "--yes") == [
        "features",
        "help",
        "roll",
        "status",
    ]
    assert await commands(tmp_path, environment, "clear", "--guild", guild, "--yes") == []


async def test_clear_asks_first(sandbox: Sandbox, tmp_path: Path, environment: dict[str, str]):
    """Where nobody answers, the commands stay."""
    await commands(tmp_path, environment, "sync")
    code, _out, err = await run_botcore(tmp_path, environment, "commands", "clear")
    assert code == 1
    assert "Take all commands of this bot away from every server?" in err
    assert await commands(tmp_path, environment, "diff") == []


async def test_a_server_that_the_bot_is_not_in(tmp_path: Path, environment: dict[str, str]):
    """Is named, with the way out."""
    code, _out, err = await run_botcore(tmp_path, environment, "commands", "sync", "--guild", "123456789012345678")
    assert code == 1
    assert err.splitlines()[-1] == (
        "The bot has no access to the server 123456789012345678; check the id, and invite the bot with the scope "
        "applications.commands."
    )


async def test_without_a_token(tmp_path: Path):
    """It says where to put one, and exits with 2."""
    code, _out, err = await run_botcore(tmp_path, {"BOTCORE_FEATURES__ENABLED": "dice"}, "commands", "diff")
    assert code == 2
    assert "BOTCORE_DISCORD__TOKEN" in err
