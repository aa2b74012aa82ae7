"""Modals: forms whose fields are a dataclass, and that lose nothing when they are refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from botcore.commands.answer import Target
from botcore.commands.context import CommandContext
from botcore.commands.handler import InteractionHandler, refusal, refusal_text
from botcore.commands.inputs import InputDeclarationError, InputField, read_fields
from botcore.commands.payloads import check_payload, decode, encode
from botcore.commands.result import CommandResult
from botcore.errors import InvalidInput, UserError
from botcore.i18n import translator
from botcore.ui import (
    Button,
    ButtonStyle,
    EmbedBuilder,
    Message,
    Modal,
    TextInput,
    TextInputStyle,
    code_block,
)

_ = translator("botcore")

MAX_INPUTS = 5
_EMBED_TEXT_TOTAL = 5500  # of Discord's 6,000 over all embeds; the rest is for the sentence and the labels


@dataclass(frozen=True, slots=True)
class FormField:
    """A text field of a modal; put it beside the type of a dataclass field.

    Args:
        label: what stands above the field, at most 45 characters.
        paragraph: whether it takes several lines.
        placeholder: shown while it is empty, at most 100 characters.
        min_length: the shortest text, 0 to 4000 characters.
        max_length: the longest text, 1 to 4000 characters.
    """

    label: str
    paragraph: bool = field(default=False, kw_only=True)
    placeholder: str | None = field(default=None, kw_only=True)
    min_length: int | None = field(default=None, kw_only=True)
    max_length: int | None = field(default=None, kw_only=True)


class BaseModal[InputT](InteractionHandler[InputT]):
    """A form: subclass it with the dataclass of its fields.

    A field with a `FormField` beside its type is a text field; every other one travels in the modal's custom id, as
    with buttons. Open it by ``CommandResult.open(AskModal.modal(...))``.

    Attributes:
        id: ``<feature>.<name>``, the start of the custom id.
        version: raise it when the payload changes; forms of an earlier version are refused politely.
        title: at most 45 characters.
        private: whether only the person who submits sees the answer.
        updates: whether the answer takes the place of the message whose button opened the form.
    """

    id: ClassVar[str]
    title: ClassVar[str]
    version: ClassVar[int] = 1
    private: ClassVar[bool] = False
    updates: ClassVar[bool] = False

    _payload: ClassVar[tuple[InputField, ...]]
    _inputs: ClassVar[tuple[tuple[InputField, FormField], ...]]

    async def process_submit(self, ctx: CommandContext, data: InputT) -> CommandResult:
        """Do what the form is for.

        Raises:
            UserError: with a sentence that the person sees as it is.
        """
        raise NotImplementedError(f"{self.id} needs a process_submit.")

    async def _process(self, ctx: CommandContext, data: InputT) -> CommandResult:
        return await self.process_submit(ctx, data)

    @classmethod
    def modal(cls, *payload: Any, **texts: str) -> Modal:
        """The form to open.

        Args:
            payload: one value for each field that travels in the custom id, in order.
            texts: what stands in the text fields already, by field name.
        """
        cls.compile()
        return cls._modal(encode(cls.id, cls.version, cls._payload, payload), texts)

    @classmethod
    def _modal(cls, custom_id: str, texts: Mapping[str, str]) -> Modal:
        inputs = [
            TextInput(
                custom_id=entry.name,
                label=cls.texts(form.label),
                style=TextInputStyle.PARAGRAPH if form.paragraph else TextInputStyle.SHORT,
                required=entry.required,
                min_length=form.min_length,
                max_length=form.max_length,
                placeholder=None if form.placeholder is None else cls.texts(form.placeholder),
                value=texts.get(entry.name),
            )
            for entry, form in cls._inputs
        ]
        return Modal(custom_id=custom_id, title=cls.texts(cls.title), inputs=tuple(inputs))

    @property
    def label(self) -> str:
        """The modal's id."""
        return self.id

    @property
    def target(self) -> Target:
        """A new message, public or private, or the message that was there."""
        if self.updates:
            return Target.UPDATE
        return Target.NEW_PRIVATE if self.private else Target.NEW

    def fields(self) -> Sequence[InputField]:
        """The fields of the payload and of the form."""
        return [*self._payload, *(entry for entry, _form in self._inputs)]

    @classmethod
    def compile(cls) -> None:
        """Read the fields from the input dataclass.

        Raises:
            InputDeclarationError: naming the field and what to write instead.
        """
        if "_inputs" in cls.__dict__:
            return
        fields = read_fields(cls.input_type, cls.id)
        payload = tuple(entry for entry in fields if entry.mark(FormField) is None)
        check_payload(payload, cls.id)
        inputs = tuple((entry, form) for entry in fields if (form := entry.mark(FormField)) is not None)
        if not 1 <= len(inputs) <= MAX_INPUTS:
            raise InputDeclarationError(
                f"{cls.id}: a modal has 1 to {MAX_INPUTS} text fields, not {len(inputs)}; "
                'write Annotated[str, bc.FormField("Label")].'
            )
        for entry, _form in inputs:
            if entry.value_type is not str and entry.reference is None:
                raise InputDeclarationError(
                    f"{cls.id}.{entry.name}: a modal's text field is a str, or what a bc.Ref reads, such as bc.When."
                )
        cls._payload = payload
        cls._inputs = inputs

    def field_label(self, field: str) -> str:
        """The text field's label."""
        return next((form.label for entry, form in self._inputs if entry.name == field), field)

    def _read(self, ctx: CommandContext) -> dict[str, Any]:
        values = decode(str(ctx.interaction.data["custom_id"]), self.version, self._payload)
        texts = submitted_texts(ctx.interaction.data)
        for entry, form in self._inputs:
            text = texts.get(entry.name, "")
            if entry.required and not text.strip():
                raise InvalidInput(self.texts(form.label), _("This is needed."))
            if form.max_length is not None and len(text) > form.max_length:
                raise InvalidInput(self.texts(form.label), _("That text is too long."))
            values[entry.name] = text if text or entry.required else entry.default
        return values

    def _refused(self, ctx: CommandContext, error: UserError) -> CommandResult:
        """Keep what was typed in the refusal, with a button that opens the form again, filled in."""
        if not isinstance(error, InvalidInput):
            return super()._refused(ctx, error)
        texts = submitted_texts(ctx.interaction.data)
        field = next((self.texts(form.label) for entry, form in self._inputs if entry.name == error.field), "")
        embeds = [EmbedBuilder.error(refusal_text(error, field))]
        left = _EMBED_TEXT_TOTAL
        for entry, form in self._inputs:
            block = code_block(texts.get(entry.name, ""))
            if texts.get(entry.name) and len(block) <= min(left, 4096):
                left -= len(block)
                embeds.append(EmbedBuilder().title(self.texts(form.label)).description(block))
        again = Button(
            custom_id=str(ctx.interaction.data["custom_id"]),
            label=_("Edit and try again"),
            style=ButtonStyle.PRIMARY,
        )
        return CommandResult(
            success=False,
            error=refusal_text(error),
            message=Message(embeds=tuple(embeds), components=(again,)),
        )

    async def send_response(self, ctx: CommandContext, result: CommandResult) -> None:
        """As for every handler; a refusal carries what was typed."""
        if not result.success and result.modal is None:
            await ctx.answer.deliver(result.message or refusal(result.error or ""), Target.NEW_PRIVATE)
        else:
            await super().send_response(ctx, result)

    def reopened(self, ctx: CommandContext) -> Modal:
        """The form again, filled with what the refused message under the clicked button holds."""
        typed = {
            embed.get("title"): str(embed.get("description", "")) for embed in (ctx.message or {}).get("embeds", ())
        }
        texts = {
            entry.name: typed[self.texts(form.label)].removeprefix("```\n").removesuffix("\n```")
            for entry, form in self._inputs
            if self.texts(form.label) in typed
        }
        return self._modal(str(ctx.interaction.data["custom_id"]), texts)


def submitted_texts(data: Mapping[str, Any]) -> dict[str, str]:
    """The texts of a submitted modal, by the custom id of their fields."""
    texts: dict[str, str] = {}
    for row in data.get("components", ()):
        for component in (*row.get("components", ()), *([row["component"]] if "component" in row else ())):
            texts[str(component["custom_id"])] = str(component.get("value") or "")
    return texts
