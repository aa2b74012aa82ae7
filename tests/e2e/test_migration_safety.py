"""Tables under two processes, and under packages that are older than they are."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from botcore_sandbox import Sandbox, bot_environment
from command_line import run_botcore
from e2e_types import StartBot
from fakes.distributions import SitePackages
from notes_package import ADD_COLOUR, COLOUR, CREATE, with_columns


def install(site: SitePackages) -> Path:
    """A feature with two revisions; the folder of its revisions."""
    site.install("notes", with_columns(COLOUR))
    site.add_migration("notes", "0001_create_notes", CREATE)
    site.add_migration("notes", "0002_add_colour", ADD_COLOUR)
    return site.folder / "thirdparty_notes" / "migrations" / "versions"


async def test_two_processes_upgrade_at_once(sandbox: Sandbox, tmp_path: Path, site: SitePackages):
    """Each revision runs once, and both processes end well."""
    install(site)
    environment = {
        **bot_environment(sandbox, tmp_path / "bot.db", ["notes"]),
        "PYTHONPATH": str(site.folder),
    }
    ended = await asyncio.gather(
        *(run_botcore(tmp_path, environment, "db", "upgrade", "notes", "--json") for _ in range(2))
    )
    assert [code for code, _out, _err in ended] == [0, 0], ended
    with closing(sqlite3.connect(tmp_path / "bot.db")) as database:
        assert database.execute("SELECT version_num FROM notes_schema_version").fetchall() == [("0002_add_colour",)]
        assert [row[1] for row in database.execute("PRAGMA table_info(notes_note)")] == ["id", "text", "colour"]


async def test_a_feature_that_is_older_than_its_tables_is_left_out(
    sandbox: Sandbox, start_bot: StartBot, site: SitePackages
):
    """With the reason, for the owner; the rest of the bot works, also where nothing is migrated."""
    versions = install(site)
    await (await start_bot("notes", "dice")).stop()
    (versions / "0002_add_colour.py").unlink()
    for arguments in ((), ("--no-migrate",)):
        bot = await start_bot("notes", "dice", arguments=arguments)
        assert "rolled" in (await sandbox.member("alice").slash("roll")).text
        listed = (await sandbox.application_owner.slash("features")).text.replace("\\", "")
        assert "the database is at revision 0002_add_colour, but the installed package knows revisions up to" in listed
        await bot.stop()
