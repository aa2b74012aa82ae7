"""Voting: one vote a member, whatever happens at the same time."""

import asyncio
from dataclasses import dataclass
from enum import Enum, auto

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

import botcore as bc
from botcore.db import Database
from botcore_polls.errors import PollClosed, UnknownChoice, UnknownPoll
from botcore_polls.models import PollRow, VoteRow
from botcore_polls.services.live import LiveTally
from botcore_polls.services.values import Poll, Receipt


class Wish(Enum):
    """What a click asks for."""

    TOGGLE = auto()  # vote for this option, or withdraw the vote if it is for this option already
    SET = auto()  # vote for this option
    WITHDRAW = auto()  # have no vote


@dataclass(frozen=True, slots=True)
class Click:
    """One click on a poll.

    Args:
        id: the interaction's snowflake, which rises with time.
        member_id: who clicked.
        wish: what they want.
        position: the option, where the wish is for one.
        message_id: the public message that was clicked; ``None`` for a click elsewhere.
    """

    id: int
    member_id: int
    wish: Wish
    position: int | None = None
    message_id: int | None = None


class Ballots:
    """Takes votes.

    One transaction a click: it holds the poll's row, so that no vote comes after the closing and no two clicks of one
    member are taken at the same time, in this process or in another. A second click of the same member on the
    same button that arrives while the first is still being taken is that first one: nobody can have read the receipt
    yet, so a double click votes once. The same interaction handled by two processes counts once too.

    Args:
        database: where votes are.
        clock: tells when.
        live: redraws the public message.
    """

    def __init__(self, database: Database, clock: bc.Clock, live: LiveTally) -> None:
        self._database = database
        self._clock = clock
        self._live = live
        self._running: dict[tuple[int, int, Wish, int | None], asyncio.Task[Receipt]] = {}

    async def cast(self, poll: Poll, click: Click) -> Receipt:
        """Take one click.

        Args:
            poll: a poll that this member may see.
            click: what they want.

        Raises:
            PollClosed: it is over.
            UnknownChoice: the poll has no option at that position.
            UnknownPoll: it was taken back meanwhile.
        """
        if click.position is not None and not 0 <= click.position < len(poll.options):
            raise UnknownChoice
        key = (poll.id, click.member_id, click.wish, click.position)
        running = self._running.get(key)
        if running is None:
            running = self._running[key] = asyncio.create_task(self._take(poll, click))
            running.add_done_callback(lambda _task: self._running.pop(key))
        return await asyncio.shield(running)

    async def lose(self, tx: AsyncSession, member_id: int) -> list[int]:
        """Count on a member's votes in open polls being erased in this transaction.

        Returns:
            The polls whose messages will be behind.
        """
        theirs = select(VoteRow.poll_id).where(VoteRow.user_id == member_id, VoteRow.position.is_not(None))
        changed = await tx.scalars(
            update(PollRow)
            .where(PollRow.closed_at.is_(None), PollRow.id.in_(theirs))
            .values(revision=PollRow.revision + 1)
            .returning(PollRow.id)
        )
        return list(changed)

    async def _take(self, poll: Poll, click: Click) -> Receipt:
        async with self._database.transaction() as session:
            row = await session.get(PollRow, poll.id, with_for_update=True)
            if row is None:
                raise UnknownPoll
            if row.message_id is None:
                row.message_id = click.message_id
            is_open = row.closed_at is None
            receipt = await self._record(session, row, poll, click) if is_open else None
            behind = row.revision > row.shown_revision
        if behind:
            self._live.touch(poll.id)
        if receipt is None:
            raise PollClosed
        return receipt

    async def _record(self, session: AsyncSession, row: PollRow, poll: Poll, click: Click) -> Receipt:
        vote = await session.get(VoteRow, (poll.id, click.member_id))
        before = None if vote is None else vote.position
        if vote is not None and click.id <= vote.click_id:
            return Receipt(poll, before, before)
        now = None if click.wish is Wish.WITHDRAW else click.position
        if click.wish is Wish.TOGGLE and now == before:
            now = None
        if vote is None:
            if now is None:
                return Receipt(poll, before, now)
            vote = VoteRow(poll_id=poll.id, user_id=click.member_id)
            session.add(vote)
        vote.position = now
        vote.click_id = click.id
        vote.changed_at = self._clock.now()
        if now != before:
            row.revision += 1
        return Receipt(poll, before, now)
