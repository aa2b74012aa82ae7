"""The panels for developers."""

import asyncio
import sys
from pathlib import Path

import nextcord
import pytest
from playwright.async_api import expect

from botcore_sandbox import BotOnSandbox, Sandbox
from page_bot import PageBot, says
from page_tab import OpenTab


async def test_traffic_is_shown_as_it_happens_and_filtered(bare: PageBot, lighthouse: Sandbox, open_tab: OpenTab):
    """Calls and frames appear with what validation said of them; a refusal lists the fields that were wrong."""
    alice = await open_tab("alice")
    page = alice.page
    await page.get_by_role("button", name="Developer panels").click()
    lines = page.locator(".traffic li")
    await expect(lines.filter(has_text="READY")).to_have_count(1)
    await bare.register({"name": "ping", "description": "Answers"})
    await expect(lines.filter(has_text="PUT")).to_contain_text("200")
    with pytest.raises(nextcord.HTTPException):
        await bare.post(lighthouse.channel("general").id, content="x" * 2001)
    await page.get_by_role("button", name="Refused").click()
    await expect(lines).to_have_count(1)
    await lines.locator("summary").click()
    await expect(lines).to_contain_text("content BASE_TYPE_MAX_LENGTH: Must be 2000 or fewer in length.")
    await expect(lines.locator("pre").first).to_contain_text("xxx")
    await alice.picture("desk-traffic")
    await page.get_by_role("button", name="All", exact=True).click()
    await page.get_by_label("Filter the traffic").fill("guild_create")
    await expect(lines).to_have_count(1)


async def test_permissions_say_who_may_what_and_why(lighthouse: Sandbox, open_tab: OpenTab):
    """Each permission names the role that grants it; a role is given with one click, and its channel appears."""
    alice = await open_tab("alice")
    page = alice.page
    await page.locator("#people .person", has_text="Alice").click()
    await page.get_by_role("button", name="Roles and permissions").click()
    row = page.get_by_role("row", name="Manage messages")
    await expect(row).to_contain_text("no")
    await page.get_by_role("checkbox", name="Keepers").check()
    await expect(row).to_contain_text("yes")
    await expect(row).to_contain_text("Keepers")
    await expect(page.locator(".channel", has_text="keepers-only")).to_be_visible()
    await page.get_by_role("checkbox", name="Keepers").uncheck()
    await expect(page.locator(".channel", has_text="keepers-only")).to_have_count(0)


async def test_the_session_is_exported_as_a_test_that_passes(features: BotOnSandbox, open_tab: OpenTab, tmp_path: Path):
    """Everything that was done on the page, by two people, with suggestions, a form and buttons, plays again."""
    alice, bob = await open_tab("alice"), await open_tab("bob")
    await alice.command("poll create", 'Which "one"?', "first; second")
    await bob.page.get_by_role("button", name="first").click()
    await expect(bob.message("Your vote: first")).to_be_visible()
    await bob.page.get_by_role("button", name="Withdraw my vote").click()
    await expect(bob.message("withdrew")).to_be_visible()
    await bob.composer.fill("/poll results")
    await bob.composer.press("Enter")
    await bob.page.keyboard.type("which")
    await expect(bob.page.locator("#hints .option")).to_have_count(1)
    await bob.page.keyboard.press("Enter")
    await bob.page.keyboard.press("Enter")
    await expect(bob.message("used /poll results")).to_be_visible()
    await alice.go("games")
    await alice.composer.fill("Let us roll, \\n 'everybody'")
    await alice.composer.press("Enter")
    await alice.command("poll compose")
    await alice.page.get_by_role("dialog").get_by_role("textbox").first.fill("Film?")
    await alice.page.get_by_role("dialog").get_by_role("textbox").nth(1).fill("long\nshort")
    await alice.page.get_by_role("button", name="Submit").click()
    await expect(alice.message("Film?")).to_be_visible()
    await alice.page.get_by_role("button", name="Developer panels").click()
    await alice.page.get_by_role("tab", name="Clock").click()
    await alice.page.get_by_role("button", name="Forward 1 day").click()
    await expect(alice.page.get_by_text("The clock is moved forward by 1 day.")).to_be_visible()
    await bob.page.get_by_role("button", name="second").click()
    await expect(bob.message("Your vote: second")).to_be_visible()
    await alice.page.get_by_role("tab", name="Script").click()
    await expect(alice.page.locator(".script")).to_contain_text("submit(")
    async with alice.page.expect_download() as download:
        await alice.page.get_by_role("button", name="Save as a file").click()
    file = tmp_path / "test_session.py"
    await (await download.value).save_as(file)
    for expected in (
        "bob = bot.member",
        "autocomplete(",
        "Withdraw my vote",
        "reply_",
        ".modal",
        'channel=bot.channel("games")',
        "await bot.advance(timedelta(days=1))",
    ):
        assert expected in file.read_text()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(tmp_path),
        "-c",
        "/dev/null",
        "-o",
        "asyncio_default_fixture_loop_scope=session",
        str(file),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        cwd=tmp_path,
    )
    async with asyncio.timeout(60):
        output, _ = await process.communicate()
    assert process.returncode == 0, output.decode() + file.read_text()


async def test_a_bot_of_ones_own_is_told_how_to_connect(lighthouse: Sandbox, open_tab: OpenTab):
    """Without a bot the page says that none is there, and gives the address and the token for one."""
    alice = await open_tab("alice")
    await expect(alice.page.locator("#banner")).to_contain_text("No bot is connected yet.")
    await alice.page.get_by_role("button", name="Developer panels").click()
    await alice.page.get_by_role("tab", name="Bot").click()
    await expect(alice.page.locator("#desk-body pre")).to_contain_text(lighthouse.token)


async def test_the_page_comes_back_when_the_bot_does(bare: PageBot, lighthouse: Sandbox, open_tab: OpenTab):
    """A lost connection of the bot is said at once, and what was said goes away when it is back."""
    bare.answers["ping"] = says("Back")
    await bare.register({"name": "ping", "description": "Answers"})
    alice = await open_tab("alice")
    await expect(alice.page.locator("#banner")).to_be_hidden()
    await lighthouse.drop_connections(4000)
    await expect(alice.page.locator("#banner")).to_be_hidden()
    await alice.command("ping")
    await expect(alice.message("Back")).to_be_visible()
