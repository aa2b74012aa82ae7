"""Every error that botcore raises on purpose; the kinds differ in who has to read them.

`UserError` is for the member who typed something, `StartupError` for the operator who started the bot,
`FeatureError` for whoever looks after one feature. Errors that only one package can raise live in that
package and derive from here.
"""

from datetime import datetime
from typing import ClassVar


class BotCoreError(Exception):
    """The base of every error that botcore raises on purpose."""


class UserError(BotCoreError):
    """A person's mistake: its text is a finished, translated sentence and is shown to that person as it is.

    Args:
        message: the sentence; it must hold nothing that the person may not see.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InvalidInput(UserError):
    """One value that a person gave cannot be used: `InvalidInput("options", "Give at least two options.")`.

    Args:
        field: the name of the option or modal field, as in the command's input class.
        message: the sentence that is shown.
    """

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class Unreadable(UserError):
    """A text cannot be read as what it is meant to be; whoever knows the field turns it into `InvalidInput`."""


class NotAllowed(UserError):
    """This person may not do this."""


class NotFound(UserError):
    """What the person named does not exist here, or is not theirs to see; the two must read the same."""


class RateLimited(UserError):
    """The person was too fast.

    Args:
        message: the sentence that is shown.
        retry_at: the moment (aware, UTC) from which the same request will be accepted.
    """

    def __init__(self, message: str, retry_at: datetime) -> None:
        super().__init__(message)
        self.retry_at = retry_at


class StartupError(BotCoreError):
    """The operator's mistake: one sentence, no traceback, and the process ends with `exit_code`."""

    exit_code: ClassVar[int] = 2


class ConfigurationError(StartupError):
    """A value of the configuration is missing, misspelt or of the wrong kind."""


class DatabaseUnavailable(StartupError):
    """The database cannot be opened."""


class LoginRefused(StartupError):
    """Discord does not accept the token."""


class DiscordUnreachable(StartupError):
    """Nothing answers at the API's address, or what answers is not Discord's API."""


class FeatureError(BotCoreError):
    """One feature cannot be used and is left out whole; the bot goes on without it.

    Args:
        feature: the feature's name.
        reason: one sentence that names the cause and the way out.
    """

    def __init__(self, feature: str, reason: str) -> None:
        super().__init__(f"{feature}: {reason}")
        self.feature = feature
        self.reason = reason


class UnresolvableService(BotCoreError):
    """The container cannot build what was asked for.

    Args:
        path: the names from what was asked for down to what is missing, for example
            `("RemindCommand", "ReminderService", "Clock")`.
        reason: what is wrong with the last one; by default, that nothing is registered for it.
    """

    def __init__(self, path: tuple[str, ...], reason: str | None = None) -> None:
        missing = path[-1] if path else "an unnamed service"
        super().__init__(f"{' -> '.join(path)}: {reason or f'nothing is registered for {missing}'}")
        self.path = path


class AlreadyRegistered(BotCoreError):
    """A key was registered twice.

    Args:
        key: the name of the type or the string that is taken.
        hint: the way out; by default, to register with `override=True`.
    """

    def __init__(self, key: str, hint: str = "pass override=True to replace it on purpose") -> None:
        super().__init__(f"{key} is registered already; {hint}")
        self.key = key
