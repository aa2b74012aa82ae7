"""Every statement that changes timers or looks for the next ones; nothing here decides when.

A firing is known by a `Claim`: the row's id, its generation (raised whenever the timer is set again) and the number of
its claim (raised whenever somebody takes it up). Who holds an outdated claim changes nothing any more.

The loop never waits for a row that somebody else has locked (SKIP LOCKED), so that it can neither be held up by a
feature's long transaction nor deadlock with it. SQLite has one writer at a time and needs none of that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple, cast

from sqlalchemy import BindParameter, CursorResult, Executable, bindparam, delete, func, select, union_all, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from botcore.db.url import DialectName
from botcore.timers.encoding import decode
from botcore.timers.table import timer


class Claim(NamedTuple):
    """Which firing of which timer.

    Attributes:
        id: the row.
        generation: how often the timer has been set.
        number: how often it has been taken up.
    """

    id: int
    generation: int
    number: int


@dataclass(frozen=True, slots=True)
class Claimed:
    """A firing that was taken up, with what its handler needs to know."""

    claim: Claim
    kind: str
    key: str
    payload: dict[str, Any]
    due_at: datetime
    attempt: int

    @property
    def reference(self) -> str:
        """What an operator searches the log for."""
        return f"timer-{self.claim.id}-{self.claim.number}"


@dataclass(slots=True)
class Standing:
    """What became of claims in the meantime.

    Attributes:
        ours: still valid; their rows are locked for this transaction.
        busy: still valid, but somebody else's transaction has the row locked just now.
        lost: somebody else took the firing up, because its lease had ended.
        gone: the timer was moved, cancelled or completed.
    """

    ours: set[Claim] = field(default_factory=set)
    busy: set[Claim] = field(default_factory=set)
    lost: set[Claim] = field(default_factory=set)
    gone: set[Claim] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a firing that ended without success leaves in its row.

    Args:
        visible_at: when to take it up again; ``None`` parks it.
        attempt: how many attempts count.
        failure: what to show the operator.
    """

    visible_at: datetime | None
    attempt: int
    failure: str | None


async def put(tx: AsyncSession, dialect: DialectName, *, kind: str, key: str, due_at: datetime, payload: str) -> None:
    """Insert a timer, or set the one of that kind and key anew."""
    await tx.execute(_put(dialect), {"kind": kind, "key": key, "due_at": due_at, "payload": payload})


async def remove(tx: AsyncSession, kind: str, key: str) -> bool:
    """Delete the timer of that kind and key, if there is one."""
    return await _count(tx, delete(timer).where(timer.c.kind == kind, timer.c.key == key)) > 0


async def complete(tx: AsyncSession, claim: Claim) -> bool:
    """Delete the timer, if the claim is still the current one."""
    return await _count(tx, _COMPLETE, claim._asdict()) > 0


async def head(session: AsyncSession, kinds: tuple[str, ...]) -> datetime | None:
    """The first moment at which a timer of one of these kinds is to be taken up; ``None`` if there is none.

    Costs one step into the index for each kind, however many timers there are.
    """
    if not kinds:
        return None
    heads = (await session.execute(_head(len(kinds)), _names(kinds))).one()
    return min((moment for moment in heads if moment is not None), default=None)


async def claim(
    tx: AsyncSession, kinds: tuple[str, ...], *, now: datetime, lease_until: datetime, most: int
) -> list[Claimed]:
    """Take up what is due, at most `most`, the one that has waited longest first."""
    parameters = {**_names(kinds), "now": now, "lease_until": lease_until, "most": most}
    rows = (await tx.execute(_claim(len(kinds)), parameters)).all()
    claimed = [
        Claimed(
            Claim(row.id, row.generation, row.claims), row.kind, row.key, decode(row.payload), row.due_at, row.attempt
        )
        for row in rows
    ]
    return sorted(claimed, key=lambda each: (each.due_at, each.claim.id))  # RETURNING promises no order


async def stand(tx: AsyncSession, claims: Sequence[Claim]) -> Standing:
    """Which of these claims are still valid; locks the rows of those that are."""
    standing = Standing()
    locked = await _current(tx, claims, lock=True)
    absent = [each for each in claims if each.id not in locked]
    unlocked = await _current(tx, absent, lock=False) if absent and _can_lock(tx) else {}
    for each in claims:
        current = locked.get(each.id) or unlocked.get(each.id)
        if current is None or current.generation != each.generation:
            standing.gone.add(each)
        elif current.number != each.number:
            standing.lost.add(each)
        elif each.id in locked:
            standing.ours.add(each)
        else:
            standing.busy.add(each)
    return standing


