"""/poll results: how a poll stands, or how it ended."""

from dataclasses import dataclass
from typing import Annotated

import botcore as bc
from botcore_polls.commands.drawing import standing_embed
from botcore_polls.commands.references import PollRef
from botcore_polls.services.polls import Polls
from botcore_polls.services.values import Poll

_ = bc.translator(__name__)


@dataclass(frozen=True, slots=True)
class ResultsInput:
    """The options of /poll results."""

    poll: Annotated[Poll, PollRef, bc.Option(_("The poll to look at"))]


class ResultsCommand(bc.BaseCommand[ResultsInput]):
    """Shows the numbers of a poll, open or closed, to the member who asks."""

    name = "poll results"
    description = _("See how a poll stands, or how it ended")
    permission = bc.PermissionLevel.USER
    reply = bc.Reply.PRIVATE

    def __init__(self, polls: Polls) -> None:
        self._polls = polls

    async def process_command(self, ctx: bc.CommandContext, data: ResultsInput) -> bc.CommandResult:
        """Count and answer privately."""
        return bc.CommandResult.ok(standing_embed(await self._polls.tally(data.poll.id)))
