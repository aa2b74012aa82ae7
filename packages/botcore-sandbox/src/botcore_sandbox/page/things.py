"""Turns the ids that a tab sends into the people, roles, channels and files of the driver."""

from collections.abc import Callable, Mapping
from typing import Any

from botcore_sandbox.driver import listing
from botcore_sandbox.driver.errors import NotOffered
from botcore_sandbox.driver.places import ChannelView
from botcore_sandbox.driver.views import ModalView
from botcore_sandbox.page.asking import as_file, as_id
from botcore_sandbox.state.channels import Channel
from botcore_sandbox.state.guilds import Role
from botcore_sandbox.state.messages import Message
from botcore_sandbox.state.users import User
from botcore_sandbox.state.world import World
from botcore_sandbox.validation.options import OptionType
from botcore_sandbox.validation.selects import SELECT_TYPES, SelectType


def find_channel(world: World, channel_id: int) -> Channel:
    """A channel by id.

    Raises:
        NotOffered: There is none.
    """
    channel = world.channels.get(channel_id)
    if channel is None:
        raise NotOffered("This channel is gone.")
    return channel


def find_message(world: World, user: User, message_id: int) -> Message:
    """A message that somebody sees, by id.

    Raises:
        NotOffered: There is none, or it is not theirs to see.
    """
    for channel in world.channels.values():
        message = channel.messages.get(message_id)
        if message is not None and world.sees(user, message):
            return message
    raise NotOffered("This message is gone.")


def find_user(world: World, user_id: int) -> User:
    """Somebody by id.

    Raises:
        NotOffered: There is nobody.
    """
    user = world.users.get(user_id)
    if user is None:
        raise NotOffered("There is nobody of this id.")
    return user


def option_values(world: World, channel: Channel, command: str, sent: Mapping[str, Any]) -> dict[str, Any]:
    """Options as the driver takes them, from those that a tab sent.

    Raises:
        NotOffered: There is no such command, person, role, channel or file.
    """
    kinds = {o["name"]: OptionType(o["type"]) for o in listing.find_slash(world, channel.guild_id, command).options}
    read: dict[OptionType, Callable[[Any], Any]] = {
        OptionType.USER: lambda value: find_user(world, as_id(value, "user")),
        OptionType.CHANNEL: lambda value: ChannelView(world, find_channel(world, as_id(value, "channel"))),
        OptionType.ROLE: lambda value: _role(world, channel, as_id(value, "role")),
        OptionType.MENTIONABLE: lambda value: _somebody(world, channel, as_id(value, "mention")),
        OptionType.ATTACHMENT: as_file,
    }
    return {
        name: read[kinds[name]](value) if name in kinds and kinds[name] in read else value
        for name, value in sent.items()
    }


def chosen(world: World, channel: Channel, component: Mapping[str, Any], values: list[str]) -> list[Any]:
    """What was chosen in a select, as the driver takes it.

    Raises:
        NotOffered: Something of it is not there.
    """
    read: dict[int, Callable[[str], Any]] = {
        SelectType.USER: lambda value: find_user(world, as_id(value, "user")),
        SelectType.ROLE: lambda value: _role(world, channel, as_id(value, "role")),
        SelectType.MENTIONABLE: lambda value: _somebody(world, channel, as_id(value, "mention")),
        SelectType.CHANNEL: lambda value: ChannelView(world, find_channel(world, as_id(value, "channel"))),
    }
    as_it_is = component["type"] not in read
    return list(values) if as_it_is else [read[component["type"]](value) for value in values]


def form_values(world: World, channel: Channel, modal: ModalView, sent: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a form by custom id: a text each, or a list of what was chosen.

    Raises:
        NotOffered: Something that was chosen is not there.
    """
    components = {field.custom_id: field.component for field in modal.fields}
    values = dict(sent)
    for custom_id, component in components.items():
        value = values.get(custom_id)
        if component["type"] in SELECT_TYPES and isinstance(value, list):
            values[custom_id] = chosen(world, channel, component, [str(item) for item in value])
    return values


def _role(world: World, channel: Channel, role_id: int) -> Role:
    guild = world.guild_of(channel)
    role = guild.roles.get(role_id) if guild is not None else None
    if role is None:
        raise NotOffered("There is no role of this id here.")
    return role


def _somebody(world: World, channel: Channel, some_id: int) -> User | Role:
    return world.users.get(some_id) or _role(world, channel, some_id)
