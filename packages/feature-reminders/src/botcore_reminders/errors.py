"""What somebody can do wrong with a reminder, each in its own sentence.

A reminder that does not exist and one of somebody else are the same error with the same sentence: it must not tell a
stranger that there is something to be found.
"""

import botcore as bc

_ = bc.translator(__name__)


class UnknownReminder(bc.NotFound):
    """There is no such reminder that this person may see."""

    def __init__(self) -> None:
        super().__init__(
            _("There is no such reminder of yours. Choose one from the list that appears while you fill in `reminder`.")
        )


class ReminderGone(bc.NotFound):
    """A button of a reminder that is no longer kept."""

    def __init__(self) -> None:
        super().__init__(
            _("This reminder is no longer kept, so nothing can be done with it. /remind me makes a new one.")
        )


class NotYours(bc.NotAllowed):
    """Only whom a message is for may use its buttons."""

    def __init__(self) -> None:
        super().__init__(_("This reminder is for somebody else. With “Me too” you get one of your own."))


class AlreadyYours(bc.UserError):
    """Somebody asks for a reminder that is for them already."""

    def __init__(self) -> None:
        super().__init__(_("This reminder is yours already, and comes again by itself. /remind list shows it."))


class TooMany(bc.UserError):
    """Somebody has as many reminders waiting as the operator allows.

    Args:
        limit: how many that is.
    """

    def __init__(self, limit: int) -> None:
        super().__init__(
            _(
                "You have {limit} reminders waiting, and this bot allows no more. Remove one with /remind cancel first."
            ).format(limit=limit)
        )


class AlreadyPast(bc.InvalidInput):
    """A reminder for a moment that is over.

    Args:
        when: that moment, in words.
    """

    def __init__(self, when: str) -> None:
        super().__init__(
            "when", _("That is already past: {when}. Write a time that is still to come.").format(when=when)
        )


class WrongState(bc.UserError):
    """A reminder cannot be paused, resumed or confirmed as it stands."""


class RefusesReminders(bc.NotAllowed):
    """Somebody does not want to be reminded by others."""

    def __init__(self) -> None:
        super().__init__(_("This member does not take reminders from others."))
