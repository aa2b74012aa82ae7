"""The services of the polls feature as one process has them, on a clock that tests move."""

from dataclasses import dataclass, field
from pathlib import Path

import botcore as bc
import botcore_polls
from botcore.db import Database, MigrationScripts
from botcore_polls.commands.drawing import PollMessages
from botcore_polls.config import PollsConfig
from botcore_polls.services.ballots import Ballots, Click, Wish
from botcore_polls.services.live import LiveTally
from botcore_polls.services.polls import Polls
from botcore_polls.services.values import NewPoll, Poll, Receipt
from botcore_sandbox import FakeMessenger

GUILD, CHANNEL, MESSAGE = 1, 2, 3
ALICE, BOB, CAROL = 11, 12, 13

SCRIPTS = MigrationScripts("polls", Path(botcore_polls.__path__[0]) / "migrations" / "versions")


@dataclass
class Services:
    """The services of one process."""

    database: Database
    messenger: FakeMessenger
    config: PollsConfig = field(default_factory=PollsConfig)
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
