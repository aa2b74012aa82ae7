"""In the context menu of messages: remind me about this."""

from dataclasses import dataclass
from typing import Annotated

import botcore as bc
from botcore_reminders.commands.making import MAKE_RATE, Maker
from botcore_reminders.commands.previewing import WHEN_HINT
from botcore_reminders.commands.references import TimingRef
from botcore_reminders.commands.words import on_one_line
from botcore_reminders.config import LONGEST_TEXT
from botcore_reminders.services.wording import Timing

_ = bc.translator(__name__)

QUOTED = 200
"""Characters of the message that are quoted."""


@dataclass(frozen=True, slots=True)
class AboutInput:
    """The form: when, and what to say beside the address of the message."""

    channel_id: int
    message_id: int
    when: Annotated[Timing, TimingRef, bc.FormField(_("When"), placeholder=WHEN_HINT)]
    what: Annotated[str, bc.FormField(_("What to remind you of"), paragraph=True, max_length=LONGEST_TEXT)]


class AboutForm(bc.BaseModal[AboutInput]):
    """Asks when."""

    id = "reminders.about"
    title = _("Remind me about this")
    private = True
    rate_limit = MAKE_RATE

    def __init__(self, maker: Maker) -> None:
        self._maker = maker

    async def process_submit(self, ctx: bc.CommandContext, data: AboutInput) -> bc.CommandResult:
        """Show what was understood."""
        server = "@me" if ctx.guild_id is None else str(ctx.guild_id)
        link = f"https://discord.com/channels/{server}/{data.channel_id}/{data.message_id}"
        return await self._maker.draft(ctx, data.what, data.when, link=link)


class RemindAboutCommand(bc.BaseMessageCommand):
    """Opens the form with a short quotation."""

    name = "Remind me about this"
    opens = AboutForm
    reply = bc.Reply.PRIVATE

    async def process_message(self, ctx: bc.CommandContext, message: bc.TargetMessage) -> bc.CommandResult:
        """With the beginning of the message, and the coming hour."""
        quote = on_one_line(message.content, QUOTED) or _("the message")
        return bc.CommandResult.open(AboutForm.modal(message.channel_id, message.id, what=quote))
