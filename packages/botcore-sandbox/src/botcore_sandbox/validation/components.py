"""The components of a message: rows of buttons and selects, and the layout blocks of components v2.

Source: developer documentation, "Component Reference" and "Using Message Components".
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from botcore_sandbox.validation.buttons import BUTTON, read_button
from botcore_sandbox.validation.form import Form
from botcore_sandbox.validation.links import ATTACHMENT_SCHEME, check_media
from botcore_sandbox.validation.problems import Problems
from botcore_sandbox.validation.selects import SELECT_TYPES, SelectType, read_select

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

type Place = tuple[str | int, ...]

_IN_ROW = (BUTTON, *sorted(SELECT_TYPES))
_TOP_V2 = (ACTION_ROW, SECTION, TEXT_DISPLAY, MEDIA_GALLERY, FILE, SEPARATOR, CONTAINER)
_IN_CONTAINER = tuple(kind for kind in _TOP_V2 if kind != CONTAINER)
_MAX_GALLERY = 10
_MAX_SECTION_TEXTS = 3
_MAX_DESCRIPTION = 1_024
_MAX_COLOR = 0xFFFFFF
_MAX_COMPONENT_ID = 2**31 - 1


def read_components(form: Form, *, v2: bool, files: frozenset[str] = frozenset()) -> list[dict[str, Any]] | None:
    """The validated `components` of a message, None if it mentions none; `files` are those it may show."""
    forms = form.forms("components", high=MAX_V2_COMPONENTS if v2 else MAX_ROWS)
    if forms is None:
        return [] if form.mentions("components") else None
    allowed = _TOP_V2 if v2 else (ACTION_ROW,)
    components = [_read_block(block, allowed) for block in forms]
    check_unique_ids(form, components)
    if v2:
        _check_layout(form, components, files)
    if not form.problems.found:
        number_components(components)
    return components


def walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every component of a list, blocks before what they hold."""
    return (component for _, component in walk_places(components))


def walk_places(components: list[dict[str, Any]], path: Place = ()) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Every component with its place, which is a path such as `(0, "components", 2)`."""
    for index, component in enumerate(components):
        yield from _walk_one((*path, index), component)


def _walk_one(place: Place, component: dict[str, Any]) -> Iterator[tuple[Place, dict[str, Any]]]:
    yield place, component
    yield from walk_places(component.get("components", []), (*place, "components"))
    for key in ("accessory", "component"):
        if key in component:
            yield from _walk_one((*place, key), component[key])


def _read_block(form: Form, allowed: tuple[int, ...]) -> dict[str, Any]:
    kind = form.kind(allowed)
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
    width = 0
    for item in forms:
        kind = item.kind(_IN_ROW)
        if kind == BUTTON:
            row["components"].append(_with_id(item, read_button(item)))
        elif kind is not None:
            row["components"].append(_with_id(item, read_select(item, SelectType(kind))))
        width += MAX_ROW_WIDTH if kind in SELECT_TYPES else 1
        if width > MAX_ROW_WIDTH:
            too_wide(item.problems)
    return row


def too_wide(problems: Problems) -> None:
    """A component has no room left in its row."""
    problems.add("COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width")


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
    return {"description": text or None}


def _spoiler(form: Form) -> dict[str, Any]:
    return {"spoiler": bool(form.flag("spoiler"))}


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


def _check_layout(form: Form, components: list[dict[str, Any]], files: frozenset[str]) -> None:
    """What holds for all components of a layout together."""
    problems = form.problems.at("components")
    every = list(walk(components))
    if len(every) > MAX_V2_COMPONENTS:
        problems.add(
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", f"Total number of components cannot exceed {MAX_V2_COMPONENTS}"
        )
    if sum(len(component.get("content", "")) for component in every) > MAX_V2_TEXT:
        problems.add(
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            f"Components displayable text size exceeds maximum size of {MAX_V2_TEXT}",
        )
    _check_files(problems, components, files)


def _check_files(problems: Problems, components: list[dict[str, Any]], files: frozenset[str]) -> None:
    """Whatever a layout shows by `attachment://` has to be there, or the whole message is refused."""
    for place, component in walk_places(components):
        shown: list[tuple[Place, dict[str, Any]]]
        shown = [((key,), component[key]) for key in ("media", "file") if key in component]
        shown += [(("items", index, "media"), item["media"]) for index, item in enumerate(component.get("items", ()))]
        for path, media in shown:
            url = media["url"] or ""
            if url.startswith(ATTACHMENT_SCHEME) and url.removeprefix(ATTACHMENT_SCHEME) not in files:
                problems.at(*place, *path, "url").add(
                    "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
                    f'The referenced attachment ("{url}") was not found.',
                )


def check_unique_ids(form: Form, components: list[dict[str, Any]]) -> None:
    """Custom ids are unique in a message or modal, disabled components included."""
    for place, count in _placed_ids(components):
        if count > 1:
            form.problems.at("components", *place, "custom_id").add(
                "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"
            )


def _placed_ids(components: list[dict[str, Any]]) -> Iterator[tuple[Place, int]]:
    """The place of each custom id, and how often it occurred up to there."""
    seen: Counter[str] = Counter()
    for place, component in walk_places(components):
        custom_id = component.get("custom_id")
        if custom_id is not None:
            seen[custom_id] += 1
            yield place, seen[custom_id]


def number_components(components: list[dict[str, Any]]) -> None:
    """Give every component the `id` that it lacks, counting up from one, as Discord does."""
    every = list(walk(components))
    taken = {component["id"] for component in every if "id" in component}
    free = (number for number in range(1, len(every) + len(taken) + 1) if number not in taken)
    for component in every:
        if "id" not in component:
            component["id"] = next(free)
