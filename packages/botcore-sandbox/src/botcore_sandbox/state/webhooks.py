"""Webhooks of channels: a name and a secret that lets anybody write there."""

from dataclasses import dataclass

from botcore_sandbox.state.users import User


@dataclass(slots=True)
class Webhook:
    """An incoming webhook."""

    id: int
    guild_id: int
    channel_id: int
    name: str
    token: str
    creator: User
    application_id: int | None

    def author(self, name: str | None = None) -> User:
        """Whom its messages are by; each may come under a name of its own."""
        return User(self.id, name or self.name, bot=True, discriminator="0000")
