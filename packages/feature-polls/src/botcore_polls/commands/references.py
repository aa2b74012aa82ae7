"""Polls as options and in custom ids: what a member may name, and how they find it."""

from collections.abc import Sequence

import botcore as bc
from botcore_polls.errors import UnknownPoll
from botcore_polls.services.polls import Polls
from botcore_polls.services.values import Poll

_ = bc.translator(__name__)

_LARGEST_ID = 2**31 - 1  # of the column


class PollRef(bc.Ref[Poll]):
    """A poll of this server in a channel that the member may see; its value is the poll's number."""

    def __init__(self, polls: Polls) -> None:
        self._polls = polls

    async def search(self, ctx: bc.CommandContext, typed: str) -> Sequence[bc.Choice]:
        """Polls whose question holds what was typed: open ones first, then the newest first."""
        if ctx.guild_id is None:
            return ()
        found = await self._polls.search(ctx.guild_id, typed, can_see=ctx.can_see_channel)
        return [_choice(poll) for poll in found]

    async def load(self, ctx: bc.CommandContext, value: str) -> Poll:
        """The poll of this number.

        Raises:
            UnknownPoll: there is none, or it is not for this member to see.
        """
        poll_id = _number(str(value))
        poll = None if ctx.guild_id is None or poll_id is None else await self._polls.find(ctx.guild_id, poll_id)
        if poll is None or not ctx.can_see_channel(poll.channel_id):
            raise UnknownPoll
        return poll


class ClosablePollRef(PollRef):
    """As `PollRef`, but offers only the open polls that the member may close."""

    def __init__(self, polls: Polls) -> None:
        super().__init__(polls)

    async def search(self, ctx: bc.CommandContext, typed: str) -> Sequence[bc.Choice]:
        """Open polls of the member, or anybody's for an administrator; the newest first."""
        if ctx.guild_id is None:
            return ()
        found = await self._polls.search(
            ctx.guild_id,
            typed,
            can_see=ctx.can_see_channel,
            open_only=True,
            author_id=None if ctx.is_administrator else ctx.user.id,
        )
        return [_choice(poll) for poll in found]


def _choice(poll: Poll) -> bc.Choice:
    """The state stands first: a long question is cut at its end."""
    shown = f"📊 {poll.question}" if poll.is_open else f"🔒 {_('closed')}: {poll.question}"
    return bc.Choice(shown, str(poll.id))


def _number(value: str) -> int | None:
    """The number in a stranger's text, if it can be one of a poll at all."""
    if not (value.isascii() and value.isdigit() and len(value) <= len(str(_LARGEST_ID))):
        return None
    return number if (number := int(value)) <= _LARGEST_ID else None
