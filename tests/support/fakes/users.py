"""What people have said of themselves, in memory: the `UserDirectory` port."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from botcore.config import DateOrder, WeekStart


@dataclass
class KnownUsers:
    """Knows what it is told, by user id."""

    zones: dict[int, ZoneInfo] = field(default_factory=dict)
    date_orders: dict[int, DateOrder] = field(default_factory=dict)
    week_starts: dict[int, WeekStart] = field(default_factory=dict)

    async def zone_of(self, user_id: int) -> ZoneInfo | None:
        """The zone that was told."""
        return self.zones.get(user_id)

    async def date_order(self, user_id: int) -> DateOrder | None:
        """The order that was told."""
        return self.date_orders.get(user_id)

    async def week_start(self, user_id: int) -> WeekStart | None:
        """The day that was told."""
        return self.week_starts.get(user_id)
