"""Here `bot` is the fixture that authors use, and not the bare client of the folder above."""

from botcore_sandbox.fixtures import bot

__all__ = ["bot"]
