"""Polls as the rest of the feature sees them: frozen values, apart from the rows that hold them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class NewPoll:
    """What a member asks for.

    Args:
        guild_id: the server.
        channel_id: the channel that the poll will stand in; who cannot see it cannot see the poll.
        author_id: the member.
        locale: Discord's code of the author's language, in which the public message is written.
        question: as typed.
        options: as typed, all in one text.
    """

    guild_id: int
    channel_id: int
    author_id: int
    locale: str
    question: str
    options: str


@dataclass(frozen=True, slots=True)
class Poll:
    """A poll.

    Args:
        id: its number, unlike that of any poll before it.
        guild_id: the server it belongs to.
        channel_id: the channel it stands in.
        message_id: its public message; ``None`` until it is known, or once it was deleted.
        author_id: the member who made it.
        locale: Discord's code of the language of the public message.
        question: the question, as it may be shown once it is escaped.
        options: what can be voted for; an option's position is its index here.
        created_at: when it was made, aware, UTC.
        closed_at: when it was closed, aware, UTC; ``None`` while it is open.
    """

    id: int
    guild_id: int
    channel_id: int
    message_id: int | None
    author_id: int
    locale: str
    question: str
    options: tuple[str, ...]
    created_at: datetime
    closed_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether votes are taken."""
        return self.closed_at is None


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes of a poll at one moment.

    Args:
        poll: the poll.
        counts: the votes for each option, in the order of ``poll.options``.
        revision: rises with everything that changes what the public message shows.
    """

    poll: Poll
    counts: tuple[int, ...]
    revision: int

    @property
    def total(self) -> int:
        """How many members voted; each has one vote."""
        return sum(self.counts)

    @property
    def winners(self) -> tuple[str, ...]:
        """The options with the most votes: several where there is a tie, none where nobody voted."""
        most = max(self.counts)
        if most == 0:
            return ()
        return tuple(label for label, count in zip(self.poll.options, self.counts, strict=True) if count == most)

    def percent(self, position: int) -> int:
        """The share of one option in whole percent, half a percent rounded up; 0 where nobody voted."""
        return (200 * self.counts[position] + self.total) // (2 * self.total) if self.total else 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a member's vote is now.

    Args:
        poll: the poll.
        before: the position they had voted for, or ``None``.
        now: the position they have voted for, or ``None``.
    """

    poll: Poll
    before: int | None
    now: int | None
