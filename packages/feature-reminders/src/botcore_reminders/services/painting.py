"""The port through which deliveries get their messages; how these look is a matter of `commands`."""

from collections.abc import Sequence
from typing import Protocol

import botcore as bc
from botcore_reminders.services.values import Delivery, Missed, Reminder


class ReminderPainter(Protocol):
    """Makes every message that is sent without anybody asking, each in the language of its reminder."""

    def reminder(self, delivery: Delivery) -> bc.Message:
        """The reminder itself."""
        ...

    def nag(self, delivery: Delivery, times: int) -> bc.Message:
        """The reminder again, because nobody has said that it is done."""
        ...

    def notice(self, delivery: Delivery) -> bc.Message:
        """A line in a channel that says that a reminder waits, and nothing of what it says."""
        ...

    def summary(self, missed: Sequence[Missed], count: int) -> bc.Message:
        """One message for what was missed.

        Args:
            missed: the first of them, in the order in which they were due.
            count: how many there are in all.
        """
        ...

    def parked(self, reminder: Reminder, code: int) -> bc.Message:
        """Tells its owner that a reminder could not be delivered, and why."""
        ...

    def move(self, locale: str, count: int, before: str, after: str) -> bc.Message:
        """Asks somebody who lives in another zone now what is to become of their reminders."""
        ...
