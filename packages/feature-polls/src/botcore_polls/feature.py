"""The feature: everything that this package brings to a bot."""

from datetime import UTC, datetime
from functools import partial
from typing import override

from sqlalchemy.ext.asyncio import AsyncSession

import botcore as bc
from botcore.db import current_transaction
from botcore_polls.commands.close import CloseCommand
from botcore_polls.commands.compose import ComposeCommand, ComposeForm
from botcore_polls.commands.create import CreateCommand
from botcore_polls.commands.drawing import PollMessages
from botcore_polls.commands.results import ResultsCommand
from botcore_polls.commands.voting import Choose, Vote, Withdraw
from botcore_polls.config import PollsConfig
from botcore_polls.listeners import RedrawAtConnection
from botcore_polls.services.ballots import Ballots
from botcore_polls.services.live import LiveTally
from botcore_polls.services.painting import PollPainter
from botcore_polls.services.polls import Polls

_ = bc.translator(__name__)

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""When nobody in particular voted."""


class PollsFeature(bc.BaseFeature):
    """Polls with buttons or a list, a live tally, and votes that survive anything."""

    name = "polls"
    config = PollsConfig
    services = (LiveTally, Polls, Ballots)
    commands = (CreateCommand, ComposeCommand, CloseCommand, ResultsCommand)
    components = (Vote, Choose, Withdraw, ComposeForm)
    listeners = (RedrawAtConnection,)
    groups = {"poll": _("Ask a question and vote")}  # noqa: RUF012 - BaseFeature declares it a ClassVar

    personal_data = (
        bc.PersonalTable(
            "polls_poll",
            bc.Anonymise(person="author_id", becomes={"author_id": 0}),
            bc.Anonymise(person="closed_by", becomes={"closed_by": None}),
            hidden={"question_folded": _("the question again, as searches read it")},
        ),
        bc.PersonalTable(
            "polls_option",
            bc.Retain(person="poll_id.author_id", reason=_("What was asked belongs to everybody who answered.")),
        ),
        bc.PersonalTable(
            "polls_vote",
            bc.Erase(person="user_id", when="poll_id IN (SELECT id FROM polls_poll WHERE closed_at IS NULL)"),
            bc.Anonymise(person="user_id", becomes={"user_id": bc.RandomId(), "click_id": 0, "changed_at": LONG_AGO}),
        ),
    )

    def __init__(self) -> None:
        self._live: LiveTally | None = None

    @override
    async def register_services(self, services: bc.ServiceContainer) -> None:
        """Register the services, and what draws for them."""
        services.bind(PollPainter, PollMessages)
        await super().register_services(services)

    @override
    async def start(self, services: bc.ServiceContainer) -> None:
        """Begin to follow votes."""
        self._live = services.get(LiveTally)
        await self._live.start()

    @override
    async def stop(self) -> None:
        """Show the last votes before the connection goes."""
        if self._live is not None:
            await self._live.stop()

    @override
    async def forget(self, services: bc.ServiceContainer, tx: AsyncSession, user_id: int) -> None:
        """Let the messages of open polls follow the votes that go: now, or at the next connection."""
        changed = await services.get(Ballots).lose(tx, user_id)
        transaction, live = current_transaction(), self._live
        if transaction is not None and live is not None:
            for poll_id in changed:
                transaction.after_commit(partial(live.touch, poll_id))
