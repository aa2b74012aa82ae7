"""References: a thing of a feature that a person picks by autocomplete and that travels as a short value."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from botcore.commands.context import CommandContext


class Choice(NamedTuple):
    """One line of an autocomplete list.

    Args:
        name: what the person reads, at most 100 characters; longer ones are shortened.
        value: what comes back when they pick it, at most 100 characters.
    """

    name: str
    value: str


class Ref[T](ABC):
    """Searches and loads the ``T`` that an option, a custom id or a modal names.

    Annotate a field with the loaded type and the reference's class::

        poll: Annotated[Poll, PollRef, bc.Option("Which poll")]

    The constructor's annotations are wired by the container. A value is a claim by a stranger: nothing stops a
    hostile client from sending another server's id. ``load`` must look only inside ``ctx.guild_id`` and only at what
    this member may see.
    """

    @abstractmethod
    async def search(self, ctx: "CommandContext", typed: str) -> Sequence[Choice]:
        """Return what fits the text typed so far; the first 25 are shown."""

    @abstractmethod
    async def load(self, ctx: "CommandContext", value: str) -> T:
        """Return what ``value`` names.

        Raises:
            NotFound: if this member cannot see any such thing here, with a sentence for them.
        """
