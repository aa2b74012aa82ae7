"""Making, finding and closing polls."""

from collections.abc import Callable

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

import botcore as bc
from botcore.db import Database
from botcore_polls.config import PollsConfig
from botcore_polls.errors import AlreadyClosed, NotYourPoll, UnknownPoll
from botcore_polls.models import OptionRow, PollRow, VoteRow
from botcore_polls.services.live import LiveTally
from botcore_polls.services.reading import read_polls, read_tally
from botcore_polls.services.values import NewPoll, Poll, Tally
from botcore_polls.services.wording import read_options, read_question, searchable

_ = bc.translator(__name__)

MAX_FOUND = 25
"""As many lines as Discord shows under an option."""


class Polls:
    """The polls of every server.

    Args:
        database: where they are.
        clock: tells when.
        config: the operator's limits.
        live: redraws public messages.
    """

    def __init__(self, database: Database, clock: bc.Clock, config: PollsConfig, live: LiveTally) -> None:
        self._database = database
        self._clock = clock
        self._config = config
        self._live = live

    async def create(self, new: NewPoll) -> Tally:
        """Make a poll, which is open at once.

        Raises:
            InvalidInput: the question or the options cannot be used.
            UserError: this server has as many open polls as the operator allows.
        """
        question = read_question(new.question)
        options = read_options(new.options, self._config.max_options)
        async with self._database.transaction() as session:
            await self._check_room(session, new.guild_id)
            row = PollRow(
                guild_id=new.guild_id,
                channel_id=new.channel_id,
                author_id=new.author_id,
                locale=new.locale,
                question=question,
                question_folded=searchable(question),
                created_at=self._clock.now(),
            )
            session.add(row)
            await session.flush()
            session.add_all(
                OptionRow(poll_id=row.id, position=position, label=label) for position, label in enumerate(options)
            )
            await session.flush()
            [poll] = await read_polls(session, [row])
        return Tally(poll, (0,) * len(options), revision=0)

    async def posted(self, poll_id: int, message_id: int) -> None:
        """Remember the public message of a poll; the first that is told stays."""
        async with self._database.transaction() as session:
            await session.execute(
                update(PollRow).where(PollRow.id == poll_id, PollRow.message_id.is_(None)).values(message_id=message_id)
            )
            behind = await session.scalar(
                select(PollRow.id).where(PollRow.id == poll_id, PollRow.shown_revision < PollRow.revision)
            )
        if behind is not None:  # somebody was faster than this note
            self._live.touch(poll_id)

    async def discard(self, poll_id: int) -> None:
        """Take back a poll that never reached its channel."""
        async with self._database.transaction() as session:
            await session.execute(delete(PollRow).where(PollRow.id == poll_id))

    async def find(self, guild_id: int, poll_id: int) -> Poll | None:
        """The poll with this number in this server; whether the member may see its channel is for the caller to ask."""
        async with self._database.session() as session:
            row = await session.scalar(select(PollRow).where(PollRow.id == poll_id, PollRow.guild_id == guild_id))
            return None if row is None else (await read_polls(session, [row]))[0]

    async def search(
        self,
        guild_id: int,
        typed: str,
        *,
        can_see: Callable[[int], bool],
        open_only: bool = False,
        author_id: int | None = None,
    ) -> list[Poll]:
        """Polls of a server whose question holds what was typed: open ones first, then the newest first.

        Args:
            guild_id: the server.
            typed: any part of the question, in any case; empty for every poll.
            can_see: whether the asking member sees a channel.
            open_only: whether closed ones are left out.
            author_id: only polls by this member.

        Returns:
            At most 25.
        """
        async with self._database.session() as session:
            channels = await session.scalars(select(PollRow.channel_id).where(PollRow.guild_id == guild_id).distinct())
            found = (
                select(PollRow)
                .where(
                    PollRow.guild_id == guild_id,
                    PollRow.channel_id.in_([channel_id for channel_id in channels if can_see(channel_id)]),
                    PollRow.question_folded.contains(searchable(typed), autoescape=True),
                )
                .order_by(PollRow.id.desc())
            )
            if author_id is not None:
                found = found.where(PollRow.author_id == author_id)
            rows = list(await session.scalars(found.where(PollRow.closed_at.is_(None)).limit(MAX_FOUND)))
            if not open_only and len(rows) < MAX_FOUND:
                closed = found.where(PollRow.closed_at.is_not(None)).limit(MAX_FOUND - len(rows))
                rows += await session.scalars(closed)
            return await read_polls(session, rows)

    async def tally(self, poll_id: int) -> Tally:
        """Count the votes.

        Raises:
            UnknownPoll: there is no such poll.
        """
        async with self._database.session() as session:
            tally = await read_tally(session, poll_id)
        if tally is None:
            raise UnknownPoll
        return tally

    async def close(self, poll_id: int, member_id: int, *, administrator: bool) -> Tally:
        """Close a poll for good; its public message shows the result soon after.

        Args:
            poll_id: the poll.
            member_id: who closes it.
            administrator: whether they administer its server.

        Returns:
            The final count.

        Raises:
            UnknownPoll: there is no such poll.
            AlreadyClosed: it is closed.
            NotYourPoll: they are neither its author nor an administrator.
        """
        async with self._database.transaction() as session:
            row = await session.get(PollRow, poll_id, with_for_update=True)
            if row is None:
                raise UnknownPoll
            if not administrator and row.author_id != member_id:
                raise NotYourPoll
            if row.closed_at is not None:
                raise AlreadyClosed
            row.closed_at = self._clock.now()
            row.closed_by = member_id
            row.revision += 1
            # No click counts from here on, so those that withdrew a vote need not be remembered.
            await session.execute(delete(VoteRow).where(VoteRow.poll_id == poll_id, VoteRow.position.is_(None)))
            await session.flush()
            tally = await read_tally(session, poll_id)
        self._live.touch(poll_id)
        if tally is None:
            raise UnknownPoll
        return tally

    async def _check_room(self, session: AsyncSession, guild_id: int) -> None:
        """Hold the operator's limit: exact on SQLite, where writers queue; a few may slip past it on PostgreSQL."""
        count = await session.scalar(
            select(func.count()).select_from(PollRow).where(PollRow.guild_id == guild_id, PollRow.closed_at.is_(None))
        )
        if (count or 0) >= self._config.max_open_per_guild:
            raise bc.UserError(
                _(
                    "This server has {limit} open polls, and this bot allows no more at a time. Close one with "
                    "/poll close first."
                ).format(limit=self._config.max_open_per_guild)
            )
