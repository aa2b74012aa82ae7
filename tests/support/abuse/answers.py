"""Answers to interactions: messages, suggestions and modals."""

from typing import Any

from abuse.case import NEEDED, NO_OBJECT, Case, at_most, between, kind_of, no_more_than, one_of, plain
from abuse.components import TOO_MANY_DEFAULTS, TOO_WIDE

FIRST = "data.components.0.components.0"


def suggestions(*choices: Any) -> dict[str, Any]:
    """An answer with suggestions."""
    return {"type": 8, "data": {"choices": list(choices)}}


def field(**fields: Any) -> dict[str, Any]:
    """A row with a text input."""
    given = {"type": 4, "custom_id": "f", "style": 1, "label": "l"} | fields
    return {"type": 1, "components": [given]}


def labelled(component: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A component under its label."""
    return {"type": 18, "label": "l", "component": component} | fields


def modal(*components: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """An answer that opens a modal."""
    return {"type": 9, "data": {"custom_id": "m", "title": "t", "components": list(components)} | fields}


CASES = (
    Case("no type", {"data": {"content": "x"}}, {"type": NEEDED}, described=True),
    Case("an unknown type", {"type": 99}, {"type": one_of("{4, 5, 9, 10, 12}")}, described=True),
    Case("an update of no message", {"type": 7, "data": {}}, {"type": one_of("{4, 5, 9, 10, 12}")}),
    Case("suggestions for no option", suggestions(), {"type": one_of("{4, 5, 9, 10, 12}")}),
    Case("a message without data", {"type": 4}, {"data": NEEDED}),
    Case("data that is a text", {"type": 4, "data": "x"}, {"data": NO_OBJECT}, described=True),
    plain("an empty message", {"type": 4, "data": {}}, 50006, "Cannot send an empty message"),
    Case(
        "text over 2000",
        {"type": 4, "data": {"content": "x" * 2001}},
        {"data.content": at_most(2000)},
        described=True,
    ),
    Case(
        "an embed title over 256",
        {"type": 4, "data": {"embeds": [{"title": "x" * 257}]}},
        {"data.embeds.0.title": at_most(256)},
        described=True,
    ),
)

SUGGESTIONS = (
    Case(
        "26 suggestions",
        suggestions(*[{"name": str(n), "value": str(n)} for n in range(26)]),
        {"data.choices": at_most(25)},
        described=True,
    ),
    Case(
        "a name over 100",
        suggestions({"name": "x" * 101, "value": "v"}),
        {"data.choices.0.name": between(1, 100)},
        described=True,
    ),
    Case(
        "a value over 100",
        suggestions({"name": "n", "value": "x" * 101}),
        {"data.choices.0.value": between(1, 100)},
    ),
    Case("no value", suggestions({"name": "n"}), {"data.choices.0.value": NEEDED}, described=True),
    Case("no choices", {"type": 8, "data": {}}, {"data.choices": NEEDED}),
    Case("a message instead", {"type": 4, "data": {"content": "x"}}, {"type": one_of("{8}")}),
)

MODALS = (
    Case("title over 45", modal(field(), title="x" * 46), {"data.title": between(1, 45)}, described=True),
    Case("no title", modal(field(), title=None), {"data.title": NEEDED}, described=True),
    Case(
        "custom id over 100",
        modal(field(), custom_id="x" * 101),
        {"data.custom_id": between(1, 100)},
        described=True,
    ),
    Case("nothing to fill in", modal(), {"data.components": between(1, 5)}, described=True),
    Case(
        "six fields",
        modal(*[field(custom_id=str(n)) for n in range(6)]),
        {"data.components": between(1, 5)},
    ),
    Case(
        "two fields in a row",
        modal({"type": 1, "components": [*field()["components"], *field(custom_id="g")["components"]]}),
        {"data.components.0.components.1": TOO_WIDE},
    ),
    Case(
        "a button",
        modal({"type": 1, "components": [{"type": 2, "style": 1, "custom_id": "b", "label": "x"}]}),
        {FIRST: kind_of(4)},
        described=True,
    ),
    Case("a label over 45", modal(field(label="x" * 46)), {f"{FIRST}.label": between(1, 45)}, described=True),
    Case("no label", modal(field(label=None)), {f"{FIRST}.label": NEEDED}),
    Case(
        "placeholder over 100",
        modal(field(placeholder="x" * 101)),
        {f"{FIRST}.placeholder": at_most(100)},
        described=True,
    ),
    Case("value over 4000", modal(field(value="x" * 4001)), {f"{FIRST}.value": at_most(4000)}, described=True),
    Case(
        "a value that is too long to be sent",
        modal(field(value="abcd", max_length=3)),
        {f"{FIRST}.value": at_most(3)},
    ),
    Case(
        "an unknown style",
        modal(field(style=3)),
        {f"{FIRST}.style": one_of("(1, 2)")},
        described=True,
    ),
    Case(
        "a custom id twice",
        modal(field(), field()),
        {
            "data.components.1.components.0.custom_id": (
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                "Component custom id cannot be duplicated",
            )
        },
    ),
    Case(
        "a description over 100",
        modal(labelled({"type": 4, "custom_id": "f", "style": 1}, description="x" * 101)),
        {"data.components.0.description": at_most(100)},
        described=True,
    ),
    Case(
        "a button under a label",
        modal(labelled({"type": 2, "style": 1, "custom_id": "b", "label": "x"})),
        {"data.components.0.component": kind_of(3, 4, 5, 6, 7, 8, 19, 21, 22, 23)},
        described=True,
    ),
    Case(
        "one thing to choose from",
        modal(labelled({"type": 21, "custom_id": "r", "options": [{"label": "l", "value": "v"}]})),
        {"data.components.0.component.options": between(2, 10)},
        described=True,
    ),
    Case(
        "eleven boxes to tick",
        modal(labelled({"type": 22, "custom_id": "c", "options": [{"label": n, "value": n} for n in "abcdefghijk"]})),
        {"data.components.0.component.options": between(1, 10)},
        described=True,
    ),
    Case(
        "eleven files",
        modal(labelled({"type": 19, "custom_id": "u", "max_values": 11})),
        {"data.components.0.component.max_values": no_more_than(10)},
        described=True,
    ),
    Case(
        "two choices made beforehand where one is made",
        modal(
            labelled(
                {"type": 21, "custom_id": "r", "options": [{"label": v, "value": v, "default": True} for v in "ab"]}
            )
        ),
        {"data.components.0.component.options": TOO_MANY_DEFAULTS},
    ),
    Case(
        "a select that must be filled in with nothing",
        modal(labelled({"type": 5, "custom_id": "u", "min_values": 0})),
        {
            "data.components.0.component.min_values": (
                "COMPONENT_REQUIRED_ZERO_MIN_VALUES",
                "Components marked as required cannot have a min_values of 0",
            )
        },
    ),
)
