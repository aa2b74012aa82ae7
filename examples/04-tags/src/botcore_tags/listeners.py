"""What happens without a command."""

from typing import Any

import botcore as bc
from botcore_tags.config import TagsConfig
from botcore_tags.services import Tags


class ShowByPrefix(bc.BaseListener):
    """Shows the tag that a message asks for, as ``?name``, where the bot may read what messages say."""

    event = "message"

    def __init__(self, tags: Tags, config: TagsConfig, messenger: bc.Messenger) -> None:
        self._tags = tags
        self._prefix = config.prefix
        self._messenger = messenger

    async def handle(self, *args: Any) -> None:
        """Answer a message that is a prefix and a name, and nothing else."""
        message = args[0]
        words = message.content.split()
        if message.author.bot or message.guild is None or len(words) != 1 or not words[0].startswith(self._prefix):
            return
        tag = await self._tags.find(message.guild.id, words[0].removeprefix(self._prefix))
        if tag is not None:
            await self._messenger.send(message.channel.id, bc.Message(content=tag.text))
