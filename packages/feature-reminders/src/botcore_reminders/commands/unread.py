"""Reading, in private, a reminder that could only be announced."""

import botcore as bc
from botcore_reminders.commands.hearing import CLICK_RATE, HeardInput, require_recipient
from botcore_reminders.commands.words import shown

_ = bc.translator(__name__)


class Read(bc.BaseButton[HeardInput]):
    """Shows the text to whom it is for."""

    id = "reminders.read"
    answers = bc.Answers.NEW_PRIVATE
    rate_limit = CLICK_RATE

    async def process_click(self, ctx: bc.CommandContext, data: HeardInput) -> bc.CommandResult:
        """Show it, and nobody else sees it."""
        require_recipient(ctx, data.reminder)
        link = "" if data.reminder.link is None else f"\n[{_('The message')}]({data.reminder.link})"
        return bc.CommandResult.ok(bc.Message(content=f"⏰ {shown(data.reminder.text)}{link}"))
