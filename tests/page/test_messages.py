"""What messages look like: Discord's markdown, moments in the viewer's zone, embeds, and several servers."""

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.async_api import expect

from botcore_sandbox import Sandbox
from page_bot import PageBot
from page_tab import OpenTab

SUMMER = int(datetime(2026, 3, 29, 12, 30, tzinfo=UTC).timestamp())  # the day on which Berlin's clocks go forward

MARKDOWN = """# Large
## Medium
### Small
-# in small print
**bold** *italic* _slanted_ __underlined__ ~~struck~~ ***both*** ||hidden||
`code with **stars**` snake_case_name \\*no stars\\*
> quoted
> twice
- one
  - inside
1. first
2. second
```py
print("**as it is**")
```
[a link](https://example.org/a) and https://example.org/b <https://example.org/c>
"""

SHOWN = [
    ('[aria-level="3"]', "Large"),
    ('[aria-level="4"]', "Medium"),
    ('[aria-level="5"]', "Small"),
    (".small", "in small print"),
    ("strong", "bold"),
    ("em", "italic"),
    ("em", "slanted"),
    ("u", "underlined"),
    ("s", "struck"),
    ("em strong, strong em", "both"),
    ("code", "code with **stars**"),
    ("p", "snake_case_name *no stars*"),
    ("blockquote", "quoted"),
    ("ul li", "one"),
    ("ul li.level-1", "inside"),
    ("ol li", "second"),
    ("pre code", 'print("**as it is**")'),
    ('a[href="https://example.org/a"]', "a link"),
    ('a[href="https://example.org/b"]', "https://example.org/b"),
    ('a[href="https://example.org/c"]', "https://example.org/c"),
]


async def test_markdown_is_shown_as_discord_shows_it(bare: PageBot, lighthouse: Sandbox, open_tab: OpenTab):
    """Every kind becomes its own element; what is code or escaped stays as it was typed; a spoiler opens once."""
    await bare.post(lighthouse.channel("general").id, content=MARKDOWN)
    alice = await open_tab("alice")
    rich = alice.message("in small print").locator(".rich")
    for selector, text in SHOWN:
        await expect(rich.locator(selector, has_text=text).first, f"{selector}: {text}").to_be_visible()
    spoiler = rich.get_by_role("button", name="Spoiler: show it")
    await spoiler.click()
    await expect(rich.locator(".spoiler.shown")).to_have_text("hidden")
    await alice.picture("markdown")


async def test_mentions_name_what_they_mean(bare: PageBot, lighthouse: Sandbox, open_tab: OpenTab):
    """People, roles, channels and commands by their names; a channel's leads there."""
    bob, keepers = lighthouse.member("bob"), lighthouse.guild.role("Keepers")
    kitchen = lighthouse.channel("kitchen")
    content = f"<@{bob.id}> <@&{keepers.id}> <#{kitchen.id}> </ping:1> <@1>"
    await bare.post(lighthouse.channel("general").id, content=content)
    alice = await open_tab("alice")
    said = alice.message("@unknown-user")
    await expect(said).to_contain_text("@Bob @Keepers #kitchen /ping @unknown-user")
    await said.get_by_role("button", name="#kitchen").click()
    await expect(alice.page.locator("#channel-name")).to_contain_text("kitchen")


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        (":t", "14:30"),
        (":T", "14:30:00"),
        (":d", "29/03/2026"),
        (":D", "29 March 2026"),
        (":f", "29 March 2026 at 14:30"),
        ("", "29 March 2026 at 14:30"),
        (":F", "Sunday"),
    ],
)
async def test_moments_are_shown_in_the_viewer_s_zone(
    bare: PageBot, lighthouse: Sandbox, open_tab: OpenTab, style: str, shown: str
):
    """The tab is in Berlin, where it is two hours later in summer."""
    await bare.post(lighthouse.channel("general").id, content=f"At <t:{SUMMER}{style}>")
    alice = await open_tab("alice")
    moment = alice.message("At ").last.locator("time.moment")
    await expect(moment).to_contain_text(shown)
    assert await moment.get_attribute("datetime") == "2026-03-29T12:30:00.000Z"


async def test_an_embed_has_all_its_parts(bare: PageBot, lighthouse: Sandbox, open_tab: OpenTab):
    """Author, title, text, fields beside one another and below, footer and moment."""
    embed: dict[str, Any] = {
        "author": {"name": "Somebody"},
        "title": "A title",
        "url": "https://example.org/",
        "description": "Some **words**",
        "color": 0x3BA55D,
        "fields": [
            {"name": "Left", "value": "1", "inline": True},
            {"name": "Right", "value": "2", "inline": True},
            {"name": "Below", "value": "3"},
        ],
        "footer": {"text": "The end"},
        "timestamp": "2026-03-29T12:30:00+00:00",
    }
    await bare.post(lighthouse.channel("general").id, embeds=[embed])
    alice = await open_tab("alice")
    shown = alice.page.get_by_role("article")
    for text in ("Somebody", "A title", "Left", "Right", "Below", "The end • 29/03/2026 14:30"):
        await expect(shown).to_contain_text(text)
    await expect(shown.locator(".embed-text strong")).to_have_text("words")
    boxes = [await shown.locator(".embed-field", has_text=name).bounding_box() for name in ("Left", "Right", "Below")]
    left, right, below = (box for box in boxes if box is not None)
    assert left["y"] == right["y"] < below["y"]
    assert left["x"] < right["x"]


async def test_each_server_shows_its_own_to_its_members(lighthouse: Sandbox, open_tab: OpenTab):
    """One goes from server to server and back to the channel where one was; who is no member sees none of it."""
    workshop = lighthouse.add_guild("Workshop")
    lighthouse.member("alice", guild=workshop)
    workshop.add_channel("saws")
    alice, bob = await open_tab("alice"), await open_tab("bob")
    await alice.go("games")
    servers = alice.page.get_by_role("navigation", name="Servers")
    await servers.get_by_role("button", name="Workshop").click()
    await expect(alice.page.get_by_role("heading", name="Workshop", level=1)).to_be_visible()
    await alice.go("saws")
    await expect(alice.page.locator("#people .person", has_text="Carol")).to_have_count(0)
    await servers.get_by_role("button", name="The Lighthouse").click()
    await expect(alice.page.locator("#channel-name")).to_contain_text("games")
    await expect(bob.page.get_by_role("button", name="Workshop")).to_have_count(0)
