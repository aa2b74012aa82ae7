"""Embeds and components of a message, with their media turned into links."""

from typing import Any

from botcore_sandbox.payloads.attachments import Shelf
from botcore_sandbox.state.messages import Message

_FILE = 13
_PICTURES = ("image", "thumbnail")
_WITH_ICON = ("author", "footer")
_INNER_LISTS = ("components", "items")


def embed_payload(embed: dict[str, Any], shelf: Shelf) -> dict[str, Any]:
    """An embed (`MessageEmbedResponse`)."""
    linked = dict(embed)
    for key in _PICTURES:
        if key in embed:
            url = shelf.link(embed[key]["url"])
            linked[key] = {"url": url, "proxy_url": url, "width": 0, "height": 0}
    for key in _WITH_ICON:
        if "icon_url" in embed.get(key, {}):
            url = shelf.link(embed[key]["icon_url"])
            linked[key] = embed[key] | {"icon_url": url, "proxy_icon_url": url}
    return linked


def component_payload(component: dict[str, Any], message: Message, shelf: Shelf) -> dict[str, Any]:
    """A component with everything inside it; media get the fields of `UnfurledMediaResponse`."""
    linked = dict(component)
    for key in _INNER_LISTS:
        if key in component:
            linked[key] = [component_payload(inner, message, shelf) for inner in component[key]]
    if "accessory" in component:
        linked["accessory"] = component_payload(component["accessory"], message, shelf)
    for key in ("media", "file"):
        if key in component:
            linked[key] = _media(component[key]["url"], message, shelf)
    if component.get("type") == _FILE:
        file = shelf.find(component["file"]["url"])
        linked["name"] = file.filename if file is not None else None
        linked["size"] = len(file.content) if file is not None else None
    return linked


def _media(url: str, message: Message, shelf: Shelf) -> dict[str, Any]:
    file = shelf.find(url)
    link = shelf.link(url)
    media: dict[str, Any] = {
        "id": str(file.id if file is not None else message.id),
        "url": link,
        "proxy_url": link,
        "width": None,
        "height": None,
        "content_type": file.content_type if file is not None else None,
    }
    if file is not None:
        media["attachment_id"] = str(file.id)
    return media
