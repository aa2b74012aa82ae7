"""What the page looks like at several sizes; the pictures are kept in artifacts/ for people to look at."""

import pytest
from playwright.async_api import expect

from botcore_sandbox import BotOnSandbox
from page_tab import OpenTab

SIZES = {
    "desktop": (1280, 800),
    "wide": (1760, 1000),
    "tablet": (820, 1100),
    "phone": (390, 844),
    "small-phone": (320, 640),
}

_TOO_WIDE = """
[...document.querySelectorAll("html, #log, #dock, #desk, .desk-body")].filter((box) => box.checkVisibility())
  .filter((box) => box.scrollWidth > box.clientWidth)
  .map((box) => `${box.id || box.tagName}: ${box.scrollWidth} > ${box.clientWidth}`)
"""


@pytest.mark.parametrize("scheme", ["dark", "light"])
@pytest.mark.parametrize("name", SIZES)
async def test_everything_fits(features: BotOnSandbox, open_tab: OpenTab, name: str, scheme: str):
    """Nothing is wider than the screen, and what people need is on it: messages, buttons, and where to write."""
    width, height = SIZES[name]
    alice = await open_tab("alice", width=width, height=height, scheme=scheme)
    page = alice.page
    await alice.command("poll create", "Where do we eat on Friday, all of us?", "Pizza; Soup of the day; Salad")
    await page.get_by_role("button", name="Pizza").click()
    await expect(alice.message("1 member voted")).to_be_attached()
    await expect(alice.message("Your vote: Pizza")).to_be_in_viewport()
    await expect(alice.composer).to_be_in_viewport(ratio=1)
    assert await page.evaluate(_TOO_WIDE) == []
    await alice.picture(f"{name}-{scheme}")
    await page.get_by_role("button", name="Developer panels").click()
    await expect(page.locator(".traffic li").first).to_be_attached()
    assert await page.evaluate(_TOO_WIDE) == []
    await alice.picture(f"{name}-{scheme}-desk")
    await page.get_by_role("tab", name="Clock").click()
    await page.get_by_role("button", name="Forward 1 hour").click()
    await expect(page.get_by_text("The clock is moved forward by 1 hour.")).to_be_visible()
    assert await page.evaluate(_TOO_WIDE) == []
    await alice.picture(f"{name}-{scheme}-clock")
    await page.keyboard.press("Escape")
    if width < 760:
        await page.get_by_role("button", name="Servers and channels").click()
        await expect(page.locator(".channel", has_text="games")).to_be_in_viewport()
        await alice.picture(f"{name}-{scheme}-channels")
        await alice.go("games")
        await expect(page.locator("#channels")).to_be_hidden()
