"""Features that come, go and break, seen from outside the process."""

import pytest

from botcore_sandbox import NotOffered, Sandbox, SandboxError
from e2e_types import StartBot
from fakes.distributions import SitePackages

NOTES = '''
from datetime import datetime
from dataclasses import dataclass
from typing import Annotated

import botcore as bc
from botcore.db import Database, FeatureModel
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column


class Base(FeatureModel, feature="notes"):
    """The tables of the notes."""


class Note(Base):
    __tablename__ = "notes_note"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]


@dataclass(frozen=True, slots=True)
class NoteInput:
    text: Annotated[str, bc.Option("What to keep")]


class Keep(bc.BaseCommand[NoteInput]):
    name, description = "note keep", "Keep a note"

    def __init__(self, db: Database) -> None:
        self._db = db

    async def process_command(self, ctx, data):
        async with self._db.transaction() as tx:
            tx.add(Note(text=data.text))
        return bc.CommandResult.ok("Kept.")


class Show(bc.BaseCommand[bc.NoInput]):
    name, description = "note list", "List the notes"

    def __init__(self, db: Database) -> None:
        self._db = db

    async def process_command(self, ctx, data):
        async with self._db.session() as session:
            notes = (await session.scalars(select(Note.text))).all()
        return bc.CommandResult.ok(", ".join(notes) or "nothing")


class Feature(bc.BaseFeature):
    name = "notes"
    commands = (Keep, Show)
'''

MIGRATION = """
import sqlalchemy as sa
from alembic import op

revision = "0001_create_notes"
down_revision = None


def upgrade():
    op.create_table(
        "notes_note", sa.Column("id", sa.Integer, primary_key=True), sa.Column("text", sa.String, nullable=False)
    )


def downgrade():
    op.drop_table("notes_note")
"""


async def test_a_package_that_goes_and_comes_back_finds_its_data(
    sandbox: Sandbox, start_bot: StartBot, site: SitePackages
):
    """While it is away the bot runs without it, and its commands are gone."""
    site.install("notes", NOTES)
    site.add_migration("notes", "0001_create_notes", MIGRATION)
    alice = sandbox.member("alice")
    first = await start_bot("notes", "dice")
    await alice.slash("note keep", text="milk")
    await first.stop()

    info = site.folder / "thirdparty_notes-1.0.dist-info"
    away = info.rename(site.folder / "thirdparty_notes-1.0.away")
    second = await start_bot("notes", "dice")
    assert "rolled" in (await alice.slash("roll")).text
    with pytest.raises(NotOffered):
        await alice.slash("note list")
    await second.stop()

    away.rename(info)
    await start_bot("notes", "dice")
    assert (await alice.slash("note list")).text == "milk"


async def test_the_first_start_writes_the_commands_once_and_the_second_not_at_all(
    sandbox: Sandbox, start_bot: StartBot
):
    """In one bulk request."""
    first = await start_bot()
    writes = sandbox.traffic.command_writes()
    assert [(call.method, call.status) for call in writes] == [("PUT", 200)]
    await first.stop()
    sandbox.traffic.clear()
    await start_bot()
    await sandbox.member("alice").slash("roll")
    assert sandbox.traffic.command_writes() == []
    assert len(sandbox.traffic.calls_to("GET", "/commands")) == 1


BROKEN = "raise RuntimeError('no such driver')"


async def test_a_broken_feature_is_reported_and_harms_nobody(sandbox: Sandbox, start_bot: StartBot, site: SitePackages):
    """Members see that it is unavailable; the reason is for the bot's owner alone."""
    site.install("broken", BROKEN)
    await start_bot("broken", "dice")
    assert "rolled" in (await sandbox.member("alice").slash("roll")).text
    status = await sandbox.member("alice").slash("status")
    assert "broken: unavailable" in status.text
    assert "no such driver" not in status.text
    features = await sandbox.application_owner.slash("features")
    assert features.private
    assert "no such driver" in features.text


async def test_a_strict_start_exits_with_1(sandbox: Sandbox, start_bot: StartBot, site: SitePackages):
    """And names the feature and the reason."""
    site.install("broken", BROKEN)
    with pytest.raises(SandboxError, match=r"(?s)ended with 1 .*'broken' was left out: .*no such driver"):
        await start_bot("broken", "dice", arguments=("--strict",))


async def test_no_migrate_leaves_the_tables_alone(sandbox: Sandbox, start_bot: StartBot, site: SitePackages):
    """The feature whose tables are missing is left out and says which command makes them; the core's must be there."""
    with pytest.raises(SandboxError, match=r"(?s)ended with 2 .*botcore's timers cannot be used: .*botcore db upgrade"):
        await start_bot("dice", arguments=("--no-migrate",))
    first = await start_bot("dice")
    await first.stop()
    site.install("notes", NOTES)
    site.add_migration("notes", "0001_create_notes", MIGRATION)
    await start_bot("notes", "dice", arguments=("--no-migrate",))
    features = await sandbox.application_owner.slash("features")
    assert "run `botcore db upgrade`" in features.text.replace("\\", "")


MEMORY = """
import gc
import botcore as bc


class Ask(bc.BaseCommand[bc.NoInput]):
    name, description = "memory", "What the garbage collector does"

    async def process_command(self, ctx, data):
        return bc.CommandResult.ok(f"{gc.isenabled()} {gc.get_freeze_count() > 10_000}")


class Feature(bc.BaseFeature):
    name = "memory"
    commands = (Ask,)
"""


async def test_garbage_is_collected_once_the_bot_is_ready(sandbox: Sandbox, site: SitePackages, start_bot: StartBot):
    """Not before, which makes the start shorter; what the start made is not looked through again."""
    site.install("memory", MEMORY)
    await start_bot("memory")
    alice = sandbox.member("alice")
    reply = await alice.slash("memory")
    assert reply.content == "True True"
