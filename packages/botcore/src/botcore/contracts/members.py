"""What a member of a server may do, asked when they are not there: a reminder fires while its author sleeps."""

from collections.abc import Set
from dataclasses import dataclass
from typing import Protocol

from botcore.contracts.messenger import Refused


@dataclass(frozen=True, slots=True)
class Access:
    """What one member may do in one channel at this moment.

    Args:
        sees: whether they see the channel.
        writes: whether they may write there; in a thread, into the thread.
        manages_messages: whether they may delete what others wrote.
        pings: the ids of the roles that they could ping there; ``@everyone`` is never among them.
    """

    sees: bool
    writes: bool
    manages_messages: bool
    pings: Set[int] = frozenset()


class Members(Protocol):
    """Knows the members of the bot's servers.

    What holds for every adapter: an answer is of this moment, never older than a few seconds; each call is bounded in
    time and raises nothing that Discord could answer.
    """

    async def access(self, guild_id: int, channel_id: int, user_id: int) -> Access | Refused:
        """What a user may do in a channel.

        Args:
            guild_id: the server.
            channel_id: one of its channels or threads.
            user_id: the user.

        Returns:
            Their access, or why there is none: `Refused` with 10004 (the bot is not in that server), 10003 (there is
            no such channel), 10007 (the user is no member), or what else Discord said.
            Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
        """
        ...
