"""A tab of a real browser on the sandbox's page, in the words of somebody who uses it."""

from pathlib import Path
from typing import Protocol, Self

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

ARTIFACTS = Path(__file__).parents[2] / "artifacts"
FLAGS = (
    "--no-sandbox",  # root needs it, and the browser sees nothing but the sandbox's own page
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE_MS = 10_000
"""For whatever a test waits for: an action of its own, or something to appear."""

expect.set_options(timeout=PATIENCE_MS)


class OpenTab(Protocol):
    """Opens the page as a member."""

    async def __call__(
        self, name: str = "alice", *, width: int = 1280, height: int = 800, scheme: str = "dark"
    ) -> "Tab":
        """A tab that shows a channel; sizes in CSS pixels, `scheme` dark or light."""
        ...


class Tab:
    """One tab, which plays one member.

    Args:
        context: the browser's context of this person.
        page: the tab.
    """

    def __init__(self, context: BrowserContext, page: Page) -> None:
        self._context = context
        self.page = page
        self.complaints: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    @classmethod
    async def open(
        cls,
        browser: Browser,
        url: str,
        name: str = "alice",
        *,
        width: int = 1280,
        height: int = 800,
        scheme: str = "dark",
    ) -> Self:
        """Open the page as a member and wait until it shows a channel."""
        context = await browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="light" if scheme == "light" else "dark",
            timezone_id="Europe/Berlin",
            locale="en-GB",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE_MS)
        tab = cls(context, await context.new_page())
        await tab.page.goto(f"{url}?as={name}")
        await expect(tab.page.locator("#channel-name")).to_contain_text("#")
        await expect(tab.page.locator("ol.messages")).to_be_attached()
        return tab

    @property
    def messages(self) -> Locator:
        """Every message on the screen."""
        return self.page.locator(".message")

    def message(self, text: str) -> Locator:
        """The messages with a text in them."""
        return self.page.locator(".message", has_text=text)

    @property
    def composer(self) -> Locator:
        """Where one writes."""
        return self.page.locator("#write")

    async def go(self, channel: str) -> None:
        """Open a channel."""
        await self.page.locator(".channel", has_text=channel).click()
        await expect(self.page.locator("#channel-name")).to_contain_text(channel)

    async def command(self, name: str, *values: str) -> None:
        """Type a command, choose it, fill in its options one after the other, and send it."""
        await self.composer.fill(f"/{name}")
        await expect(self.page.locator("#hints .option.active .option-label")).to_have_text(f"/{name}")
        await self.composer.press("Enter")
        for index, value in enumerate(values):
            field = self.page.locator(".option-input").nth(index)
            await field.fill(value)
        await self.page.locator(".send").click()

    async def picture(self, name: str) -> None:
        """Keep what it looks like among the artefacts."""
        ARTIFACTS.mkdir(exist_ok=True)
        await self.page.screenshot(path=ARTIFACTS / f"{name}.png")

    async def close(self) -> None:
        """Close the tab; what it complained of in the meantime is an error of the page."""
        await self._context.close()
        assert self.complaints == []

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)
