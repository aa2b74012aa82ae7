"""The port through which the live tally gets the public message of a poll; how it looks is a matter of `commands`."""

from typing import Protocol

import botcore as bc
from botcore_polls.services.values import Tally


class PollPainter(Protocol):
    """Makes the public message of a poll."""

    def paint(self, tally: Tally) -> bc.Message:
        """The whole message, in the poll's own language."""
        ...
