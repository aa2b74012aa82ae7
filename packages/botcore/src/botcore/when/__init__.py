"""Reading time as people type it: moments, lengths, what repeats, and time zones.

Here: the grammar's engine, one file of words and rules a language, and the four values that come out of them. What is
read is wholly understood or refused with the word that was not; and everything says itself back. Not here: whose zone
and habits these are (`botcore.contracts.users`), and Discord's options (`botcore.commands`).

Where a phrase could mean several things, one rule holds, and the reading says so in a note:

- A day without a time of day is at nine; the end of something is its last minute.
- What names no year, month or week is the next one: "friday" is the coming one, and today only with a time of day that
  is still ahead. "next friday" is the Friday of next week, as the person's weeks begin.
- Hours without am and pm are of 24. "midnight" with a day is the start of it; alone, or today, it is the coming one.
- 3/4 is read in the person's order; 31/12 and 12/31 can only be read in one. With dots the day comes first.
- Days and longer keep the time of day, hours and shorter elapse: so does "every day" against "every 24 hours".
- A time that the clocks skip is as much later as they skip; of one that they show twice the first is taken.
- "every 2nd tuesday" is the second one of each month, "every other tuesday" one in two weeks. "every 31st" is the last
  day of a shorter month; "every 31st only" leaves it out. A rule of RFC 5545 leaves it out, as the RFC says.
- "until june" includes June. Business days leave out Saturdays and Sundays, and know no holidays.
- An offset or an abbreviation says which moment is meant, and is no place: what repeats needs a place.

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
