"""Slash commands."""

from collections.abc import Sequence
from enum import Enum
from typing import Any, ClassVar

from botcore.commands.answer import Target
from botcore.commands.context import CommandContext
from botcore.commands.handler import InteractionHandler, refusal_text
from botcore.commands.inputs import InputField
from botcore.commands.options import STRING, Options, compile_options, given_options
from botcore.commands.result import CommandResult
from botcore.errors import InvalidInput, UserError
from botcore.i18n import COMMAND, OPTION, translator
from botcore.ui import code_block

_ = translator("botcore")


class Reply(Enum):
    """Who sees the answer of a command. Discord fixes it at the first acknowledgement."""

    PUBLIC = "public"
    PRIVATE = "private"


class BaseCommand[InputT](InteractionHandler[InputT]):
    """A slash command: subclass it with the dataclass of its options.

    Attributes:
        name: what is typed after the slash; ``"poll create"`` is the sub-command ``create`` of ``poll``.
        description: one line, 1 to 100 characters.
        reply: whether everybody or only the invoker sees the answer.
        default_member_permissions: the permission bits that Discord asks of members by default; Discord enforces
            them, botcore does not repeat them.
    """

    name: ClassVar[str]
    description: ClassVar[str]
    reply: ClassVar[Reply] = Reply.PUBLIC
    default_member_permissions: ClassVar[int | None] = None

    _options: Options

    async def process_command(self, ctx: CommandContext, data: InputT) -> CommandResult:
        """Do what the command is for. By default, opens the modal named by `opens`.

        Raises:
            UserError: with a sentence that the person sees as it is.
        """
        return self._open("process_command")

    async def _process(self, ctx: CommandContext, data: InputT) -> CommandResult:
        return await self.process_command(ctx, data)

    @property
    def label(self) -> str:
        """The command's name."""
        return self.name

    @property
    def target(self) -> Target:
        """A new message, public or private."""
        return Target.NEW_PRIVATE if self.reply is Reply.PRIVATE else Target.NEW

    @property
    def options(self) -> Options:
        """The compiled options."""
        return self._options

    @property
    def path(self) -> tuple[str, ...]:
        """The words of the name."""
        return tuple(self.name.split())

    @property
    def shown_name(self) -> str:
        """The name as Discord shows it in the active locale."""
        return " ".join(
            self.texts.name(COMMAND, " ".join(self.path[: length + 1]), otherwise=word)
            for length, word in enumerate(self.path)
        )

    def fields(self) -> Sequence[InputField]:
        """The fields of the options."""
        return [option.field for option in self._options.options]

    def compile(self) -> None:
        """Read the options from the input dataclass.

        Raises:
            InputDeclarationError: naming the option and what to write instead.
        """
        self._options = compile_options(self.input_type, f"/{self.name}")

    def field_label(self, field: str) -> str:
        """The option's name."""
        return next((option.name for option in self._options.options if option.field.name == field), field)

    def _read(self, ctx: CommandContext) -> dict[str, Any]:
        data = ctx.interaction.data
        _path, given = given_options(data)
        return self._options.parse(
            {option["name"]: option.get("value") for option in given},
            data.get("resolved") or {},
            ctx.interaction.entities,
            ctx.guild_id,
        )

    def _refused(self, ctx: CommandContext, error: UserError) -> CommandResult:
        """Give back what was typed with the refusal: Discord's client has already thrown it away."""
        text = refusal_text(error, self.texts.name(OPTION, error.field) if isinstance(error, InvalidInput) else "")
        typed = self._as_typed(ctx) if isinstance(error, InvalidInput) else None
        return CommandResult.fail(text if typed is None else f"{text}\n{_('You typed:')}{code_block(typed)}")

    def _as_typed(self, ctx: CommandContext) -> str | None:
        _path, given = given_options(ctx.interaction.data)
        if not any(option["type"] == STRING for option in given):
            return None
        options = [f"{self.texts.name(OPTION, option['name'])}: {option.get('value')}" for option in given]
        return " ".join([f"/{self.shown_name}", *options])
