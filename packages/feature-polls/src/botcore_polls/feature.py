"""The feature: everything that this package brings to a bot."""

from typing import override

import botcore as bc
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


class PollsFeature(bc.BaseFeature):
    """Polls with buttons or a list, a live tally, and votes that survive anything."""

    name = "polls"
    config = PollsConfig
    services = (LiveTally, Polls, Ballots)
    commands = (CreateCommand, ComposeCommand, CloseCommand, ResultsCommand)
    components = (Vote, Choose, Withdraw, ComposeForm)
    listeners = (RedrawAtConnection,)
    groups = {"poll": _("Ask a question and vote")}  # noqa: RUF012 - BaseFeature declares it a ClassVar

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
