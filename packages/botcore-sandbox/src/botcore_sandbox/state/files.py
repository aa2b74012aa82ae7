"""Uploaded files, kept in memory up to a fixed size so that a long session does not grow for ever."""

from dataclasses import dataclass, field

from botcore_sandbox.state.messages import Attachment


@dataclass(slots=True)
class Files:
    """Attachments by id; the oldest are forgotten beyond `keep_bytes`."""

    keep_bytes: int = 64 * 1024 * 1024
    _kept: dict[int, Attachment] = field(default_factory=dict)
    _bytes: int = 0

    def add(self, attachment: Attachment) -> None:
        """Keep one."""
        self._kept[attachment.id] = attachment
        self._bytes += len(attachment.content)
        while self._bytes > self.keep_bytes and len(self._kept) > 1:
            self.remove(next(iter(self._kept)))

    def remove(self, attachment_id: int) -> None:
        """Forget one, if it is there."""
        attachment = self._kept.pop(attachment_id, None)
        if attachment is not None:
            self._bytes -= len(attachment.content)

    def get(self, attachment_id: int) -> Attachment | None:
        """One by id."""
        return self._kept.get(attachment_id)
