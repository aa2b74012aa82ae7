"""Reading for one person: whose zone and habits hold."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from botcore.app.bootstrap import assemble
from botcore.clock import ManualClock
from botcore.config import Config, TimeConfig, load
from botcore.contracts.users import UnknownUsers
from botcore.errors import ConfigurationError
from botcore.when import TimeReader
from fakes.users import KnownUsers

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ALICE, BOB = 1, 2


async def test_what_somebody_has_said_holds():
    """Before what the operator has configured for everybody."""
    users = KnownUsers({ALICE: ZoneInfo("Europe/Berlin")}, {ALICE: "mdy"}, {ALICE: "sunday"})
    reader = TimeReader(ManualClock(NOW), users, TimeConfig(zone="Asia/Tokyo"))
    alice, bob = await reader.reading(ALICE, "de-AT"), await reader.reading(BOB)
    assert (alice.zone.key, alice.date_order, alice.week_start) == ("Europe/Berlin", "mdy", "sunday")
    assert (bob.zone.key, bob.date_order, bob.week_start) == ("Asia/Tokyo", "dmy", "monday")
    assert alice.at == NOW
    assert alice.when("morgen um 9").wall.hour == 9
    assert bob.when("noon").zone.key == "Asia/Tokyo"
    assert alice.recurrence("jeden Tag um 9").words() == "jeden Tag um 09:00 Uhr (Europe/Berlin)"
    assert alice.duration("eine Stunde").seconds == 3600
    assert alice.timezone("Wien").zone.key == "Europe/Vienna"


async def test_a_bot_without_a_feature_for_it_knows_nobody():
    """Then the configuration holds, and a service can have the reader injected."""
    parts = assemble(Config(time=TimeConfig(zone="America/New_York")), ManualClock(NOW))
    reader = parts.container.get(TimeReader)
    assert (await reader.zone_of(ALICE)).key == "America/New_York"
    await parts.container.aclose()


async def test_unknown_users_say_nothing():
    """None is the answer for whoever has not said."""
    users = UnknownUsers()
    assert [await users.zone_of(ALICE), await users.date_order(ALICE), await users.week_start(ALICE)] == [None] * 3


def test_the_configuration_has_a_section(tmp_path: Path):
    """From the file or the environment, upper case allowed."""
    file = tmp_path / "botcore.toml"
    file.write_text('[time]\nzone = "Europe/Berlin"\ndate_order = "MDY"\n', encoding="utf-8")
    config = load(file, {"BOTCORE_TIME__WEEK_START": "sunday"}).config.time
    assert (config.zone_info.key, config.date_order, config.week_start) == ("Europe/Berlin", "mdy", "sunday")


@pytest.mark.parametrize(
    ("name", "value"),
    [("ZONE", "Mars/Phobos"), ("ZONE", "../etc/passwd"), ("DATE_ORDER", "dym"), ("WEEK_START", "friday")],
)
def test_a_value_that_is_none_is_refused(name: str, value: str):
    """When the bot starts, with the key's name."""
    with pytest.raises(ConfigurationError, match=name.lower()):
        load(None, {f"BOTCORE_TIME__{name}": value})