async def renew(tx: AsyncSession, claims: Sequence[Claim], lease_until: datetime) -> None:
    """Lengthen the leases of claims that `stand` found to be ours."""
    renewed = timer.c.id.in_([each.id for each in claims])
    await tx.execute(update(timer).where(renewed).values(visible_at=lease_until))


async def finish(tx: AsyncSession, claims: Sequence[Claim]) -> None:
    """Delete the timers of claims that `stand` found to be ours."""
    await tx.execute(delete(timer).where(timer.c.id.in_([each.id for each in claims])))


async def put_off(tx: AsyncSession, verdicts: Mapping[Claim, Verdict]) -> None:
    """Write down what is to become of firings that ended without success; their claims must be ours."""
    for each, verdict in verdicts.items():
        changes = {"visible_at": verdict.visible_at, "attempt": verdict.attempt, "failure": verdict.failure}
        await tx.execute(update(timer).where(timer.c.id == each.id).values(changes))


async def _current(tx: AsyncSession, claims: Sequence[Claim], *, lock: bool) -> dict[int, Claim]:
    statement = select(timer.c.id, timer.c.generation, timer.c.claims).where(
        timer.c.id.in_([each.id for each in claims])
    )
    rows = await tx.execute(statement.with_for_update(skip_locked=True) if lock else statement)
    return {row.id: Claim(*row) for row in rows}


def _can_lock(tx: AsyncSession) -> bool:
    return tx.get_bind().dialect.name != "sqlite"


def _names(kinds: tuple[str, ...]) -> dict[str, str]:
    return {f"kind{number}": kind for number, kind in enumerate(kinds)}


# Building a statement takes longer than SQLite does to run it, so those that run for every timer are built once.


@lru_cache
def _put(dialect: DialectName) -> Executable:
    due_at: BindParameter[datetime] = bindparam("due_at")
    fresh = {"due_at": due_at, "visible_at": due_at, "payload": bindparam("payload"), "attempt": 0, "failure": None}
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    statement = insert(timer).values(kind=bindparam("kind"), key=bindparam("key"), generation=1, claims=0, **fresh)
    return statement.on_conflict_do_update(
        index_elements=[timer.c.kind, timer.c.key],
        set_={**fresh, "generation": timer.c.generation + 1},
    )


_COMPLETE: Final = delete(timer).where(
    timer.c.id == bindparam("id"),
    timer.c.generation == bindparam("generation"),
    timer.c.claims == bindparam("number"),
)


@lru_cache(maxsize=64)
def _head(kinds: int) -> Executable:
    return select(
        *(
            select(func.min(timer.c.visible_at))
            .where(timer.c.kind == bindparam(f"kind{number}"), timer.c.visible_at.is_not(None))
            .scalar_subquery()
            .label(f"head{number}")
            for number in range(kinds)
        )
    )


@lru_cache(maxsize=64)
def _claim(kinds: int) -> Executable:
    """One claim for all kinds; each kind's share comes from its own part of the index, already in order."""
    most: BindParameter[int] = bindparam("most")
    shares = [
        select(timer.c.id, timer.c.visible_at)
        .where(timer.c.kind == bindparam(f"kind{number}"), timer.c.visible_at <= bindparam("now"))
        .order_by(timer.c.visible_at)
        .limit(most)
        .with_for_update(skip_locked=True)
        .cte(f"share{number}")
        for number in range(kinds)
    ]
    everything = union_all(*(select(share.c.id, share.c.visible_at) for share in shares)).subquery("everything")
    due = select(everything.c.id).order_by(everything.c.visible_at).limit(most).cte("due")
    return (
        update(timer)
        .where(timer.c.id.in_(select(due.c.id)))
        .values(visible_at=bindparam("lease_until"), attempt=timer.c.attempt + 1, claims=timer.c.claims + 1)
        .returning(
            timer.c.id,
            timer.c.generation,
            timer.c.claims,
            timer.c.kind,
            timer.c.key,
            timer.c.payload,
            timer.c.due_at,
            timer.c.attempt,
        )
    )


async def _count(tx: AsyncSession, statement: Executable, parameters: Mapping[str, Any] | None = None) -> int:
    return cast("CursorResult[Any]", await tx.execute(statement, parameters)).rowcount
