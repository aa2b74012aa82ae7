"""Nights that end in the hour which the clocks show twice, or skip."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from botcore_reminders.services.preferences import end_of_night
from botcore_reminders.services.values import Preferences

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = Preferences(True, time(22), time(2, 30))


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        pytest.param((2026, 10, 25, 0, 10), (2026, 10, 25, 0, 30), id="02:10 for the first time"),
        pytest.param((2026, 10, 25, 1, 10), (2026, 10, 25, 1, 30), id="02:10 for the second time"),
        pytest.param((2026, 3, 29, 0, 50), (2026, 3, 29, 1, 30), id="01:50 before 02:30 is skipped"),
    ],
)
def test_a_morning_is_never_over_already(now: tuple[int, ...], morning: tuple[int, ...]) -> None:
    """Or whoever waits for it would ask again and again, at once, until the night is over."""
    at = datetime(*now, tzinfo=UTC)  # type: ignore[misc,arg-type] # five numbers, and no zone among them
    assert end_of_night(at, BERLIN, NIGHT) == datetime(*morning, tzinfo=UTC)  # type: ignore[misc,arg-type] # the same
