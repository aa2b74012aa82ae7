"""What the page needs to know of the bot that was started beside the sandbox, if one was."""

from collections.abc import Awaitable, Callable
from typing import Protocol


class Companion(Protocol):
    """A bot that whoever runs the sandbox takes care of."""

    @property
    def state(self) -> str:
        """`starting`, `running` or `stopped`."""
        ...

    @property
    def problem(self) -> str | None:
        """Why it is stopped, in a sentence, if it did not stop by itself or by being told."""
        ...

    @property
    def log(self) -> list[str]:
        """What it wrote, line by line."""
        ...

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Call a listener whenever `state` changed or something was written."""
        ...

    def restart(self) -> Awaitable[None]:
        """Stop it and start it again."""
        ...
