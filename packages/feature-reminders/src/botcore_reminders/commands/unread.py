"""Reading, in private, a reminder that could only be announced."""

import botcore as bc
from botcore_reminders.commands.hearing import CLICK_RATE, HeardInput, buttons, moment_of, require_recipient
from botcore_reminders.commands.words import LONGEST_CONTENT, shown

_ = bc.translator(__name__)


class Read(bc.BaseButton[HeardInput]):
    """Shows the text to whom it is for, with what they can do with it."""

    id = "reminders.read"
    answers = bc.Answers.NEW_PRIVATE
    rate_limit = CLICK_RATE

    async def process_click(self, ctx: bc.CommandContext, data: HeardInput) -> bc.CommandResult:
        """Show it, and nobody else sees it."""
        require_recipient(ctx, data.reminder)
        link = "" if data.reminder.link is None else f"\n[{_('The message')}]({data.reminder.link})"
        text = f"⏰ {shown(data.reminder.text)}{link}"
        under = buttons(data.reminder, moment_of(data.occurrence))
        if len(text) > LONGEST_CONTENT:
            return bc.CommandResult.ok(bc.EmbedBuilder.info(text), components=under)
        return bc.CommandResult.ok(bc.Message(content=text, components=under))
