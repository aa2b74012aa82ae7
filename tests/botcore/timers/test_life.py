"""Timers in the life of a bot."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from botcore import BaseFeature, BotCore, BotOptions, Clock, Firing, ManualClock, ServiceContainer, Timers
from botcore.app.lifecycle import START, STOP
from botcore.app.migrating import CoreTablesNotReady
from botcore.contracts.status import FeatureStatus
from botcore.db import Database, Migrator
from botcore.timers.table import migrations
from botcore_sandbox import BotOnSandbox, Sandbox
from fakes.timing import RecordingHandler


class Tea(BaseFeature):
    """Sets one timer when it starts, and notes when it fires."""

    name = "tea"
    handler = RecordingHandler()

    async def start(self, services: ServiceContainer) -> None:
        """Set it."""
        timers = services.get(Timers)
        timers.handler("tea.ready", type(self).handler)
        async with services.get(Database).transaction() as tx:
            await timers.set(tx, "tea.ready", "cup", services.get(Clock).now())


class Spilt(Tea):
    """Fails after it has registered its handler."""

    async def start(self, services: ServiceContainer) -> None:
        """Set it, and fail."""
        await super().start(services)
        raise RuntimeError("spilt")


class Timed(Tea):
    """Has the name of the core's own tables."""

    name = "timers"


@pytest.fixture(autouse=True)
def handler() -> Iterator[RecordingHandler]:
    """A fresh handler for each test."""
    Tea.handler = RecordingHandler()
    yield Tea.handler
    Tea.handler = RecordingHandler()


def options(sandbox: Sandbox, folder: Path, *features: type[BaseFeature], migrate: bool = True) -> BotOptions:
    """A bot with these features and a clock that stands still."""
    environ = {
        "BOTCORE_DISCORD__TOKEN": sandbox.token,
        "BOTCORE_DISCORD__API_URL": sandbox.api_url,
        "BOTCORE_DATABASE__URL": f"sqlite:///{folder / 'bot.db'}",
        "BOTCORE_FEATURES__ENABLED": "core",
    }
    return BotOptions(environ=environ, features=features, configure_log=False, clock=ManualClock(), migrate=migrate)


async def test_timers_fire_between_connection_and_features_end(
    sandbox: Sandbox, tmp_path: Path, handler: RecordingHandler
):
    """They begin when the bot can write to Discord, and end while it still can and before what they call ends."""
    async with BotOnSandbox(sandbox, tmp_path, features=[Tea], clock=ManualClock()) as bot:
        await handler.begun()
        assert handler.firings == [
            Firing(kind="tea.ready", key="cup", payload={}, due_at=bot.core.parts.clock.now(), attempt=1)
        ]
    assert START[-2:] == ("command sync", "timers")
    assert STOP.index("work in flight") < STOP.index("timers") < STOP.index("features") < STOP.index("rest")


async def test_a_timer_waits_for_the_connection(sandbox: Sandbox, tmp_path: Path, handler: RecordingHandler):
    """What was due long ago does not fire before the bot is connected."""
    bot = BotCore(options(sandbox, tmp_path, Tea))
    await bot.setup()
    assert bot.parts.clock.sleepers == 0  # type: ignore[attr-defined]  # it is the manual clock of `options`
    await bot.stop()
    assert handler.firings == []


async def test_a_feature_that_is_left_out_takes_its_handlers_with_it(
    sandbox: Sandbox, tmp_path: Path, handler: RecordingHandler
):
    """Its timers stay in the table and wait until it works again."""
    bot = BotCore(options(sandbox, tmp_path, Spilt))
    await bot.start()
    await bot.parts.timers.until_idle()
    await bot.stop()
    assert handler.firings == []
    bot = BotCore(options(sandbox, tmp_path, Tea))
    await bot.start()
    await handler.begun()
    await bot.stop()
    assert handler.keys == ["cup"]


async def test_a_feature_cannot_have_the_core_s_name(sandbox: Sandbox, tmp_path: Path):
    """Their tables and histories would be the same; the feature is left out and told so."""
    bot = BotCore(options(sandbox, tmp_path, Timed))
    await bot.setup()
    [record] = [record for record in bot.parts.roster.records() if record.name == "timers"]
    assert record.status is FeatureStatus.LEFT_OUT
    assert record.reason == "botcore's own tables begin with timers_; give the feature another name"
    await bot.stop()


@pytest.mark.parametrize(
    ("revision", "migrate", "sentence"),
    [
        ("9999_future", True, "timers cannot be used: the database is at revision 9999_future"),
        (None, False, "timers cannot be used: its tables are not up to date; run `botcore db upgrade`"),
    ],
)
async def test_without_the_core_s_tables_nothing_starts(
    sandbox: Sandbox, tmp_path: Path, revision: str | None, sentence: str, *, migrate: bool
):
    """One sentence for the operator, and exit code 2."""
    async with Database(f"sqlite:///{tmp_path / 'bot.db'}") as database:
        if revision is not None:
            await Migrator(database).upgrade(migrations())
            async with database.transaction() as tx:
                await tx.execute(text("UPDATE timers_schema_version SET version_num = :it"), {"it": revision})
    bot = BotCore(options(sandbox, tmp_path, migrate=migrate))
    with pytest.raises(CoreTablesNotReady, match=sentence) as caught:
        await bot.start()
    assert caught.value.exit_code == 2
