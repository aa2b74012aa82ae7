"""The page can be used with the keyboard alone, and says to assistive technology what it shows."""

import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

import axe
from botcore_sandbox import BotOnSandbox, Sandbox
from page_bot import PageBot, says
from page_tab import OpenTab


@pytest.fixture(scope="session")
def judge() -> str:
    """axe-core; tests that need it skip where it cannot be had."""
    try:
        return axe.fetch(Path(__file__).parent / "axe", Path(tempfile.gettempdir()) / "botcore-page-tests")
    except axe.NotAvailable as error:
        pytest.skip(str(error))


async def focus_on(page: Page, name: str, *, most: int = 60) -> None:
    """Press Tab until something of this name has the focus."""
    for _ in range(most):
        focused = await page.evaluate(
            "(document.activeElement.getAttribute('aria-label') || document.activeElement.textContent || '').trim()"
        )
        if str(focused).startswith(name):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"{name!r} cannot be reached with Tab.")


async def test_a_whole_visit_needs_no_mouse(features: BotOnSandbox, open_tab: OpenTab):
    """A poll is asked, voted on, its receipt used, a channel changed, a form filled in: all from the keyboard."""
    alice = await open_tab("alice")
    page, keys = alice.page, alice.page.keyboard
    await page.locator("body").press("/")
    await expect(page.locator("#hints .option").first).to_be_visible()
    await keys.type("poll cre")
    await keys.press("Enter")
    await keys.type("Walk?")
    await keys.press("Tab")
    await keys.type("yes; no")
    await keys.press("Enter")
    await expect(alice.message("Walk?")).to_be_visible()
    await keys.press("Shift+Tab")
    await page.locator("#log").focus()
    await focus_on(page, "yes")
    await keys.press("Enter")
    await expect(alice.message("Your vote: yes")).to_be_visible()
    await expect(page.get_by_role("button", name="yes", exact=True)).to_be_focused()
    await expect(alice.message("1 member voted")).to_be_visible()
    await expect(page.get_by_role("button", name="yes", exact=True)).to_be_focused()
    await focus_on(page, "Withdraw my vote")
    await keys.press("Space")
    await expect(alice.message("withdrew")).to_be_visible()
    await page.locator("body").press("/")
    await keys.type("poll comp")
    await keys.press("Enter")
    await keys.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await keys.type("Run?")
    await keys.press("Tab")
    await keys.type("yes\nno")
    await focus_on(page, "Submit")
    await keys.press("Enter")
    await expect(alice.message("Run?")).to_be_visible()
    await expect(alice.composer).to_be_focused()


async def test_menus_lists_and_cards_give_the_focus_back(bare: PageBot, lighthouse: Sandbox, open_tab: OpenTab):
    """Each opens with the focus inside, follows the arrow keys, and returns the focus when Escape closes it."""
    option = {"label": "One", "value": "1"}
    select = {"type": 3, "custom_id": "s", "placeholder": "Pick", "options": [option, {"label": "Two", "value": "2"}]}
    await bare.post(lighthouse.channel("general").id, content="x", components=[{"type": 1, "components": [select]}])
    bare.answers["s"] = says("Thanks")
    alice = await open_tab("alice")
    page, keys = alice.page, alice.page.keyboard
    more = page.get_by_role("button", name="More for the message by Sandbox Bot")
    await more.focus()
    await keys.press("Enter")
    await expect(page.get_by_role("menuitem", name="React with 👍")).to_be_focused()
    await keys.press("ArrowDown")
    await expect(page.get_by_role("menuitem", name="React with ❤️")).to_be_focused()
    await keys.press("Escape")
    await expect(more).to_be_focused()
    person = page.locator("#people .person", has_text="Carol")
    await person.focus()
    await keys.press("Enter")
    await expect(page.get_by_role("dialog", name="About Carol")).to_be_focused()
    await keys.press("Escape")
    await expect(person).to_be_focused()
    await page.get_by_role("button", name="Pick").focus()
    await keys.press("Enter")
    await keys.press("ArrowDown")
    await keys.press("Enter")
    await expect(alice.message("Thanks")).to_be_visible()
    assert bare.seen[-1]["values"] == ["2"]


