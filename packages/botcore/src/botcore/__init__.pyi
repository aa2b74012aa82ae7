"""The facade as type checkers see it: `__init__.py` loads the same names when they are first used."""

from botcore.app.bot import BotCore as BotCore
from botcore.app.options import BotOptions as BotOptions
from botcore.cache import (
    Cache as Cache,
    LocalCache as LocalCache,
    cached as cached,
)
from botcore.clock import (
    Clock as Clock,
    ManualClock as ManualClock,
    SystemClock as SystemClock,
)
from botcore.commands import (
    Answers as Answers,
    BaseButton as BaseButton,
    BaseCommand as BaseCommand,
    BaseListener as BaseListener,
    BaseMessageCommand as BaseMessageCommand,
    BaseModal as BaseModal,
    BaseSelect as BaseSelect,
    BaseUserCommand as BaseUserCommand,
    Choice as Choice,
    CommandContext as CommandContext,
    CommandDirectory as CommandDirectory,
    CommandEntry as CommandEntry,
    CommandResult as CommandResult,
    Execution as Execution,
    FormField as FormField,
    Invoker as Invoker,
    NoInput as NoInput,
    Option as Option,
    Pages as Pages,
    Ref as Ref,
    Reply as Reply,
    TargetMessage as TargetMessage,
)
from botcore.container import ServiceContainer as ServiceContainer
from botcore.contracts.messenger import (
    Messenger as Messenger,
    OutgoingMessage as OutgoingMessage,
    Refused as Refused,
    Sent as Sent,
    make_nonce as make_nonce,
)
from botcore.contracts.status import (
    BotStatus as BotStatus,
    FeatureRecord as FeatureRecord,
    FeatureStatus as FeatureStatus,
)
from botcore.contracts.users import UserDirectory as UserDirectory
from botcore.errors import (
    BotCoreError as BotCoreError,
    InvalidInput as InvalidInput,
    NotAllowed as NotAllowed,
    NotFound as NotFound,
    UserError as UserError,
)
from botcore.events import (
    EventBus as EventBus,
    LocalEventBus as LocalEventBus,
)
from botcore.features.base import BaseFeature as BaseFeature
from botcore.features.hookspecs import hookimpl as hookimpl
from botcore.i18n import (
    translator as translator,
    using_locale as using_locale,
)
from botcore.limits import RateLimiter as RateLimiter
from botcore.log import get_logger as get_logger
from botcore.metrics import PerformanceMonitor as PerformanceMonitor
from botcore.permissions import (
    PermissionLevel as PermissionLevel,
    PermissionPolicy as PermissionPolicy,
)
from botcore.timers import (
    Firing as Firing,
    Timers as Timers,
)
from botcore.ui import (
    AllowedMentions as AllowedMentions,
    Button as Button,
    ButtonStyle as ButtonStyle,
    EmbedBuilder as EmbedBuilder,
    File as File,
    Message as Message,
    Select as Select,
    SelectOption as SelectOption,
    escape as escape,
    inline_code as inline_code,
    timestamp as timestamp,
)
from botcore.when import (
    Duration as Duration,
    NotUnderstood as NotUnderstood,
    Recurrence as Recurrence,
    TimeReader as TimeReader,
    Timezone as Timezone,
    When as When,
)

__all__ = [
    "AllowedMentions",
    "Answers",
    "BaseButton",
    "BaseCommand",
    "BaseFeature",
    "BaseListener",
    "BaseMessageCommand",
    "BaseModal",
    "BaseSelect",
    "BaseUserCommand",
    "BotCore",
    "BotCoreError",
    "BotOptions",
    "BotStatus",
    "Button",
    "ButtonStyle",
    "Cache",
    "Choice",
    "Clock",
    "CommandContext",
    "CommandDirectory",
    "CommandEntry",
    "CommandResult",
    "Duration",
    "EmbedBuilder",
    "EventBus",
    "Execution",
    "FeatureRecord",
    "FeatureStatus",
    "File",
    "Firing",
    "FormField",
    "InvalidInput",
    "Invoker",
    "LocalCache",
    "LocalEventBus",
    "ManualClock",
    "Message",
    "Messenger",
    "NoInput",
    "NotAllowed",
    "NotFound",
    "NotUnderstood",
    "Option",
    "OutgoingMessage",
    "Pages",
    "PerformanceMonitor",
    "PermissionLevel",
    "PermissionPolicy",
    "RateLimiter",
    "Recurrence",
    "Ref",
    "Refused",
    "Reply",
    "Select",
    "SelectOption",
    "Sent",
    "ServiceContainer",
    "SystemClock",
    "TargetMessage",
    "TimeReader",
    "Timers",
    "Timezone",
    "UserDirectory",
    "UserError",
    "When",
    "cached",
    "escape",
    "get_logger",
    "hookimpl",
    "inline_code",
    "make_nonce",
    "timestamp",
    "translator",
    "using_locale",
]
