"""Messages, files and modals as a person sees them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botcore_sandbox.payloads.attachments import attachment_url
from botcore_sandbox.payloads.messages import message_payload
from botcore_sandbox.state.interactions import Interaction
from botcore_sandbox.state.messages import Message
from botcore_sandbox.state.world import World
from botcore_sandbox.validation.components import TEXT_DISPLAY, TEXT_INPUT, walk
from botcore_sandbox.validation.modals import LABEL


@dataclass(frozen=True, slots=True)
class FileView:
    """An attached file; the URL is served by the sandbox."""

    filename: str
    content: bytes
    content_type: str
    url: str


class MessageView:
    """A message on the screen; it is live and shows later edits."""

    def __init__(self, world: World, message: Message) -> None:
        self._world = world
        self.state = message

    def __repr__(self) -> str:
        return f"<MessageView {self.id} by {self.author}: {self.text!r}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, MessageView) and other.state is self.state

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def id(self) -> int:
        """The message's id."""
        return self.state.id

    @property
    def author(self) -> str:
        """The user name of who wrote it."""
        return self.state.author.username

    @property
    def content(self) -> str:
        """The text outside embeds."""
        return self.state.content

    @property
    def embeds(self) -> list[dict[str, Any]]:
        """The embeds as Discord gives them."""
        embeds: list[dict[str, Any]] = self.payload["embeds"]
        return embeds

    @property
    def components(self) -> list[dict[str, Any]]:
        """The rows of components as Discord gives them."""
        components: list[dict[str, Any]] = self.payload["components"]
        return components

    @property
    def text(self) -> str:
        """Everything that can be read: content, text blocks and embeds, one part a line."""
        return "\n".join(part for part in self._texts() if part)

    @property
    def names(self) -> dict[str, str]:
        """What mentions stand for where this message is: ``{"@1": "@Bob", "#2": "#general", "@&3": "@Keepers"}``."""
        world = self._world
        names = {f"@{user.id}": f"@{user.display_name}" for user in world.users.values()}
        names |= {f"#{channel.id}": f"#{channel.name}" for channel in world.channels.values()}
        guild = world.guilds.get(self.state.guild_id or 0)
        return names | {f"@&{role.id}": f"@{role.name}" for role in (guild.roles.values() if guild else ())}

    @property
    def now(self) -> datetime:
        """The present moment where this message is, aware, in UTC."""
        return self._world.now()

    @property
    def private(self) -> bool:
        """Whether only one person sees it."""
        return self.state.ephemeral

    @property
    def loading(self) -> bool:
        """Whether it still shows "is thinking..."."""
        return self.state.loading

    @property
    def edited(self) -> bool:
        """Whether it was changed after it was there."""
        return self.state.edited_at is not None

    @property
    def deleted(self) -> bool:
        """Whether it is gone."""
        return self.state.deleted

    @property
    def pinned(self) -> bool:
        """Whether it is on the channel's list of pins."""
        return self.state.pinned

    @property
    def reactions(self) -> dict[str, list[str]]:
        """The user names of those who reacted, by emoji."""
        return {emoji.name: [user.username for user in users.values()] for emoji, users in self.state.reactions.items()}

    @property
    def votes(self) -> dict[str, list[str]]:
        """The user names of those who voted in a native poll, by the text of the answer; empty without a poll."""
        poll = self.state.poll
        if poll is None:
            return {}
        return {
            media.get("text", ""): [user.username for user in poll.votes.get(number, {}).values()]
            for number, media in poll.answers.items()
        }

    @property
    def files(self) -> list[FileView]:
        """The attached files, those inside embeds included."""
        return [
            FileView(
                attachment.filename,
                attachment.content,
                attachment.content_type,
                attachment_url(self._world, self.state.channel_id, attachment),
            )
            for attachment in self.state.attachments
        ]

    @property
    def payload(self) -> dict[str, Any]:
        """The message as REST gives it."""
        return message_payload(self._world, self.state)

    def _texts(self) -> Iterator[str]:
        yield self.content
        for component in walk(self.components):
            if component["type"] == TEXT_DISPLAY:
                yield component["content"]
        for embed in self.state.embeds:
            yield embed.get("author", {}).get("name", "")
            yield embed.get("title", "")
            yield embed.get("description", "")
            for field in embed.get("fields", ()):
                yield field["name"]
                yield field["value"]
            yield embed.get("footer", {}).get("text", "")


@dataclass(frozen=True, slots=True)
class ModalField:
    """One field of a modal; `component` is the text input or select itself."""

    custom_id: str
    label: str
    component: dict[str, Any]

    @property
    def required(self) -> bool:
        """Whether the client insists on it."""
        return bool(self.component.get("required", True))

    @property
    def value(self) -> str:
        """What a text input starts with."""
        return str(self.component.get("value", ""))


class ModalView:
    """A form that the bot opened for one person."""

    def __init__(self, interaction: Interaction, modal: dict[str, Any]) -> None:
        self.opened_by = interaction
        self.payload = modal

    @property
    def custom_id(self) -> str:
        """The modal's custom id."""
        return str(self.payload["custom_id"])

    @property
    def title(self) -> str:
        """The line above the form."""
        return str(self.payload["title"])

    @property
    def fields(self) -> list[ModalField]:
        """What can be filled in, from top to bottom."""
        fields = []
        for block in self.payload["components"]:
            if block["type"] == LABEL:
                component = block["component"]
                fields.append(ModalField(component["custom_id"], block["label"], component))
            elif "components" in block:
                fields.extend(
                    ModalField(component["custom_id"], component["label"], component)
                    for component in block["components"]
                    if component["type"] == TEXT_INPUT
                )
        return fields
