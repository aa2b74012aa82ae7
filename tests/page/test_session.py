"""The page of `botcore sandbox`: a bot in a process of its own, which can end and be started again."""

from pathlib import Path

from playwright.async_api import Browser, expect

from botcore_sandbox.session.run import Session
from page_tab import Tab


async def test_a_bot_that_ended_is_said_and_started_again_from_the_page(browser: Browser, tmp_path: Path):
    """The page says that the bot ended, a press starts it, and an old button works; its log is in the panel."""
    session = await Session.open(0, None, tmp_path / "bot.db", lambda line: None)
    try:
        alice = await Tab.open(browser, session.url, "alice")
        await expect(alice.page.locator("#banner")).to_contain_text("stopped")
        await session.bot_arrives()
        await expect(alice.page.locator("#banner")).to_be_hidden()
        await alice.command("poll create", "Still there?", "yes; no")
        await expect(alice.message("Still there?")).to_be_visible()
        await session.bot.kill()
        await expect(alice.page.locator("#banner")).to_contain_text("The bot ended by itself")
        await alice.page.get_by_role("button", name="Start it").click()
        await expect(alice.page.locator("#banner")).to_be_hidden(timeout=20_000)
        await alice.page.get_by_role("button", name="yes").click()
        await expect(alice.message("Your vote: yes")).to_be_visible()
        await alice.page.get_by_role("button", name="Developer panels").click()
        await alice.page.get_by_role("tab", name="Bot").click()
        await expect(alice.page.locator(".bot-log li", has_text="ready").first).to_be_visible()
        await alice.picture("bot")
        await alice.close()
    finally:
        await session.close()
