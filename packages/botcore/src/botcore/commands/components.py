"""Buttons and selects: classes with the pipeline of a command, and a payload that travels in the custom id."""

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Any, ClassVar

from botcore.commands.answer import Target
from botcore.commands.context import CommandContext
from botcore.commands.handler import InteractionHandler
from botcore.commands.inputs import InputField, read_fields
from botcore.commands.payloads import check_payload, decode, encode
from botcore.commands.result import CommandResult
from botcore.ui import Button, ButtonStyle, Select, SelectOption


class Answers(Enum):
    """Where the answer to a click goes."""

    UPDATE = "update"  # the clicked message changes
    NEW = "new"  # a new message for all
    NEW_PRIVATE = "new_private"  # a new message for the person who clicked


_TARGETS = {Answers.UPDATE: Target.UPDATE, Answers.NEW: Target.NEW, Answers.NEW_PRIVATE: Target.NEW_PRIVATE}


class Component[InputT](InteractionHandler[InputT]):
    """What buttons and selects have in common.

    Attributes:
        id: ``<feature>.<name>``, the start of the custom id.
        version: raise it when the payload changes; clicks on earlier messages are then refused politely.
        answers: where the answer goes.
    """

    id: ClassVar[str]
    version: ClassVar[int] = 1
    answers: ClassVar[Answers] = Answers.UPDATE

    _payload: ClassVar[tuple[InputField, ...]]

    @property
    def label(self) -> str:
        """The component's id."""
        return self.id

    @property
    def target(self) -> Target:
        """As `answers` says."""
        return _TARGETS[self.answers]

    def fields(self) -> Sequence[InputField]:
        """The fields of the payload."""
        return self._payload

    @classmethod
    def compile(cls) -> None:
        """Read the payload's fields from the input dataclass.

        Raises:
            InputDeclarationError: naming the field and what to write instead.
        """
        if "_payload" not in cls.__dict__:
            fields = read_fields(cls.input_type, cls.id)
            check_payload(fields, cls.id)
            cls._payload = fields

    @classmethod
    def custom_id(cls, *payload: Any) -> str:
        """The custom id that carries ``payload``: one value a field, in order.

        Raises:
            InputDeclarationError: if the values do not fit the payload or the 100 characters.
        """
        cls.compile()
        return encode(cls.id, cls.version, cls._payload, payload)

    def _read(self, ctx: CommandContext) -> dict[str, Any]:
        return decode(str(ctx.interaction.data["custom_id"]), self.version, self._payload)


class BaseButton[InputT](Component[InputT]):
    """A button: subclass it with the dataclass of its payload, and put it on a message by `button`."""

    async def process_click(self, ctx: CommandContext, data: InputT) -> CommandResult:
        """Do what the button is for. By default, opens the modal named by `opens`.

        Raises:
            UserError: with a sentence that the person sees as it is.
        """
        return self._open("process_click")

    async def _process(self, ctx: CommandContext, data: InputT) -> CommandResult:
        return await self.process_click(ctx, data)

    @classmethod
    def button(
        cls,
        *payload: Any,
        label: str = "",
        style: ButtonStyle = ButtonStyle.SECONDARY,
        emoji: str | None = None,
        disabled: bool = False,
    ) -> Button:
        """The button for a message.

        Args:
            payload: one value a field of the payload, in order; for a reference what its ``load`` takes.
            label: at most 80 characters.
            style: its colour.
            emoji: a Unicode emoji before the label.
            disabled: whether it can be clicked.
        """
        return Button(custom_id=cls.custom_id(*payload), label=label, style=style, emoji=emoji, disabled=disabled)


class BaseSelect[InputT](Component[InputT]):
    """A select of texts: subclass it with the dataclass of its payload, and put it on a message by `select`."""

    async def process_choice(self, ctx: CommandContext, data: InputT, chosen: Sequence[str]) -> CommandResult:
        """Do what the choice is for. By default, opens the modal named by `opens`.

        Args:
            ctx: who acts, and where.
            data: the payload.
            chosen: the values of the options that are chosen now; a claim by a stranger, like every input.

        Raises:
            UserError: with a sentence that the person sees as it is.
        """
        return self._open("process_choice")

    async def _process(self, ctx: CommandContext, data: InputT) -> CommandResult:
        chosen = [str(value) for value in ctx.interaction.data.get("values") or ()]
        return await self.process_choice(ctx, data, chosen)

    @classmethod
    def select(
        cls,
        *payload: Any,
        options: Iterable[SelectOption],
        placeholder: str | None = None,
        min_values: int = 1,
        max_values: int = 1,
        disabled: bool = False,
    ) -> Select:
        """The select for a message.

        Args:
            payload: one value a field of the payload, in order; for a reference what its ``load`` takes.
            options: 1 to 25 of them.
            placeholder: shown while nothing is chosen, at most 150 characters.
            min_values: how many must be chosen, 0 to 25.
            max_values: how many may be chosen, 1 to 25.
            disabled: whether it can be used.
        """
        return Select(
            custom_id=cls.custom_id(*payload),
            options=tuple(options),
            placeholder=placeholder,
            min_values=min_values,
            max_values=max_values,
            disabled=disabled,
        )
