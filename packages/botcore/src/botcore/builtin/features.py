"""/features: what is installed, and why something does not work; for the bot's owner."""

import botcore as bc

_ = bc.translator("botcore")

_SIGNS = {bc.FeatureStatus.ACTIVE: "🟢", bc.FeatureStatus.LEFT_OUT: "🔴", bc.FeatureStatus.DISABLED: "⚪"}


class FeaturesCommand(bc.BaseCommand[bc.NoInput]):
    """Lists every installed feature with its distribution, its version and, where it does not work, the reason."""

    name = "features"
    description = _("Which features are installed, and whether they work")
    permission = bc.PermissionLevel.OWNER
    reply = bc.Reply.PRIVATE

    def __init__(self, status: bc.BotStatus) -> None:
        self._status = status

    async def process_command(self, ctx: bc.CommandContext, data: bc.NoInput) -> bc.CommandResult:
        """Answer privately: a reason may name files and settings."""
        embed = bc.EmbedBuilder().title(_("Features"))
        for record in self._status.features()[:25]:
            origin = f"{record.distribution} {record.version}".strip()
            embed.field(
                f"{_SIGNS[record.status]} {record.name}",
                bc.escape(origin if not record.reason else f"{origin}: {record.reason}"),
            )
        return bc.CommandResult.ok(embed)
