"""Several people in several tabs: what each of them sees, and what the others see of them."""

from playwright.async_api import FilePayload, expect

from botcore_sandbox import Sandbox
from page_bot import PageBot
from page_tab import OpenTab


async def test_what_one_writes_the_others_read(lighthouse: Sandbox, open_tab: OpenTab):
    """A message arrives in the other tab, is edited and deleted there as well, and typing shows before."""
    alice, bob = await open_tab("alice"), await open_tab("bob")
    await alice.composer.press_sequentially("Hello")
    await expect(bob.page.locator(".typing")).to_have_text("Alice is typing…")
    await alice.composer.fill("Hello **everybody**")
    await alice.composer.press("Enter")
    await expect(bob.message("Hello everybody").locator("strong")).to_have_text("everybody")
    await expect(bob.page.locator(".typing")).to_have_text("")
    await alice.composer.press("ArrowUp")
    await alice.page.get_by_label("Edit your message").fill("Good evening")
    await alice.page.keyboard.press("Enter")
    await expect(bob.message("Good evening")).to_contain_text("(edited)")
    await alice.message("Good evening").click(button="right")
    await alice.page.get_by_role("menuitem", name="Delete message").click()
    await expect(bob.message("Good evening")).to_have_count(0)


async def test_a_mention_is_marked_and_counted(lighthouse: Sandbox, open_tab: OpenTab):
    """Whoever is mentioned elsewhere sees a count at the channel, and the message marked when they come."""
    alice, bob = await open_tab("alice"), await open_tab("bob")
    await alice.go("kitchen")
    await alice.composer.fill("@bo")
    await alice.composer.press("Enter")
    await alice.composer.press_sequentially("look at #ga")
    await alice.composer.press("Enter")
    await alice.composer.press("Enter")
    await expect(bob.page.locator(".channel", has_text="kitchen").locator(".badge")).to_have_text("1")
    await bob.go("kitchen")
    said = bob.page.locator(".message.mentioned", has_text="@Bob look at #games")
    await expect(said).to_be_visible()
    await said.get_by_role("button", name="#games").click()
    await expect(bob.page.locator("#channel-name")).to_have_text("#games")


async def test_a_channel_that_is_not_for_everybody_is_not_there_for_others(lighthouse: Sandbox, open_tab: OpenTab):
    """Carol has the role and sees the channel; alice does not, until she is given the role."""
    carol, alice = await open_tab("carol"), await open_tab("alice")
    await expect(carol.page.locator(".channel", has_text="keepers-only")).to_be_visible()
    await expect(alice.page.locator(".channel", has_text="keepers-only")).to_have_count(0)
    lighthouse.member("alice", roles=["Keepers"])
    await expect(alice.page.locator(".channel", has_text="keepers-only")).to_be_visible()


async def test_a_tab_can_become_somebody_else(lighthouse: Sandbox, open_tab: OpenTab):
    """The list at the bottom and the card of a member both change who one is, and the address follows."""
    tab = await open_tab("alice")
    await tab.page.get_by_role("button", name="Be somebody else").click()
    await tab.page.get_by_role("option", name="Bob").click()
    await expect(tab.page.locator("#self")).to_contain_text("You are Bob")
    await tab.page.locator("#people .person", has_text="Carol").click()
    await tab.page.get_by_role("button", name="Be Carol here").click()
    await expect(tab.page.locator(".channel", has_text="keepers-only")).to_be_visible()
    await expect(tab.page).to_have_url(f"http://127.0.0.1:{lighthouse.port}/?as=carol")


async def test_people_write_to_the_bot_in_private(bare: PageBot, lighthouse: Sandbox, open_tab: OpenTab):
    """A direct message is between one member and the bot, and what the bot writes there is counted elsewhere."""
    alice, bob = await open_tab("alice"), await open_tab("bob")
    await alice.page.locator("#people .person", has_text="Sandbox Bot").click()
    await alice.page.get_by_role("button", name="Write a direct message").click()
    await expect(alice.page.locator("#channel-name")).to_have_text("@Sandbox Bot")
    await alice.composer.fill("Psst")
    await alice.composer.press("Enter")
    await expect(alice.message("Psst")).to_be_visible()
    await alice.page.get_by_role("button", name="The Lighthouse").click()
    await bare.post(lighthouse.member("alice").dm.id, content="Yes?")
    await expect(alice.page.get_by_role("button", name="Direct messages, 1 mentions")).to_be_visible()
    await alice.page.get_by_role("button", name="Direct messages, 1 mentions").click()
    await expect(alice.message("Yes?")).to_be_visible()
    await bob.page.get_by_role("button", name="Direct messages").click()
    await expect(bob.page.locator("#channel-name")).to_have_text("@Sandbox Bot")
    await expect(bob.message("Psst")).to_have_count(0)


async def test_a_file_is_sent_and_shown(lighthouse: Sandbox, open_tab: OpenTab):
    """A picture is shown, another file can be taken down."""
    alice, bob = await open_tab("alice"), await open_tab("bob")
    dot = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001"
        "f61738550000000049454e44ae426082"
    )
    await alice.page.locator('input[type="file"]').set_input_files(
        [
            FilePayload(name="dot.png", mimeType="image/png", buffer=dot),
            FilePayload(name="words.txt", mimeType="text/plain", buffer=b"words"),
        ]
    )
    await alice.composer.fill("Two files")
    await alice.composer.press("Enter")
    await expect(bob.message("Two files").locator("img")).to_have_attribute("alt", "dot.png")
    await expect(bob.message("Two files").locator(".file a")).to_have_attribute("download", "words.txt")
    width = (
        await bob.message("Two files").locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)")
    )
    assert width == 1
