"""Context menu commands, on a sandbox."""

from dataclasses import dataclass
from typing import Annotated

import nextcord
import pytest

import botcore as bc
from botcore_sandbox import BotOnSandbox, CommandHidden


class Quote(bc.BaseMessageCommand):
    name = "Quote this"

    async def process_message(self, ctx: bc.CommandContext, message: bc.TargetMessage) -> bc.CommandResult:
        """Repeat it."""
        return bc.CommandResult.ok(f"{message.author_id}: {message.content} {message.link(ctx.guild_id)}")


class Greet(bc.BaseUserCommand):
    name = "Greet"
    reply = bc.Reply.PUBLIC
    permission = bc.PermissionLevel.USER

    async def process_user(self, ctx: bc.CommandContext, user: nextcord.User | nextcord.Member) -> bc.CommandResult:
        """Say hello."""
        if user.id == ctx.user.id:
            raise bc.UserError("Greet somebody else.")
        return bc.CommandResult.ok(f"Hello {user.display_name}")


class Report(bc.BaseUserCommand):
    name = "Report"
    default_member_permissions = 1 << 13

    async def process_user(self, ctx: bc.CommandContext, user: nextcord.User | nextcord.Member) -> bc.CommandResult:
        """Do nothing."""
        return bc.CommandResult.ok()


@dataclass(frozen=True, slots=True)
class NoteInput:
    text: Annotated[str, bc.FormField("Note")]


class Note(bc.BaseModal[NoteInput]):
    id, title = "menus.note", "Note it"

    async def process_submit(self, ctx: bc.CommandContext, data: NoteInput) -> bc.CommandResult:
        """Repeat it."""
        return bc.CommandResult.ok(f"Noted: {data.text}")


class NoteCommand(bc.BaseMessageCommand):
    name, opens = "Note", Note


class Menus(bc.BaseFeature):
    name = "menus"
    commands = (Quote, Greet, Report, NoteCommand)
    components = (Note,)


@pytest.mark.bot_features(bring=[Menus])
async def test_a_message_command_gets_its_message(bot: BotOnSandbox):
    """Privately, by default, with the message's author, text and link."""
    alice, bob = bot.member("alice"), bot.member("bob")
    said = bob.say("soup today")
    reply = await alice.menu("Quote this", said)
    assert reply.private
    link = f"https://discord.com/channels/{bot.sandbox.guild.id}/{bot.channel('general').id}/{said.id}"
    assert reply.text == f"{bob.id}: soup today {link}"


@pytest.mark.bot_features(bring=[Menus])
async def test_a_user_command_gets_its_member(bot: BotOnSandbox):
    """With the pipeline's refusals."""
    alice, bob = bot.member("alice"), bot.member("bob")
    assert (await alice.menu("Greet", bob)).text == "Hello Bob"
    refused = await alice.menu("Greet", alice)
    assert (refused.text, refused.private) == ("Greet somebody else.", True)


@pytest.mark.bot_features(bring=[Menus])
async def test_a_menu_command_can_be_a_form(bot: BotOnSandbox):
    """It says which one it opens, and no more."""
    alice = bot.member("alice")
    form = await alice.menu("Note", bot.member("bob").say("soup"))
    assert (await alice.submit(form.modal, text="spoon")).text == "Noted: spoon"


@pytest.mark.bot_features(bring=[Menus])
async def test_menus_are_in_the_same_bulk_request(bot: BotOnSandbox):
    """Without a description, hidden from who lacks Discord's permission, and compared at the next start."""
    (written,) = bot.sandbox.traffic.command_writes()
    menus = {command["name"]: command for command in written.request if command["type"] != 1}
    assert {name: command["type"] for name, command in menus.items()} == {
        "Greet": 2,
        "Report": 2,
        "Note": 3,
        "Quote this": 3,
    }
    assert all("description" not in command for command in menus.values())
    with pytest.raises(CommandHidden):
        await bot.member("alice").menu("Report", bot.member("bob"))
    await bot.stop()
    bot.sandbox.traffic.clear()
    await bot.start()
    assert bot.sandbox.traffic.command_writes() == []


@pytest.mark.bot_features(bring=[Menus])
async def test_a_hostile_target_is_refused(bot: BotOnSandbox):
    """An id that Discord did not resolve is nobody."""
    data = {"id": "1", "name": "Greet", "type": 2, "target_id": "12345", "resolved": {}}
    assert "did not say who that is" in (await bot.member("alice").raw_interaction(type=2, data=data)).text
