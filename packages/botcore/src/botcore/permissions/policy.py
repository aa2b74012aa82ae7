"""The decision whether a caller reaches a level, taken at every call and from memory alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from botcore.errors import NotAllowed
from botcore.i18n import translator
from botcore.permissions.level import PermissionLevel

_ = translator("botcore")

#: Discord's permission bit that implies every other one.
#: https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags
ADMINISTRATOR = 1 << 3


@dataclass(frozen=True, slots=True)
class Caller:
    """What the decision needs to know of the person who acts.

    Args:
        user_id: Discord's id of the user.
        guild_id: the server in which they act, or ``None`` in a direct message.
        permissions: the permission bits that Discord computed for them in the channel; for the server's owner these
            are all bits. 0 in a direct message.
    """

    user_id: int
    guild_id: int | None
    permissions: int = 0

    @property
    def is_administrator(self) -> bool:
        """Whether Discord says that this member may do everything in this server."""
        return self.guild_id is not None and bool(self.permissions & ADMINISTRATOR)


class PermissionPolicy:
    """Decides who reaches which `PermissionLevel`.

    The owners come from the configuration or, where it names none, from the application's owner or team once the
    bot is connected.

    Args:
        owners: the user ids of the bot's owners, as far as they are known.
    """

    def __init__(self, owners: Iterable[int] = ()) -> None:
        self._owners = frozenset(owners)

    @property
    def owners(self) -> frozenset[int]:
        """The user ids of the bot's owners."""
        return self._owners

    def set_owners(self, owners: Iterable[int]) -> None:
        """Replace the owners; the next decision uses them."""
        self._owners = frozenset(owners)

    def is_owner(self, user_id: int) -> bool:
        """Whether this user owns the bot."""
        return user_id in self._owners

    def allows(self, level: PermissionLevel, caller: Caller) -> bool:
        """Whether ``caller`` reaches ``level`` where they act."""
        if level is PermissionLevel.PUBLIC:
            return True
        if level is PermissionLevel.OWNER:
            return caller.user_id in self._owners
        if caller.guild_id is None:
            return False
        if level is PermissionLevel.USER:
            return True
        return caller.is_administrator or caller.user_id in self._owners

    def require(self, level: PermissionLevel, caller: Caller) -> None:
        """Refuse a caller who does not reach ``level``.

        Raises:
            NotAllowed: with a sentence for the person who acts.
        """
        if self.allows(level, caller):
            return
        if level.needs_guild and caller.guild_id is None:
            raise NotAllowed(_("This works only in a server, not in a direct message."))
        if level is PermissionLevel.OWNER:
            raise NotAllowed(_("Only an owner of this bot may do that."))
        raise NotAllowed(_("You need the Administrator permission in this server to do that."))
