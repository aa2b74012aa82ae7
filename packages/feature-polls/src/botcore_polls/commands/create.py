"""/poll create: a poll in one line."""

from dataclasses import dataclass
from typing import Annotated

import botcore as bc
from botcore_polls.commands.posting import CREATE_RATE, note_posted, post
from botcore_polls.services.polls import Polls
from botcore_polls.services.wording import MAX_QUESTION

_ = bc.translator(__name__)


@dataclass(frozen=True, slots=True)
class CreateInput:
    """The options of /poll create."""

    question: Annotated[str, bc.Option(_("What do you want to know?"), max=MAX_QUESTION)]
    options: Annotated[
        str, bc.Option(_('Such as: pizza; soup; "fish, fried" (commas separate too, where there is no ;)'))
    ]


class CreateCommand(bc.BaseCommand[CreateInput]):
    """Posts a poll at once."""

    name = "poll create"
    description = _("Ask a question that everybody here can vote on")
    permission = bc.PermissionLevel.USER
    rate_limit = CREATE_RATE

    def __init__(self, polls: Polls) -> None:
        self._polls = polls

    async def process_command(self, ctx: bc.CommandContext, data: CreateInput) -> bc.CommandResult:
        """Make the poll and show it to everybody."""
        return await post(ctx, self._polls, data.question, data.options)

    async def post_execute(self, ctx: bc.CommandContext, result: bc.CommandResult) -> None:
        """Remember the message."""
        await note_posted(ctx, self._polls, result)
