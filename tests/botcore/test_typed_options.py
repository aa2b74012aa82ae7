"""Times as options and as fields of forms: completed, read for the person, and refused with a sentence."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import pytest

from botcore.clock import ManualClock
from botcore.commands import (
    BaseCommand,
    BaseModal,
    CommandContext,
    CommandResult,
    FormField,
    InputDeclarationError,
    InteractionKind,
    NoInput,
    Option,
)
from botcore.commands.autocomplete import complete
from botcore.commands.options import compile_options
from botcore.config import TimeConfig
from botcore.container import ServiceContainer
from botcore.when import Duration, Recurrence, TimeReader, Timezone, When
from fakes.discord import ALICE, BOB, FakeResponder, make_interaction, make_runtime, slash, submit
from fakes.users import KnownUsers

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday
HOUR = Duration(seconds=3600)


@dataclass(frozen=True, slots=True)
class RemindInput:
    due: Annotated[When, Option("When to remind you", name="when")]
    snooze: Annotated[Duration, Option("How long to wait")] = HOUR
    again: Annotated[Recurrence | None, Option("How often")] = None
    zone: Annotated[Timezone | None, Option("Whose clocks")] = None


class RemindCommand(BaseCommand[RemindInput]):
    name = "remind"
    description = "Remind somebody"

    def __init__(self) -> None:
        self.given: RemindInput | None = None

    async def process_command(self, ctx: CommandContext, data: RemindInput) -> CommandResult:
        self.given = data
        return CommandResult.ok(data.due.words())


@dataclass(frozen=True, slots=True)
class DueForm:
    due: Annotated[When, FormField("When is it due?")]


class DueModal(BaseModal[DueForm]):
    id = "reminders.due"
    title = "Due"

    def __init__(self) -> None:
        self.given: DueForm | None = None

    async def process_submit(self, ctx: CommandContext, data: DueForm) -> CommandResult:
        self.given = data
        return CommandResult.ok(data.due.words())


def prepared[H: (RemindCommand, DueModal)](handler: H) -> H:
    """A handler as registration leaves it: its references are built by the container."""
    users = KnownUsers({ALICE: ZoneInfo("Europe/Berlin")}, {ALICE: "dmy"}, {ALICE: "monday"})
    reader = TimeReader(ManualClock(NOW), users, TimeConfig(zone="Asia/Tokyo", date_order="mdy"))
    container = ServiceContainer()
    container.register_singleton(TimeReader, reader)
    handler.compile()
    handler.prepare({name: container.build(ref) for name, ref in handler.reference_types(handler.fields()).items()})
    return handler


async def run(handler: Any, data: Any, **circumstances: Any) -> FakeResponder:
    responder = FakeResponder()
    interaction = make_interaction(data, responder=responder, **circumstances)
    await handler.execute(CommandContext(interaction, make_runtime(), handler.label, handler.target))
    return responder


async def choices(name: str, typed: str, **circumstances: Any) -> list[tuple[str, str]]:
    command = prepared(RemindCommand())
    data = slash("remind", **{name: typed})
    data["options"][0]["focused"] = True
    responder = FakeResponder()
    interaction = make_interaction(data, kind=InteractionKind.AUTOCOMPLETE, responder=responder, **circumstances)
    await complete(command, CommandContext(interaction, make_runtime(), command.label, command.target))
    return [(choice["name"], choice["value"]) for choice in responder.calls[0][1]["choices"]]


def test_each_is_a_text_option_with_autocomplete():
    """Discord has no option of such a type."""
    for option in compile_options(RemindInput, "/remind").to_payload():
        assert option["type"] == 3
        assert option["autocomplete"] is True


async def test_a_command_gets_what_was_meant():
    """Read with the person's own zone and date order; what is not given keeps its default."""
    command = prepared(RemindCommand())
    responder = await run(command, slash("remind", when="3/4 17:30", again="every day at 9", zone="mumbai"))
    assert responder.said == "Saturday 3 April 2027, 17:30 (Europe/Berlin)"
    assert command.given is not None
    assert command.given.snooze is HOUR
    assert command.given.again is not None
    assert command.given.again.words() == "every day at 09:00 (Europe/Berlin)"
    assert command.given.zone == Timezone(ZoneInfo("Asia/Kolkata"))


