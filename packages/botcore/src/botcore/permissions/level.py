"""The four levels that a command, a component or a modal can ask for."""

from enum import StrEnum


class PermissionLevel(StrEnum):
    """What the person who acts must be.

    * ``PUBLIC``: anybody, in a server or in a direct message.
    * ``USER``: a member of the server in which it is used; refused in a direct message.
    * ``ADMIN``: a member with Discord's Administrator permission (the server's owner has it always), or an owner of
      the bot, in a server.
    * ``OWNER``: an owner of the bot, anywhere.
    """

    PUBLIC = "public"
    USER = "user"
    ADMIN = "admin"
    OWNER = "owner"

    @property
    def needs_guild(self) -> bool:
        """Whether this level means something only inside a server."""
        return self in {PermissionLevel.USER, PermissionLevel.ADMIN}
