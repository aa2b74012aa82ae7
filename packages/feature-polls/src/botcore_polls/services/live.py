"""The live tally: the public message of a poll follows its votes, in few edits."""

import asyncio
from contextvars import Context
from enum import Enum, auto

from sqlalchemy import select

import botcore as bc
from botcore.db import Database
from botcore_polls.models import PollRow
from botcore_polls.services.painting import PollPainter
from botcore_polls.services.reading import read_tally
from botcore_polls.services.values import Tally

_log = bc.get_logger(__name__)

EDIT_INTERVAL = 2.0
"""Seconds from one edit of a poll's message to its next; Discord takes about five a channel in five seconds."""

LONGEST_PAUSE = 60.0
"""Seconds between two attempts while Discord does not take an edit."""

MOST_AT_ONCE = 8
"""Edits on their way at the same time, so that a hundred polls after a start do not flood Discord."""

STOP_SECONDS = 8.0
"""What a stop gives the last edits; the bot's own bound for this step is ten."""

UNKNOWN_MESSAGE = 10008
"""Discord's code for a message that was deleted.

Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
"""


class _Outcome(Enum):
    CURRENT = auto()  # the message shows the latest state, or never will
    BEHIND = auto()  # something changed meanwhile
    FAILED = auto()  # worth trying again


class LiveTally:
    """Redraws public messages after votes.

    The first vote shows at once. Those that follow within `EDIT_INTERVAL` share one edit at its end, which reads the
    database when it is made, so that the last edit always shows the last state. `stop` makes the edits that are
    still waiting. A bot that was killed left ``shown_revision`` behind ``revision`` in the poll's row: `repair`, at
    the next connection, draws those polls again.

    Each poll that changes has one task for as long as it keeps changing, so its edits never overtake one another. Of
    two processes on one database the slower one may draw over a newer state; it notices by the revision and draws
    again.

    Args:
        database: where the truth is.
        messenger: takes the edits.
        painter: draws.
        clock: measures the pauses.
    """

    def __init__(self, database: Database, messenger: bc.Messenger, painter: PollPainter, clock: bc.Clock) -> None:
        self._database = database
        self._messenger = messenger
        self._painter = painter
        self._clock = clock
        self._wanted: set[int] = set()
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._places = asyncio.Semaphore(MOST_AT_ONCE)
        self._stopping = asyncio.Event()

    def touch(self, poll_id: int) -> None:
        """Redraw the poll's message soon. Call it after the transaction that changed something.

        After `stop` nothing is drawn any more; the next start does it.
        """
        if self._stopping.is_set():
            return
        self._wanted.add(poll_id)
        if poll_id not in self._tasks:
            # A context of its own: the language and the log reference of the member who voted are not the poll's.
            self._tasks[poll_id] = asyncio.create_task(self._follow(poll_id), context=Context())

    async def start(self) -> None:
        """Begin to take touches, again after a `stop` too."""
        self._stopping.clear()

    async def repair(self) -> int:
        """Redraw every poll whose message is behind; for when the bot has connected.

        Returns:
            How many there were.
        """
        async with self._database.session() as session:
            behind = await session.scalars(
                select(PollRow.id).where(PollRow.shown_revision < PollRow.revision, PollRow.message_id.is_not(None))
            )
            poll_ids = list(behind)
        for poll_id in poll_ids:
            self.touch(poll_id)
        return len(poll_ids)

    async def stop(self) -> None:
        """Make the edits that are waiting, and return when they are made or `STOP_SECONDS` are over."""
        self._stopping.set()
        if not self._tasks:
            return
        _done, late = await asyncio.wait(self._tasks.values(), timeout=STOP_SECONDS)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        if late:
            _log.warning("polls were not redrawn in time; the next start does it", polls=len(late))

    async def _follow(self, poll_id: int) -> None:
        """Redraw one poll until nothing is wanted any more."""
        failures = 0
        try:
            while poll_id in self._wanted:
                self._wanted.discard(poll_id)
                outcome = await self._redraw(poll_id)
                failures = failures + 1 if outcome is _Outcome.FAILED else 0
                if self._stopping.is_set() and outcome is not _Outcome.BEHIND:
                    return
                if outcome is not _Outcome.CURRENT:
                    self._wanted.add(poll_id)
                await self._pause(min(EDIT_INTERVAL * 2**failures, LONGEST_PAUSE))
        finally:
            self._wanted.discard(poll_id)
            del self._tasks[poll_id]

    async def _redraw(self, poll_id: int) -> _Outcome:
        try:
            async with self._places:
                return await self._show(poll_id)
        except Exception:
            _log.exception("a poll could not be redrawn", poll=poll_id)
            return _Outcome.FAILED

    async def _show(self, poll_id: int) -> _Outcome:
        async with self._database.session() as session:
            tally = await read_tally(session, poll_id)
        if tally is None or tally.poll.message_id is None:
            return _Outcome.CURRENT  # the first click on it tells where it is
        answer = await self._messenger.edit(tally.poll.channel_id, tally.poll.message_id, self._painter.paint(tally))
        if isinstance(answer, bc.Sent):
            return await self._note_shown(tally)
        if answer.transient:
            return _Outcome.FAILED
        _log.info("the message of a poll cannot be edited", poll=poll_id, code=answer.code)
        return await self._note_shown(tally, deleted=answer.code == UNKNOWN_MESSAGE)

    async def _note_shown(self, tally: Tally, *, deleted: bool = False) -> _Outcome:
        """Write down what the message shows now; also where Discord will never take it, which ends the attempts."""
        async with self._database.transaction() as session:
            row = await session.get(PollRow, tally.poll.id, with_for_update=True)
            if row is None:
                return _Outcome.CURRENT
            row.shown_revision = max(row.shown_revision, tally.revision)
            if deleted and row.message_id == tally.poll.message_id:
                row.message_id = None
            return _Outcome.BEHIND if row.revision > tally.revision else _Outcome.CURRENT

    async def _pause(self, seconds: float) -> None:
        """Wait, but not once the bot stops."""
        waits = (
            asyncio.ensure_future(self._clock.sleep(seconds)),
            asyncio.ensure_future(self._stopping.wait()),
        )
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
            await asyncio.gather(*waits, return_exceptions=True)
