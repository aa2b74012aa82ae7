"""Buttons, selects and modals: typed payloads in custom ids, and nothing kept in memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botcore.commands import (
    Answers,
    BaseButton,
    BaseModal,
    BaseSelect,
    Choice,
    CommandContext,
    CommandResult,
    FormField,
    InputDeclarationError,
    InteractionHandler,
    InteractionKind,
    Ref,
    Router,
    Routes,
)
from botcore.errors import InvalidInput, NotFound
from botcore.ui import SelectOption
from fakes.discord import CHANNEL, FakeResponder, click, make_interaction, make_runtime, submit


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class VoteInput:
    poll: int
    colour: Colour
    note: str = ""
    loud: bool = False


class Vote(BaseButton[VoteInput]):
    id = "polls.vote"
    answers = Answers.NEW

    async def process_click(self, ctx: CommandContext, data: VoteInput) -> CommandResult:
        return CommandResult.ok(repr(data))


class Pick(BaseSelect[VoteInput]):
    id = "polls.pick"

    async def process_choice(self, ctx: CommandContext, data: VoteInput, chosen: Sequence[str]) -> CommandResult:
        return CommandResult.ok(", ".join(chosen))


@dataclass(frozen=True, slots=True)
class AskInput:
    poll: int
    question: Annotated[str, FormField("Your question", max_length=20)]
    options: Annotated[str, FormField("Options", paragraph=True)] = ""


class Ask(BaseModal[AskInput]):
    id = "polls.ask"
    title = "Ask"

    async def process_submit(self, ctx: CommandContext, data: AskInput) -> CommandResult:
        if not data.options:
            raise InvalidInput("Options", "Give at least two options.")
        return CommandResult.ok(repr(data))


@dataclass(frozen=True, slots=True)
class Thing:
    id: int
    guild: int


class ThingRef(Ref[Thing]):
    """Knows one thing in the server 1 and one in the server 2."""

    async def search(self, ctx: CommandContext, typed: str) -> Sequence[Choice]:
        return ()

    async def load(self, ctx: CommandContext, value: str) -> Thing:
        if value != str(ctx.guild_id):
            raise NotFound("There is no such thing here.")
        return Thing(int(value), int(value))


@dataclass(frozen=True, slots=True)
class ThingInput:
    thing: Annotated[Thing, ThingRef]


class Open(BaseButton[ThingInput]):
    id = "things.open"
    answers = Answers.NEW

    async def process_click(self, ctx: CommandContext, data: ThingInput) -> CommandResult:
        return CommandResult.ok(f"opened {data.thing}")


@dataclass(frozen=True, slots=True)
class RenameInput:
    thing: Annotated[Thing, ThingRef]
    name: Annotated[str, FormField("Name")]


class Rename(BaseModal[RenameInput]):
    id = "things.rename"
    title = "Rename"

    async def process_submit(self, ctx: CommandContext, data: RenameInput) -> CommandResult:
        return CommandResult.ok(f"{data.thing} is now {data.name}")


def routed(*handlers: InteractionHandler[Any]) -> Router:
    routes = Routes()
    for handler in handlers:
        handler.compile()
        references = handler.reference_types(handler.fields())
        handler.prepare({name: reference() for name, reference in references.items()})
    routes.add(handlers)
    return Router(routes, make_runtime())


async def send(router: Router, data: dict[str, Any], **arguments: Any) -> FakeResponder:
    kind = InteractionKind.COMPONENT if "component_type" in data else InteractionKind.MODAL
    responder = FakeResponder()
    await router.route(make_interaction(data, kind=kind, responder=responder, **arguments))
    return responder


async def test_a_payload_travels_in_the_custom_id():
    """What was put on the message comes back typed, from the text alone."""
    button = Vote.button(42, Colour.BLUE, "a:b %", True, label="Blue")
    assert button.custom_id == "polls.vote:1:42:blue:a%3Ab %25:1"
    responder = await send(routed(Vote()), click(button.custom_id))
    assert responder.said == "VoteInput(poll=42, colour=<Colour.BLUE: 'blue'>, note='a:b %', loud=True)"


@given(poll=st.integers(-(10**9), 10**9), colour=st.sampled_from(Colour), note=st.text(max_size=5), loud=st.booleans())
async def test_every_payload_comes_back_as_it_was(poll: int, colour: Colour, note: str, loud: bool):
    """Encoding loses nothing, whatever the text."""
    handler = Vote()
    handler.compile()
    custom_id = Vote.custom_id(poll, colour, note, loud)
    ctx = CommandContext(make_interaction(click(custom_id)), make_runtime(), handler.label, handler.target)
    assert VoteInput(**handler._read(ctx)) == VoteInput(poll, colour, note, loud)  # noqa: SLF001 - the inverse of custom_id


def test_a_payload_that_does_not_fit_is_refused_where_it_is_written():
    """Discord allows 100 characters; the sentence says what to do."""
    with pytest.raises(InputDeclarationError, match="Keep the long part in the database"):
        Vote.button(1, Colour.RED, "x" * 100)
    with pytest.raises(InputDeclarationError, match="carries poll, colour, note, loud; 1 values were given"):
        Vote.button(1)


@pytest.mark.parametrize(
    "custom_id",
    [
        "polls.vote:1:42:green::0",
        "polls.vote:1:forty:blue::0",
        "polls.vote:2:42:blue::0",
        "polls.vote:1:42",
        "polls.vote",
        "polls.gone:1:2",
        "",
        "polls.pick:1:42:blue::0",
    ],
)
async def test_an_unknown_or_outdated_custom_id_gets_a_private_sentence(custom_id: str):
    """Never silence, and never more than that."""
    responder = await send(routed(Vote(), Pick()), click(custom_id))
    assert responder.steps == ["MESSAGE"]
    assert responder.calls[0][1]["flags"] == 64
    assert "earlier version" in responder.said


async def test_a_select_hands_over_what_was_chosen():
    """The chosen values come beside the payload, and the message is updated."""
    select = Pick.select(
        1, Colour.RED, options=[SelectOption(label="A", value="a"), SelectOption(label="B", value="b")]
    )
    assert select.custom_id is not None
    data = {"custom_id": select.custom_id, "component_type": 3, "values": ["a", "b"]}
    responder = await send(routed(Pick()), data)
    assert responder.steps == ["UPDATE"]
    assert responder.said == "a, b"


async def test_a_modal_reads_its_payload_and_its_fields():
    """Payload from the custom id, texts from the form."""
    modal = Ask.modal(7, question="Lunch?")
    responder = await send(routed(Ask()), submit(modal.custom_id, question="Lunch?", options="pizza\nsoup"))
    assert responder.said == "AskInput(poll=7, question='Lunch?', options='pizza\\nsoup')"


async def test_a_refused_modal_loses_nothing():
    """The refusal holds what was typed, and its button opens the form again, filled in."""
    router = routed(Ask())
    typed = "*Lunch* <@1>?"
    refused = await send(router, submit(Ask.modal(7).custom_id, question=typed, options=""))
    message = refused.calls[0][1]
    assert message["flags"] == 64
    assert "**Options**: Give at least two options." in refused.said
    again = message["components"][0]["components"][0]
    assert again["label"] == "Edit and try again"
    reopened = await send(router, click(again["custom_id"]), message={"id": "9", **message})
    assert reopened.steps == ["MODAL"]
    inputs = {row["components"][0]["custom_id"]: row["components"][0] for row in reopened.calls[0][1]["components"]}
    assert inputs["question"]["value"] == typed
    assert reopened.calls[0][1]["custom_id"] == Ask.modal(7).custom_id


async def test_a_modal_checks_what_a_hostile_client_skips():
    """The limits of the form are Discord's client's to keep, and are checked again."""
    responder = await send(routed(Ask()), submit(Ask.modal(7).custom_id, question="x" * 21, options="a"))
    assert "**Your question**: That text is too long." in responder.said


@pytest.mark.parametrize("guild", [1, None])
async def test_a_reference_of_another_server_is_refused_in_a_custom_id_and_in_a_modal(guild: int | None):
    """An id is a claim by a stranger; elsewhere it reads as if there were no such thing."""
    router = routed(Open(), Rename())
    assert "opened Thing(id=2" in (await send(router, click(Open.custom_id(2)), guild=2)).said
    for data in (click(Open.custom_id(2)), submit(Rename.modal(2).custom_id, name="Mine")):
        responder = await send(router, data, guild=guild)
        assert responder.said == "There is no such thing here."
        assert responder.calls[0][1]["flags"] == 64


async def test_a_context_sees_only_the_channels_that_discord_says():
    """A member always sees where they are; anything else is asked of Discord's permissions."""
    ctx = CommandContext(make_interaction(click("x")), make_runtime(), "x", Vote().target)
    assert ctx.can_see_channel(CHANNEL)
    assert not ctx.can_see_channel(CHANNEL + 1)
