"""Autocomplete: what Discord shows while a person types an option."""

from collections.abc import Sequence
from typing import Any

from botcore.commands.command import BaseCommand
from botcore.commands.context import CommandContext
from botcore.commands.interaction import CallbackType, InteractionGone, Payload
from botcore.commands.options import given_options
from botcore.commands.references import Choice
from botcore.errors import UserError
from botcore.limits import Rate
from botcore.log import get_logger
from botcore.ui import shorten

MAX_CHOICES = 25
MAX_CHOICE_LENGTH = 100

#: Discord asks at nearly every key stroke, so this is apart from the command's own rate.
TYPING_RATE = Rate.parse("30/10 seconds")

_log = get_logger(__name__)


async def complete(command: BaseCommand[Any], ctx: CommandContext) -> None:
    """Answer one autocomplete request: what the reference finds, or an empty list where the person is refused.

    An error is logged and gives an empty list; a list that comes too late is dropped.
    """
    try:
        choices = await _search(command, ctx)
    except UserError:
        choices = ()
    except Exception:
        _log.exception("autocomplete failed", command=command.label)
        choices = ()
    try:
        await ctx.interaction.responder.callback(
            CallbackType.AUTOCOMPLETE_RESULT,
            {"choices": [_payload(choice) for choice in list(choices)[:MAX_CHOICES] if choice.value]},
        )
    except InteractionGone:
        _log.info("autocomplete came too late", command=command.label)


async def _search(command: BaseCommand[Any], ctx: CommandContext) -> Sequence[Choice]:
    ctx.runtime.policy.require(command.permission, ctx.interaction.caller)
    decision = await ctx.runtime.limiter.check_limit(f"autocomplete:{ctx.user.id}", TYPING_RATE)
    _path, given = given_options(ctx.interaction.data)
    focused = next((option for option in given if option.get("focused")), None)
    option = None if focused is None else command.options.named(focused["name"])
    if not decision.allowed or focused is None or option is None or not option.autocomplete:
        return ()
    return await command.references[option.field.name].search(ctx, str(focused.get("value", "")))


def _payload(choice: Choice) -> Payload:
    return {"name": shorten(choice.name, MAX_CHOICE_LENGTH) or choice.value, "value": choice.value}
