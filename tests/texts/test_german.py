"""A member whose Discord is in German."""

from collections.abc import Iterator
from typing import Any

import pytest

from botcore_sandbox import BotOnSandbox


@pytest.mark.bot_features("polls", "dice")
async def test_commands_are_offered_in_german(bot: BotOnSandbox):
    """Names, descriptions and options, sub-commands too; what has no translation stays as it is."""
    (written,) = bot.sandbox.traffic.command_writes()
    commands = {command["name"]: command for command in written.request}
    assert commands["poll"]["name_localizations"] == {"de": "umfrage"}
    create = next(option for option in commands["poll"]["options"] if option["name"] == "create")
    assert create["name_localizations"] == {"de": "erstellen"}
    assert create["description_localizations"]["de"].startswith("Stelle eine Frage")
    assert [option["name_localizations"] for option in create["options"]] == [{"de": "frage"}, {"de": "auswahl"}]
    assert "name_localizations" not in commands["roll"]


def said(entry: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """Every command and option with whether its name and description are there in German."""
    german = all("de" in entry.get(key, {}) for key in ("name_localizations", "description_localizations"))
    yield entry["name"], german or entry["name"] == "status"  # the same word in both languages
    for option in entry.get("options", ()):
        yield from said(option)


@pytest.mark.bot_features("polls")
async def test_no_name_and_no_description_was_refused(bot: BotOnSandbox):
    """A translation that is too long for Discord would be left out."""
    (written,) = bot.sandbox.traffic.command_writes()
    assert [name for command in written.request for name, german in said(command) if not german] == []


@pytest.mark.bot_features("polls", "dice")
async def test_answers_are_in_german(bot: BotOnSandbox):
    """Texts, refusals with the field's name, forms, and help with the commands' names."""
    anna = bot.sandbox.member("anna", locale="de")
    refused = await anna.slash("poll create", question="Essen?", options="Pizza")
    assert "**auswahl**: Gib mindestens zwei Möglichkeiten an" in refused.text
    assert "/umfrage erstellen frage: Essen? auswahl: Pizza" in refused.text
    help_text = (await anna.slash("help")).text
    assert "**/umfrage erstellen**: Stelle eine Frage" in help_text
    assert "**/roll**: Roll a die" in help_text
    form = await anna.slash("poll compose")
    assert form.modal is not None
    assert form.modal.title == "Eine neue Umfrage"
    again = await anna.submit(form.modal, question="Essen?", options="Pizza")
    assert again.components[0]["components"][0]["label"] == "Ändern und noch einmal versuchen"
    reopened = await anna.click(again, "Ändern")
    assert reopened.modal is not None
    posted = await anna.submit(reopened.modal, options="Pizza\nSuppe")
    bob = bot.member("bob")
    assert "0 Mitglieder haben abgestimmt" in posted.text
    assert "Your vote: **Pizza**" in (await bob.click(posted, "Pizza")).text
    assert "Deine Stimme: **Suppe**" in (await anna.click(posted, "Suppe")).text


@pytest.mark.bot_features("polls")
async def test_a_second_start_compares_translations_too(bot: BotOnSandbox):
    """Nothing is written again while nothing changed."""
    await bot.stop()
    bot.sandbox.traffic.clear()
    await bot.start()
    assert bot.sandbox.traffic.command_writes() == []
