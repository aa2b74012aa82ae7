"""The old Cog, played by members on a Discord of their own."""

import pytest

from botcore_sandbox import BotOnSandbox

pytestmark = pytest.mark.bot_features("guestbook")


async def test_guests_sign_and_read(bot: BotOnSandbox):
    """Sub-commands with options, and nextcord's own form and button."""
    alice, bob = bot.member("alice"), bot.member("bob")
    form = await alice.slash("guestbook sign", mood="tired")
    assert (await alice.submit(form.modal, Entry="What a party!")).private
    shown = await bob.slash("guestbook read", count=1)
    assert shown.embeds[0]["description"] == "Alice, tired: What a party!"
    await bob.click(shown, "Clap")
    await alice.click(shown, "Claps: 1")
    assert shown.components[0]["components"][0]["label"] == "Claps: 2"


async def test_a_message_is_kept(bot: BotOnSandbox):
    """By the menu of a message."""
    alice, bob = bot.member("alice"), bot.member("bob")
    assert (await alice.menu("Keep in guestbook", bob.say("Cheers!"))).content == "Kept."
    assert (await alice.slash("guestbook read")).embeds[0]["description"] == "Bob said: Cheers!"


async def test_a_mistake_of_the_cog_stays_out_of_discord(bot: BotOnSandbox):
    """The member gets a reference; the trace is in the log."""
    reply = await bot.member("alice").slash("page", number=3)
    assert reply.private
    assert "The bot's owner can look it up as" in reply.text
    assert "pop" not in reply.text


async def test_who_mentions_the_bot_is_answered(bot: BotOnSandbox):
    """By the Cog's listener."""
    bot.member("alice").say(f"Hello <@{bot.sandbox.application_id}>")
    await bot.channel("general").until_message(lambda message: message.content == "Sign with /guestbook sign.")


async def test_its_commands_are_the_bots(bot: BotOnSandbox):
    """In one request with those of botcore, and in /help."""
    (written,) = bot.sandbox.traffic.command_writes()
    assert {"help", "guestbook", "page", "Keep in guestbook"} <= {command["name"] for command in written.request}
    assert "/guestbook sign" in (await bot.member("alice").slash("help")).text
