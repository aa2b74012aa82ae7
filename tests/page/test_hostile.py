"""Hostile content in every field is text, and breaks nothing."""

from typing import Any

from playwright.async_api import expect

from botcore_sandbox import Sandbox
from page_bot import Interaction, PageBot, says
from page_tab import OpenTab

MARKUP = '<img src=x onerror="window.harmed=1"><script>window.harmed=1</script><b>&amp;</b>'
RIGHT_TO_LEFT = "\u202e\u0645\u0631\u062d\u0628\u0627\u2066 \u05e9\u05dc\u05d5\u05dd \u202d"
LONG = "W" * 900
LINK = '[press](javascript:window.harmed=1) <https://example.org/"onmouseover="window.harmed=1>'
ODD = "a\u0000b\u200b\ufeff" + "Z\u0351\u0352\u0353\u0354\u0355" * 30


async def test_markup_in_messages_embeds_and_components_is_text(bare: PageBot, lighthouse: Sandbox, open_tab: OpenTab):
    """No field of a message makes an element, runs anything, fetches anything, or makes the page wider."""
    channel = lighthouse.channel("general").id
    for text in (MARKUP, RIGHT_TO_LEFT, LONG, LINK, ODD, "*" * 500 + "_" * 500 + "[" * 500 + "|" * 300):
        short = text[:75].strip()
        embed = {
            "title": text[:200],
            "description": text[:1500],
            "url": "https://example.org",
            "author": {"name": text[:200], "icon_url": "https://example.org/i.png"},
            "footer": {"text": text[:500]},
            "fields": [{"name": text[:200], "value": text[:500], "inline": inline} for inline in (True, True, False)],
            "image": {"url": "https://example.org/i.png"},
            "thumbnail": {"url": "https://example.org/t.png"},
        }
        button = {"type": 2, "style": 1, "label": short, "custom_id": text[:90]}
        select = {
            "type": 3,
            "custom_id": f"s{text[:80]}",
            "placeholder": text[:140],
            "options": [{"label": text[:90], "value": text[:90], "description": text[:90]}],
        }
        rows = [{"type": 1, "components": [one]} for one in (button, select)]
        await bare.post(channel, content=text, embeds=[embed], components=rows)
    alice = await open_tab("alice", width=390, height=844)
    await expect(alice.message("onerror").first).to_contain_text(MARKUP)
    assert await alice.page.locator("#log img, #log script, #log iframe").count() == 0
    assert await alice.page.locator('#log a[href^="javascript"]').count() == 0
    widths = await alice.page.evaluate(
        "[document.documentElement.scrollWidth, innerWidth, log.scrollWidth, log.clientWidth]"
    )
    assert widths[0] <= widths[1]
    assert widths[2] <= widths[3]
    await alice.picture("hostile-phone")
    assert await alice.page.evaluate("window.harmed") is None


async def test_markup_in_names_commands_suggestions_and_forms_is_text(
    bare: PageBot, lighthouse: Sandbox, open_tab: OpenTab
):
    """What people and bots are called, what commands say and what forms ask is text as well."""
    lighthouse.guild.state.name = MARKUP
    lighthouse.channel("general").state.topic = MARKUP
    mallory = lighthouse.member("mallory", roles=["<b>role</b>"])
    lighthouse.guild.state.members[mallory.id].nick = MARKUP
    option = {"type": 3, "name": "text", "description": MARKUP[:100], "autocomplete": True, "required": True}
    await bare.register({"name": "ping", "description": MARKUP[:100], "options": [option]})

    async def suggest(bot: PageBot, interaction: Interaction) -> None:
        if interaction.type.value == 4:
            await bot.callback(interaction, 8, choices=[{"name": MARKUP[:100], "value": MARKUP[:100]}])
        else:
            field: dict[str, Any] = {
                "type": 4,
                "custom_id": "f",
                "style": 1,
                "value": MARKUP,
                "placeholder": MARKUP[:100],
            }
            label = {"type": 18, "label": MARKUP[:45], "description": MARKUP[:100], "component": field}
            await bot.callback(interaction, 9, custom_id="form", title=MARKUP[:45], components=[label])

    bare.answers["ping"] = suggest
    bare.answers["form"] = says(MARKUP, private=True)
    alice = await open_tab("alice")
    await expect(alice.page.locator("#guild-name")).to_have_text(MARKUP)
    await expect(alice.page.locator(".person-name", has_text="onerror")).to_have_text(MARKUP)
    await alice.page.locator(".person", has_text="onerror").click()
    await expect(alice.page.locator(".card .role")).to_have_text("<b>role</b>")
    await alice.page.keyboard.press("Escape")
    await alice.composer.fill("/ping")
    await alice.composer.press("Enter")
    await expect(alice.page.locator("#hints .option")).to_have_text(MARKUP[:100])
    await alice.page.keyboard.press("Enter")
    await alice.page.keyboard.press("Enter")
    await expect(alice.page.get_by_role("heading", name=MARKUP[:45], exact=True)).to_be_visible()
    await alice.page.get_by_role("button", name="Submit").click()
    await expect(alice.message("onerror")).to_have_count(1)
    await alice.composer.fill(MARKUP)
    await alice.composer.press("Enter")
    await expect(alice.message("onerror")).to_have_count(2)
    await alice.page.get_by_role("button", name="Developer panels").click()
    await expect(alice.page.locator(".traffic li").first).to_be_visible()
    assert await alice.page.locator("#app img, #app script").count() == 0
    assert await alice.page.evaluate("window.harmed") is None


async def test_the_page_may_load_nothing_from_elsewhere_and_answers_its_own_pages_only(
    lighthouse: Sandbox, open_tab: OpenTab
):
    """The policy forbids other sources and inline scripts; the socket refuses another origin."""
    alice = await open_tab("alice")
    response = await alice.page.request.get(f"http://127.0.0.1:{lighthouse.port}/")
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    for origin in ({"Origin": "https://example.org"}, {}):
        refused = await alice.page.request.get(f"http://127.0.0.1:{lighthouse.port}/page/socket", headers=origin)
        assert refused.status == 403
    for path in ("../site.py", "..%2fsite.py", "js", "nothing.js"):
        missing = await alice.page.request.get(f"http://127.0.0.1:{lighthouse.port}/page/{path}")
        assert missing.status == 404
