"""The template that every command, button, select and modal runs through.

`InteractionHandler.execute` is the only way in. Its stages, in order:

``pre_execute``, ``permission``, ``rate_limit``, ``validate_input``, ``process_command``, ``send_response``,
``post_execute``.

The last one always runs. What a subclass may change it changes by overriding a stage's method, never the order.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, final, get_args

from botcore.commands.answer import Target
from botcore.commands.context import CommandContext
from botcore.commands.inputs import InputDeclarationError, InputField, NoInput
from botcore.commands.interaction import AlreadyAcknowledged, InteractionGone
from botcore.commands.payloads import PayloadUnreadable
from botcore.commands.references import Ref
from botcore.commands.result import CommandResult
from botcore.commands.runtime import Execution
from botcore.errors import InvalidInput, NotFound, RateLimited, Unreadable, UserError
from botcore.i18n import Translator, translator
from botcore.limits import Rate
from botcore.log import get_logger
from botcore.permissions import PermissionLevel
from botcore.ui import EmbedBuilder, Message, TimestampStyle, timestamp

if TYPE_CHECKING:  # a modal is a handler itself
    from botcore.commands.modals import BaseModal

_ = translator("botcore")
_log = get_logger(__name__)


class InteractionHandler[InputT](ABC):
    """What commands, buttons, selects and modals have in common: the stages of one execution.

    One object serves every call, for as long as the bot runs: input is a value of the call, never state on ``self``.

    Attributes:
        permission: who may use it.
        rate_limit: how often one person may, such as ``"5/minute"``; ``None`` for as often as they like.
        opens: the modal that it opens as its answer, if it opens one; a modal cannot.
        texts: translates what the package wrote into the active locale.
    """

    permission: ClassVar[PermissionLevel] = PermissionLevel.PUBLIC
    rate_limit: ClassVar[str | None] = None
    opens: "ClassVar[type[BaseModal[Any]] | None]" = None
    input_type: ClassVar[type[Any]] = NoInput
    texts: ClassVar[Translator] = _

    _rate: Rate | None = None
    _references: Mapping[str, Ref[Any]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Take the input's type from ``BaseCommand[RollInput]``, and the texts from the package."""
        super().__init_subclass__(**kwargs)
        cls.texts = translator(cls.__module__)
        for base in cls.__dict__.get("__orig_bases__", ()):
            for argument in get_args(base):
                if isinstance(argument, type):
                    cls.input_type = argument

    # -- what a subclass fills in or changes ------------------------------------------------------------------------

    async def pre_execute(self, ctx: CommandContext) -> None:
        """Run before anything is checked."""
        return

    async def validate_input(self, ctx: CommandContext, data: InputT) -> InputT:
        """Check what one field alone cannot say, and return the input, changed or not.

        Raises:
            InvalidInput: naming the field and what to write instead.
        """
        return data

    @abstractmethod
    async def _process(self, ctx: CommandContext, data: InputT) -> CommandResult: ...

    async def send_response(self, ctx: CommandContext, result: CommandResult) -> None:
        """Send the result to Discord: a message, a form, or a private refusal."""
        if result.modal is not None:
            await ctx.answer.open(result.modal)
        elif result.success:
            await ctx.answer.deliver(result.message or self._silence())
        else:
            await ctx.answer.deliver(refusal(result.error or _("That did not work.")), Target.NEW_PRIVATE)

    async def post_execute(self, ctx: CommandContext, result: CommandResult) -> None:
        """Run last, whatever happened; the answer has been sent or has failed."""
        return

    # -- the template -----------------------------------------------------------------------------------------------

    @property
    @abstractmethod
    def label(self) -> str:
        """The name in logs, metrics and limits: the command's name, or the component's id."""

    @property
    @abstractmethod
    def target(self) -> Target:
        """Where the answer goes."""

    @property
    def acknowledges(self) -> bool:
        """Whether a late answer may be acknowledged by itself; Discord takes a form only as the first answer."""
        return self.opens is None

    @abstractmethod
    def fields(self) -> Sequence[InputField]:
        """The fields of the input."""

    @abstractmethod
    def _read(self, ctx: CommandContext) -> dict[str, Any]:
        """Read the input's keyword arguments from the interaction; references stay the text that was given."""

    @final
    async def execute(self, ctx: CommandContext) -> CommandResult:
        """Run every stage for one interaction; the only path there is.

        Returns:
            What was answered. Nothing is raised: an unexpected error is logged with its trace and a reference, and
            the person gets a sentence with that reference.
        """
        runtime = ctx.runtime
        started = runtime.clock.monotonic()
        result = CommandResult.fail("")
        outcome = "failed"
        if self.acknowledges:
            runtime.deadlines.watch(ctx.answer)
        try:
            result = await self._run_to_result(ctx)
            await self.send_response(ctx, result)
            outcome = "ok" if result.success else "refused"
        except InteractionGone as gone:
            outcome = "gone"
            _log.warning("Discord no longer took the answer", command=self.label, reason=str(gone))
        except Exception:
            _log.exception("a handler failed", command=self.label)
            result = CommandResult.fail(failure_text(ctx.reference))
            await self._send_failure(ctx, result)
        finally:
            runtime.deadlines.release(ctx.answer)
            await self._finish(
                ctx,
                result,
                Execution(self.label, outcome, runtime.clock.monotonic() - started, ctx.reference),
            )
        return result

    async def _run_to_result(self, ctx: CommandContext) -> CommandResult:
        try:
            await self.pre_execute(ctx)
            ctx.runtime.policy.require(self.permission, ctx.interaction.caller)
            await self._check_rate(ctx)
            data = await self.validate_input(ctx, await self._load_input(ctx))
            return await self._process(ctx, data)
        except UserError as error:
            return self._refused(ctx, error)

    async def _check_rate(self, ctx: CommandContext) -> None:
        if self._rate is None:
            return
        decision = await ctx.runtime.limiter.check_limit(f"{self.label}:{ctx.user.id}", self._rate)
        if not decision.allowed:
            when = decision.retry_at or ctx.runtime.clock.now()
            raise RateLimited(
                _("That was too often. Try again {when}.").format(when=timestamp(when, TimestampStyle.RELATIVE)),
                retry_at=when,
            )

    async def _load_input(self, ctx: CommandContext) -> InputT:
        """Build the input, loading every reference: its value is a claim that only its `Ref` can judge."""
        try:
            values = self._read(ctx)
        except PayloadUnreadable:
            raise NotFound(outdated_text()) from None
        for name, reference in self._references.items():
            if isinstance(values[name], str):  # else it is the field's default
                values[name] = await self._loaded(ctx, name, reference, values[name])
        data: InputT = self.input_type(**values)
        return data

    async def _loaded(self, ctx: CommandContext, name: str, reference: Ref[Any], value: str) -> Any:
        try:
            return await reference.load(ctx, value)
        except Unreadable as error:
            raise InvalidInput(self.field_label(name), error.message) from error

    def field_label(self, field: str) -> str:
        """What the person knows a field of the input as."""
        return field

    def _open(self, method: str) -> CommandResult:
        """What a handler does that says nothing else.

        Args:
            method: the method that it could have.
        """
        if self.opens is None:
            raise NotImplementedError(f"{self.label} needs a {method}, or a modal in `opens`.")
        return CommandResult.open(self.opens.modal())

    def _refused(self, ctx: CommandContext, error: UserError) -> CommandResult:
        """The result that tells the person of their mistake."""
        return CommandResult.fail(refusal_text(error))

    def _silence(self) -> Message | None:
        """What answers a success that has nothing to say."""
        return Message(content=_("Done.")) if self.target is not Target.UPDATE else None

    async def _send_failure(self, ctx: CommandContext, result: CommandResult) -> None:
        try:
            await ctx.answer.deliver(refusal(result.error or ""), Target.NEW_PRIVATE)
        except (InteractionGone, AlreadyAcknowledged) as gone:
            _log.warning("Discord no longer took the answer", command=self.label, reason=str(gone))
        except Exception:
            _log.exception("even the apology could not be sent", command=self.label)

    async def _finish(self, ctx: CommandContext, result: CommandResult, execution: Execution) -> None:
        try:
            await self.post_execute(ctx, result)
        except Exception:
            _log.exception("post_execute failed", command=self.label)
        ctx.runtime.monitor.command_finished(execution.name, execution.seconds, execution.outcome)
        for observer in ctx.runtime.observers:
            try:
                await observer(execution)
            except Exception:
                _log.exception("an observer failed", command=self.label)

    # -- registration -----------------------------------------------------------------------------------------------

    @property
    def references(self) -> Mapping[str, Ref[Any]]:
        """The reference that loads each field that has one, by the field's name."""
        return self._references

    @abstractmethod
    def compile(self) -> None:
        """Read the declaration of the input, once.

        Raises:
            InputDeclarationError: naming the field and what to write instead.
        """

    @classmethod
    def reference_types(cls, fields: Sequence[InputField]) -> dict[str, type[Ref[Any]]]:
        """The reference class of each field that has one."""
        return {field.name: field.reference for field in fields if field.reference is not None}

    def prepare(self, references: Mapping[str, Ref[Any]]) -> None:
        """Take what registration worked out, once, before the first call.

        Raises:
            InputDeclarationError: for a rate that cannot be read.
        """
        self._references = references
        if self.rate_limit is not None:
            try:
                self._rate = Rate.parse(self.rate_limit)
            except ValueError as error:
                raise InputDeclarationError(f"{self.label}: {error}") from error


def refusal(text: str) -> Message:
    """A message that says no."""
    return Message(embeds=(EmbedBuilder.error(text),))


def refusal_text(error: UserError, field: str = "") -> str:
    """The sentence of a person's mistake, with the field it is about.

    Args:
        error: the mistake.
        field: what the person knows the field as, if not by its name in the source.
    """
    if isinstance(error, InvalidInput):
        return f"**{field or error.field}**: {error.message}"
    return str(error)


def failure_text(reference: str) -> str:
    """The sentence for whatever is not the person's fault."""
    return _("Something went wrong here. The bot's owner can look it up as `{reference}`.").format(reference=reference)


def outdated_text() -> str:
    """The sentence for a button, select or form of another time."""
    return _("This is from an earlier version of the bot and no longer works. Please start again.")
