"""The panel that shows the sandbox's time and moves it, and what else on the page goes by it."""

import inspect
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Locator, Page, expect

import kettle
from botcore_sandbox import BotOnSandbox, BotProcess, Sandbox, bot_environment
from fakes.distributions import SitePackages
from page_bot import PageBot
from page_tab import OpenTab


@pytest_asyncio.fixture(loop_scope="session")
async def kettles(lighthouse: Sandbox, tmp_path: Path) -> AsyncIterator[BotOnSandbox]:
    """A bot with timers."""
    async with BotOnSandbox(lighthouse, tmp_path, features=[kettle.Feature]) as running:
        yield running


async def open_clock(page: Page) -> None:
    """Open the panel."""
    await page.get_by_role("button", name="Developer panels").click()
    await page.get_by_role("tab", name="Clock").click()


def said(page: Page, text: str) -> Locator:
    """What the panel said of a move."""
    return page.get_by_role("status").filter(has_text=text)


async def test_an_hour_forward_is_an_hour_for_everything(kettles: BotOnSandbox, open_tab: OpenTab):
    """The panel's time, what became due, relative times in messages, and when messages came: in every tab."""
    alice, bob = await open_tab("alice"), await open_tab("bob")
    page = alice.page
    await alice.command("kettle on", "90")
    await alice.command("kettle on", "45")
    await open_clock(page)
    await expect(page.get_by_text("The clock has not been moved.")).to_be_visible()
    await expect(page.get_by_text("The next one is due in 44 minutes")).to_be_visible()
    await expect(alice.message("boils in 1 hour")).to_be_visible()
    await page.get_by_role("button", name="Forward 1 hour").click()
    await expect(said(page, "Moved forward by 1 hour. What became due is done.")).to_be_visible()
    await expect(page.get_by_text("The clock is moved forward by 1 hour.")).to_be_visible()
    await expect(page.get_by_text("The next one is due in 29 minutes")).to_be_visible()
    for tab in (alice, bob):
        await expect(tab.message("boils in 29 minutes")).to_be_visible()
        await expect(tab.message("boils 15 minutes ago")).to_be_visible()
        await expect(tab.message("The kettle sings at")).to_have_count(1)
    await page.get_by_role("button", name="Forward 1 day").click()
    await expect(page.get_by_text("The clock is moved forward by 1 day and 1 hour.")).to_be_visible()
    await expect(alice.message("The kettle sings at")).to_have_count(2)
    await expect(bob.message("boils yesterday")).to_be_visible()
    await expect(bob.message("boils 23 hours ago")).to_be_visible()
    assert (await alice.messages.first.locator("time").first.inner_text()).startswith("Yesterday at")
    assert kettles.sandbox.time.clock.moved == timedelta(days=1, hours=1)


async def test_the_time_is_that_of_the_viewer_s_zone(lighthouse: Sandbox, open_tab: OpenTab):
    """It goes on by itself, and says which zone it is."""
    alice = await open_tab("alice")
    await open_clock(alice.page)
    shown = alice.page.get_by_role("timer")
    await expect(alice.page.get_by_text("Europe/Berlin")).to_be_visible()
    before = await shown.inner_text()
    await expect(shown).not_to_have_text(before)
    lighthouse.time.clock.set(datetime(2149, 7, 1, 10, 30, tzinfo=UTC))
    await expect(shown).to_contain_text("12:30:")
    await expect(
        alice.page.get_by_text("Tuesday, 1 July 2149").or_(alice.page.get_by_text("Tuesday 1 July 2149"))
    ).to_be_visible()


async def test_to_the_next_timer(kettles: BotOnSandbox, open_tab: OpenTab):
    """One after the other, never one that was cancelled; without any it is said, and there is nothing to press."""
    alice = await open_tab("alice")
    page = alice.page
    await open_clock(page)
    await expect(page.get_by_text("No timer is pending.")).to_be_visible()
    to_next = page.get_by_role("button", name="To the next timer")
    await expect(to_next).to_be_disabled()
    for minutes in ("5", "600", "9000"):
        await alice.command("kettle on", minutes)
    await alice.command("kettle off", "5")
    await expect(alice.message("It is off.")).to_be_visible()
    await expect(page.get_by_text("The next one is due in 9 hours")).to_be_visible()
    await alice.picture("clock-next-timer")
    await to_next.click()
    await expect(said(page, "Moved to the next timer.")).to_be_visible()
    await expect(alice.message("The kettle sings at")).to_have_count(1)
    await expect(page.get_by_text("The next one is due in 5 days")).to_be_visible()
    await to_next.click()
    await expect(alice.message("The kettle sings at")).to_have_count(2)
    await expect(page.get_by_text("No timer is pending.")).to_be_visible()
    await page.get_by_role("tab", name="Script").click()
    await expect(page.locator(".script")).to_contain_text("await bot.advance_to_next_timer()")


