"""What is known of a person wherever they are met: how they read clocks and calendars."""

from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from botcore.config import DateOrder, WeekStart


@dataclass(frozen=True)
class ZoneChanged:
    """An event: somebody has said that they now live in another zone. Whoever keeps a `UserDirectory` publishes it.

    Args:
        user_id: the person.
        before: the name of the zone in which they lived until now, as far as they had said.
        after: the name of the zone in which they live now.
        locale: their language as Discord's code.
    """

    user_id: int
    before: str | None
    after: str
    locale: str = "en-US"


class UserDirectory(Protocol):
    """What people have said of themselves; ``None`` where somebody has not, and then the configuration says it."""

    async def zone_of(self, user_id: int) -> ZoneInfo | None:
        """The zone in which they live."""
        ...

    async def date_order(self, user_id: int) -> DateOrder | None:
        """How they write 3/4."""
        ...

    async def week_start(self, user_id: int) -> WeekStart | None:
        """The first day of their week."""
        ...


class UnknownUsers:
    """Nobody has said anything: the directory of a bot that has no feature for it."""

    async def zone_of(self, user_id: int) -> ZoneInfo | None:
        """Unknown."""
        return None

    async def date_order(self, user_id: int) -> DateOrder | None:
        """Unknown."""
        return None

    async def week_start(self, user_id: int) -> WeekStart | None:
        """Unknown."""
        return None
