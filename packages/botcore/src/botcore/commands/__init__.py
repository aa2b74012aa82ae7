"""Commands: what a person can do, and the one pipeline that everything they do runs through.

Belongs here: slash commands, buttons, selects, modals, listeners, their input, their answers, and the router. Does
not: the nextcord client (it lives in `botcore.discord`, behind the ports of `interaction`).

Start reading at `handler`: it is the template; `answer` sends what comes out of it.
"""

from botcore.commands.answer import AcknowledgementDeadlines, Answer, Target
from botcore.commands.catalogue import build_catalogue
from botcore.commands.cogs import ClientCog, CogCommand, RunningClient, listeners_of, read_cog
from botcore.commands.command import BaseCommand, Reply
from botcore.commands.components import Answers, BaseButton, BaseSelect, Component
from botcore.commands.context import CommandContext
from botcore.commands.directory import CommandDirectory, CommandEntry, OptionEntry
from botcore.commands.handler import InteractionHandler
from botcore.commands.inputs import InputDeclarationError, NoInput
from botcore.commands.interaction import (
    AlreadyAcknowledged,
    AnswerLost,
    CallbackType,
    Entities,
    Interaction,
    InteractionGone,
    InteractionKind,
    Invoker,
    Payload,
    Responder,
)
from botcore.commands.limits import check_limits
from botcore.commands.listeners import BaseListener
from botcore.commands.menus import BaseMessageCommand, BaseUserCommand, MenuCommand, MenuKind, TargetMessage
from botcore.commands.modals import BaseModal, FormField
from botcore.commands.options import Option
from botcore.commands.pages import Pages
from botcore.commands.references import Choice, Ref
from botcore.commands.result import CommandResult
from botcore.commands.router import Guests, Router, Routes
from botcore.commands.runtime import Execution, Runtime
from botcore.commands.typed import RecurrenceRef, WhenRef

__all__ = [
    "AcknowledgementDeadlines",
    "AlreadyAcknowledged",
    "Answer",
    "AnswerLost",
    "Answers",
    "BaseButton",
    "BaseCommand",
    "BaseListener",
    "BaseMessageCommand",
    "BaseModal",
    "BaseSelect",
    "BaseUserCommand",
    "CallbackType",
    "Choice",
    "ClientCog",
    "CogCommand",
    "CommandContext",
    "CommandDirectory",
    "CommandEntry",
    "CommandResult",
    "Component",
    "Entities",
    "Execution",
    "FormField",
    "Guests",
    "InputDeclarationError",
    "Interaction",
    "InteractionGone",
    "InteractionHandler",
    "InteractionKind",
    "Invoker",
    "MenuCommand",
    "MenuKind",
    "NoInput",
    "Option",
    "OptionEntry",
    "Pages",
    "Payload",
    "RecurrenceRef",
    "Ref",
    "Reply",
    "Responder",
    "Router",
    "Routes",
    "RunningClient",
    "Runtime",
    "Target",
    "TargetMessage",
    "WhenRef",
    "build_catalogue",
    "check_limits",
    "listeners_of",
    "read_cog",
]
