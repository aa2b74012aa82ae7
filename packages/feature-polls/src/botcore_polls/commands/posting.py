"""Posting a poll: what /poll create and the form of /poll compose have in common."""

from dataclasses import dataclass

import botcore as bc
from botcore_polls.commands.drawing import poll_message
from botcore_polls.services.polls import Polls
from botcore_polls.services.values import NewPoll

_ = bc.translator(__name__)

CREATE_RATE = "10/minute"


@dataclass(frozen=True, slots=True)
class PollPosted(bc.CommandResult):
    """A poll that is on its way to its channel.

    Args:
        poll_id: the poll.
    """

    poll_id: int = 0


async def post(ctx: bc.CommandContext, polls: Polls, question: str, options: str) -> PollPosted:
    """Make a poll and answer with its public message.

    Raises:
        InvalidInput: the question or the options cannot be used.
        UserError: there are too many open polls.
    """
    if ctx.guild_id is None or ctx.channel_id is None:
        raise bc.NotAllowed(_("Polls work only in a server."))
    tally = await polls.create(
        NewPoll(
            guild_id=ctx.guild_id,
            channel_id=ctx.channel_id,
            author_id=ctx.user.id,
            locale=ctx.locale,
            question=question,
            options=options,
        )
    )
    return PollPosted(success=True, message=poll_message(tally), poll_id=tally.poll.id)


async def note_posted(ctx: bc.CommandContext, polls: Polls, result: bc.CommandResult) -> None:
    """Remember where the poll stands, or take it back if Discord never took it.

    Where neither is certain, because Discord's answer was lost, the poll stays: the first click on it tells where
    it stands, and it can be closed.
    """
    if not isinstance(result, PollPosted):
        return
    if ctx.answer.acknowledged:
        await polls.posted(result.poll_id, await ctx.answer_message_id())
    else:
        await polls.discard(result.poll_id)
