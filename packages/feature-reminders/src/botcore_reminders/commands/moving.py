"""After a move: keep the time of day, or the moment."""

from collections.abc import Sequence

import botcore as bc
from botcore_reminders.services.zones import ZoneMoves

_ = bc.translator(__name__)


class MoveAnswer(bc.BaseButton[bc.NoInput]):
    """What the two answers have in common."""

    def __init__(self, moves: ZoneMoves, reader: bc.TimeReader) -> None:
        self._moves = moves
        self._reader = reader


class KeepWallTime(MoveAnswer):
    """Nine o'clock stays nine o'clock, now where the person lives."""

    id = "reminders.wall"

    async def process_click(self, ctx: bc.CommandContext, data: bc.NoInput) -> bc.CommandResult:
        """Move them; a second click finds nothing left."""
        zone = await self._reader.zone_of(ctx.user.id)
        count = await self._moves.keep_wall_time(ctx.user.id, zone)
        text = _.plural(
            "{count} reminder keeps its time of day, now on the clocks of {zone}.",
            "{count} reminders keep their time of day, now on the clocks of {zone}.",
            count,
        ).format(count=count, zone=zone.key)
        return bc.CommandResult.ok(bc.EmbedBuilder.success("{text}", text=text))


class KeepInstant(MoveAnswer):
    """The moments stay as they are."""

    id = "reminders.instant"

    async def process_click(self, ctx: bc.CommandContext, data: bc.NoInput) -> bc.CommandResult:
        """Leave them where they are, and do not ask again."""
        zone = await self._reader.zone_of(ctx.user.id)
        count = await self._moves.keep_instant(ctx.user.id, zone)
        text = _.plural(
            "{count} reminder stays at the moment for which it was made.",
            "{count} reminders stay at the moments for which they were made.",
            count,
        ).format(count=count)
        return bc.CommandResult.ok(bc.EmbedBuilder.success("{text}", text=text))


def move_buttons() -> Sequence[bc.Button]:
    """The two answers."""
    return (
        KeepWallTime.button(label=_("The time of day"), emoji="🕘"),
        KeepInstant.button(label=_("The moment"), emoji="📍"),
    )
