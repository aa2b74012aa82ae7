"""What is to happen once a transaction is committed, and not at all where it is rolled back."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, SessionTransaction


@dataclass(slots=True)
class _Noted:
    """One thing to do, and the transaction and savepoints that it was noted in, the innermost first."""

    run: Callable[[], None]
    inside: list[SessionTransaction]


@dataclass(slots=True)
class OpenTransaction:
    """The transaction that a task is in.

    Args:
        session: its session.
        ended: whether its block is over, so that a task which was started in it and lives on is no longer in it.
    """

    session: AsyncSession
    ended: bool = False
    _listening: bool = False
    _noted: list[_Noted] = field(default_factory=list)
    _committed: list[_Noted] = field(default_factory=list)

    def after_commit(self, run: Callable[[], None]) -> None:
        """Call `run` once this transaction is committed and its connection given back.

        Never, if the transaction is rolled back, or the savepoint (``session.begin_nested()``) that is open now.

        Args:
            run: must neither fail nor wait; it starts what takes time.
        """
        sync = self.session.sync_session
        if not self._listening:
            self._listening = True
            event.listen(sync, "after_soft_rollback", self._rolled_back)
            event.listen(sync, "after_commit", self._was_committed)
        inside: list[SessionTransaction] = []
        transaction = sync.get_nested_transaction() or sync.get_transaction()
        while transaction is not None:
            inside.append(transaction)
            transaction = transaction.parent
        self._noted.append(_Noted(run, inside))

    def end(self) -> None:
        """The block is over: run what was committed, in the order in which it was noted."""
        self.ended = True
        committed, self._committed, self._noted = self._committed, [], []
        for noted in committed:
            noted.run()

    def _rolled_back(self, _: Session, previous: SessionTransaction) -> None:
        self._noted = [noted for noted in self._noted if previous not in noted.inside]

    def _was_committed(self, session: Session) -> None:
        if not session.in_nested_transaction():  # a savepoint that is released is a commit too, and comes too early
            self._committed, self._noted = [*self._committed, *self._noted], []


_current: ContextVar[OpenTransaction | None] = ContextVar("botcore_current_transaction", default=None)


def current_transaction() -> OpenTransaction | None:
    """The transaction of `Database.transaction` that this task is in, or that the task which started it is still in."""
    transaction = _current.get()
    return None if transaction is None or transaction.ended else transaction


def enter(transaction: OpenTransaction | None) -> None:
    """Make this the transaction that the task is in."""
    _current.set(transaction)
