"""/poll close: the end of a poll."""

from dataclasses import dataclass
from typing import Annotated

import botcore as bc
from botcore_polls.commands.drawing import result_embed
from botcore_polls.commands.references import ClosablePollRef
from botcore_polls.services.polls import Polls
from botcore_polls.services.values import Poll

_ = bc.translator(__name__)


@dataclass(frozen=True, slots=True)
class CloseInput:
    """The options of /poll close."""

    poll: Annotated[Poll, ClosablePollRef, bc.Option(_("The poll to close"))]


class CloseCommand(bc.BaseCommand[CloseInput]):
    """Closes a poll for good.

    It answers privately: it may be used in another channel than the poll's, before members who cannot see that one.
    """

    name = "poll close"
    description = _("End a poll of yours and show who won")
    permission = bc.PermissionLevel.USER
    reply = bc.Reply.PRIVATE

    def __init__(self, polls: Polls) -> None:
        self._polls = polls

    async def process_command(self, ctx: bc.CommandContext, data: CloseInput) -> bc.CommandResult:
        """Close it and answer with the result, which the public message shows as well."""
        tally = await self._polls.close(data.poll.id, ctx.user.id, administrator=ctx.is_administrator)
        return bc.CommandResult.ok(result_embed(tally))
