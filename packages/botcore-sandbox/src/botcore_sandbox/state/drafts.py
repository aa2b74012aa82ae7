"""What a request says about a message, once validation found nothing wrong with it."""

from dataclasses import dataclass, field
from typing import Any

from botcore_sandbox.state.messages import MessageFlags


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a multipart request; `index` is the n of its part `files[n]`."""

    index: int
    filename: str
    content: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class AllowedMentions:
    """Which mentions in the text may reach somebody (developer documentation, "Allowed Mentions Object")."""

    parse: frozenset[str] = frozenset({"users", "roles", "everyone"})
    users: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()
    replied_user: bool = True

    def allows_user(self, user_id: int) -> bool:
        """Whether a user may be reached."""
        return "users" in self.parse or user_id in self.users

    def allows_role(self, role_id: int) -> bool:
        """Whether a role may be reached."""
        return "roles" in self.parse or role_id in self.roles


@dataclass(frozen=True, slots=True)
class PollDraft:
    """A native poll that a message will carry; `answers` are Discord's media objects."""

    question: str
    answers: list[dict[str, Any]]
    hours: int = 24
    multiple: bool = False
    layout: int = 1


@dataclass(slots=True)
class Draft:
    """Validated fields of a message; None means that the request did not mention the field (null clears it).

    `kept` lists the ids of attachments that an edit keeps; `descriptions` maps an upload's index to its alt
    text.
    """

    content: str | None = None
    embeds: list[dict[str, Any]] | None = None
    components: list[dict[str, Any]] | None = None
    poll: PollDraft | None = None
    flags: MessageFlags | None = None
    kept: list[int] | None = None
    uploads: list[Upload] = field(default_factory=list)
    descriptions: dict[int, str] = field(default_factory=dict)
    allowed_mentions: AllowedMentions = AllowedMentions()
    tts: bool = False
    nonce: int | str | None = None
    enforce_nonce: bool = False
    reply_to: int | None = None
    reply_in: int | None = None
    reply_must_exist: bool = True
