"""Commands of every kind, and every way in which a bot can answer or fail to."""

from typing import Any

import pytest
from playwright.async_api import expect

from botcore_sandbox import Sandbox
from page_bot import Interaction, PageBot, says
from page_tab import OpenTab

ALL: dict[str, Any] = {
    "name": "all",
    "description": "Takes everything",
    "options": [
        {"type": 3, "name": "text", "description": "Some text", "required": True, "max_length": 5},
        {"type": 4, "name": "number", "description": "A whole number", "required": True, "min_value": 1},
        {"type": 5, "name": "flag", "description": "Yes or no"},
        {"type": 6, "name": "who", "description": "Somebody"},
        {"type": 7, "name": "where", "description": "A channel"},
        {"type": 8, "name": "role", "description": "A role"},
        {
            "type": 3,
            "name": "colour",
            "description": "One of two",
            "choices": [{"name": "Red", "value": "r"}, {"name": "Green", "value": "g"}],
        },
        {"type": 11, "name": "file", "description": "A file"},
    ],
}


def ping(**more: Any) -> dict[str, Any]:
    """The smallest command."""
    return {"name": "ping", "description": "Answers", **more}


async def test_commands_that_come_while_somebody_types_are_offered(bare: PageBot, open_tab: OpenTab):
    """What was typed before the page knew them needs no further key."""
    alice = await open_tab("alice")
    await alice.page.locator("body").press("/")
    await expect(alice.page.locator("#hints")).not_to_be_visible()
    await expect(alice.page.get_by_text("The bot has not registered any command yet.")).to_be_visible()
    await bare.register(ping())
    await expect(alice.page.locator("#hints .option.active")).to_contain_text("/ping")


async def test_options_of_every_type_reach_the_bot(bare: PageBot, lighthouse: Sandbox, open_tab: OpenTab):
    """Text, numbers, choices, people, places, roles and files are filled in and arrive as Discord sends them."""
    await bare.register(ALL)
    bare.answers["all"] = says("Got it")
    alice = await open_tab("alice")
    page = alice.page
    await alice.composer.fill("/all")
    await alice.composer.press("Enter")
    await page.keyboard.type("words")
    await page.keyboard.press("Tab")
    await page.keyboard.type("7")
    for typed in ("Tr", "car", "kit", "Keepers", "gre"):
        await page.locator(".add-option").click()
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")
        await page.keyboard.type(typed)
        await expect(page.locator("#hints .option")).to_have_count(1)
        await page.keyboard.press("Enter")
    await page.locator(".add-option").click()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await page.locator('.option-field input[type="file"]').set_input_files(
        {"name": "a.txt", "mimeType": "text/plain", "buffer": b"abc"}
    )
    await expect(page.locator("button.option-input")).to_have_text("a.txt")
    await page.locator(".send").click()
    await expect(alice.message("Got it")).to_be_visible()
    sent = {option["name"]: option["value"] for option in bare.seen[-1]["options"]}
    file = sent.pop("file")
    assert sent == {
        "text": "words",
        "number": 7,
        "flag": True,
        "who": str(lighthouse.member("carol").id),
        "where": str(lighthouse.channel("kitchen").id),
        "role": str(lighthouse.guild.role("Keepers").id),
        "colour": "g",
    }
    assert bare.seen[-1]["resolved"]["attachments"][file]["filename"] == "a.txt"


@pytest.mark.parametrize(
    ("text", "number", "problem"),
    [
        ("", "1", "text This option is required. Specify a value."),
        ("toolong", "1", "text This takes at most 5 characters; there are 7."),
        ("words", "", "number This option is required. Specify a value."),
        ("words", "many", "number This takes a whole number."),
        ("words", "0", "number The least is 1."),
    ],
)
async def test_what_an_option_does_not_take_is_said_and_not_sent(
    bare: PageBot, open_tab: OpenTab, text: str, number: str, problem: str
):
    """The client checks what it can, as Discord's does."""
    await bare.register(ALL)
    alice = await open_tab("alice")
    await alice.command("all", text, number)
    await expect(alice.page.get_by_role("alert").first).to_have_text(problem)
    assert bare.seen == []


async def test_a_bot_that_thinks_is_shown_thinking(bare: PageBot, open_tab: OpenTab):
    """A deferred answer shows that the bot thinks, and then the answer in its place."""
    held: list[Interaction] = []

    async def think(bot: PageBot, interaction: Interaction) -> None:
        await bot.callback(interaction, 5)
        held.append(interaction)

    await bare.register(ping())
    bare.answers["ping"] = think
    alice = await open_tab("alice")
    await alice.command("ping")
    await expect(alice.message("Sandbox Bot is thinking…")).to_be_visible()
    await bare.edit(held[0], content="Here it is")
    await expect(alice.message("Here it is")).to_be_visible()
    await expect(alice.message("thinking")).to_have_count(0)


async def test_a_bot_that_says_nothing_is_reported(bare: PageBot, open_tab: OpenTab):
    """After three seconds the page says, to this member alone, that nothing came."""
    await bare.register(ping())
    alice, bob = await open_tab("alice"), await open_tab("bob")
    await alice.command("ping")
    await expect(alice.message("The application did not respond")).to_contain_text("Alice used /ping")
    await expect(bob.message("The application did not respond")).to_have_count(0)


