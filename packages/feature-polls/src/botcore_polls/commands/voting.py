"""Voting: the buttons, the list, and the private receipt with its way back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import botcore as bc
from botcore_polls.commands.references import PollRef
from botcore_polls.services.ballots import Ballots, Click, Wish
from botcore_polls.services.values import Poll, Receipt

_ = bc.translator(__name__)

CLICK_RATE = "60/minute"


@dataclass(frozen=True, slots=True)
class VoteInput:
    """What a button carries: the poll, and the position of its option."""

    poll: Annotated[Poll, PollRef]
    position: int


class Vote(bc.BaseButton[VoteInput]):
    """A button under a poll: votes for its option, or withdraws the vote that is for it."""

    id = "polls.vote"
    answers = bc.Answers.NEW_PRIVATE
    permission = bc.PermissionLevel.USER
    rate_limit = CLICK_RATE

    def __init__(self, ballots: Ballots) -> None:
        self._ballots = ballots

    async def process_click(self, ctx: bc.CommandContext, data: VoteInput) -> bc.CommandResult:
        """Take the vote and answer with the receipt."""
        click = Click(ctx.interaction.id, ctx.user.id, Wish.TOGGLE, data.position, _public_message(ctx, data.poll))
        return _receipt(await self._ballots.cast(data.poll, click))


@dataclass(frozen=True, slots=True)
class PollInput:
    """What the list and the way back carry: the poll."""

    poll: Annotated[Poll, PollRef]


class Choose(bc.BaseSelect[PollInput]):
    """The list under a poll with many options; its values are positions."""

    id = "polls.choose"
    answers = bc.Answers.NEW_PRIVATE
    permission = bc.PermissionLevel.USER
    rate_limit = CLICK_RATE

    def __init__(self, ballots: Ballots) -> None:
        self._ballots = ballots

    async def process_choice(self, ctx: bc.CommandContext, data: PollInput, chosen: Sequence[str]) -> bc.CommandResult:
        """Take the vote, or withdraw it where nothing is chosen, and answer with the receipt."""
        position = _position(chosen[0]) if chosen else None
        wish = Wish.SET if chosen else Wish.WITHDRAW
        click = Click(ctx.interaction.id, ctx.user.id, wish, position, _public_message(ctx, data.poll))
        return _receipt(await self._ballots.cast(data.poll, click))


class Withdraw(bc.BaseButton[PollInput]):
    """The button on a receipt: a list may no longer show what its member chose, so there must be another way back."""

    id = "polls.withdraw"
    answers = bc.Answers.UPDATE
    permission = bc.PermissionLevel.USER
    rate_limit = CLICK_RATE

    def __init__(self, ballots: Ballots) -> None:
        self._ballots = ballots

    async def process_click(self, ctx: bc.CommandContext, data: PollInput) -> bc.CommandResult:
        """Withdraw the vote and turn the receipt into one that says so."""
        click = Click(ctx.interaction.id, ctx.user.id, Wish.WITHDRAW)
        return _receipt(await self._ballots.cast(data.poll, click))


def _public_message(ctx: bc.CommandContext, poll: Poll) -> int | None:
    return ctx.message_id if ctx.channel_id == poll.channel_id else None


def _position(value: str) -> int:
    """The position in a stranger's text; -1, which no option has, where there is none."""
    return int(value) if value.isascii() and value.isdigit() and len(value) <= len("25") else -1


def _receipt(receipt: Receipt) -> bc.CommandResult:
    """Tell a member what their vote is now, and how to change it."""
    options = receipt.poll.options
    if receipt.now is None:
        if receipt.before is None:
            return bc.CommandResult.ok(bc.EmbedBuilder.info(_("You have no vote in this poll.")))
        text = _("You withdrew your vote for **{before}**. You can vote again at any time while the poll is open.")
        return bc.CommandResult.ok(bc.EmbedBuilder.info(text, before=options[receipt.before]))
    values = {"now": options[receipt.now]}
    if receipt.before is None or receipt.before == receipt.now:
        text = _("Your vote: **{now}**. Choose another option to change it.")
    else:
        text = _("Your vote: **{now}**, no longer **{before}**. Choose another option to change it.")
        values["before"] = options[receipt.before]
    return bc.CommandResult.ok(
        bc.EmbedBuilder.success(text, **values),
        components=[Withdraw.button(receipt.poll.id, label=_("Withdraw my vote"))],
    )
