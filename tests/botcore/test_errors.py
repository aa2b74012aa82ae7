"""What errors say, and what they carry for whoever handles them."""

from datetime import UTC, datetime

import pytest

from botcore import errors


def test_everything_derives_from_one_base() -> None:
    """One except clause catches all that botcore raises on purpose."""
    found = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, Exception)]
    assert len(found) > 10
    assert all(issubclass(each, errors.BotCoreError) for each in found)


def test_users_mistakes() -> None:
    """A user's mistake is a finished sentence, and says which field it is about."""
    mistake = errors.InvalidInput("options", "Give at least two options.")
    assert (str(mistake), mistake.message, mistake.field) == ("Give at least two options.",) * 2 + ("options",)
    soon = datetime(2026, 1, 1, tzinfo=UTC)
    assert errors.RateLimited("Try again soon.", soon).retry_at == soon
    assert all(issubclass(each, errors.UserError) for each in (errors.NotAllowed, errors.NotFound, errors.RateLimited))


@pytest.mark.parametrize(
    "kind",
    [errors.ConfigurationError, errors.DatabaseUnavailable, errors.LoginRefused, errors.DiscordUnreachable],
)
def test_operators_mistakes(kind: type[errors.StartupError]) -> None:
    """An operator's mistake ends the process with 2."""
    assert kind("sentence").exit_code == 2
    assert issubclass(kind, errors.StartupError)


def test_unresolvable_service() -> None:
    """The whole path is named, down to what is missing."""
    error = errors.UnresolvableService(("RemindCommand", "ReminderService", "Clock"))
    assert str(error) == "RemindCommand -> ReminderService -> Clock: nothing is registered for Clock"
    assert error.path == ("RemindCommand", "ReminderService", "Clock")
    assert (
        str(errors.UnresolvableService(("A", "B", "A"), "they need each other")) == "A -> B -> A: they need each other"
    )


def test_already_registered() -> None:
    """The way out is in the sentence."""
    assert str(errors.AlreadyRegistered("Clock")) == (
        "Clock is registered already; pass override=True to replace it on purpose"
    )


def test_feature_error() -> None:
    """A feature's name and its reason can be told apart."""
    error = errors.FeatureError("polls", "it does not load")
    assert (error.feature, error.reason, str(error)) == (
        "polls",
        "it does not load",
        "polls: it does not load",
    )
