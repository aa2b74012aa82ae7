"""Real bot processes on a real sandbox; everything here is marked `e2e`."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from botcore_sandbox import BotProcess, Sandbox, bot_environment
from e2e_types import StartBot
from fakes.distributions import SitePackages


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture
def site(tmp_path: Path) -> SitePackages:
    """A folder that the bot's Python finds packages in."""
    folder = tmp_path / "site-packages"
    folder.mkdir()
    return SitePackages(folder)


@pytest_asyncio.fixture(loop_scope="session")
async def start_bot(sandbox: Sandbox, tmp_path: Path, site: SitePackages) -> AsyncIterator[StartBot]:
    """Starts ``botcore run`` with chosen features, always on the same database; what still runs is stopped."""
    running: list[BotProcess] = []

    async def start(*features: str, arguments: tuple[str, ...] = (), **variables: str) -> BotProcess:
        environment = bot_environment(sandbox, tmp_path / "bot.db", features or None)
        process = BotProcess(sandbox, {**environment, "PYTHONPATH": str(site.folder), **variables}, *arguments)
        running.append(process)
        await process.start()
        return process

    yield start
    for process in running:
        await process.stop()
        process.close()
