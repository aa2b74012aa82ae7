"""/status: how the bot is doing."""

from datetime import timedelta

import botcore as bc

_ = bc.translator("botcore")


class StatusCommand(bc.BaseCommand[bc.NoInput]):
    """Uptime, latency, features and versions."""

    name = "status"
    description = _("How this bot is doing")
    reply = bc.Reply.PRIVATE

    def __init__(self, status: bc.BotStatus) -> None:
        self._status = status

    async def process_command(self, ctx: bc.CommandContext, data: bc.NoInput) -> bc.CommandResult:
        """Answer with what anybody may know; the reason of a missing feature is for the owner, under /features."""
        latency = self._status.latency()
        features = "\n".join(
            f"{'🟢' if record.status is bc.FeatureStatus.ACTIVE else '🔴'} {record.name}"
            + ("" if record.status is bc.FeatureStatus.ACTIVE else f": {_('unavailable')}")
            for record in self._status.features()
            if record.status is not bc.FeatureStatus.DISABLED
        )
        versions = " · ".join(f"{name} {version}" for name, version in self._status.versions().items())
        return bc.CommandResult.ok(
            bc.EmbedBuilder()
            .title(_("Status"))
            .field(_("Up for"), _duration(self._status.uptime()), inline=True)
            .field(
                _("Latency"),
                _("not measured yet") if latency is None else f"{latency * 1000:.0f} ms",
                inline=True,
            )
            .field(_("Features"), features)
            .footer(versions)
        )


def _duration(span: timedelta) -> str:
    """The two largest parts of a duration, as "3 d 4 h"."""
    seconds = int(span.total_seconds())
    parts = [
        (seconds // 86400, "d"),
        (seconds // 3600 % 24, "h"),
        (seconds // 60 % 60, "min"),
        (seconds % 60, "s"),
    ]
    while len(parts) > 1 and parts[0][0] == 0:
        parts.pop(0)
    return " ".join(f"{number} {unit}" for number, unit in parts[:2])
