"""/poll compose: a poll in a form, where each option has its own line."""

from dataclasses import dataclass
from typing import Annotated

import botcore as bc
from botcore_polls.commands.posting import CREATE_RATE, note_posted, post
from botcore_polls.services.polls import Polls
from botcore_polls.services.wording import MAX_QUESTION

_ = bc.translator(__name__)


@dataclass(frozen=True, slots=True)
class ComposeInput:
    """The fields of the form."""

    question: Annotated[str, bc.FormField(_("Question"), max_length=MAX_QUESTION)]
    options: Annotated[
        str, bc.FormField(_("Options, one on each line"), paragraph=True, placeholder=_("2 to 25 lines"))
    ]


class ComposeForm(bc.BaseModal[ComposeInput]):
    """The form; what cannot be used is given back, to be corrected."""

    id = "polls.compose"
    title = _("A new poll")
    permission = bc.PermissionLevel.USER
    rate_limit = CREATE_RATE

    def __init__(self, polls: Polls) -> None:
        self._polls = polls

    async def process_submit(self, ctx: bc.CommandContext, data: ComposeInput) -> bc.CommandResult:
        """Make the poll and show it to everybody."""
        return await post(ctx, self._polls, data.question, data.options)

    async def post_execute(self, ctx: bc.CommandContext, result: bc.CommandResult) -> None:
        """Remember the message."""
        await note_posted(ctx, self._polls, result)


class ComposeCommand(bc.BaseCommand[bc.NoInput]):
    """Opens the form."""

    name = "poll compose"
    description = _("Write a poll in a form, one option on each line")
    permission = bc.PermissionLevel.USER
    rate_limit = CREATE_RATE
    opens = ComposeForm
