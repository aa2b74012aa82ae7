"""Reactions, Discord's own polls, threads, and faults on demand."""

import nextcord
import pytest
from playwright.async_api import expect

from botcore_sandbox import Sandbox
from page_bot import PageBot, says
from page_tab import OpenTab


async def test_people_react_to_messages(lighthouse: Sandbox, open_tab: OpenTab):
    """A reaction is added from the menu, counted for everybody, joined and taken back with a press."""
    alice, bob = await open_tab("alice"), await open_tab("bob")
    await alice.message("Welcome to the Lighthouse").click(button="right")
    await alice.page.get_by_role("menuitem", name="React with 🎉").click()
    joined = bob.page.get_by_role("button", name="🎉 1")
    await joined.click()
    await expect(alice.page.get_by_role("button", name="🎉 2")).to_have_attribute("aria-pressed", "true")
    await bob.page.get_by_role("button", name="🎉 2").click()
    await expect(bob.page.get_by_role("button", name="🎉 1")).to_have_attribute("aria-pressed", "false")


async def test_people_vote_in_polls_of_discord_itself(bare: PageBot, lighthouse: Sandbox, open_tab: OpenTab):
    """An answer is chosen, changed and taken back; the counts follow."""
    answers = [{"poll_media": {"text": text}} for text in ("Pizza", "Soup")]
    await bare.post(
        lighthouse.channel("general").id, poll={"question": {"text": "Lunch?"}, "answers": answers, "duration": 1}
    )
    alice, bob = await open_tab("alice"), await open_tab("bob")
    await alice.page.get_by_role("button", name="Pizza").click()
    await bob.page.get_by_role("button", name="Pizza").click()
    await expect(alice.message("Lunch?")).to_contain_text("2 votes")
    await alice.page.get_by_role("button", name="Soup").click()
    await expect(bob.page.get_by_role("button", name="Soup")).to_contain_text("1")
    await expect(alice.page.get_by_role("button", name="Soup")).to_have_attribute("aria-pressed", "true")
    await alice.page.get_by_role("button", name="Soup").click()
    await expect(bob.message("Lunch?")).to_contain_text("1 vote •")


async def test_faults_are_ordered_from_the_panel(bare: PageBot, lighthouse: Sandbox, open_tab: OpenTab):
    """A fault waits for its request, is listed as met afterwards, and can be taken back before."""
    await bare.register({"name": "ping", "description": "Answers"})
    bare.answers["ping"] = says("Here")
    alice = await open_tab("alice")
    page = alice.page
    await page.get_by_role("button", name="Developer panels").click()
    await page.get_by_role("tab", name="Faults").click()
    await expect(page.get_by_text("No fault is waiting.")).to_be_visible()
    await page.get_by_role("button", name="Rate limit (429)").click()
    await expect(page.locator(".waiting").first).to_contain_text("rate_limit")
    await page.get_by_role("button", name="Take rate_limit back").click()
    await expect(page.get_by_text("No fault is waiting.")).to_be_visible()
    await page.get_by_label("The bot's requests that it meets").select_option("messages")
    await page.get_by_role("button", name="Rate limit (429)").click()
    await expect(page.locator(".waiting").first).to_contain_text("/channels/*/messages")
    await bare.post(lighthouse.channel("general").id, content="After all")
    await expect(alice.message("After all")).to_be_visible()
    await expect(page.locator(".met")).to_contain_text("met rate_limit POST /channels/")
    await page.get_by_role("button", name="Drop the connection").click()
    await expect(page.get_by_text("Drop the connection: done.")).to_be_visible()


async def test_a_server_s_errors_and_its_slowness_are_ordered_from_the_panel(
    bare: PageBot, lighthouse: Sandbox, open_tab: OpenTab
):
    """As often as was asked, at the requests that were named; what follows goes well again."""
    general = lighthouse.channel("general")
    page = (await open_tab("alice")).page
    await page.get_by_role("button", name="Developer panels").click()
    await page.get_by_role("tab", name="Faults").click()
    await page.get_by_label("The bot's requests that it meets").select_option("messages")
    await page.get_by_label("How many of them").fill("2")
    await page.get_by_role("button", name="Refuse with 503").click()
    await expect(page.locator(".waiting").first).to_contain_text("2 more")
    for _ in range(2):
        with pytest.raises(nextcord.DiscordServerError):
            await bare.post(general.id, content="Too early")
    await bare.post(general.id, content="Now")
    await page.get_by_label("How many of them").fill("1")
    await page.get_by_role("button", name="Answer after 5 s").click()
    await expect(page.locator(".waiting").first).to_contain_text("slow")
    await bare.post(general.id, content="Later")
    await expect(page.locator(".met li").first).to_contain_text("met slow POST /channels/")
    await expect(page.get_by_text("No fault is waiting.")).to_be_visible()
    assert [message.text for message in general.messages][-2:] == ["Now", "Later"]
