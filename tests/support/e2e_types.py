"""The types of the fixtures in tests/e2e."""

from typing import Protocol

from botcore_sandbox import BotProcess


class StartBot(Protocol):
    """Starts ``botcore run`` with chosen features, always on the same database."""

    async def __call__(self, *features: str, arguments: tuple[str, ...] = (), **variables: str) -> BotProcess:
        """Start and wait until it is ready."""
        ...
