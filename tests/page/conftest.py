"""A real browser on a sandbox's page; everything here is marked `page` and skips where there is no Chromium."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from botcore_sandbox import BotOnSandbox, Sandbox
from botcore_sandbox.page.site import mount_page
from botcore_sandbox.session import scenery
from page_bot import PageBot, page_bot
from page_tab import CHROMIUM_NAMES, FLAGS, OpenTab, Tab


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.page)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """The installed Chromium, started once."""
    found = next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("There is no Chromium on this machine; Debian's package is called chromium.")
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield running
        await running.close()


@pytest_asyncio.fixture(loop_scope="session")
async def lighthouse() -> AsyncIterator[Sandbox]:
    """A sandbox with the page and the invented server, and no bot yet."""
    sandbox = Sandbox(mounts=[mount_page])
    scenery.build(sandbox)
    async with sandbox:
        yield sandbox


@pytest_asyncio.fixture(loop_scope="session")
async def open_tab(browser: Browser, lighthouse: Sandbox) -> AsyncIterator[OpenTab]:
    """Opens the page as somebody; every tab is closed at the end, and none may have complained."""
    tabs: list[Tab] = []

    async def open_as(name: str = "alice", *, width: int = 1280, height: int = 800, scheme: str = "dark") -> Tab:
        url = f"http://{lighthouse.host}:{lighthouse.port}/"
        tabs.append(await Tab.open(browser, url, name, width=width, height=height, scheme=scheme))
        return tabs[-1]

    yield open_as
    for tab in tabs:
        await tab.close()


@pytest_asyncio.fixture(loop_scope="session")
async def features(lighthouse: Sandbox, tmp_path: Path) -> AsyncIterator[BotOnSandbox]:
    """A bot with every installed feature."""
    async with BotOnSandbox(lighthouse, tmp_path) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def bare(lighthouse: Sandbox) -> AsyncIterator[PageBot]:
    """A bot that answers as a test says."""
    async with page_bot(lighthouse) as running:
        yield running
