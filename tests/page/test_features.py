"""A visit through each installed feature, as a newcomer would make it."""

import re
from datetime import timedelta

from playwright.async_api import expect

from botcore_sandbox import BotOnSandbox
from page_tab import OpenTab


async def test_a_poll_is_asked_and_voted_on_in_two_tabs(features: BotOnSandbox, open_tab: OpenTab):
    """An example fills the command in; two members vote, each reads their own receipt, both read one tally."""
    alice, bob = await open_tab("alice"), await open_tab("bob")
    await alice.page.get_by_role("button", name="Try /poll create").click()
    await alice.page.keyboard.press("Enter")
    for tab in (alice, bob):
        await expect(tab.message("Where do we eat?").locator(".embed")).to_contain_text("Pizza")
        await expect(tab.message("Where do we eat?").first).to_contain_text("Alice used /poll create")
    await alice.page.get_by_role("button", name="Pizza").click()
    await bob.page.get_by_role("button", name="Soup").click()
    await expect(alice.message("Your vote: Pizza")).to_contain_text("Only you can see this")
    await expect(bob.message("Your vote: Soup")).to_have_count(1)
    await expect(bob.message("Your vote: Pizza")).to_have_count(0)
    for tab in (alice, bob):
        await expect(tab.message("2 members voted")).to_be_visible()
    await alice.picture("poll")


async def test_a_vote_is_withdrawn_on_the_receipt_and_the_receipt_dismissed(features: BotOnSandbox, open_tab: OpenTab):
    """The button on an answer that only one member sees works, and the answer can be put away."""
    alice = await open_tab("alice")
    await alice.command("poll create", "Tea?", "yes; no")
    await alice.page.get_by_role("button", name="yes").click()
    await alice.page.get_by_role("button", name="Withdraw my vote").click()
    await expect(alice.message("withdrew")).to_be_visible()
    await alice.message("withdrew").get_by_role("button", name="Dismiss message").last.click()
    await expect(alice.message("withdrew")).to_have_count(0)


async def test_a_long_poll_is_voted_on_in_a_list(features: BotOnSandbox, open_tab: OpenTab):
    """More than ten options make a list, which opens, is searched, and sends what is chosen."""
    alice = await open_tab("alice")
    await alice.command("poll create", "Which number?", "; ".join(f"number {index}" for index in range(1, 15)))
    await alice.message("Which number?").locator(".select").click()
    await alice.page.get_by_role("combobox", name="Search").fill("number 13")
    await alice.page.keyboard.press("Enter")
    await expect(alice.message("Your vote: number 13")).to_be_visible()


async def test_a_form_says_what_is_wrong_and_keeps_what_was_typed(features: BotOnSandbox, open_tab: OpenTab):
    """An empty form is not sent; one that the bot refuses comes back as it was."""
    alice = await open_tab("alice")
    await alice.command("poll compose")
    form = alice.page.get_by_role("dialog")
    await form.get_by_role("button", name="Submit").click()
    await expect(form.get_by_text("This field is required.").first).to_be_visible()
    await alice.picture("form")
    await form.get_by_role("textbox").first.fill("Which film?")
    await form.get_by_role("textbox").nth(1).fill("Only one")
    await form.get_by_role("button", name="Submit").click()
    await expect(alice.message("two options")).to_be_visible()
    await alice.page.get_by_role("button", name="Edit and try again").click()
    await expect(form.get_by_role("textbox").first).to_have_value("Which film?")
    await form.get_by_role("textbox").nth(1).fill("The long one\nThe short one")
    await form.get_by_role("button", name="Submit").click()
    await expect(alice.message("Which film?").last).to_contain_text("The short one")


