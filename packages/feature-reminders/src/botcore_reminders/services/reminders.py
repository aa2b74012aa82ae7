"""`ReminderService`: making, finding and changing reminders. Only their owner sees and changes them."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, case, select
from sqlalchemy.ext.asyncio import AsyncSession

import botcore as bc
from botcore.db import Database
from botcore_reminders.config import RemindersConfig
from botcore_reminders.errors import AlreadyPast, RefusesReminders, UnknownReminder, WrongState
from botcore_reminders.models import ReminderRow
from botcore_reminders.services import ledger
from botcore_reminders.services.alarms import Alarms
from botcore_reminders.services.preferences import preferences_of
from botcore_reminders.services.reading import forget_past, reminder_of, schedule_of, set_schedule
from botcore_reminders.services.room import check_room
from botcore_reminders.services.schedule import Schedule
from botcore_reminders.services.values import WAITING, Attempt, NewReminder, Reminder, State, Where
from botcore_reminders.services.wording import read_text

_ = bc.translator(__name__)

MAX_FOUND = 25
"""As many lines as Discord shows under an option."""

_ORDER = (
    case({State.PARKED: 0, State.ACTIVE: 1, State.PAUSED: 2}, value=ReminderRow.state, else_=3),
    ReminderRow.due_at,
    case((ReminderRow.state == State.DONE, ReminderRow.changed_at)).desc(),
    ReminderRow.id,
)
"""What wants something, then what comes next, and of what is over the latest: "why didn't I get it?" is about that."""


class ReminderService:
    """The reminders of everybody.

    Args:
        database: where they are.
        clock: tells when.
        config: the operator's limits.
        alarms: their timers.
    """

    def __init__(self, database: Database, clock: bc.Clock, config: RemindersConfig, alarms: Alarms) -> None:
        self._database = database
        self._clock = clock
        self._config = config
        self._alarms = alarms

    # -- making -----------------------------------------------------------------------------------------------------

    async def draft(self, new: NewReminder) -> Reminder:
        """Keep what somebody asks for until they have seen and confirmed how it was understood; it does not fire.

        Raises:
            InvalidInput: the text cannot be used.
            TooMany: they have as many as the operator allows.
            RefusesReminders: it is for somebody who takes none from others.
        """
        text = read_text(new.text, self._config)
        made = new.made
        recipient = None if new.where is Where.CHANNEL else new.recipient_id or made.user_id
        async with self._database.transaction() as tx:
            await check_room(tx, made.user_id, self._config.per_user)
            await self._check_taken(tx, made.user_id, recipient)
            now = self._clock.now()
            row = ReminderRow(
                owner_id=made.user_id,
                recipient_id=recipient,
                place=new.where.value,
                guild_id=made.guild_id,
                channel_id=new.channel_id or made.channel_id,
                state=State.DRAFT.value,
                text=text,
                link=new.link,
                locale=made.locale,
                late=new.late.value,
                nag_seconds=None if new.nag is None else int(new.nag.total_seconds()),
                created_at=now,
                changed_at=now,
            )
            set_schedule(row, new.schedule)
            tx.add(row)
            await tx.flush()
            return reminder_of(row)

    async def confirm(self, reminder_id: int, owner_id: int) -> Reminder:
        """Let a draft fire at its time. Confirming again changes nothing.

        Raises:
            UnknownReminder: it is gone, or somebody else's.
            AlreadyPast: its time went by before it was confirmed.
            TooMany, RefusesReminders: as `draft`.
        """
        async with self._database.transaction() as tx:
            row = await self._own(tx, reminder_id, owner_id)
            if row.state == State.DRAFT:
                await check_room(tx, owner_id, self._config.per_user)
                await self._check_taken(tx, owner_id, row.recipient_id)
                row.state = State.ACTIVE.value
                await self._rearm(tx, row)
            return reminder_of(row)

    async def discard(self, reminder_id: int, owner_id: int) -> Reminder:
        """Forget a draft; one that was confirmed meanwhile stays.

        Returns:
            What was forgotten, or what stays.

        Raises:
            UnknownReminder: as `confirm`.
        """
        async with self._database.transaction() as tx:
            row = await self._own(tx, reminder_id, owner_id)
            reminder = reminder_of(row)
            if reminder.state is State.DRAFT:
                await tx.delete(row)
            return reminder

    # -- finding ----------------------------------------------------------------------------------------------------

    async def find(self, reminder_id: int, owner_id: int) -> Reminder:
        """One reminder of its owner.

        Raises:
            UnknownReminder: there is none, or it is somebody else's.
        """
        async with self._database.session() as session:
            return reminder_of(await self._own(session, reminder_id, owner_id))

    async def found(self, reminder_id: int) -> Reminder | None:
        """A reminder, whoever asks; they must be asked what it is to them."""
        async with self._database.session() as session:
            row = await session.get(ReminderRow, reminder_id)
            return None if row is None else reminder_of(row)

    async def was_shown(self, reminder_id: int) -> bool:
        """Whether it has stood in its channel, so that what it says is no secret there."""
        async with self._database.session() as session:
            return await ledger.was_shown(session, reminder_id)

    async def waiting(self, owner_id: int) -> Sequence[Reminder]:
        """What somebody has: parked ones first, since they want something, and then by what comes next."""
        async with self._database.session() as session:
            whose = _in_states(ReminderRow.owner_id == owner_id, WAITING)
            rows = await session.scalars(select(ReminderRow).where(whose).order_by(*_ORDER))
            return [reminder_of(row) for row in rows]

    async def search(self, owner_id: int, typed: str, states: Collection[State]) -> Sequence[Reminder]:
        """Those of somebody's reminders whose text holds what was typed: as `waiting`, then what was delivered last."""
        return await self._matching(_in_states(ReminderRow.owner_id == owner_id, states), typed)

    async def search_channel(self, channel_id: int, typed: str) -> Sequence[Reminder]:
        """The same for those that go to everybody in a channel; for who looks after that channel."""
        there = (ReminderRow.channel_id == channel_id) & (ReminderRow.place == Where.CHANNEL)
        return await self._matching(_in_states(there, WAITING), typed)

    async def history(self, reminder: Reminder) -> Sequence[Attempt]:
        """Every attempt to deliver it, the newest first."""
        async with self._database.session() as session:
            return await ledger.history(session, reminder)

    # -- changing ---------------------------------------------------------------------------------------------------

    async def edit(self, reminder_id: int, owner_id: int, text: str, schedule: Schedule | None) -> Reminder:
        """Give a reminder another text and, unless that stays, another time.

        What was parked or done fires again; what is paused stays so.

        Raises:
            UnknownReminder, InvalidInput: as `find` and `draft`.
            AlreadyPast: as `confirm`.
            TooMany: it was done, and they have as many waiting as the operator allows.
        """
        text = read_text(text, self._config)
        async with self._database.transaction() as tx:
            row = await self._own(tx, reminder_id, owner_id)
            row.text = text
            row.changed_at = self._clock.now()
            if schedule is not None:
                set_schedule(row, schedule)
                if row.state == State.DONE:
                    await check_room(tx, owner_id, self._config.per_user)
                if row.state in {State.PARKED, State.DONE}:
                    row.state = State.ACTIVE.value
                if row.state == State.ACTIVE:
                    await self._rearm(tx, row)
            return reminder_of(row)

    async def cancel(self, reminder_id: int, owner_id: int | None) -> Reminder:
        """Remove a reminder for good, and what is known of its deliveries.

        Args:
            reminder_id: which one.
            owner_id: whose it must be; ``None`` for who looks after the channel that it goes to.

        Raises:
            UnknownReminder: as `find`.
        """
        async with self._database.transaction() as tx:
            row = await self._own(tx, reminder_id, owner_id)
            reminder = reminder_of(row)
            await self._alarms.silence(tx, row)
            await tx.delete(row)
            return reminder

    async def pause(self, reminder_id: int, owner_id: int) -> Reminder:
        """Let a reminder be silent until it is resumed.

        Raises:
            UnknownReminder: as `find`.
            WrongState: it does not fire anyway.
        """
        async with self._database.transaction() as tx:
            row = await self._own(tx, reminder_id, owner_id)
            if row.state != State.ACTIVE:
                raise WrongState(_("Only a reminder that is active can be paused."))
            row.state, row.changed_at = State.PAUSED.value, self._clock.now()
            row.nag_of = None
            await self._alarms.silence(tx, row)
            await ledger.leave_open(tx, row.id)
            return reminder_of(row)

    async def resume(self, reminder_id: int, owner_id: int) -> Reminder:
        """Let what is paused fire again at its next time, and what is parked at once.

        Raises:
            UnknownReminder: as `find`.
            WrongState: it is neither.
            AlreadyPast: the only time of what was paused has gone by.
        """
        async with self._database.transaction() as tx:
            row = await self._own(tx, reminder_id, owner_id)
            if row.state == State.PAUSED:
                row.state = State.ACTIVE.value
                await self._rearm(tx, row)
            elif row.state == State.PARKED and row.due_at is not None:
                row.state, row.trouble, row.changed_at = State.ACTIVE.value, None, self._clock.now()
                await self._alarms.fire(tx, row)
            else:
                raise WrongState(_("Only a reminder that is paused or could not be delivered can be resumed."))
            return reminder_of(row)

    # -- rules ------------------------------------------------------------------------------------------------------

    async def _rearm(self, tx: AsyncSession, row: ReminderRow) -> None:
        """Go on with the first occurrence that is still to come."""
        now = self._clock.now()
        schedule = schedule_of(row)
        due_at = schedule.after(now)
        if due_at is None:
            raise AlreadyPast(bc.timestamp(schedule.first))
        row.due_at, row.trouble, row.changed_at = due_at, None, now
        forget_past(row)
        await self._alarms.stop_nagging(tx, row)
        await ledger.leave_open(tx, row.id)
        await self._alarms.fire(tx, row)

    async def _own(self, session: AsyncSession, reminder_id: int, owner_id: int | None) -> ReminderRow:
        row = await session.get(ReminderRow, reminder_id, with_for_update=session.in_transaction() or None)
        if row is None or (owner_id is not None and row.owner_id != owner_id):
            raise UnknownReminder
        return row

    async def _matching(self, which: ColumnElement[bool], typed: str) -> Sequence[Reminder]:
        """The first whose text holds what was typed; read one by one, as no database folds the case of every script."""
        wanted, found = typed.strip().casefold(), list[Reminder]()
        async with self._database.session() as session:
            rows = await session.stream_scalars(select(ReminderRow).where(which).order_by(*_ORDER))
            async for row in rows:
                if wanted in row.text.casefold():
                    found.append(reminder_of(row))
                if len(found) == MAX_FOUND:
                    break
            await rows.close()
        return found

    async def _check_taken(self, tx: AsyncSession, owner_id: int, recipient_id: int | None) -> None:
        if recipient_id is None or recipient_id == owner_id:
            return
        if not (await preferences_of(tx, recipient_id, self._config)).from_others:
            raise RefusesReminders


def _in_states(whose: ColumnElement[bool], states: Collection[State]) -> ColumnElement[bool]:
    return whose & ReminderRow.state.in_([state.value for state in states])
