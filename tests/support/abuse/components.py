"""Components of messages: rows of buttons and selects, and layouts."""

from typing import Any

from abuse.case import NEEDED, Case, at_least, at_most, between, kind_of, no_less_than, no_more_than, one_of, scheme

URL = "https://example.org/x.png"
LAYOUT = 1 << 15
IN_ROW = kind_of(2, 3, 5, 6, 7, 8)
DUPLICATED = ("COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
TOO_WIDE = ("COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width")
EXCLUSIVE = ("BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A custom id and url cannot both be specified")
INVALID_EMOJI = ("BUTTON_COMPONENT_INVALID_EMOJI", "Invalid emoji")
TOO_MANY_DEFAULTS = (
    "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES",
    "The specified number of default values exceeds the specified maximum values",
)
FIRST = "components.0.components.0"


def row(*components: dict[str, Any]) -> dict[str, Any]:
    """An action row."""
    return {"type": 1, "components": list(components)}


def button(custom_id: str | None = "a", **fields: Any) -> dict[str, Any]:
    """A button."""
    return {"type": 2, "style": 1, "label": "x", "custom_id": custom_id} | fields


def select(*values: str, **fields: Any) -> dict[str, Any]:
    """A select of texts."""
    return {"type": 3, "custom_id": "s", "options": [{"label": value, "value": value} for value in values]} | fields


def text(content: str) -> dict[str, Any]:
    """A block of text."""
    return {"type": 10, "content": content}


def message(*rows: dict[str, Any]) -> dict[str, Any]:
    """A message with components."""
    return {"components": list(rows)}


def layout(*blocks: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A message that is a layout."""
    return {"flags": LAYOUT, "components": list(blocks)} | fields


def legacy(name: str) -> tuple[str, str]:
    """A field that has no place beside a layout."""
    return (
        "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
        f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
    )


ROWS = (
    Case("six rows", message(*[row(button(str(n))) for n in range(6)]), {"components": at_most(5)}),
    Case("an empty row", message(row()), {"components.0.components": between(1, 5)}, described=True),
    Case(
        "six buttons in a row",
        message(row(*[button(str(n)) for n in range(6)])),
        {"components.0.components": between(1, 5)},
        described=True,
    ),
    Case("a row without components", message({"type": 1}), {"components.0.components": NEEDED}, described=True),
    Case("a button outside a row", message(button()), {"components.0": kind_of(1)}, described=True),
    Case(
        "a text input in a message",
        message(row({"type": 4, "custom_id": "x", "style": 1, "label": "x"})),
        {FIRST: IN_ROW},
        described=True,
    ),
    Case("a row in a row", message(row(row(button()))), {FIRST: IN_ROW}, described=True),
    Case("a component without a type", message(row({"custom_id": "a"})), {f"{FIRST}.type": NEEDED}, described=True),
    Case(
        "a select beside a button",
        message(row(button(), select("a"))),
        {"components.0.components.1": TOO_WIDE},
    ),
    Case(
        "two selects in a row",
        message(row(select("a"), select("a", custom_id="t"))),
        {"components.0.components.1": TOO_WIDE},
    ),
    Case(
        "a custom id twice in a row",
        message(row(button("a"), button("a"))),
        {"components.0.components.1.custom_id": DUPLICATED},
    ),
    Case(
        "a custom id again on a disabled button",
        message(row(button("a")), row(button("a", disabled=True))),
        {"components.1.components.0.custom_id": DUPLICATED},
    ),
)

BUTTONS = (
    Case(
        "a button without a custom id",
        message(row(button(None))),
        {f"{FIRST}.custom_id": ("BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", "A custom id is required")},
    ),
    Case(
        "custom id over 100",
        message(row(button("x" * 101))),
        {f"{FIRST}.custom_id": between(1, 100)},
        described=True,
    ),
    Case("label over 80", message(row(button(label="x" * 81))), {f"{FIRST}.label": at_most(80)}, described=True),
    Case(
        "an unknown style",
        message(row(button(style=9))),
        {f"{FIRST}.style": one_of("(1, 2, 3, 4, 5, 6)")},
        described=True,
    ),
    Case(
        "a link without a URL",
        message(row(button(None, style=5))),
        {f"{FIRST}.url": ("BUTTON_COMPONENT_URL_REQUIRED", "A url is required")},
    ),
    Case(
        "a link over 512",
        message(row(button(None, style=5, url="https://example.org/" + "x" * 500))),
        {f"{FIRST}.url": at_most(512)},
        described=True,
    ),
    Case(
        "a link of another scheme",
        message(row(button(None, style=5, url="ftp://example.org"))),
        {f"{FIRST}.url": scheme("ftp", "http", "https", "discord")},
    ),
    Case(
        "a link with a custom id",
        message(row(button(style=5, url=URL))),
        {f"{FIRST}.custom_id": EXCLUSIVE, f"{FIRST}.url": EXCLUSIVE},
    ),
    Case(
        "a button with a URL",
        message(row(button(url=URL))),
        {f"{FIRST}.custom_id": EXCLUSIVE, f"{FIRST}.url": EXCLUSIVE},
    ),
    Case(
        "neither label nor emoji",
        message(row(button(label=None))),
        {f"{FIRST}.label": ("SANDBOX_LABEL_REQUIRED", "A button needs a label or an emoji.")},
    ),
    Case(
        "an emoji by its name",
        message(row(button(emoji={"name": "pizza"}))),
        {f"{FIRST}.emoji.name": INVALID_EMOJI},
    ),
    Case("an empty emoji", message(row(button(emoji={}))), {f"{FIRST}.emoji.name": INVALID_EMOJI}, described=True),
)

SELECTS = (
    Case("no options", message(row(select())), {f"{FIRST}.options": between(1, 25)}, described=True),
    Case(
        "26 options",
        message(row(select(*map(str, range(26))))),
        {f"{FIRST}.options": between(1, 25)},
        described=True,
    ),
    Case(
        "options left out",
        message(row({"type": 3, "custom_id": "s"})),
        {f"{FIRST}.options": NEEDED},
        described=True,
    ),
    Case(
        "a value twice",
        message(row(select("a", "a"))),
        {
            f"{FIRST}.options.1.value": (
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            )
        },
    ),
    Case(
        "an option label over 100",
        message(row(select("x" * 101))),
        {f"{FIRST}.options.0.label": between(1, 100), f"{FIRST}.options.0.value": between(1, 100)},
        described=True,
    ),
    Case(
        "an option description over 100",
        message(row(select(options=[{"label": "l", "value": "v", "description": "x" * 101}]))),
        {f"{FIRST}.options.0.description": at_most(100)},
        described=True,
    ),
    Case(
        "an option's emoji by its name",
        message(row(select(options=[{"label": "l", "value": "v", "emoji": {"name": ":x:"}}]))),
        {f"{FIRST}.options.0.emoji.name": INVALID_EMOJI},
    ),
    Case("more to choose than options", message(row(select("a", max_values=2))), {f"{FIRST}.options": at_least(2)}),
    Case(
        "a maximum of none",
        message(row(select("a", max_values=0))),
        {f"{FIRST}.max_values": no_less_than(1)},
        described=True,
    ),
    Case(
        "a maximum of 26",
        message(row(select("a", max_values=26))),
        {f"{FIRST}.max_values": no_more_than(25)},
        described=True,
    ),
    Case(
        "two defaults where one is chosen",
        message(row(select(options=[{"label": v, "value": v, "default": True} for v in "ab"]))),
        {f"{FIRST}.options": TOO_MANY_DEFAULTS},
    ),
    Case(
        "placeholder over 150",
        message(row(select("a", placeholder="x" * 151))),
        {f"{FIRST}.placeholder": at_most(150)},
        described=True,
    ),
    Case(
        "an unknown type of channel",
        message(row({"type": 8, "custom_id": "c", "channel_types": [9]})),
        {f"{FIRST}.channel_types.0": one_of("(0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16)")},
        described=True,
    ),
    Case(
        "a role as the default user",
        message(row({"type": 5, "custom_id": "u", "default_values": [{"id": "1", "type": "role"}]})),
        {f"{FIRST}.default_values.0.type": one_of("{'user'}")},
        described=True,
    ),
)

LAYOUTS = (
    Case(
        "text beside a layout",
        layout(text("x"), content="x"),
        {"content": legacy("content")},
    ),
    Case(
        "an embed beside a layout",
        layout(text("x"), embeds=[{"title": "x"}]),
        {"embeds": legacy("embeds")},
    ),
    Case(
        "a poll beside a layout",
        layout(text("x"), poll={"question": {"text": "?"}, "answers": [{"poll_media": {"text": "a"}}]}),
        {"poll": legacy("poll")},
    ),
    Case("a layout without its flag", message(text("x")), {"components.0": kind_of(1)}),
    Case(
        "a box in a box",
        layout({"type": 17, "components": [{"type": 17, "components": [text("x")]}]}),
        {FIRST: kind_of(1, 9, 10, 12, 13, 14)},
        described=True,
    ),
    Case(
        "a button without a row",
        layout(button()),
        {"components.0": kind_of(1, 9, 10, 12, 13, 14, 17)},
        described=True,
    ),
    Case(
        "text over 4000 in a layout",
        layout(text("x" * 4001)),
        {"components.0.content": between(1, 4000)},
        described=True,
    ),
    Case(
        "4002 characters in two blocks",
        layout(text("x" * 2001), text("y" * 2001)),
        {
            "components": (
                "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
                "Components displayable text size exceeds maximum size of 4000",
            )
        },
    ),
    Case(
        "41 components, some inside others",
        layout(*[{"type": 17, "components": [text(str(n)) for n in range(10)]} for _ in range(4)]),
        {"components": ("COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", "Total number of components cannot exceed 40")},
    ),
    Case(
        "a picture that was not sent",
        layout({"type": 12, "items": [{"media": {"url": "attachment://a.png"}}]}),
        {
            "components.0.items.0.media.url": (
                "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
                'The referenced attachment ("attachment://a.png") was not found.',
            )
        },
    ),
    Case(
        "a section without its accessory",
        layout({"type": 9, "components": [text("x")]}),
        {"components.0.accessory": NEEDED},
        described=True,
    ),
    Case(
        "eleven pictures",
        layout({"type": 12, "items": [{"media": {"url": URL}}] * 11}),
        {"components.0.items": between(1, 10)},
        described=True,
    ),
)

CASES = (*ROWS, *BUTTONS, *SELECTS, *LAYOUTS)
