"""The components of a message: rows of buttons and selects, and the layout blocks of components v2.

Source: developer documentation, "Component Reference" and "Using Message Components".
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from botcore_sandbox.validation.buttons import BUTTON, read_button
from botcore_sandbox.validation.form import Form
from botcore_sandbox.validation.links import check_media
from botcore_sandbox.validation.problems import bad_length
from botcore_sandbox.validation.selects import SELECT_TYPES, read_select

ACTION_ROW = 1
TEXT_INPUT = 4
SECTION = 9
TEXT_DISPLAY = 10
THUMBNAIL = 11
MEDIA_GALLERY = 12
FILE = 13
SEPARATOR = 14
CONTAINER = 17

MAX_ROWS = 5
MAX_ROW_WIDTH = 5
MAX_V2_COMPONENTS = 40
MAX_V2_TEXT = 4_000

_TOP_V2 = (ACTION_ROW, SECTION, TEXT_DISPLAY, MEDIA_GALLERY, FILE, SEPARATOR, CONTAINER)
_IN_CONTAINER = tuple(kind for kind in _TOP_V2 if kind != CONTAINER)
_MAX_GALLERY = 10
_MAX_SECTION_TEXTS = 3
_MAX_DESCRIPTION = 1_024
_MAX_COLOR = 0xFFFFFF
_MAX_COMPONENT_ID = 2**31 - 1


def read_components(form: Form, *, v2: bool) -> list[dict[str, Any]] | None:
    """The validated `components` of a message, None if it mentions none."""
    forms = form.forms("components", high=MAX_V2_COMPONENTS if v2 else MAX_ROWS)
    if forms is None:
        return [] if form.mentions("components") else None
    allowed = _TOP_V2 if v2 else (ACTION_ROW,)
    components = [_read_block(block, allowed) for block in forms]
    _check_whole(form, components, v2=v2)
    if not form.problems.found:
        number_components(components)
    return components


def walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every component of a list, blocks before what they hold."""
    for component in components:
        yield component
        yield from walk(component.get("components", []))
        for key in ("accessory", "component"):
            if key in component:
                yield from walk([component[key]])


def _read_block(form: Form, allowed: tuple[int, ...]) -> dict[str, Any]:
    kind = form.choice("type", allowed, needed=True)
    if kind is None:
        return {}
    return _with_id(form, _READERS[kind](form))


def _with_id(form: Form, component: dict[str, Any]) -> dict[str, Any]:
    number = form.integer("id", low=0, high=_MAX_COMPONENT_ID)
    return component | {"id": number} if number else component


def _read_row(form: Form) -> dict[str, Any]:
    forms = form.forms("components", low=1, high=MAX_ROW_WIDTH, needed=True)
    row: dict[str, Any] = {"type": ACTION_ROW, "components": []}
    if forms is None:
        return row
    for item in forms:
        kind = item.choice("type", (BUTTON, *sorted(SELECT_TYPES)), needed=True)
        if kind == BUTTON:
            row["components"].append(_with_id(item, read_button(item)))
        elif kind is not None:
            row["components"].append(_with_id(item, read_select(item)))
    kinds = [component["type"] for component in row["components"]]
    if len(kinds) > 1 and any(kind in SELECT_TYPES for kind in kinds):
        form.problems.at("components").add(
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width"
        )
    return row


def read_text_display(form: Form) -> dict[str, Any]:
    """A block of text."""
    content = form.text("content", low=1, high=MAX_V2_TEXT, needed=True)
    return {"type": TEXT_DISPLAY, "content": content or ""}


def _read_section(form: Form) -> dict[str, Any]:
    texts = form.forms("components", low=1, high=_MAX_SECTION_TEXTS, needed=True) or []
    section: dict[str, Any] = {
        "type": SECTION,
        "components": [_read_block(text, (TEXT_DISPLAY,)) for text in texts],
    }
    accessory = form.form("accessory", needed=True)
    if accessory is not None:
        section["accessory"] = _read_block(accessory, (BUTTON, THUMBNAIL))
    return section


def _read_thumbnail(form: Form) -> dict[str, Any]:
    return {"type": THUMBNAIL, "media": _read_media(form, "media")} | _description(form) | _spoiler(form)


