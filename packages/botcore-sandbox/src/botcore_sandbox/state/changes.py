"""What happened, told to whoever listens: the gateway, and drivers that wait for an answer."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from botcore_sandbox.state.guild_changes import GuildChange
from botcore_sandbox.state.interactions import Interaction
from botcore_sandbox.state.message_changes import MessageChange


@dataclass(frozen=True, slots=True)
class InteractionCreated:
    """A person did something that the bot has to answer."""

    interaction: Interaction


@dataclass(frozen=True, slots=True)
class InteractionMoved:
    """An interaction was acknowledged, answered, or ran out of time."""

    interaction: Interaction


@dataclass(frozen=True, slots=True)
class CommandsWritten:
    """The bot registered, changed or removed commands of one scope (None is global)."""

    scope: int | None


@dataclass(frozen=True, slots=True)
class ConnectionsChanged:
    """A bot connected, became ready, or left."""


@dataclass(frozen=True, slots=True)
class ClockMoved:
    """The sandbox's clock was moved forward."""


type Change = (
    MessageChange
    | GuildChange
    | InteractionCreated
    | InteractionMoved
    | CommandsWritten
    | ConnectionsChanged
    | ClockMoved
)


class Changes:
    """Publishes each change at once and in order: to subscribers, then to whoever waits for a condition."""

    def __init__(self) -> None:
        self._subscribers: list[Callable[[Change], None]] = []
        self._waiters: list[tuple[Callable[[], bool], asyncio.Future[None]]] = []

    def subscribe(self, listener: Callable[[Change], None]) -> None:
        """Call a listener on every change from now on."""
        self._subscribers.append(listener)

    def publish(self, change: Change) -> None:
        """Tell everyone."""
        for listener in self._subscribers:
            listener(change)
        for condition, future in list(self._waiters):
            if future.done():
                continue
            try:
                if condition():
                    future.set_result(None)
            except Exception as error:
                future.set_exception(error)

    async def until(self, condition: Callable[[], bool], *, timeout: float) -> None:  # noqa: ASYNC109 - a bound in seconds is what callers think in
        """Wait until a condition holds; it is looked at now and after each change.

        Raises:
            TimeoutError: It did not hold within `timeout` seconds.
        """
        if condition():
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        entry = (condition, future)
        self._waiters.append(entry)
        try:
            await asyncio.wait_for(future, timeout)
        finally:
            self._waiters.remove(entry)
