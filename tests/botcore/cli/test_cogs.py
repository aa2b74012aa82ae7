"""What the command line says of a feature that brings a nextcord Cog."""

import pytest

from command_line import run_here
from fakes.distributions import SitePackages

COG = '''
"""Old code."""
import nextcord
from nextcord.ext import commands
import botcore as bc


class Old(commands.Cog):
    @nextcord.slash_command(name="old")
    async def old(self, interaction: nextcord.Interaction):
        pass

    @old.subcommand(name="sign", description="Sign it")
    async def sign(self, interaction: nextcord.Interaction):
        pass

    @nextcord.user_command(name="Wave")
    async def wave(self, interaction: nextcord.Interaction, member: nextcord.Member):
        pass

    @commands.Cog.listener()
    async def on_message(self, message):
        pass


class Feature(bc.BaseFeature):
    """Old code."""

    name = "older"
    cogs = (Old,)
'''


@pytest.fixture
def old(site: SitePackages) -> SitePackages:
    """An installed feature that brings a Cog."""
    site.install("older", COG, requires="botcore>=2,<3")
    return site


@pytest.mark.usefixtures("old")
def test_list_shows_what_a_cog_brings():
    """Slash commands by what is typed, and menus."""
    found = [each for each in run_here("commands", "list", "--json").data if each["feature"] == "older"]
    assert found == [
        {"name": "/old sign", "description": "Sign it", "permission": "cog", "feature": "older"},
        {"name": "Wave", "description": "in the menu of a user", "permission": "cog", "feature": "older"},
    ]
    assert ["/old", "sign", "Sign", "it", "cog", "older"] in run_here("commands", "list").lines


@pytest.mark.usefixtures("old")
def test_info_shows_what_a_cog_brings():
    """Commands, menus and listeners."""
    found = run_here("features", "info", "older", "--json").data
    assert [command["name"] for command in found["commands"]] == ["old sign"]
    assert (found["menus"], found["listeners"]) == (["Wave"], ["message"])


def test_check_counts_what_a_cog_brings(old: SitePackages):
    """And refuses what Discord would."""
    wheel = str(old.as_wheel("older"))
    ran = run_here("features", "check", wheel, "--json")
    assert ran.code == 0, ran.out
    (names,) = [each["text"] for each in ran.data if each["check"] == "names"]
    assert names.startswith("commands: 1; context menus: 1; buttons, selects and forms: 0")