async def test_suggestions_follow_what_is_typed(features: BotOnSandbox, open_tab: OpenTab):
    """An option with autocomplete asks the bot, and what is picked is sent."""
    alice = await open_tab("alice")
    await alice.command("poll create", "Where do we eat?", "here; there")
    await expect(alice.message("Where do we eat?")).to_be_visible()
    await alice.composer.fill("/poll results")
    await alice.composer.press("Enter")
    await alice.page.keyboard.type("eat")
    await expect(alice.page.locator("#hints .option")).to_contain_text("Where do we eat?")
    await alice.page.keyboard.press("Enter")
    await alice.page.keyboard.press("Enter")
    await expect(alice.message("used /poll results").locator(".embed")).to_contain_text("Where do we eat?")


async def test_a_die_is_rolled(features: BotOnSandbox, open_tab: OpenTab):
    """A whole command can be typed in one line, its options by name; a value out of range is not sent."""
    alice = await open_tab("alice")
    await alice.go("games")
    await alice.composer.fill("/roll sides:1")
    await alice.page.keyboard.press("Enter")
    await expect(alice.page.get_by_role("alert").first).to_contain_text("The least is 2.")
    await alice.page.locator(".option-input").fill("2")
    await alice.page.keyboard.press("Enter")
    await expect(alice.message("You rolled")).to_contain_text("Alice used /roll")


async def test_the_bot_explains_itself(features: BotOnSandbox, open_tab: OpenTab):
    """/help and /status answer privately; /features only to the owner of the bot, who is one of the members."""
    alice, developer = await open_tab("alice"), await open_tab("developer")
    await alice.command("help")
    await expect(alice.message("used /help")).to_contain_text("/poll create")
    await alice.command("features")
    await expect(alice.message("used /features")).to_contain_text("owner")
    await developer.command("features")
    await expect(developer.message("used /features")).to_contain_text("polls")


async def test_a_reminder_is_seen_first_confirmed_and_comes_when_the_clock_is_moved(
    features: BotOnSandbox, open_tab: OpenTab
):
    """Typing shows how the time is understood; two hours are two clicks; its buttons say when it comes again."""
    alice, bob = await open_tab("alice"), await open_tab("bob")
    await alice.composer.fill("/remind me")
    await alice.composer.press("Enter")
    await alice.page.keyboard.type("Take the bread out")
    await alice.page.keyboard.press("Tab")
    await alice.page.keyboard.type("in 2 hours")
    await expect(alice.page.locator("#hints .option").first).to_contain_text("in 2 hours")
    await alice.page.keyboard.press("Enter")
    await alice.page.locator(".send").click()
    preview = alice.message("Is this right?")
    await expect(preview).to_contain_text("Only you can see this")
    await alice.picture("reminder-preview")
    await preview.get_by_role("button", name="Confirm").click()
    await expect(alice.message("Kept.")).to_contain_text(re.compile("in (2 hours|1 hour)"))
    await features.advance(timedelta(hours=2))
    await alice.page.get_by_role("button", name="Direct messages").click()
    arrived = alice.message("Take the bread out").last
    await expect(arrived).to_be_visible()
    await alice.picture("reminder")
    await arrived.get_by_role("button", name="10 min").click()
    await expect(alice.message("Comes again")).to_contain_text(re.compile(r"in (9|10) minutes"))
    await expect(bob.message("Take the bread out")).to_have_count(0)


async def test_a_message_is_remembered_from_its_menu(features: BotOnSandbox, open_tab: OpenTab):
    """The form holds a quotation; the reminder leads back to the message."""
    alice = await open_tab("alice")
    await alice.go("kitchen")
    await alice.message("The good pan is back").click(button="right")
    await alice.page.get_by_role("menuitem", name="Remind me about this").click()
    form = alice.page.get_by_role("dialog")
    await expect(form.get_by_role("textbox", name="What to remind you of")).to_have_value(re.compile("good.* pan"))
    await form.get_by_role("textbox", name="When").fill("tomorrow at 9")
    await form.get_by_role("button", name="Submit").click()
    await expect(alice.message("Is this right?")).to_contain_text("The message")
