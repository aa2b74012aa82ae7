"""``botcore features list`` and ``info``."""

from command_line import run_here
from fakes.distributions import SitePackages


def test_list_says_where_each_feature_comes_from():
    """As a table with distribution, version and location."""
    ran = run_here("features", "list")
    assert ran.code == 0, ran.err
    assert ran.lines[0] == ["Feature", "State", "Distribution", "Version", "Location"]
    assert ["polls", "active", "botcore-polls", "2.0.0"] in [line[:4] for line in ran.lines]


def test_list_as_json():
    """One object a feature, with the reason where one is left out."""
    records = {record["name"]: record for record in run_here("features", "list", "--json").data}
    assert records["dice"]["distribution"] == "botcore-dice"
    assert records["dice"]["status"] == "active"
    assert records["dice"]["reason"] == ""


def test_list_says_why_a_feature_would_be_left_out(site: SitePackages):
    """Below the table, in a sentence."""
    site.install("broken", "raise RuntimeError('no such driver')")
    ran = run_here("features", "list")
    assert ran.code == 0
    assert "broken (thirdparty-broken) is left out: thirdparty_broken:Feature cannot be imported" in ran.out


def test_info_shows_all_that_a_feature_brings():
    """Commands, components, listeners, settings, migrations and languages."""
    found = run_here("features", "info", "polls", "--json").data
    assert found["record"]["distribution"] == "botcore-polls"
    assert "poll create" in [command["name"] for command in found["commands"]]
    assert "polls.vote" in found["components"]
    assert found["listeners"] == ["ready"]
    assert found["revisions"][0] == "0001_create_polls"
    assert found["languages"] == ["de"]
    setting = next(each for each in found["settings"] if each["key"] == "features.polls.max_options")
    assert setting["default"] == "25"
    assert "options of one poll" in setting["meaning"]


def test_info_on_a_terminal():
    """The same for people."""
    ran = run_here("features", "info", "polls")
    assert ran.out.startswith("polls: Polls with buttons or a list")
    assert "migrations: 0001_create_polls" in ran.out
    assert ["/poll", "create"] in [line[:2] for line in ran.lines]
    assert ["features.polls.max_options", "25"] in [line[:2] for line in ran.lines]


def test_info_on_a_broken_feature_says_what_is_wrong(site: SitePackages):
    """What is not known of it is left out."""
    site.install("broken", "raise RuntimeError('no such driver')")
    ran = run_here("features", "info", "broken")
    assert ran.code == 0
    assert "left out: thirdparty_broken:Feature cannot be imported: RuntimeError: no such driver" in ran.out


def test_info_on_what_is_not_installed():
    """Names what is, and exits with 2."""
    ran = run_here("features", "info", "pols")
    assert (ran.code, ran.out) == (2, "")
    assert "No feature called 'pols' is installed; there are core, dice, polls" in ran.err
