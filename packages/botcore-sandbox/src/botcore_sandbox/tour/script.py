"""The visit: every step, in the order in which it is played."""

from botcore_sandbox.tour.acts import core, dice, polls, reminders
from botcore_sandbox.tour.step import Step

SCRIPT = (
    Step("The bot arrives", core.arrives),
    Step("A command with an option", dice.rolls, "dice"),
    Step("Help, while you type", core.helps),
    Step("A poll in one line", polls.creates, "polls"),
    Step("Votes, and a tally that follows", polls.votes, "polls"),
    Step("A form that loses nothing", polls.composes, "polls"),
    Step("A vote changed, a vote withdrawn", polls.changes, "polls"),
    Step("A mistake, explained", polls.explains, "polls"),
    Step("Not for everybody", core.refuses),
    Step("Somebody else's poll", polls.protects, "polls"),
    Step("A reminder, seen before it is kept", reminders.makes, "reminders"),
    Step("A vote at the last moment", polls.votes_late, "polls"),
    Step("The power fails", core.survives),
    Step("The old button still works", polls.remembers, "polls"),
    Step("The end of a poll", polls.ends, "polls"),
    Step("Two hours later", reminders.arrive, "reminders"),
    Step("What became of it", reminders.account, "reminders"),
    Step("The bot leaves", core.leaves),
)
