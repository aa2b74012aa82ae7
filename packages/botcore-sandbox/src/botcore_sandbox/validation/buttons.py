"""Buttons and their emoji.

Source: developer documentation, "Component Reference", Button.
"""

from enum import IntEnum
from typing import Any

from botcore_sandbox.validation.emoji import is_unicode_emoji
from botcore_sandbox.validation.form import Form
from botcore_sandbox.validation.links import check_button_link

BUTTON = 2


class ButtonStyle(IntEnum):
    """Colours of a button, and the two kinds that make no interaction."""

    PRIMARY = 1
    SECONDARY = 2
    SUCCESS = 3
    DANGER = 4
    LINK = 5
    PREMIUM = 6


def read_button(form: Form) -> dict[str, Any]:
    """A validated button; exactly one of `custom_id`, `url` and `sku_id`, as its style says."""
    style = form.choice("style", [int(style) for style in ButtonStyle], needed=True)
    button: dict[str, Any] = {"type": BUTTON, "style": style}
    label = form.text("label", high=80)
    if label:
        button["label"] = label
    emoji = read_emoji(form)
    if emoji is not None:
        button["emoji"] = emoji
    disabled = form.flag("disabled")
    if disabled is not None:
        button["disabled"] = disabled
    if style == ButtonStyle.LINK:
        _read_link(form, button)
    elif style == ButtonStyle.PREMIUM:
        sku_id = form.snowflake("sku_id", needed=True)
        button["sku_id"] = str(sku_id)
    elif style is not None:
        _read_custom(form, button)
    if style not in {None, ButtonStyle.PREMIUM} and "label" not in button and emoji is None and not form.raw("label"):
        form.problems.at("label").add("SANDBOX_LABEL_REQUIRED", "A button needs a label or an emoji.")
    return button


def read_emoji(form: Form) -> dict[str, Any] | None:
    """The `emoji` of a button or of a select's option."""
    emoji = form.form("emoji")
    if emoji is None:
        return None
    name = emoji.text("name", high=32)
    emoji_id = emoji.snowflake("id")
    if emoji_id is None and not is_unicode_emoji(name or ""):
        emoji.problems.at("name").add("BUTTON_COMPONENT_INVALID_EMOJI", "Invalid emoji")
        return None
    animated = emoji.flag("animated")
    payload: dict[str, Any] = {"name": name or ""}
    if emoji_id is not None:
        payload["id"] = str(emoji_id)
    return payload | {"animated": True} if animated else payload


def _read_link(form: Form, button: dict[str, Any]) -> None:
    _check_exclusive(form)
    url = form.text("url", high=512)
    if not url:
        if form.raw("url") in (None, ""):
            form.problems.at("url").add("BUTTON_COMPONENT_URL_REQUIRED", "A url is required")
    elif check_button_link(form.problems.at("url"), url):
        button["url"] = url


def _check_exclusive(form: Form) -> None:
    if form.raw("custom_id") is None or form.raw("url") is None:
        return
    for key in ("custom_id", "url"):
        form.problems.at(key).add(
            "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A custom id and url cannot both be specified"
        )


def _read_custom(form: Form, button: dict[str, Any]) -> None:
    _check_exclusive(form)
    if form.raw("custom_id") in (None, ""):
        form.problems.at("custom_id").add("BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", "A custom id is required")
        return
    button["custom_id"] = form.text("custom_id", low=1, high=100)
