"""/help, /status and /features, on a sandbox."""

import re

import pytest

from botcore import BaseCommand, BaseFeature, CommandContext, CommandResult, NoInput
from botcore_sandbox import BotOnSandbox, CommandHidden


class Hello(BaseCommand[NoInput]):
    async def process_command(self, ctx: CommandContext, data: NoInput) -> CommandResult:
        return CommandResult.ok("Hello")


def many(count: int) -> type[BaseFeature]:
    """A feature with so many commands."""
    commands = tuple(
        type(f"Hello{number}", (Hello,), {"name": f"many-{number:02}", "description": f"The command {number}"})
        for number in range(count)
    )
    return type("Many", (BaseFeature,), {"name": "many", "commands": commands})


@pytest.mark.bot_features("dice", bring=[many(20)])
async def test_help_pages_through_every_command(bot: BotOnSandbox):
    """Privately, eight a page; the buttons turn the page of the same message."""
    alice = bot.member("alice")
    reply = await alice.slash("help")
    assert reply.private
    named = re.findall(r"\*\*/([\w -]+)\*\*", reply.text)
    while "Page 3 of 3" not in reply.text:
        reply = await alice.click(reply, "Next")
        assert reply.updated
        named += re.findall(r"\*\*/([\w -]+)\*\*", reply.text)
    assert named == ["help", *(f"many-{number:02}" for number in range(20)), "roll", "status"]
    assert reply.components[0]["components"][1]["disabled"]


@pytest.mark.bot_features("dice")
async def test_help_shows_only_what_the_member_may_use(bot: BotOnSandbox):
    """/features is for the bot's owner; to anybody else there is no such command."""
    alice, owner = bot.member("alice"), bot.sandbox.application_owner
    assert "/features" not in (await alice.slash("help")).text
    assert "/features" in (await owner.slash("help")).text
    assert await alice.autocomplete("help", command="fea", focused="command") == []
    assert [value for _name, value in await owner.autocomplete("help", command="fea", focused="command")] == [
        "features"
    ]
    assert "no such command" in (await alice.slash("help", command="features")).text


@pytest.mark.bot_features("dice")
async def test_help_explains_one_command(bot: BotOnSandbox):
    """Its options, who may use it; chosen by autocomplete, with or without the slash."""
    alice = bot.member("alice")
    ((name, value),) = await alice.autocomplete("help", command="/ro", focused="command")
    assert name == "/roll: Roll a die"
    reply = await alice.slash("help", command=value)
    assert reply.embeds[0]["title"] == "/roll"
    assert reply.embeds[0]["fields"][0]["name"] == "sides (optional)"
    assert "Anybody may use it." in reply.text


@pytest.mark.bot_features("dice")
async def test_status_works_in_a_direct_message(bot: BotOnSandbox):
    """Uptime, latency, features and versions, for anybody."""
    reply = await bot.member("alice").slash("status", dm=True)
    assert [field["name"] for field in reply.embeds[0]["fields"]] == ["Up for", "Latency", "Features"]
    assert "🟢 dice" in reply.text
    assert "botcore 2.0.0" in reply.text
    assert reply.private


@pytest.mark.bot_features("dice")
async def test_features_is_for_the_owner(bot: BotOnSandbox):
    """With the distribution and version of each."""
    assert "Only an owner of this bot" in (await bot.member("alice").slash("features")).text
    assert "botcore-dice 2.0.0" in (await bot.sandbox.application_owner.slash("features")).text


class Moderate(BaseCommand[NoInput]):
    name, description = "moderate", "For those who moderate"
    default_member_permissions = 1 << 13  # Manage Messages

    async def process_command(self, ctx: CommandContext, data: NoInput) -> CommandResult:
        return CommandResult.ok("Moderated")


class Moderation(BaseFeature):
    name = "moderation"
    commands = (Moderate,)


@pytest.mark.bot_features(bring=[Moderation])
async def test_default_member_permissions_are_discords_to_enforce(bot: BotOnSandbox):
    """The command is hidden from who lacks them; an administrator has them."""
    with pytest.raises(CommandHidden):
        await bot.member("alice").slash("moderate")
    assert (await bot.member("root", administrator=True).slash("moderate")).text == "Moderated"
