"""What a member can do wrong with a poll, each in its own sentence.

A poll that does not exist, one of another server and one of a channel that this member cannot see are the same error
with the same sentence: it must not tell a stranger that there is something to be found.
"""

import botcore as bc

_ = bc.translator(__name__)


class UnknownPoll(bc.NotFound):
    """There is no such poll that this member could see here."""

    def __init__(self) -> None:
        super().__init__(
            _("There is no such poll here. Choose one from the list that appears while you fill in `poll`.")
        )


class UnknownChoice(bc.NotFound):
    """A vote for an option that the poll does not have."""

    def __init__(self) -> None:
        super().__init__(_("This poll has no such option. Vote with the buttons or the list under it."))


class PollClosed(bc.UserError):
    """A vote that came after the end."""

    def __init__(self) -> None:
        super().__init__(_("This poll is closed, so your vote is no longer counted. /poll results shows how it ended."))


class AlreadyClosed(bc.UserError):
    """A poll is closed once."""

    def __init__(self) -> None:
        super().__init__(_("This poll is closed already. /poll results shows how it ended."))


class NotYourPoll(bc.NotAllowed):
    """Only its author and administrators may close a poll."""

    def __init__(self) -> None:
        super().__init__(_("Only the member who made this poll or an administrator can close it."))
