"""From rows to values, in as few queries as it takes."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from botcore_polls.models import OptionRow, PollRow, VoteRow
from botcore_polls.services.values import Poll, Tally


async def read_polls(session: AsyncSession, rows: Sequence[PollRow]) -> list[Poll]:
    """The polls of these rows, in the same order."""
    labels: defaultdict[int, list[str]] = defaultdict(list)
    if rows:
        options = await session.execute(
            select(OptionRow.poll_id, OptionRow.label)
            .where(OptionRow.poll_id.in_([row.id for row in rows]))
            .order_by(OptionRow.poll_id, OptionRow.position)
        )
        for poll_id, label in options:
            labels[poll_id].append(label)
    return [_poll(row, labels[row.id]) for row in rows]


async def read_tally(session: AsyncSession, poll_id: int) -> Tally | None:
    """The votes of one poll; ``None`` if there is no such poll.

    The revision is read before the votes. Where a vote comes between the two, the tally is newer than it says and
    is drawn once more; the other way round it could be taken for the latest although it is not.
    """
    row = await session.get(PollRow, poll_id)
    if row is None:
        return None
    [poll] = await read_polls(session, [row])
    votes = await session.execute(
        select(VoteRow.position, func.count())
        .where(VoteRow.poll_id == poll_id, VoteRow.position.is_not(None))
        .group_by(VoteRow.position)
    )
    counts = [0] * len(poll.options)
    for position, count in votes:
        if position is not None:
            counts[position] = count
    return Tally(poll, tuple(counts), row.revision)


def _poll(row: PollRow, labels: Sequence[str]) -> Poll:
    return Poll(
        id=row.id,
        guild_id=row.guild_id,
        channel_id=row.channel_id,
        message_id=row.message_id,
        author_id=row.author_id,
        locale=row.locale,
        question=row.question,
        options=tuple(labels),
        created_at=row.created_at,
        closed_at=row.closed_at,
    )
