"""Options of slash commands: from an input dataclass to Discord's option objects, and from what came in to a value."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import nextcord

from botcore.commands.inputs import MISSING, InputDeclarationError, InputField, read_fields
from botcore.commands.interaction import Entities, Payload
from botcore.errors import InvalidInput
from botcore.i18n import translator

_ = translator("botcore")

# Discord's option types.
# https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-type
SUB_COMMAND, SUB_COMMAND_GROUP = 1, 2
STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = 3, 4, 5, 6, 7, 8, 9, 10, 11

MAX_OPTIONS = 25
MAX_CHOICES = 25
MAX_STRING_LENGTH = 6000

_SCALARS: dict[type[Any], int] = {str: STRING, int: INTEGER, bool: BOOLEAN, float: NUMBER}
_ENTITIES: dict[type[Any], tuple[int, tuple[nextcord.ChannelType, ...]]] = {
    nextcord.User: (USER, ()),
    nextcord.Member: (USER, ()),
    nextcord.Role: (ROLE, ()),
    nextcord.Attachment: (ATTACHMENT, ()),
    nextcord.abc.GuildChannel: (CHANNEL, ()),
    nextcord.TextChannel: (CHANNEL, (nextcord.ChannelType.text, nextcord.ChannelType.news)),
    nextcord.VoiceChannel: (CHANNEL, (nextcord.ChannelType.voice,)),
    nextcord.StageChannel: (CHANNEL, (nextcord.ChannelType.stage_voice,)),
    nextcord.CategoryChannel: (CHANNEL, (nextcord.ChannelType.category,)),
    nextcord.ForumChannel: (CHANNEL, (nextcord.ChannelType.forum,)),
    nextcord.Thread: (
        CHANNEL,
        (
            nextcord.ChannelType.news_thread,
            nextcord.ChannelType.public_thread,
            nextcord.ChannelType.private_thread,
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Option:
    """What Discord shows and checks of one option.

    Args:
        description: one line for the person who types, 1 to 100 characters.
        name: the option's name where it should differ from the field's.
        min: the smallest number, or the shortest text in characters.
        max: the largest number, or the longest text in characters.
    """

    description: str
    name: str | None = field(default=None, kw_only=True)
    min: float | None = field(default=None, kw_only=True)
    max: float | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class SlashOption:
    """One compiled option of a slash command."""

    name: str
    description: str
    field: InputField
    type: int
    min: float | None
    max: float | None
    channel_types: tuple[int, ...]
    convert: Callable[[Any], Any] | None

    @property
    def autocomplete(self) -> bool:
        """Whether Discord asks the bot for choices while the person types."""
        return self.field.reference is not None

    def to_payload(self) -> Payload:
        """Discord's option object, as the catalogue sends it."""
        payload: Payload = {"type": self.type, "name": self.name, "description": self.description}
        if self.field.required:
            payload["required"] = True
        if self.autocomplete:
            payload["autocomplete"] = True
        if self.field.choices:
            payload["choices"] = [{"name": name, "value": _plain(value)} for name, value in self.field.choices]
        if self.channel_types:
            payload["channel_types"] = list(self.channel_types)
        low, high = ("min_length", "max_length") if self.type == STRING else ("min_value", "max_value")
        if self.min is not None:
            payload[low] = self.min
        if self.max is not None:
            payload[high] = self.max
        return payload


@dataclass(frozen=True, slots=True)
class Options:
    """All options of one slash command, and how their values become its input."""

    input_type: type[Any]
    options: tuple[SlashOption, ...]

    def to_payload(self) -> list[Payload]:
        """Discord's option objects, those that must be given first, as Discord demands."""
        ordered = sorted(self.options, key=lambda option: not option.field.required)
        return [option.to_payload() for option in ordered]

    def named(self, name: str) -> SlashOption | None:
        """Return the option of this name."""
        return next((option for option in self.options if option.name == name), None)

    def parse(
        self, given: Mapping[str, Any], resolved: Mapping[str, Any], entities: Entities, guild_id: int | None
    ) -> dict[str, Any]:
        """Turn what came in into the input's keyword arguments; references stay the text that was given.

        Raises:
            InvalidInput: for a value that a real Discord client would not have sent.
        """
        values: dict[str, Any] = {}
        for option in self.options:
            value = given.get(option.name, MISSING)
            if value is MISSING:
                if option.field.required:
                    raise InvalidInput(option.name, _("This is needed."))
                values[option.field.name] = option.field.default
            else:
                values[option.field.name] = _parse_value(option, value, resolved, entities, guild_id)
        return values


