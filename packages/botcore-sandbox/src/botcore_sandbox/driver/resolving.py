"""People, channels, roles and files as values: their ids, and the objects that go along in `resolved`."""

from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from botcore_sandbox.driver.places import ChannelView
from botcore_sandbox.payloads.attachments import attachment_payload
from botcore_sandbox.payloads.channels import resolved_channel_payload
from botcore_sandbox.payloads.guilds import member_fields, role_payload
from botcore_sandbox.payloads.messages import message_payload
from botcore_sandbox.payloads.users import user_payload
from botcore_sandbox.state.channels import Channel
from botcore_sandbox.state.guilds import Role
from botcore_sandbox.state.messages import Attachment, Message
from botcore_sandbox.state.users import User
from botcore_sandbox.state.world import World


@dataclass(frozen=True, slots=True)
class File:
    """A file that a person uploads into an option."""

    filename: str
    content: bytes
    content_type: str = "application/octet-stream"


@runtime_checkable
class HasUser(Protocol):
    """A person of the driver."""

    @property
    def user(self) -> User:
        """Their account."""
        ...


def kind_of(value: Any) -> str | None:
    """What a driver object is: a user, channel, role or file, or None of these."""
    if isinstance(value, HasUser | User):
        return "user"
    if isinstance(value, ChannelView):
        return "channel"
    if isinstance(value, Role):
        return "role"
    return "file" if isinstance(value, File) else None


class Resolved:
    """Collects the `resolved` part of one interaction in one channel."""

    def __init__(self, world: World, user: User, channel: Channel) -> None:
        self._world = world
        self._user = user
        self._channel = channel
        self.payload: dict[str, dict[str, Any]] = {}

    def add(self, value: Any) -> str:
        """Take up a driver object and return the id that is sent as the value."""
        match value:
            case HasUser():
                return self._add_user(value.user)
            case User():
                return self._add_user(value)
            case ChannelView():
                held = self._world.permissions_in(value.state, self._user)
                return self._put("channels", value.id, resolved_channel_payload(value.state, held))
            case Role():
                return self._put("roles", value.id, role_payload(value))
            case File():
                return self._add_file(value)
            case _:
                raise TypeError(f"{value!r} is no person, channel, role or file of this sandbox.")

    def add_message(self, message: Message) -> str:
        """Take up the target of a message command."""
        return self._put("messages", message.id, message_payload(self._world, message))

    def _add_user(self, user: User) -> str:
        guild = self._world.guild_of(self._channel)
        member = guild.members.get(user.id) if guild is not None else None
        if member is not None:
            held = self._world.permissions_in(self._channel, user)
            self._put("members", user.id, member_fields(member) | {"permissions": str(int(held))})
        return self._put("users", user.id, user_payload(user))

    def _add_file(self, file: File) -> str:
        attachment = Attachment(
            self._world.snowflakes.next(), file.filename, file.content, file.content_type, ephemeral=True
        )
        self._world.files.add(attachment)
        payload = attachment_payload(self._world, self._channel.id, attachment)
        return self._put("attachments", attachment.id, payload)

    def _put(self, group: str, id: int, payload: dict[str, Any]) -> str:
        self.payload.setdefault(group, {})[str(id)] = payload
        return str(id)
