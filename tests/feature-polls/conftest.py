"""What the tests of polls share: the feature's tables, and its services on them with a clock that tests move."""

import os
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import botcore_polls
import pytest
from botcore_polls.commands.drawing import PollMessages
from botcore_polls.config import PollsConfig
from botcore_polls.services.ballots import Ballots, Click, Wish
from botcore_polls.services.live import LiveTally
from botcore_polls.services.polls import Polls
from botcore_polls.services.values import NewPoll, Poll, Receipt
from fakes.messenger import FakeMessenger
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

import botcore as bc
from botcore.db import Database, MigrationScripts, Migrator

POSTGRES = os.environ.get("BOTCORE_TEST_POSTGRES_URL", "")
GUILD, CHANNEL, MESSAGE = 1, 2, 3
ALICE, BOB, CAROL = 11, 12, 13

SCRIPTS = MigrationScripts("polls", Path(botcore_polls.__path__[0]) / "migrations" / "versions")


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param(
            "postgresql",
            marks=[
                pytest.mark.postgres,
                pytest.mark.skipif(not POSTGRES, reason="BOTCORE_TEST_POSTGRES_URL is not set"),
            ],
        ),
    ]
)
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of an empty database that is this test's alone."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/test.db"
        return
    name = f"test_{uuid.uuid4().hex}"
    admin = create_async_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    async with admin.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
    finally:
        async with admin.connect() as connection:
            await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        await admin.dispose()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open database with the feature's tables."""
    async with Database(database_url) as opened:
        await Migrator(opened).upgrade(SCRIPTS)
        yield opened


@dataclass
class Bot:
    """The services of one process."""

    database: Database
    messenger: FakeMessenger
    config: PollsConfig = PollsConfig()
    clock: bc.ManualClock = field(default_factory=bc.ManualClock)
    clicks: int = 0

    def __post_init__(self) -> None:
        self.live = LiveTally(self.database, self.messenger, PollMessages(), self.clock)
        self.polls = Polls(self.database, self.clock, self.config, self.live)
        self.ballots = Ballots(self.database, self.clock, self.live)

    async def ask(
        self,
        question: str = "Lunch?",
        options: str = "pizza; soup; salad",
        *,
        author: int = ALICE,
        guild: int = GUILD,
        channel: int = CHANNEL,
        locale: str = "en-GB",
        posted: bool = True,
    ) -> Poll:
        """Make a poll, which stands in its channel."""
        new = NewPoll(guild, channel, author, locale, question, options)
        poll = (await self.polls.create(new)).poll
        if posted:
            await self.polls.posted(poll.id, MESSAGE)
        return poll

    def click(self, member: int, position: int | None, wish: Wish = Wish.TOGGLE) -> Click:
        """A click that comes after every other."""
        self.clicks += 1
        return Click(self.clicks, member, wish, position)

    async def press(self, poll: Poll, member: int, position: int) -> Receipt:
        """Press the button of an option."""
        return await self.ballots.cast(poll, self.click(member, position))

    async def counts(self, poll: Poll) -> tuple[int, ...]:
        """The votes as the database has them."""
        return (await self.polls.tally(poll.id)).counts


@pytest.fixture
async def bot(database: Database) -> AsyncIterator[Bot]:
    """The services on the database, stopped at the end."""
    started = Bot(database, FakeMessenger())
    yield started
    await started.live.stop()