async def test_what_is_drawn_again_keeps_the_focus(bare: PageBot, lighthouse: Sandbox, open_tab: OpenTab):
    """Members join and the clock moves while somebody steers with the keyboard: they go on where they were."""
    since = int(lighthouse.time.now().timestamp())
    await bare.post(lighthouse.channel("general").id, content=f"Since <t:{since}:R>")
    alice = await open_tab("alice")
    page, keys = alice.page, alice.page.keyboard
    carol = page.locator("#people .person", has_text="Carol")
    for name, place, passed in [
        ("Erin", carol, "1 hour ago"),
        ("Frank", page.locator(".channel", has_text="kitchen"), "2 hours ago"),
        ("Grace", page.get_by_role("button", name="More for the message by Sandbox Bot"), "3 hours ago"),
    ]:
        await place.focus()
        lighthouse.member(name.lower())
        await expect(page.locator("#people .person", has_text=name)).to_be_visible()
        await expect(place).to_be_focused()
        lighthouse.time.clock.advance(timedelta(hours=1))
        await expect(alice.message(f"Since {passed}")).to_be_visible()
        await expect(place).to_be_focused()
    await carol.focus()
    await keys.press("Enter")
    await expect(page.get_by_role("dialog", name="About Carol")).to_be_focused()
    lighthouse.member("heidi")
    await expect(page.locator("#people .person", has_text="Heidi")).to_be_visible()
    await keys.press("Escape")
    await expect(carol).to_be_focused()


async def test_what_is_being_edited_survives_what_happens_meanwhile(lighthouse: Sandbox, open_tab: OpenTab):
    """The words that were typed, and the focus in them."""
    alice = await open_tab("alice")
    await alice.composer.fill("Hello")
    await alice.composer.press("Enter")
    await expect(alice.message("Hello")).to_be_visible()
    await alice.composer.press("ArrowUp")
    editor = alice.page.get_by_label("Edit your message")
    await editor.fill("Good evening")
    lighthouse.member("erin")
    await expect(alice.page.locator("#people .person", has_text="Erin")).to_be_visible()
    await expect(editor).to_be_focused()
    await alice.page.keyboard.press("Enter")
    await expect(alice.message("Good evening")).to_contain_text("(edited)")


@pytest.mark.parametrize("scheme", ["dark", "light"])
async def test_nothing_on_the_page_is_inaccessible(features: BotOnSandbox, open_tab: OpenTab, judge: str, scheme: str):
    """axe-core finds nothing to object to: in a channel, a command, a form, a card, and each panel."""
    alice = await open_tab("alice", scheme=scheme)
    page = alice.page
    await alice.command("poll create", "Where do we eat?", "Pizza; Soup")
    await page.get_by_role("button", name="Pizza").click()
    await expect(alice.message("1 member voted")).to_be_visible()
    assert "\n".join(await axe.violations(page, judge)) == ""
    await alice.composer.fill("/poll")
    await expect(page.locator("#hints .option").first).to_be_visible()
    assert "\n".join(await axe.violations(page, judge)) == ""
    await alice.composer.fill("/roll sides:1")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert").first).to_contain_text("The least is")
    assert "\n".join(await axe.violations(page, judge)) == ""
    await page.keyboard.press("Escape")
    await alice.command("poll compose")
    await page.get_by_role("button", name="Submit").click()
    assert "\n".join(await axe.violations(page, judge)) == ""
    await page.get_by_role("button", name="Cancel").click()
    await page.locator("#people .person", has_text="Carol").click()
    assert "\n".join(await axe.violations(page, judge)) == ""
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Developer panels").click()
    for name in ("Traffic", "Permissions", "Clock", "Faults", "Script", "Bot"):
        await page.get_by_role("tab", name=name).click()
        await expect(page.locator("#desk-body")).not_to_be_empty()
        assert "\n".join(await axe.violations(page, judge)) == ""
