"""Tags, played by members on a Discord of their own."""

from pathlib import Path

import pytest

import botcore as bc
from botcore.db import Database, MigrationScripts, Migrator
from botcore_sandbox import BotOnSandbox
from botcore_tags import models

SCRIPTS = MigrationScripts("tags", Path(models.__file__).parent / "migrations" / "versions")

pytestmark = pytest.mark.bot_features("tags")


async def test_a_text_is_written_shown_and_removed(bot: BotOnSandbox):
    """By its author, in a form and with a button; everybody sees it."""
    alice, bob = bot.member("alice"), bot.member("bob")
    form = await alice.slash("tag write")
    kept = await alice.submit(form.modal, name="Rules", text="Be kind.")
    assert kept.private
    assert "/tag show rules" in kept.text
    assert await bob.autocomplete("tag show", focused="tag", tag="ru") == [("rules", "rules")]
    shown = await bob.slash("tag show", tag="rules")
    assert (shown.content, shown.private) == ("Be kind.", False)
    removed = await alice.click(kept, "Remove it")
    assert "Removed" in removed.text
    assert (await bob.slash("tag show", tag="rules")).text == "There is no such tag here."


async def test_a_tag_belongs_to_its_author(bot: BotOnSandbox):
    """Another member can neither write it anew nor use its button; an administrator can remove it."""
    alice, bob = bot.member("alice"), bot.member("bob")
    root = bot.member("root", administrator=True)
    kept = await alice.submit((await alice.slash("tag write")).modal, name="rules", text="Be kind.")
    refused = await bob.submit((await bob.slash("tag write")).modal, name="RULES", text="Be rude.")
    assert "Somebody else has a tag of that name" in refused.text
    custom_id = kept.components[0]["components"][0]["custom_id"]
    click = {"custom_id": custom_id, "component_type": 2}
    stolen = await bob.raw_interaction(type=3, data=click, message=kept)
    assert "Only the member who wrote this tag" in stolen.text
    assert "Removed" in (await root.raw_interaction(type=3, data=click, message=kept)).text


async def test_a_message_asks_for_a_text(bot: BotOnSandbox):
    """The prefix and a name, and nothing else; it is the operator's to choose."""
    alice = bot.member("alice")
    await alice.submit((await alice.slash("tag write")).modal, name="rules", text="Be kind.")
    alice.say("?rules are good")
    alice.say("?rules")
    channel = bot.channel("general")
    await channel.until_message(lambda message: message.content == "Be kind.")
    assert [message.content for message in channel.messages].count("Be kind.") == 1


@pytest.mark.bot_features("tags", settings={"features.tags.max_per_server": 1})
async def test_the_operator_limits_how_many_there_are(bot: BotOnSandbox):
    """A text that is written anew is not one more."""
    alice = bot.member("alice")
    for text in ("Be kind.", "Be very kind."):
        assert "Kept" in (await alice.submit((await alice.slash("tag write")).modal, name="rules", text=text)).text
    refused = await alice.submit((await alice.slash("tag write")).modal, name="more", text="More.")
    assert "This server has 1 tags" in refused.text


async def test_it_speaks_german(bot: BotOnSandbox):
    """To a member whose Discord does."""
    anna = bot.sandbox.member("anna", locale="de")
    form = await anna.slash("tag write")
    assert form.modal is not None
    assert form.modal.title == "Ein Text für diesen Server"
    kept = await anna.submit(form.modal, name="regeln", text="Seid nett.")
    assert "/tag show regeln" not in kept.text
    assert "zeigt ihn" in kept.text


async def test_a_member_takes_their_texts_along(bot: BotOnSandbox):
    """What is kept of them can be had and deleted; the texts of others stay."""
    alice, bob = bot.member("alice"), bot.member("bob")
    for member, name in ((alice, "rules"), (bob, "greeting")):
        await member.submit((await member.slash("tag write")).modal, name=name, text="Be kind.")
    personal_data = bot.core.parts.container.get(bc.PersonalData)
    [kept] = (await personal_data.export(alice.id)).tables
    assert [(row["name"], row["text"], row["author_id"]) for row in kept.rows] == [("rules", "Be kind.", str(alice.id))]
    assert kept.hidden == {}
    await personal_data.delete(alice.id)
    assert (await personal_data.export(alice.id)).tables == []
    assert await bob.autocomplete("tag show", focused="tag", tag="") == [("greeting", "greeting")]


async def test_the_table_goes_up_down_and_up_again(tmp_path: Path):
    """And the models say what the migrations do."""
    async with Database(f"sqlite:///{tmp_path / 'bot.db'}") as database:
        migrator = Migrator(database)
        await migrator.upgrade(SCRIPTS)
        assert await migrator.differences(SCRIPTS, models.Base.metadata) == []
        await migrator.downgrade(SCRIPTS, None)
        await migrator.upgrade(SCRIPTS)
