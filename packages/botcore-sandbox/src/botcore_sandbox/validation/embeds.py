"""Embeds.

Source of the limits: developer documentation, "Embed Limits". Text is trimmed before it is counted.
"""

from typing import Any

from botcore_sandbox.validation.form import Form
from botcore_sandbox.validation.links import check_link, check_media
from botcore_sandbox.validation.problems import required

MAX_EMBEDS = 10
MAX_EMBED_TEXT = 6_000
"""Characters of all embeds of a message together."""

_MAX_FIELDS = 25
_MAX_COLOR = 0xFFFFFF
_MAX_URL = 2_048


def read_embeds(form: Form) -> list[dict[str, Any]] | None:
    """The validated `embeds` of a message, None if it mentions none."""
    forms = form.forms("embeds", high=MAX_EMBEDS)
    if forms is None:
        return [] if form.mentions("embeds") else None
    embeds = [_read_embed(embed) for embed in forms]
    if sum(map(_text_length, embeds)) > MAX_EMBED_TEXT:
        form.problems.at("embeds").add(
            "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {MAX_EMBED_TEXT}"
        )
    return embeds


def _read_embed(form: Form) -> dict[str, Any]:
    embed: dict[str, Any] = {"type": "rich"}
    _keep(embed, "title", form.text("title", high=256, strip=True))
    _keep(embed, "description", form.text("description", high=4_096, strip=True))
    _keep(embed, "url", _link(form, "url"))
    color = form.integer("color", low=0, high=_MAX_COLOR)
    if color is not None:
        embed["color"] = color
    moment = form.moment("timestamp")
    if moment is not None:
        embed["timestamp"] = moment.isoformat()
    for key in ("image", "thumbnail"):
        media = form.form(key)
        url = _media(media, "url") if media is not None else None
        if url:
            embed[key] = {"url": url}
    _keep(embed, "footer", _with_icon(form.form("footer"), "text", 2_048))
    _keep(embed, "author", _with_icon(form.form("author"), "name", 256, link="url"))
    fields = form.forms("fields", high=_MAX_FIELDS)
    if fields:
        embed["fields"] = [_read_field(field) for field in fields]
    if embed.keys() <= {"type", "color", "timestamp", "url"} and not _has_problem(form):
        required(form.problems.at("description"))
    return embed


def _has_problem(form: Form) -> bool:
    """Whether the embed is only empty because its texts were refused already."""
    given = ("title", "description", "fields", "author", "footer", "image", "thumbnail")
    return any(form.raw(key) for key in given) and form.problems.found


def _read_field(form: Form) -> dict[str, Any]:
    return {
        "name": form.text("name", high=256, needed=True, strip=True) or "",
        "value": form.text("value", high=1_024, needed=True, strip=True) or "",
        "inline": bool(form.flag("inline")),
    }


def _with_icon(form: Form | None, key: str, high: int, *, link: str | None = None) -> dict[str, Any] | None:
    if form is None:
        return None
    part: dict[str, Any] = {}
    _keep(part, key, form.text(key, high=high, needed=True, strip=True))
    _keep(part, "icon_url", _media(form, "icon_url"))
    if link is not None:
        _keep(part, link, _link(form, link))
    return part if key in part else None


def _link(form: Form, key: str) -> str | None:
    url = form.text(key, high=_MAX_URL)
    return url if url and check_link(form.problems.at(key), url) else None


def _media(form: Form, key: str) -> str | None:
    url = form.text(key, high=_MAX_URL)
    return url if url and check_media(form.problems.at(key), url) else None


def _keep(target: dict[str, Any], key: str, value: Any) -> None:
    if value:
        target[key] = value


def _text_length(embed: dict[str, Any]) -> int:
    fields = embed.get("fields", ())
    return (
        len(embed.get("title", ""))
        + len(embed.get("description", ""))
        + len(embed.get("footer", {}).get("text", ""))
        + len(embed.get("author", {}).get("name", ""))
        + sum(len(field["name"]) + len(field["value"]) for field in fields)
    )