async def test_a_button_that_nobody_answers_says_so_below_its_message(
    bare: PageBot, lighthouse: Sandbox, open_tab: OpenTab
):
    """A press that fails is said where it was made."""
    button = {"type": 2, "style": 1, "label": "Press", "custom_id": "press"}
    await bare.post(
        lighthouse.channel("general").id, content="A button", components=[{"type": 1, "components": [button]}]
    )
    alice = await open_tab("alice")
    await alice.page.get_by_role("button", name="Press").click()
    await expect(alice.page.get_by_role("button", name="Press")).to_have_attribute("aria-busy", "true")
    await expect(alice.message("A button").locator(".failure")).to_contain_text("This interaction failed")


async def test_people_and_several_things_are_chosen_in_lists(bare: PageBot, lighthouse: Sandbox, open_tab: OpenTab):
    """A list of people is searched; one that takes several is sent when it closes, in the order that it shows."""
    options = [{"label": f"Choice {letter}", "value": letter} for letter in "abc"]
    rows = [
        {"type": 5, "custom_id": "who", "placeholder": "Somebody"},
        {"type": 3, "custom_id": "some", "placeholder": "Two of three", "max_values": 2, "options": options},
    ]
    await bare.post(
        lighthouse.channel("general").id,
        content="Lists",
        components=[{"type": 1, "components": [row]} for row in rows],
    )
    bare.answers["who"] = bare.answers["some"] = says("Chosen", private=True)
    alice = await open_tab("alice")
    await alice.page.get_by_role("button", name="Somebody", exact=True).click()
    await alice.page.keyboard.type("dav")
    await alice.page.keyboard.press("Enter")
    await expect(alice.message("Chosen")).to_have_count(1)
    assert bare.seen[-1]["values"] == [str(lighthouse.member("dave").id)]
    await alice.page.get_by_role("button", name="Two of three").click()
    for name in ("Choice c", "Choice a", "Choice b"):
        await alice.page.get_by_role("option", name=name).click()
    await expect(alice.page.get_by_text("No more than 2 can be chosen.")).to_be_visible()
    await alice.page.get_by_role("button", name="Done").click()
    await expect(alice.message("Chosen")).to_have_count(2)
    assert bare.seen[-1]["values"] == ["a", "c"]


async def test_a_form_has_lists_and_long_texts(bare: PageBot, lighthouse: Sandbox, open_tab: OpenTab):
    """Every kind of field that a form can have is filled in and sent."""

    async def form(bot: PageBot, interaction: Interaction) -> None:
        fields = [
            {"type": 4, "custom_id": "name", "style": 1, "max_length": 10},
            {"type": 4, "custom_id": "story", "style": 2, "required": False, "value": "Not much"},
            {
                "type": 3,
                "custom_id": "colour",
                "options": [{"label": "Red", "value": "r"}, {"label": "Blue", "value": "b"}],
            },
            {"type": 5, "custom_id": "who", "max_values": 3, "required": False},
        ]
        labels = [{"type": 18, "label": f"Field {field['custom_id']}", "component": field} for field in fields]
        await bot.callback(interaction, 9, custom_id="form", title="A form", components=labels)

    await bare.register(ping())
    bare.answers["ping"] = form
    bare.answers["form"] = says("Thank you")
    alice = await open_tab("alice")
    await alice.command("ping")
    await alice.page.get_by_label("Field name").fill("Alice and more")
    await alice.page.get_by_role("button", name="Submit").click()
    await expect(alice.page.get_by_text("This takes at most 10 characters; there are 14.")).to_be_visible()
    await alice.page.get_by_label("Field name").fill("Alice")
    await alice.page.get_by_role("button", name="Field colour").click()
    await alice.page.get_by_role("option", name="Blue").click()
    await alice.page.get_by_role("button", name="Submit").click()
    await expect(alice.message("Thank you")).to_be_visible()
    values = [block["component"] for block in bare.seen[-1]["components"]]
    assert [entry.get("value", entry.get("values")) for entry in values] == ["Alice", "Not much", ["b"], []]


async def test_commands_are_used_on_messages_and_people(bare: PageBot, lighthouse: Sandbox, open_tab: OpenTab):
    """Context menus list the bot's commands for messages and for people."""
    await bare.register({"name": "Report it", "type": 3}, {"name": "Greet", "type": 2})
    bare.answers["Report it"] = says("Reported", private=True)
    bare.answers["Greet"] = says("Greeted")
    alice = await open_tab("alice")
    await alice.message("Welcome to the Lighthouse").click(button="right")
    await alice.page.get_by_role("menuitem", name="Report it").click()
    await expect(alice.message("Reported")).to_contain_text("Alice used Report it")
    await alice.page.locator("#people .person", has_text="Carol").click(button="right")
    await alice.page.get_by_role("menuitem", name="Greet").click()
    await expect(alice.message("Greeted")).to_be_visible()
    assert bare.seen[-1]["target_id"] == str(lighthouse.member("carol").id)


async def test_a_command_is_not_offered_to_whom_it_is_not_for(bare: PageBot, open_tab: OpenTab):
    """The client hides what a member may not use, and says that there is nothing of that name."""
    await bare.register(ping(default_member_permissions="0"))
    alice, owner = await open_tab("alice"), await open_tab("owner")
    await alice.composer.fill("/ping")
    await expect(alice.page.locator(".hints")).to_contain_text("No command of this name")
    await owner.composer.fill("/ping")
    await expect(owner.page.locator("#hints .option")).to_have_count(1)
