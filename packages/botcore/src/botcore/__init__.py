"""botcore: a Discord bot is a list of packages.

This is the facade: everything that a feature needs, under one name (``import botcore as bc``). It imports nothing by
itself; a name is loaded when it is first used, so that ``botcore --help`` costs nothing. What is not listed here is
not public.
"""

from importlib import import_module
from typing import Any

_HOME = {
    "Access": "botcore.contracts.members",
    "AllowedMentions": "botcore.ui",
    "Anonymise": "botcore.privacy",
    "Answers": "botcore.commands",
    "BaseButton": "botcore.commands",
    "BaseCommand": "botcore.commands",
    "BaseFeature": "botcore.features.base",
    "BaseListener": "botcore.commands",
    "BaseMessageCommand": "botcore.commands",
    "BaseModal": "botcore.commands",
    "BaseSelect": "botcore.commands",
    "BaseUserCommand": "botcore.commands",
    "BotCore": "botcore.app.bot",
    "BotCoreError": "botcore.errors",
    "BotOptions": "botcore.app.options",
    "BotStatus": "botcore.contracts.status",
    "Button": "botcore.ui",
    "ButtonStyle": "botcore.ui",
    "Cache": "botcore.cache",
    "Choice": "botcore.commands",
    "Clock": "botcore.clock",
    "CommandContext": "botcore.commands",
    "CommandDirectory": "botcore.commands",
    "CommandEntry": "botcore.commands",
    "CommandResult": "botcore.commands",
    "Duration": "botcore.when",
    "EmbedBuilder": "botcore.ui",
    "Erase": "botcore.privacy",
    "EventBus": "botcore.events",
    "Execution": "botcore.commands",
    "FeatureRecord": "botcore.contracts.status",
    "FeatureStatus": "botcore.contracts.status",
    "File": "botcore.ui",
    "Firing": "botcore.timers",
    "FiringLost": "botcore.timers",
    "FormField": "botcore.commands",
    "ImpersonalTable": "botcore.privacy",
    "InvalidInput": "botcore.errors",
    "Invoker": "botcore.commands",
    "LocalCache": "botcore.cache",
    "LocalEventBus": "botcore.events",
    "ManualClock": "botcore.clock",
    "Members": "botcore.contracts.members",
    "Message": "botcore.ui",
    "Messenger": "botcore.contracts.messenger",
    "NoInput": "botcore.commands",
    "NotAllowed": "botcore.errors",
    "NotFound": "botcore.errors",
    "NotUnderstood": "botcore.when",
    "Option": "botcore.commands",
    "OutgoingMessage": "botcore.contracts.messenger",
    "Pages": "botcore.commands",
    "PerformanceMonitor": "botcore.metrics",
    "PermissionLevel": "botcore.permissions",
    "PermissionPolicy": "botcore.permissions",
    "PersonalData": "botcore.privacy",
    "PersonalTable": "botcore.privacy",
    "RandomId": "botcore.privacy",
    "RateLimiter": "botcore.limits",
    "Recurrence": "botcore.when",
    "Reading": "botcore.when",
    "RecurrenceRef": "botcore.commands",
    "Ref": "botcore.commands",
    "Refused": "botcore.contracts.messenger",
    "Reply": "botcore.commands",
    "Retain": "botcore.privacy",
    "Select": "botcore.ui",
    "SelectOption": "botcore.ui",
    "Sent": "botcore.contracts.messenger",
    "ServiceContainer": "botcore.container",
    "SystemClock": "botcore.clock",
    "TargetMessage": "botcore.commands",
    "TimeReader": "botcore.when",
    "Timers": "botcore.timers",
    "TimestampStyle": "botcore.ui",
    "Timezone": "botcore.when",
    "UserDirectory": "botcore.contracts.users",
    "UserError": "botcore.errors",
    "When": "botcore.when",
    "WhenRef": "botcore.commands",
    "ZoneChanged": "botcore.contracts.users",
    "cached": "botcore.cache",
    "escape": "botcore.ui",
    "get_logger": "botcore.log",
    "hookimpl": "botcore.features.hookspecs",
    "inline_code": "botcore.ui",
    "make_nonce": "botcore.contracts.messenger",
    "timestamp": "botcore.ui",
    "translator": "botcore.i18n",
    "using_locale": "botcore.i18n",
}

__all__ = sorted(_HOME)  # noqa: PLE0605 - a sorted list of strings, which the stub beside this file spells out


def __getattr__(name: str) -> Any:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module 'botcore' has no attribute {name!r}; the public names are in botcore.__all__")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
