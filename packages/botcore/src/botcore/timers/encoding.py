"""What a timer is made of, checked where it is set, so that the mistake is found in the caller's own trace."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final, cast

import orjson

from botcore.timers.port import InvalidTimer

LONGEST_KIND: Final = 64
LONGEST_KEY: Final = 200

_KIND = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")


def check_kind(kind: str) -> str:
    """The kind itself.

    Raises:
        InvalidTimer: if it is not one.
    """
    if len(kind) > LONGEST_KIND or not _KIND.fullmatch(kind):
        raise InvalidTimer(
            f"{kind!r} is no kind of timer: write the feature's name, a dot and a name, such as 'reminders.fire', in "
            f"at most {LONGEST_KIND} characters"
        )
    return kind


def check_key(kind: str, key: str) -> str:
    """The key itself.

    Raises:
        InvalidTimer: if it cannot be one.
    """
    if not 1 <= len(key) <= LONGEST_KEY or "\0" in key:  # PostgreSQL has no NUL in texts
        raise InvalidTimer(f"the key {key!r} of a timer of {kind} must have 1 to {LONGEST_KEY} characters and no NUL")
    return key


def check_moment(kind: str, key: str, due_at: datetime) -> datetime:
    """The moment, in UTC.

    Raises:
        InvalidTimer: if it is naive.
    """
    if due_at.tzinfo is None:
        raise InvalidTimer(
            f"the timer {key!r} of {kind} is set for {due_at.isoformat()}, which has no timezone; take the time from "
            "Clock.now()"
        )
    return due_at.astimezone(UTC)


def encode(kind: str, payload: Mapping[str, Any] | None) -> str:
    """A payload as JSON text.

    Raises:
        InvalidTimer: if the handler would not get what was set.
    """
    given = dict(payload or {})
    try:
        encoded = orjson.dumps(given)
    except TypeError as error:
        raise InvalidTimer(f"the payload of a timer of {kind} is no JSON object: {error}") from error
    if orjson.loads(encoded) != given:
        raise InvalidTimer(
            f"the payload of a timer of {kind} would reach its handler changed; use only dicts, lists, texts, numbers, "
            "true, false and None (a moment as text, a tuple as a list)"
        )
    return encoded.decode()


def decode(payload: str) -> dict[str, Any]:
    """The object that `encode` made a text of; a new one each time."""
    return cast("dict[str, Any]", orjson.loads(payload))