async def test_the_timers_of_a_bot_in_its_own_process(lighthouse: Sandbox, open_tab: OpenTab, tmp_path: Path):
    """The panel knows of them, and moves them, over the socket."""
    site = SitePackages(tmp_path / "site-packages")
    site.folder.mkdir()
    site.install("kettle", inspect.getsource(kettle))
    environment = bot_environment(lighthouse, tmp_path / "bot.db", ["kettle"])
    async with BotProcess(lighthouse, {**environment, "PYTHONPATH": str(site.folder)}):
        alice = await open_tab("alice")
        page = alice.page
        await alice.command("kettle on", "120")
        await open_clock(page)
        await expect(page.get_by_text("The next one is due in 1 hour")).to_be_visible()
        await page.get_by_role("button", name="Forward 1 hour").click()
        await expect(page.get_by_text("The next one is due in 59 minutes")).to_be_visible()
        await page.get_by_role("button", name="To the next timer").click()
        await expect(alice.message("The kettle sings at")).to_be_visible()
        await expect(page.get_by_text("No timer is pending.")).to_be_visible()
    await expect(page.get_by_text("No bot is there.")).to_be_visible()


async def test_any_amount_with_the_keyboard_alone(kettles: BotOnSandbox, open_tab: OpenTab):
    """A number, a unit, Enter; what is no amount is refused in a sentence, and the clock stays."""
    alice = await open_tab("alice")
    page, keys = alice.page, alice.page.keyboard
    await open_clock(page)
    await page.get_by_role("spinbutton", name="How many").focus()
    await keys.press("ControlOrMeta+a")
    await keys.type("3")
    await keys.press("Tab")
    await expect(page.get_by_role("combobox", name="Of what")).to_be_focused()
    await keys.type("d")
    await keys.press("Tab")
    await keys.press("Enter")
    await expect(said(page, "Moved forward by 3 days.")).to_be_visible()
    assert kettles.sandbox.time.clock.moved == timedelta(days=3)
    await page.get_by_role("combobox", name="Of what").select_option("weeks")
    await page.get_by_role("spinbutton", name="How many").fill("9000")
    await keys.press("Enter")
    await expect(page.get_by_role("alert").filter(has_text="a hundred years at most")).to_be_visible()
    await page.get_by_role("spinbutton", name="How many").fill("5200")
    await keys.press("Enter")
    await page.get_by_role("spinbutton", name="How many").fill("5000")
    await keys.press("Enter")
    await expect(page.get_by_role("alert").filter(has_text="The clock goes up to 2150")).to_be_visible()


async def test_every_press_counts(kettles: BotOnSandbox, open_tab: OpenTab):
    """Three presses, one right after the other, are three hours."""
    alice = await open_tab("alice")
    await open_clock(alice.page)
    await alice.page.evaluate(
        "for (let press = 0; press < 3; press += 1) document.querySelector('[aria-label=\"Forward 1 hour\"]').click()"
    )
    await expect(alice.page.get_by_text("The clock is moved forward by 3 hours.")).to_be_visible()
    assert kettles.sandbox.time.clock.moved == timedelta(hours=3)


async def test_a_bot_that_does_not_keep_step_is_said(bare: PageBot, open_tab: OpenTab):
    """And what makes it do so."""
    alice = await open_tab("alice")
    await open_clock(alice.page)
    await expect(alice.page.get_by_text("does not keep step with this clock")).to_be_visible()
    await alice.page.get_by_role("button", name="Forward 10 minutes").click()
    await expect(said(alice.page, "Moved forward by 10 minutes.")).to_be_visible()
    await alice.page.get_by_role("tab", name="Bot").click()
    await expect(alice.page.locator("#desk-body pre")).to_contain_text("SANDBOX_CLOCK_URL")


async def test_a_native_poll_closes_on_the_page_when_its_time_is_over(
    bare: PageBot, lighthouse: Sandbox, open_tab: OpenTab
):
    """Without anybody loading it again."""
    poll = {"question": {"text": "Tea?"}, "answers": [{"poll_media": {"text": "yes"}}], "duration": 2}
    await bare.post(lighthouse.channel("general").id, poll=poll)
    alice = await open_tab("alice")
    await expect(alice.message("closes in")).to_be_visible()
    await open_clock(alice.page)
    await alice.page.get_by_role("button", name="Forward 1 day").click()
    await expect(alice.message("Tea?").get_by_text("closed")).to_be_visible()
    await expect(alice.message("Tea?").get_by_role("button", name="yes")).to_be_disabled()
