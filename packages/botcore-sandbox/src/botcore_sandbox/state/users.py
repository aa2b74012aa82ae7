"""People, the bot, and the application that the bot belongs to."""

from dataclasses import dataclass
from enum import IntFlag


class ApplicationFlags(IntFlag):
    """Flags for privileged intents and commands (developer documentation, "Application Flags")."""

    GATEWAY_PRESENCE_LIMITED = 1 << 13
    GATEWAY_GUILD_MEMBERS_LIMITED = 1 << 15
    GATEWAY_MESSAGE_CONTENT_LIMITED = 1 << 19
    APPLICATION_COMMAND_BADGE = 1 << 23


@dataclass(slots=True)
class User:
    """An account; `locale` and `accepts_dms` are choices of the person in their own client."""

    id: int
    username: str
    global_name: str | None = None
    bot: bool = False
    locale: str = "en-US"
    accepts_dms: bool = True
    discriminator: str = "0"

    @property
    def display_name(self) -> str:
        """What other people read when the guild gives no nickname."""
        return self.global_name or self.username


@dataclass(slots=True)
class Application:
    """The application of the developer portal; its bot user has the same id, as with all newer ones."""

    id: int
    name: str
    bot: User
    owner: User
    flags: ApplicationFlags
    description: str = ""
    verify_key: str = ""