def compile_options(input_type: type[Any], owner: str) -> Options:
    """Compile the options of the command ``owner`` from its input dataclass.

    Raises:
        InputDeclarationError: for a type that is no option, a missing description or a broken limit.
    """
    fields = read_fields(input_type, owner)
    if len(fields) > MAX_OPTIONS:
        raise InputDeclarationError(f"{owner}: a command has at most {MAX_OPTIONS} options, not {len(fields)}.")
    return Options(input_type, tuple(_compile(field, f"{owner}.{field.name}") for field in fields))


def _compile(field: InputField, owner: str) -> SlashOption:
    option = field.mark(Option)
    if option is None:
        raise InputDeclarationError(
            f'{owner}: an option needs a description; write Annotated[..., bc.Option("What it is for")].'
        )
    if len(field.choices) > MAX_CHOICES:
        raise InputDeclarationError(
            f"{owner}: at most {MAX_CHOICES} choices, not {len(field.choices)}; use a reference with autocomplete."
        )
    kind, channel_types, convert = _kind(field, owner)
    numeric = kind in {INTEGER, NUMBER}
    if (option.min is not None or option.max is not None) and not (numeric or kind == STRING):
        raise InputDeclarationError(f"{owner}: min and max are for numbers and text only.")
    return SlashOption(
        name=option.name or field.name,
        description=option.description,
        field=field,
        type=kind,
        min=option.min,
        max=option.max,
        channel_types=channel_types,
        convert=convert,
    )


def _kind(field: InputField, owner: str) -> tuple[int, tuple[int, ...], Callable[[Any], Any] | None]:
    if field.reference is not None:
        return STRING, (), None
    if issubclass(field.value_type, Enum):
        kinds = {type(member.value) for member in field.value_type}
        if len(kinds) != 1 or not kinds <= _SCALARS.keys():
            raise InputDeclarationError(f"{owner}: the values of an Enum must be all text or all numbers.")
        return _SCALARS[kinds.pop()], (), field.value_type
    if field.value_type in _SCALARS:
        return _SCALARS[field.value_type], (), float if field.value_type is float else None
    if field.value_type in _ENTITIES:
        kind, channel_types = _ENTITIES[field.value_type]
        return kind, tuple(channel.value for channel in channel_types), None
    raise InputDeclarationError(
        f"{owner}: {field.value_type.__name__} is no option's type; use str, int, float, bool, Literal, Enum, bc.When, "
        "bc.Duration, bc.Recurrence, bc.Timezone, a nextcord user, member, channel, role or attachment, or a bc.Ref."
    )


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


_PYTHON_TYPES: dict[int, tuple[type[Any], ...]] = {
    STRING: (str,),
    INTEGER: (int,),
    BOOLEAN: (bool,),
    NUMBER: (float, int),
}


def _parse_value(
    option: SlashOption, value: Any, resolved: Mapping[str, Any], entities: Entities, guild_id: int | None
) -> Any:
    expected = _PYTHON_TYPES.get(option.type)
    if expected is None:
        try:
            entity = entities.resolve(option.type, value, resolved, guild_id)
        except KeyError:
            raise InvalidInput(option.name, _("Discord did not say who or what that is; choose it again.")) from None
        if option.field.value_type is nextcord.Member and not isinstance(entity, nextcord.Member):
            raise InvalidInput(option.name, _("That person is not a member of this server."))
        return entity
    if not isinstance(value, expected) or (isinstance(value, bool) and option.type != BOOLEAN):
        raise InvalidInput(option.name, _("That is not a value of the right kind."))
    _check_range(option, value)
    if option.field.choices and value not in [_plain(choice) for _name, choice in option.field.choices]:
        raise InvalidInput(option.name, _("Choose one of the values that are offered."))
    return value if option.convert is None else option.convert(value)


def _check_range(option: SlashOption, value: Any) -> None:
    if option.type == STRING:
        size = len(value)
        if size > (MAX_STRING_LENGTH if option.max is None else option.max):
            raise InvalidInput(option.name, _("That text is too long."))
        if option.min is not None and size < option.min:
            raise InvalidInput(option.name, _("That text is too short."))
    elif option.type in {INTEGER, NUMBER} and (
        (option.min is not None and value < option.min) or (option.max is not None and value > option.max)
    ):
        raise InvalidInput(option.name, _("That number is outside the allowed range."))


def given_options(data: Mapping[str, Any]) -> tuple[tuple[str, ...], Sequence[Mapping[str, Any]]]:
    """Split a command's interaction data into the path of its name and the options of its last part.

    Returns:
        For ``/poll create question:Lunch?`` the path ``("poll", "create")`` and the one option object.

    Raises:
        KeyError, TypeError: for data that no Discord sends.
    """
    path = [str(data["name"])]
    options: Sequence[Mapping[str, Any]] = data.get("options") or ()
    while options and options[0]["type"] in {SUB_COMMAND, SUB_COMMAND_GROUP}:
        path.append(str(options[0]["name"]))
        options = options[0].get("options") or ()
    return tuple(path), options
