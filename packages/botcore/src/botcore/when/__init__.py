"""Reading time as people type it: moments, lengths, what repeats, and time zones.

Here: the grammar's engine, one file of words and rules a language, and the four values that come out of them. What is
read is wholly understood or refused with the word that was not; and everything says itself back. Not here: whose zone
and habits these are (`botcore.contracts.users`), and Discord's options (`botcore.commands`).

Start reading at `moment`; `languages/en.toml` is what it understands.
"""

from botcore.when.duration import Duration
from botcore.when.errors import NotUnderstood
from botcore.when.moment import When
from botcore.when.reader import Reading, TimeReader
from botcore.when.recurrence import Recurrence
from botcore.when.rules import CalendarRule, ElapsedRule, Occurrence
from botcore.when.situation import Note, NoteKind
from botcore.when.timezone import Timezone

__all__ = [
    "CalendarRule",
    "Duration",
    "ElapsedRule",
    "NotUnderstood",
    "Note",
    "NoteKind",
    "Occurrence",
    "Reading",
    "Recurrence",
    "TimeReader",
    "Timezone",
    "When",
]
