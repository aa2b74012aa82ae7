"""Which callback types an interaction takes, and the suggestions of an autocomplete.

Source: developer documentation, "Interaction Callback Type"; the sentence is Discord's own for a wrong type.
"""

from typing import Any

from botcore_sandbox.state.interactions import CallbackType, Interaction, InteractionType
from botcore_sandbox.validation.form import Form
from botcore_sandbox.validation.options import MAX_CHOICES, OptionType, read_choice
from botcore_sandbox.validation.problems import Problems, not_among

_NEW_MESSAGE = (CallbackType.CHANNEL_MESSAGE_WITH_SOURCE, CallbackType.DEFERRED_CHANNEL_MESSAGE_WITH_SOURCE)
_UPDATE = (CallbackType.DEFERRED_UPDATE_MESSAGE, CallbackType.UPDATE_MESSAGE)

_RARE = (10, 12)
"""Asking for a subscription and launching an activity: Discord lists them almost everywhere."""

_WITHOUT_RARE = {InteractionType.PING, InteractionType.APPLICATION_COMMAND_AUTOCOMPLETE}

_ALLOWED: dict[InteractionType, tuple[CallbackType, ...]] = {
    InteractionType.PING: (CallbackType.PONG,),
    InteractionType.APPLICATION_COMMAND: (*_NEW_MESSAGE, CallbackType.MODAL),
    InteractionType.MESSAGE_COMPONENT: (*_NEW_MESSAGE, *_UPDATE, CallbackType.MODAL),
    InteractionType.APPLICATION_COMMAND_AUTOCOMPLETE: (CallbackType.APPLICATION_COMMAND_AUTOCOMPLETE_RESULT,),
    InteractionType.MODAL_SUBMIT: (*_NEW_MESSAGE, *_UPDATE),
}


def read_callback_type(body: dict[str, Any], interaction: Interaction) -> CallbackType:
    """The validated type of a callback.

    Raises:
        ApiError: 50035 at `type`, naming the types that this interaction takes.
    """
    problems = Problems()
    number = Form(body, problems).integer("type", needed=True) or 0
    allowed = _ALLOWED[interaction.type]
    problems.raise_if_found()
    if number not in allowed:
        rare = () if interaction.type in _WITHOUT_RARE else _RARE
        if number in rare:
            problems.at("type").add("SANDBOX_NOT_SUPPORTED", f"The sandbox does not know callback type {number} yet.")
        else:
            listed = ", ".join(map(str, sorted({*map(int, allowed), *rare})))
            not_among(problems.at("type"), f"{{{listed}}}")
    problems.raise_if_found()
    return CallbackType(number)


def read_suggestions(data: dict[str, Any], interaction: Interaction) -> list[dict[str, Any]]:
    """The validated choices of an autocomplete.

    Raises:
        ApiError: 50035 below `data`.
    """
    problems = Problems("data")
    kind = focused_type(interaction.data)
    forms = Form(data, problems).forms("choices", high=MAX_CHOICES, needed=True)
    choices = [read_choice(form, kind) for form in forms or ()]
    problems.raise_if_found()
    return choices


def focused_type(data: dict[str, Any]) -> OptionType:
    """The type of the option that a person is typing in; string when an interaction names none."""
    for option in data.get("options", ()):
        if option.get("focused"):
            return OptionType(option["type"])
        if "options" in option:
            return focused_type(option)
    return OptionType.STRING
