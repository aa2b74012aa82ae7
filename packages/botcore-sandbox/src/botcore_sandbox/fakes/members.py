"""The `Members` port in memory: a test says who may do what."""

import botcore as bc


class FakeMembers:
    """Answers what it was told, and full access to whom nobody was said anything about.

    Attributes:
        answers: by server, channel and user.
        asked: every question, in order.
    """

    def __init__(self) -> None:
        self.answers: dict[tuple[int, int, int], bc.Access | bc.Refused] = {}
        self.asked: list[tuple[int, int, int]] = []

    async def access(self, guild_id: int, channel_id: int, user_id: int) -> bc.Access | bc.Refused:
        """What a user may do in a channel; as in `botcore.Members`."""
        question = (guild_id, channel_id, user_id)
        self.asked.append(question)
        return self.answers.get(question, bc.Access(sees=True, writes=True, manages_messages=True))
