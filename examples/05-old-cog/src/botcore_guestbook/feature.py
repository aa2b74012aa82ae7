"""What brings the old Cog along; this is all that is new."""

import botcore as bc
from botcore_guestbook.cog import Guestbook


class GuestbookFeature(bc.BaseFeature):
    """A guestbook: sign it, read it, clap."""

    name = "guestbook"
    cogs = (Guestbook,)
    intents = ("guild_messages",)
