"""A whole message as a value, ready for Discord's REST API and safe in what it may ping."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from botcore.ui import limits
from botcore.ui.components import ActionRow, AsComponent, rows
from botcore.ui.embed import EmbedBuilder, EmbedPayload, copied, fit_together
from botcore.ui.limits import LayoutError, require_count, require_length, require_unique
from botcore.ui.shortening import shorten

type MessagePayload = dict[str, Any]
"""A message as Discord's REST API takes it; files travel beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowedMentions:
    """Who may be pinged; nobody unless named here, whatever the text says.

    Attributes:
        users: Ids of members who may be pinged, at most 100.
        roles: Ids of roles that may be pinged, at most 100.

    Raises:
        LayoutError: more than 100 of one kind.
    """

    users: Sequence[int] = ()
    roles: Sequence[int] = ()

    def __post_init__(self) -> None:
        for name in ("users", "roles"):
            ids = tuple(dict.fromkeys(getattr(self, name)))
            require_count(f"Allowed mentions of {name}", len(ids), limits.MESSAGE_MENTIONS)
            object.__setattr__(self, name, ids)

    @staticmethod
    def none() -> "AllowedMentions":
        """Ping nobody."""
        return NOBODY

    def to_payload(self) -> dict[str, list[str]]:
        """As Discord's REST API takes it; `parse` is always there and always empty."""
        payload: dict[str, list[str]] = {"parse": []}
        if self.users:
            payload["users"] = [str(user) for user in self.users]
        if self.roles:
            payload["roles"] = [str(role) for role in self.roles]
        return payload


NOBODY: Final = AllowedMentions()


@dataclass(frozen=True, slots=True)
class File:
    """A file to send along.

    Attributes:
        filename: Its name, which an embed can show as `attachment://filename`; no folders.
        data: What is in it, at most 10 MiB.
        description: What it shows, for those who cannot see it, at most 1,024 characters.

    Raises:
        LayoutError: it breaks one of these limits.
    """

    filename: str
    data: bytes = field(repr=False)
    description: str | None = None

    def __post_init__(self) -> None:
        require_length("A file's name", self.filename, 255)
        if "/" in self.filename or "\\" in self.filename:
            raise LayoutError(f"A file's name has no folders: {self.filename!r}.")
        require_count(f"Bytes of the file {self.filename!r}", len(self.data), limits.FILE_BYTES)
        if self.description is not None:
            require_length(
                f"The description of the file {self.filename!r}",
                self.description,
                limits.FILE_DESCRIPTION,
                lowest=0,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What a bot says, in one value.

    Attributes:
        content: Text above everything else; over 2,000 characters it is shortened with an ellipsis.
        embeds: At most 10, as builders or payloads; over 6,000 characters together their longest texts are
            shortened.
        components: Buttons and selects, laid out by `rows`, or rows of one's own.
        files: At most 10, with different names.
        mentions: Who may be pinged; nobody by default.

    Raises:
        LayoutError: more embeds, rows or files than Discord allows, or a name that appears twice.
    """

    content: str | None = None
    embeds: Sequence[EmbedBuilder | EmbedPayload] = ()
    components: Sequence[ActionRow | AsComponent] = ()
    files: Sequence[File] = ()
    mentions: AllowedMentions = NOBODY

    def __post_init__(self) -> None:
        require_count("Embeds in one message", len(self.embeds), limits.MESSAGE_EMBEDS)
        require_count("Files in one message", len(self.files), limits.MESSAGE_FILES)
        if self.content is not None:
            object.__setattr__(self, "content", shorten(self.content, limits.MESSAGE_CONTENT))
        object.__setattr__(self, "embeds", tuple(fit_together([_as_payload(embed) for embed in self.embeds])))
        if self.components:
            object.__setattr__(self, "components", tuple(rows(self.components)))
        if self.files:
            require_unique("In one message the file", (file.filename for file in self.files))
            object.__setattr__(self, "files", tuple(self.files))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show, which Discord refuses to send."""
        return not (self.content or self.embeds or self.components or self.files)

    def to_payload(self, *, edit: bool = False) -> MessagePayload:
        """The message as Discord's REST API takes it; the bytes of `files` travel beside it, in this order.

        Args:
            edit: Whether it replaces a message. Then every part is named, empty ones too, so that nothing of
                the old message stays; its old files go as well.
        """
        payload: MessagePayload = {
            "content": self.content or ("" if edit else None),
            "embeds": list(self.embeds),
            "components": [row.to_payload() for row in self.components if isinstance(row, ActionRow)],
            "attachments": [_attachment(number, file) for number, file in enumerate(self.files)],
        }
        if not edit:
            payload = {key: value for key, value in payload.items() if value}
        payload["allowed_mentions"] = self.mentions.to_payload()
        return payload


def _as_payload(embed: EmbedBuilder | EmbedPayload) -> EmbedPayload:
    if isinstance(embed, EmbedBuilder):
        return embed.to_payload()
    return copied(embed)


def _attachment(number: int, file: File) -> dict[str, Any]:
    attachment: dict[str, Any] = {"id": str(number), "filename": file.filename}
    if file.description:
        attachment["description"] = file.description
    return attachment
