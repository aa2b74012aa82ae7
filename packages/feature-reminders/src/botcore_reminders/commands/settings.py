"""/remind settings: whether others may remind somebody, and when their night is."""

from dataclasses import dataclass
from typing import Annotated

import botcore as bc
from botcore_reminders.services.preferences import ReminderPreferences
from botcore_reminders.services.values import Preferences
from botcore_reminders.services.wording import read_quiet_hours

_ = bc.translator(__name__)


@dataclass(frozen=True, slots=True)
class SettingsInput:
    """The options of /remind settings."""

    from_others: Annotated[bool | None, bc.Option(_("Whether others may have me remind you"))] = None
    quiet_hours: Annotated[str | None, bc.Option(_("When nothing asks again, such as 22:00-7:00, or none"), max=30)] = (
        None
    )


class SettingsCommand(bc.BaseCommand[SettingsInput]):
    """Shows and changes them."""

    name = "remind settings"
    description = _("Whether others may remind you, and when your night is")
    reply = bc.Reply.PRIVATE

    def __init__(self, preferences: ReminderPreferences) -> None:
        self._preferences = preferences

    async def process_command(self, ctx: bc.CommandContext, data: SettingsInput) -> bc.CommandResult:
        """Change what was given, and say what holds."""
        hours = None if data.quiet_hours is None else read_quiet_hours(data.quiet_hours)
        if data.from_others is None and hours is None:
            return bc.CommandResult.ok(_shown(await self._preferences.of(ctx.user.id)))
        holds = await self._preferences.change(ctx.user.id, from_others=data.from_others, quiet_hours=hours)
        return bc.CommandResult.ok(_shown(holds))


class NoMore(bc.BaseButton[bc.NoInput]):
    """Under a reminder that somebody else has made: no more of these."""

    id = "reminders.nomore"
    answers = bc.Answers.NEW_PRIVATE

    def __init__(self, preferences: ReminderPreferences) -> None:
        self._preferences = preferences

    async def process_click(self, ctx: bc.CommandContext, data: bc.NoInput) -> bc.CommandResult:
        """Take none from others any more, those that wait included."""
        await self._preferences.change(ctx.user.id, from_others=False)
        text = _("Others can no longer have me remind you. /remind settings changes that.")
        return bc.CommandResult.ok(bc.EmbedBuilder.success(text))


def _shown(holds: Preferences) -> bc.EmbedBuilder:
    others = _("Others may have me remind you.") if holds.from_others else _("Others may not have me remind you.")
    if holds.quiet_from == holds.quiet_to:
        night = _("I ask again at any time of the day and night.")
    else:
        night = _("I do not ask again from {begin} to {end}.").format(
            begin=f"{holds.quiet_from:%H:%M}", end=f"{holds.quiet_to:%H:%M}"
        )
    return bc.EmbedBuilder.success(f"{others}\n{night}")