def _read_gallery(form: Form) -> dict[str, Any]:
    items = form.forms("items", low=1, high=_MAX_GALLERY, needed=True) or []
    return {
        "type": MEDIA_GALLERY,
        "items": [{"media": _read_media(item, "media")} | _description(item) | _spoiler(item) for item in items],
    }


def _read_file(form: Form) -> dict[str, Any]:
    return {"type": FILE, "file": _read_media(form, "file")} | _spoiler(form)


def _read_separator(form: Form) -> dict[str, Any]:
    divider = form.flag("divider")
    spacing = form.choice("spacing", (1, 2))
    return {"type": SEPARATOR, "divider": divider is not False, "spacing": spacing or 1}


def _read_container(form: Form) -> dict[str, Any]:
    blocks = form.forms("components", low=1, high=MAX_V2_COMPONENTS, needed=True) or []
    color = form.integer("accent_color", low=0, high=_MAX_COLOR)
    return {
        "type": CONTAINER,
        "accent_color": color,
        "components": [_read_block(block, _IN_CONTAINER) for block in blocks],
    } | _spoiler(form)


def _read_media(form: Form, key: str) -> dict[str, Any]:
    media = form.form(key, needed=True)
    url = media.text("url", high=2_048, needed=True) if media is not None else None
    if media is not None and url is not None:
        check_media(media.problems.at("url"), url)
    return {"url": url}


def _description(form: Form) -> dict[str, Any]:
    text = form.text("description", high=_MAX_DESCRIPTION)
    return {"description": text} if text else {}


def _spoiler(form: Form) -> dict[str, Any]:
    spoiler = form.flag("spoiler")
    return {} if spoiler is None else {"spoiler": spoiler}


_READERS: dict[int, Callable[[Form], dict[str, Any]]] = {
    ACTION_ROW: _read_row,
    BUTTON: read_button,
    SECTION: _read_section,
    TEXT_DISPLAY: read_text_display,
    THUMBNAIL: _read_thumbnail,
    MEDIA_GALLERY: _read_gallery,
    FILE: _read_file,
    SEPARATOR: _read_separator,
    CONTAINER: _read_container,
}


def _check_whole(form: Form, components: list[dict[str, Any]], *, v2: bool) -> None:
    problems = form.problems.at("components")
    check_unique_ids(form, components)
    if not v2:
        return
    every = list(walk(components))
    if len(every) > MAX_V2_COMPONENTS:
        bad_length(problems, 1, MAX_V2_COMPONENTS)
    if sum(len(component.get("content", "")) for component in every) > MAX_V2_TEXT:
        problems.add(
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            f"Components displayable text size exceeds maximum size of {MAX_V2_TEXT}",
        )


def check_unique_ids(form: Form, components: list[dict[str, Any]]) -> None:
    """Custom ids are unique in a message or modal, disabled components included."""
    for place, custom_id, count in _placed_ids(components):
        if count > 1:
            form.problems.at("components", *place, "custom_id").add(
                "COMPONENT_CUSTOM_ID_DUPLICATED", f"Component custom id cannot be duplicated ({custom_id})"
            )


def _placed_ids(components: list[dict[str, Any]]) -> Iterator[tuple[tuple[str | int, ...], str, int]]:
    """Each custom id with its path and how often it occurred up to there."""
    seen: Counter[str] = Counter()

    def visit(
        items: list[dict[str, Any]], path: tuple[str | int, ...]
    ) -> Iterator[tuple[tuple[str | int, ...], str, int]]:
        for index, item in enumerate(items):
            yield from visit_one(item, (*path, index))

    def visit_one(
        item: dict[str, Any], place: tuple[str | int, ...]
    ) -> Iterator[tuple[tuple[str | int, ...], str, int]]:
        custom_id = item.get("custom_id")
        if custom_id is not None:
            seen[custom_id] += 1
            yield place, custom_id, seen[custom_id]
        yield from visit(item.get("components", []), (*place, "components"))
        for key in ("accessory", "component"):
            if key in item:
                yield from visit_one(item[key], (*place, key))

    yield from visit(components, ())


def number_components(components: list[dict[str, Any]]) -> None:
    """Give every component the `id` that it lacks, counting up from one, as Discord does."""
    every = list(walk(components))
    taken = {component["id"] for component in every if "id" in component}
    free = (number for number in range(1, len(every) + len(taken) + 1) if number not in taken)
    for component in every:
        if "id" not in component:
            component["id"] = next(free)
