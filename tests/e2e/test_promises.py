"""What the pipeline promises, against a real bot process: in time, without secrets, after every crash."""

import asyncio
import json
import re

from botcore_sandbox import Sandbox
from e2e_types import StartBot
from fakes.distributions import SitePackages

SLOW = """
import asyncio
import botcore as bc

class Slow(bc.BaseCommand[bc.NoInput]):
    name, description = "slow", "Take ten seconds"

    async def process_command(self, ctx, data):
        await asyncio.sleep(10)
        return bc.CommandResult.ok("At last")

class Feature(bc.BaseFeature):
    name = "slow"
    commands = (Slow,)
"""


async def test_slow_commands_are_acknowledged_in_time_and_answered_by_an_edit(
    sandbox: Sandbox, start_bot: StartBot, site: SitePackages
):
    """A command of ten seconds, and a hundred of them at once: each acknowledged within 2.5 seconds."""
    site.install("slow", SLOW)
    await start_bot("slow")
    members = [sandbox.member(f"member-{number}") for number in range(100)]
    replies = await asyncio.gather(*(member.slash("slow") for member in members))
    assert {reply.text for reply in replies} == {"At last"}
    assert all(reply.deferred for reply in replies)
    latest = max(reply.acknowledged_after or 99.0 for reply in replies)
    assert latest <= 2.5


LEAKY = """
import botcore as bc
from pydantic import BaseModel, SecretStr

class Settings(BaseModel):
    key: SecretStr

class Leak(bc.BaseCommand[bc.NoInput]):
    name, description = "leak", "Fail with secrets in the text"

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def process_command(self, ctx, data):
        import os
        raise RuntimeError(
            f"marker-of-this-failure {os.environ['BOTCORE_DISCORD__TOKEN']} {self._settings.key.get_secret_value()}"
        )

class Feature(bc.BaseFeature):
    name = "leaky"
    config = Settings
    commands = (Leak,)
"""


async def test_an_exception_with_secrets_is_logged_once_and_redacted(
    sandbox: Sandbox, start_bot: StartBot, site: SitePackages
):
    """The member sees a reference; the log has the trace under that reference, once, without the secrets."""
    site.install("leaky", LEAKY)
    bot = await start_bot("leaky", BOTCORE_FEATURES__LEAKY__KEY="open-sesame-2026")
    reply = await sandbox.member("alice").slash("leak")
    assert reply.private
    found = re.search(r"look it up as `(\w+)`", reply.text)
    assert found is not None
    assert "marker" not in reply.text
    await bot.stop()
    lines = [line for line in bot.log.splitlines() if "marker-of-this-failure" in line]
    assert len(lines) == 1
    line = json.loads(lines[0])
    assert line["reference"] == found[1]
    assert line["command"] == "leak"
    for secret in (sandbox.token, "open-sesame-2026"):
        assert secret not in bot.log


async def test_a_clean_stop_lets_work_in_flight_finish(sandbox: Sandbox, start_bot: StartBot, site: SitePackages):
    """The gateway closes first; a command that runs is answered over REST before the process ends."""
    site.install("slow", SLOW.replace("sleep(10)", "sleep(3)"))
    bot = await start_bot("slow")
    asking = asyncio.create_task(sandbox.member("alice").slash("slow"))
    await sandbox.world.changes.until(lambda: bool(sandbox.traffic.events("INTERACTION_CREATE")), timeout=5)
    assert await bot.stop() == 0
    assert (await asking).text == "At last"