async def test_somebody_unknown_gets_the_configured_zone_and_order():
    """As does every bot without a feature that knows its users."""
    responder = await run(prepared(RemindCommand()), slash("remind", when="3/4 17:30"), user=BOB)
    assert responder.said == "Thursday 4 March 2027, 17:30 (Asia/Tokyo)"


async def test_the_locale_is_the_language():
    """A German types German and is answered in German."""
    responder = await run(prepared(RemindCommand()), slash("remind", when="morgen um halb 9"), locale="de")
    assert responder.said == "Dienstag, 24. November 2026, 08:30 Uhr (Europe/Berlin)"


async def test_a_mistake_names_the_option_and_the_word():
    """Privately, with what was typed."""
    responder = await run(prepared(RemindCommand()), slash("remind", when="tomorrow at fooday"))
    assert '**when**: I understand "tomorrow at", but not "fooday" after it.' in responder.said
    assert "/remind when: tomorrow at fooday" in responder.said
    assert responder.calls[0][1]["flags"] == 64


async def test_autocomplete_shows_what_was_understood():
    """The value is what was typed, so that it is read again when the command comes."""
    assert (await choices("when", "friday 17:30"))[0] == (
        "Friday 27 November 2026, 17:30 (Europe/Berlin), in 4 days",
        "friday 17:30",
    )
    assert (await choices("snooze", "2h30m"))[0] == ("2 hours 30 minutes", "2h30m")
    assert (await choices("again", "every day at 9"))[0] == (
        "every day at 09:00 (Europe/Berlin); next: Tuesday 24 November 2026 09:00",
        "every day at 9",
    )
    assert (await choices("zone", "mun"))[0] == ("Munich (Europe/Berlin, UTC+01:00), 10:00", "Europe/Berlin")


async def test_autocomplete_finishes_a_word():
    """With what the whole phrase would mean."""
    found = await choices("when", "next fr")
    assert found == [("next friday: Friday 4 December 2026, 09:00 (Europe/Berlin), in 11 days", "next friday")]


async def test_autocomplete_says_what_is_wrong():
    """While there is time to change it."""
    assert await choices("when", "tomorrow at fooday") != []
    ((name, value),) = await choices("when", "tomorrow at fooday")
    assert name.startswith('I understand "tomorrow at", but not "fooday"')
    assert len(name) <= 100
    assert value == "tomorrow at fooday"


@pytest.mark.parametrize("name", ["when", "snooze", "again", "zone"])
async def test_autocomplete_begins_with_examples(name: str):
    """For somebody who has not typed yet, and who may speak German."""
    english, german = await choices(name, ""), await choices(name, "", locale="de")
    assert 3 <= len(english) <= 25
    if name != "zone":
        assert [value for _name, value in english] != [value for _name, value in german]


async def test_autocomplete_offers_nothing_that_discord_would_not_take_back():
    """A value has at most 100 characters."""
    assert await choices("when", "tomorrow at 9" + " " * 100) == []


async def test_a_form_reads_them_too():
    """The text field is read as the option is, and a mistake names its label."""
    modal = prepared(DueModal())
    custom_id = DueModal.modal().custom_id
    responder = await run(modal, submit(custom_id, due="friday 17:30"), kind=InteractionKind.MODAL)
    assert responder.said == "Friday 27 November 2026, 17:30 (Europe/Berlin)"
    responder = await run(modal, submit(custom_id, due="fooday"), kind=InteractionKind.MODAL)
    assert '**When is it due?**: I do not understand "fooday".' in responder.said


def test_a_type_that_nobody_reads_is_still_refused():
    """With the types that there are."""

    @dataclass(frozen=True, slots=True)
    class Odd:
        moment: Annotated[datetime, Option("When")]

    with pytest.raises(InputDeclarationError, match=r"bc\.When"):
        compile_options(Odd, "/odd")
    assert compile_options(NoInput, "/none").to_payload() == []
