"""Files: as attachments of a message, and where embeds and components show them by `attachment://`."""

from typing import Any
from urllib.parse import quote

from botcore_sandbox.state.messages import Attachment, Message
from botcore_sandbox.state.world import World

_SCHEME = "attachment://"


def attachment_url(world: World, channel_id: int, attachment: Attachment) -> str:
    """Where a file is served."""
    return f"{world.cdn_url}/attachments/{channel_id}/{attachment.id}/{quote(attachment.filename)}"


def attachment_payload(world: World, channel_id: int, attachment: Attachment) -> dict[str, Any]:
    """A file (`MessageAttachmentResponse`)."""
    url = attachment_url(world, channel_id, attachment)
    payload: dict[str, Any] = {
        "id": str(attachment.id),
        "filename": attachment.filename,
        "size": len(attachment.content),
        "url": url,
        "proxy_url": url,
        "content_type": attachment.content_type,
    }
    if attachment.description is not None:
        payload["description"] = attachment.description
    if attachment.ephemeral:
        payload["ephemeral"] = True
    return payload


class Shelf:
    """The files of one message, from which embeds and components take what they name.

    What was taken is part of the embed or component and no longer listed among the message's attachments.
    """

    def __init__(self, world: World, message: Message) -> None:
        self._world = world
        self._message = message
        self._taken: set[int] = set()

    def find(self, url: str) -> Attachment | None:
        """The file that an `attachment://` reference names."""
        if not url.startswith(_SCHEME):
            return None
        name = url.removeprefix(_SCHEME)
        found = next((a for a in self._message.attachments if a.filename == name), None)
        if found is not None:
            self._taken.add(found.id)
        return found

    def link(self, url: str) -> str:
        """A URL that can be opened: the file's own for a reference, any other as it is."""
        found = self.find(url)
        return url if found is None else attachment_url(self._world, self._message.channel_id, found)

    def left(self) -> list[dict[str, Any]]:
        """The attachments that nothing has taken."""
        return [
            attachment_payload(self._world, self._message.channel_id, attachment)
            for attachment in self._message.attachments
            if attachment.id not in self._taken
        ]
