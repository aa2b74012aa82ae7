"""Times as options: the references that read what people type, and that are used where an input names their type.

``due: Annotated[bc.When, bc.Option("When")]`` needs no reference of its own: `DEFAULT_REFERENCES` has one for it. The
same holds in the text fields of modals.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from botcore.commands.references import Choice, Ref
from botcore.when import Duration, Reading, Recurrence, TimeReader, Timezone, When
from botcore.when.suggesting import suggest_duration, suggest_recurrence, suggest_when

if TYPE_CHECKING:
    from botcore.commands.context import CommandContext


class _TypedTime[T](Ref[T]):
    """What the references of this module have in common: they read for the person who types."""

    def __init__(self, reader: TimeReader) -> None:
        self._reader = reader

    async def _reading(self, ctx: "CommandContext") -> Reading:
        return await self._reader.reading(ctx.user.id, ctx.locale)


class WhenRef(_TypedTime[When]):
    """A moment: ``tomorrow at 9``.

    Args:
        reader: reads for whoever types.
    """

    async def search(self, ctx: "CommandContext", typed: str) -> Sequence[Choice]:
        """How it is understood so far."""
        return [Choice(*each) for each in suggest_when(typed, await self._reading(ctx))]

    async def load(self, ctx: "CommandContext", value: str) -> When:
        """Read it.

        Raises:
            NotUnderstood: naming the word that was not understood.
        """
        return (await self._reading(ctx)).when(value)


class DurationRef(_TypedTime[Duration]):
    """A length of time: ``2h30m``."""

    async def search(self, ctx: "CommandContext", typed: str) -> Sequence[Choice]:
        """How it is understood so far."""
        return [Choice(*each) for each in suggest_duration(typed, await self._reading(ctx))]

    async def load(self, ctx: "CommandContext", value: str) -> Duration:
        """Read it.

        Raises:
            NotUnderstood: naming the word that was not understood.
        """
        return (await self._reading(ctx)).duration(value)


class RecurrenceRef(_TypedTime[Recurrence]):
    """What repeats: ``every day at 9``.

    A command that asks for the first time in an option of its own subclasses this and overrides `first`.

    Args:
        reader: reads for whoever types.
    """

    async def first(self, ctx: "CommandContext", reading: Reading) -> When | None:
        """When it happens for the first time, if that was said elsewhere; see `Recurrence.read`."""
        return None

    async def search(self, ctx: "CommandContext", typed: str) -> Sequence[Choice]:
        """How it is understood so far."""
        reading = await self._reading(ctx)
        return [Choice(*each) for each in suggest_recurrence(typed, reading, await self.first(ctx, reading))]

    async def load(self, ctx: "CommandContext", value: str) -> Recurrence:
        """Read it.

        Raises:
            NotUnderstood: naming the word that was not understood.
        """
        reading = await self._reading(ctx)
        return reading.recurrence(value, await self.first(ctx, reading))


class TimezoneRef(_TypedTime[Timezone]):
    """A time zone: ``munich``."""

    async def search(self, ctx: "CommandContext", typed: str) -> Sequence[Choice]:
        """The zones that fit, with the clocks there now."""
        at = (await self._reading(ctx)).at
        return [Choice(zone.words(at), zone.zone.key) for zone in Timezone.search(typed)]

    async def load(self, ctx: "CommandContext", value: str) -> Timezone:
        """Read it.

        Raises:
            NotUnderstood: with the nearest name that is known.
        """
        return (await self._reading(ctx)).timezone(value)


#: The reference of a field whose type alone says how it is read.
DEFAULT_REFERENCES: Mapping[type[Any], type[Ref[Any]]] = {
    When: WhenRef,
    Duration: DurationRef,
    Recurrence: RecurrenceRef,
    Timezone: TimezoneRef,
}
