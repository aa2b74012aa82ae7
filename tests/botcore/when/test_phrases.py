"""A table of phrases with the moments that they mean, worked out by hand: in four zones, clock changes among them.

Berlin moves its clocks, Sydney does so in the southern half of the world, St John's stands half an hour beside the
others, and Tokyo never moves them. Every cell is the local time with its offset, so that it can be checked by hand.
"""

import csv
from collections import Counter
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from botcore.when import When

ROWS = list(csv.DictReader(Path(__file__).with_name("phrases.csv").read_text(encoding="utf-8").splitlines()))
ZONES = ("Europe/Berlin", "Australia/Sydney", "America/St_Johns", "Asia/Tokyo")


def test_the_table_is_large_and_holds_no_row_twice():
    """At least 250 different phrases in each zone."""
    rows = Counter((row["language"], row["now"], row["phrase"]) for row in ROWS)
    assert len(rows) == len(ROWS) >= 250


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['language']} {row['now']} {row['phrase']}")
def test_what_a_phrase_means(row: dict[str, str]):
    """The moment, to the second, for somebody in each of the zones."""
    now = datetime.fromisoformat(row["now"])
    read = {zone: When.read(row["phrase"], now, ZoneInfo(zone), language=row["language"]).instant for zone in ZONES}
    assert read == {zone: datetime.fromisoformat(row[zone]) for zone in ZONES}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['language']} {row['now']} {row['phrase']}")
def test_what_is_said_back_is_read_back(row: dict[str, str]):
    """The words of every result mean the same moment in the same zone."""
    now = datetime.fromisoformat(row["now"])
    for zone in ZONES:
        when = When.read(row["phrase"], now, ZoneInfo(zone), language=row["language"])
        for language in ("en", "de"):
            assert When.read(when.words(language), now, ZoneInfo("UTC"), language=language) == when
