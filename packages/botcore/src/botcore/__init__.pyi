"""The facade as type checkers see it: `__init__.py` loads the same names when they are first used."""

from botcore.app.bot import BotCore as BotCore
from botcore.app.options import BotOptions as BotOptions
from botcore.cache import (
    Cache as Cache,
)
from botcore.cache import (
    LocalCache as LocalCache,
)
from botcore.cache import (
    cached as cached,
)
from botcore.clock import (
    Clock as Clock,
)
from botcore.clock import (
    ManualClock as ManualClock,
)
from botcore.clock import (
    SystemClock as SystemClock,
)
from botcore.commands import (
    Answers as Answers,
)
from botcore.commands import (
    BaseButton as BaseButton,
)
from botcore.commands import (
    BaseCommand as BaseCommand,
)
from botcore.commands import (
    BaseListener as BaseListener,
)
from botcore.commands import (
    BaseMessageCommand as BaseMessageCommand,
)
from botcore.commands import (
    BaseModal as BaseModal,
)
from botcore.commands import (
    BaseSelect as BaseSelect,
)
from botcore.commands import (
    BaseUserCommand as BaseUserCommand,
)
from botcore.commands import (
    Choice as Choice,
)
from botcore.commands import (
    CommandContext as CommandContext,
)
from botcore.commands import (
    CommandDirectory as CommandDirectory,
)
from botcore.commands import (
    CommandEntry as CommandEntry,
)
from botcore.commands import (
    CommandResult as CommandResult,
)
from botcore.commands import (
    Execution as Execution,
)
from botcore.commands import (
    FormField as FormField,
)
from botcore.commands import (
    Invoker as Invoker,
)
from botcore.commands import (
    NoInput as NoInput,
)
from botcore.commands import (
    Option as Option,
)
from botcore.commands import (
    Pages as Pages,
)
from botcore.commands import (
    RecurrenceRef as RecurrenceRef,
)
from botcore.commands import (
    Ref as Ref,
)
from botcore.commands import (
    Reply as Reply,
)
from botcore.commands import (
    TargetMessage as TargetMessage,
)
from botcore.commands import (
    WhenRef as WhenRef,
)
from botcore.container import ServiceContainer as ServiceContainer
from botcore.contracts.members import (
    Access as Access,
)
from botcore.contracts.members import (
    Members as Members,
)
from botcore.contracts.messenger import (
    Messenger as Messenger,
)
from botcore.contracts.messenger import (
    OutgoingMessage as OutgoingMessage,
)
from botcore.contracts.messenger import (
    Refused as Refused,
)
from botcore.contracts.messenger import (
    Sent as Sent,
)
from botcore.contracts.messenger import (
    make_nonce as make_nonce,
)
from botcore.contracts.status import (
    BotStatus as BotStatus,
)
from botcore.contracts.status import (
    FeatureRecord as FeatureRecord,
)
from botcore.contracts.status import (
    FeatureStatus as FeatureStatus,
)
from botcore.contracts.users import (
    UserDirectory as UserDirectory,
)
from botcore.contracts.users import (
    ZoneChanged as ZoneChanged,
)
from botcore.errors import (
    BotCoreError as BotCoreError,
)
from botcore.errors import (
    InvalidInput as InvalidInput,
)
from botcore.errors import (
    NotAllowed as NotAllowed,
)
from botcore.errors import (
    NotFound as NotFound,
)
from botcore.errors import (
    UserError as UserError,
)
from botcore.events import (
    EventBus as EventBus,
)
from botcore.events import (
    LocalEventBus as LocalEventBus,
)
from botcore.features.base import BaseFeature as BaseFeature
from botcore.features.hookspecs import hookimpl as hookimpl
from botcore.i18n import (
    translator as translator,
)
from botcore.i18n import (
    using_locale as using_locale,
)
from botcore.limits import RateLimiter as RateLimiter
from botcore.log import get_logger as get_logger
from botcore.metrics import PerformanceMonitor as PerformanceMonitor
from botcore.permissions import (
    PermissionLevel as PermissionLevel,
)
from botcore.permissions import (
    PermissionPolicy as PermissionPolicy,
)
from botcore.privacy import (
    Anonymise as Anonymise,
)
from botcore.privacy import (
    Erase as Erase,
)
from botcore.privacy import (
    ImpersonalTable as ImpersonalTable,
)
from botcore.privacy import (
    PersonalData as PersonalData,
)
from botcore.privacy import (
    PersonalTable as PersonalTable,
)
from botcore.privacy import (
    RandomId as RandomId,
)
from botcore.privacy import (
    Retain as Retain,
)
from botcore.timers import (
    Firing as Firing,
)
from botcore.timers import (
    FiringLost as FiringLost,
)
from botcore.timers import (
    Timers as Timers,
)
from botcore.ui import (
    AllowedMentions as AllowedMentions,
)
from botcore.ui import (
    Button as Button,
)
from botcore.ui import (
    ButtonStyle as ButtonStyle,
)
from botcore.ui import (
    EmbedBuilder as EmbedBuilder,
)
from botcore.ui import (
    File as File,
)
from botcore.ui import (
    Message as Message,
)
from botcore.ui import (
    Select as Select,
)
from botcore.ui import (
    SelectOption as SelectOption,
)
from botcore.ui import (
    TimestampStyle as TimestampStyle,
)
from botcore.ui import (
    escape as escape,
)
from botcore.ui import (
    inline_code as inline_code,
)
from botcore.ui import (
    timestamp as timestamp,
)
from botcore.when import (
    Duration as Duration,
)
from botcore.when import (
    NotUnderstood as NotUnderstood,
)
from botcore.when import (
    Reading as Reading,
)
from botcore.when import (
    Recurrence as Recurrence,
)
from botcore.when import (
    TimeReader as TimeReader,
)
from botcore.when import (
    Timezone as Timezone,
)
from botcore.when import (
    When as When,
)

__all__ = [
    "Access",
    "AllowedMentions",
    "Anonymise",
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
    "Erase",
    "EventBus",
    "Execution",
    "FeatureRecord",
    "FeatureStatus",
    "File",
    "Firing",
    "FiringLost",
    "FormField",
    "ImpersonalTable",
    "InvalidInput",
    "Invoker",
    "LocalCache",
    "LocalEventBus",
    "ManualClock",
    "Members",
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
    "PersonalData",
    "PersonalTable",
    "RandomId",
    "RateLimiter",
    "Reading",
    "Recurrence",
    "RecurrenceRef",
    "Ref",
    "Refused",
    "Reply",
    "Retain",
    "Select",
    "SelectOption",
    "Sent",
    "ServiceContainer",
    "SystemClock",
    "TargetMessage",
    "TimeReader",
    "Timers",
    "TimestampStyle",
    "Timezone",
    "UserDirectory",
    "UserError",
    "When",
    "WhenRef",
    "ZoneChanged",
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
