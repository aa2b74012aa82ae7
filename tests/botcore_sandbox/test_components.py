from typing import Any

import nextcord
import pytest

from botcore_sandbox import File, NotOffered, Sandbox
from botcore_sandbox.state.interactions import CallbackType


class Panel(nextcord.ui.View):
    """Two buttons and a select, each of which answers in its own way."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @nextcord.ui.button(label="Pizza (0)", custom_id="vote:1")
    async def vote(self, button: Any, interaction: Any) -> None:
        """Change the message."""
        await interaction.response.edit_message(content="1 vote")

    @nextcord.ui.button(label="Soup (0)", custom_id="vote:2")
    async def later(self, button: Any, interaction: Any) -> None:
        """Defer, change the message afterwards."""
        await interaction.response.defer()
        await interaction.edit_original_message(content="changed later")

    @nextcord.ui.button(label="Receipt", custom_id="receipt")
    async def receipt(self, button: Any, interaction: Any) -> None:
        """Answer in private."""
        await interaction.response.send_message("noted", ephemeral=True)

    @nextcord.ui.button(label="Closed", custom_id="closed", disabled=True)
    async def closed(self, button: Any, interaction: Any) -> None:
        """Never called."""

    @nextcord.ui.select(
        custom_id="many",
        max_values=2,
        options=[
            nextcord.SelectOption(label="Red", value="r"),
            nextcord.SelectOption(label="Blue", value="b"),
        ],
    )
    async def many(self, select: Any, interaction: Any) -> None:
        """Repeat the choice."""
        await interaction.response.send_message(",".join(select.values))


class Form(nextcord.ui.Modal):
    """Asks for a question."""

    def __init__(self) -> None:
        super().__init__("New poll", custom_id="form")
        self.question: Any = nextcord.ui.TextInput(label="Your question", custom_id="question", max_length=10)
        self.note: Any = nextcord.ui.TextInput(label="Note", custom_id="note", required=False, default_value="none")
        self.add_item(self.question)
        self.add_item(self.note)

    async def callback(self, interaction: Any) -> None:
        """Repeat the fields."""
        await interaction.response.send_message(f"{self.question.value}/{self.note.value}")


@pytest.fixture
async def panel(sandbox: Sandbox, bot: Any, ping: Any) -> Any:
    """A message with the panel, asked for by alice."""
    await bot.register(ping)
    bot.answers["ping"] = lambda i: i.response.send_message("0 votes", view=Panel())
    return await sandbox.member("alice").slash("ping")


async def test_a_click_updates_the_message(sandbox: Sandbox, panel: Any) -> None:
    """Callback type 7 changes the message for everybody; a part of the label is enough to find the button."""
    reply = await sandbox.member("bob").click(panel, "pizza")
    assert reply.ack_type is CallbackType.UPDATE_MESSAGE
    assert reply.updated
    assert panel.content == "1 vote"
    assert reply.message == panel.message


async def test_a_deferred_click_is_updated_later(sandbox: Sandbox, panel: Any) -> None:
    """After callback type 6 the click has been taken; the change that follows can be waited for."""
    reply = await sandbox.member("bob").click(panel, "vote:2")
    await reply.settled()
    assert reply.deferred
    assert reply.updated
    assert panel.content == "changed later"


async def test_a_click_can_be_answered_in_private(sandbox: Sandbox, panel: Any) -> None:
    """A private answer is a message of its own, and its author sees both."""
    bob = sandbox.member("bob")
    reply = await bob.click(panel, "Receipt")
    assert reply.private
    assert reply.content == "noted"
    assert panel.content == "0 votes"
    assert not sandbox.member("alice").sees(reply)


async def test_a_message_of_the_channel_can_be_clicked(sandbox: Sandbox, panel: Any) -> None:
    """Buttons are found on messages of the history as well as on replies."""
    [message] = sandbox.channel("general").messages
    assert (await sandbox.member("bob").click(message, "pizza")).updated


async def test_choices_go_by_label_or_value(sandbox: Sandbox, panel: Any) -> None:
    """The values arrive in the order in which they were chosen."""
    assert (await sandbox.member("bob").choose(panel, "Blue", "r")).content == "b,r"


async def test_what_cannot_be_used_is_refused_by_the_client(sandbox: Sandbox, panel: Any, bot: Any) -> None:
    """Missing, ambiguous and disabled components, too many choices, messages that a person does not see."""
    bob = sandbox.member("bob")
    with pytest.raises(NotOffered, match="there is: 'Pizza"):
        await bob.click(panel, "Pasta")
    with pytest.raises(NotOffered, match="more than one button; use one of the ids 'vote:1', 'vote:2'"):
        await bob.click(panel, "(0)")
    with pytest.raises(NotOffered, match="disabled"):
        await bob.click(panel, "Closed")
    with pytest.raises(NotOffered, match="takes 1 to 2 values, not 0"):
        await bob.choose(panel)
    with pytest.raises(NotOffered, match="no choice 'Green'"):
        await bob.choose(panel, "Green")
    receipt = await bob.click(panel, "Receipt")
    with pytest.raises(NotOffered, match="alice does not see this message"):
        await sandbox.member("alice").click(receipt, "x")
    assert len(bot.seen) == 2


async def test_a_modal_is_opened_filled_in_and_submitted(sandbox: Sandbox, bot: Any, ping: Any) -> None:
    """Fields go by custom id or label; what is not filled in keeps its default."""
    await bot.register(ping)
    bot.answers["ping"] = lambda i: i.response.send_modal(Form())
    alice = sandbox.member("alice")
    opened = await alice.slash("ping")
    assert opened.modal is not None
    assert opened.modal.title == "New poll"
    assert [field.label for field in opened.modal.fields] == ["Your question", "Note"]
    assert (await alice.submit(opened.modal, question="Lunch?")).content == "Lunch?/none"
    assert (await alice.submit(opened.modal, {"Your question": "Tea?"}, note="")).content == "Tea?/"
    with pytest.raises(NotOffered, match="has to be filled in"):
        await alice.submit(opened.modal)
    with pytest.raises(NotOffered, match="0 to 10 characters"):
        await alice.submit(opened.modal, question="x" * 11)
    with pytest.raises(NotOffered, match="no field 'colour'"):
        await alice.submit(opened.modal, question="x", colour="red")
    with pytest.raises(NotOffered, match="open for alice, not for bob"):
        await sandbox.member("bob").submit(opened.modal, question="x")


async def test_a_modal_of_a_button_may_update_the_message(sandbox: Sandbox, bot: Any, ping: Any, rest: Any) -> None:
    """Callback type 7 answers the modal of a component; the modal of a command has no message to change."""
    row = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Edit", "custom_id": "edit"}]}
    modal = {
        "custom_id": "m",
        "title": "Edit",
        "components": [
            {"type": 18, "label": "Text", "component": {"type": 4, "custom_id": "text", "style": 1}},
            {
                "type": 18,
                "label": "Size",
                "component": {
                    "type": 3,
                    "custom_id": "size",
                    "required": False,
                    "options": [{"label": "Big", "value": "b"}],
                },
            },
        ],
    }

    async def call_back(interaction: Any, body: dict[str, Any]) -> None:
        path = f"/interactions/{interaction.id}/{interaction.token}/callback"
        await rest("POST", path, json=body, token=None)

    async def update(interaction: Any) -> None:
        await call_back(interaction, {"type": 7, "data": {"content": "new"}})
        if interaction.message is None:
            await call_back(interaction, {"type": 4, "data": {"content": "fresh"}})

    await bot.register(ping, {"name": "form", "description": "x"})
    bot.answers["ping"] = lambda i: call_back(i, {"type": 4, "data": {"content": "old", "components": [row]}})
    bot.answers["form"] = bot.answers["edit"] = lambda i: call_back(i, {"type": 9, "data": modal})
    bot.answers["m"] = update
    alice = sandbox.member("alice")
    shown = await alice.slash("ping")
    opened = await alice.click(shown, "Edit")
    await alice.submit(opened.modal, text="x", size="Big")
    assert shown.content == "new"
    assert bot.seen[-1].data["components"][1]["component"]["values"] == ["b"]
    opened = await alice.slash("form")
    assert (await alice.submit(opened.modal, text="x")).content == "fresh"
    refused = sandbox.traffic.calls[-2]
    assert (refused.status, refused.response) == (404, {"message": "Unknown Message", "code": 10008})


async def test_a_modal_asks_for_files_choices_and_ticks(sandbox: Sandbox, bot: Any, ping: Any, rest: Any) -> None:
    """They go by label like any other field; what is chosen beforehand stays, and files stand in `resolved`."""
    options = [{"label": "Small", "value": "s"}, {"label": "Big", "value": "b", "default": True}]
    fields = {
        "Photos": {"type": 19, "custom_id": "photos", "max_values": 2},
        "Size": {"type": 21, "custom_id": "size", "options": options},
        "Extras": {"type": 22, "custom_id": "extras", "required": False, "min_values": 0, "options": options},
        "Agreed": {"type": 23, "custom_id": "agreed"},
    }
    modal = {
        "custom_id": "m",
        "title": "Order",
        "components": [{"type": 18, "label": label, "component": field} for label, field in fields.items()],
    }

    async def call_back(interaction: Any, body: dict[str, Any]) -> None:
        path = f"/interactions/{interaction.id}/{interaction.token}/callback"
        await rest("POST", path, json=body, token=None)

    await bot.register(ping)
    bot.answers["ping"] = lambda i: call_back(i, {"type": 9, "data": modal})
    bot.answers["m"] = lambda i: call_back(i, {"type": 4, "data": {"content": "thanks"}})
    alice = sandbox.member("alice")
    opened = await alice.slash("ping")
    with pytest.raises(NotOffered, match="'Photos' has to be filled in"):
        await alice.submit(opened.modal)
    with pytest.raises(NotOffered, match="takes a file"):
        await alice.submit(opened.modal, photos=alice)
    with pytest.raises(NotOffered, match="no choice 'Huge'"):
        await alice.submit(opened.modal, photos=File("a.png", b"a"), size="Huge")
    sent = await alice.submit(opened.modal, photos=File("a.png", b"a"), size="Small", extras=["s", "Big"], agreed=True)
    assert sent.content == "thanks"
    data = bot.seen[-1].data
    photos, size, extras, agreed = (block["component"] for block in data["components"])
    [(photo_id, photo)] = data["resolved"]["attachments"].items()
    assert (photos["values"], photo["filename"]) == ([photo_id], "a.png")
    assert (size["value"], extras["values"], agreed["value"]) == ("s", ["s", "b"], True)
    assert (await alice.submit(opened.modal, photos=File("a.png", b"a"), extras=[])).content == "thanks"
    _, size, extras, agreed = (block["component"] for block in bot.seen[-1].data["components"])
    assert (size["value"], extras["values"], agreed["value"]) == ("b", [], False)


async def test_selects_of_people_and_places_carry_the_objects(sandbox: Sandbox, bot: Any, ping: Any) -> None:
    """Such selects take driver objects; their ids are values and the objects stand in `resolved`."""
    view = nextcord.ui.View(timeout=None)
    view.add_item(nextcord.ui.UserSelect(custom_id="who"))
    view.add_item(nextcord.ui.ChannelSelect(custom_id="where"))
    await bot.register(ping)
    bot.answers["ping"] = lambda i: i.response.send_message("who?", view=view)
    bot.answers["who"] = bot.answers["where"] = lambda i: i.response.defer()
    alice, bob = sandbox.member("alice"), sandbox.member("bob")
    shown = await alice.slash("ping")
    await alice.choose(shown, bob, select="who")
    assert bot.seen[-1].data["values"] == [str(bob.id)]
    assert str(bob.id) in bot.seen[-1].data["resolved"]["members"]
    with pytest.raises(NotOffered, match="takes a channel"):
        await alice.choose(shown, bob, select="where")
    await alice.choose(shown, sandbox.channel("general"), select="where")
    assert bot.seen[-1].data["resolved"]["channels"]
