"""Listeners: what a feature does when something happens at Discord that nobody asked of it."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar


class BaseListener(ABC):
    """Runs at every event of one kind; the constructor's annotations are wired by the container.

    An error in it is logged with its trace and harms nobody else.

    Attributes:
        event: nextcord's name of the event without ``on_``, such as ``"member_join"``.
            Source: https://docs.nextcord.dev/en/stable/api.html#event-reference
    """

    event: ClassVar[str]

    @abstractmethod
    async def handle(self, *args: Any) -> None:
        """Handle one event; the arguments are those that nextcord documents for it."""
