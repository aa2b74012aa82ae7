"""Checking and encoding what a cache is given, the same for every adapter."""

from datetime import timedelta
from typing import Any, Final

import orjson

from botcore.cache.port import InvalidCacheUse

LONGEST_KEY: Final = 512

# Without these orjson would take dataclasses, moments and the like, and others would get back something else.
_PLAIN_ONLY: Final = (
    orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_SUBCLASS
)


def check_key(key: str) -> str:
    """The key itself.

    Raises:
        InvalidCacheUse: it is empty or too long.
    """
    if not 1 <= len(key) <= LONGEST_KEY:
        raise InvalidCacheUse(
            f"a key of a cache has 1 to {LONGEST_KEY} characters; {key[:40]!r} has {len(key)}: use an id or a digest"
        )
    return key


def check_ttl(ttl: timedelta) -> timedelta:
    """The lifetime itself.

    Raises:
        InvalidCacheUse: it is over before it begins.
    """
    if ttl <= timedelta(0):
        raise InvalidCacheUse(f"a lifetime of {ttl} keeps nothing; give more than zero, or do not cache")
    return ttl


def encode(what: str, value: Any) -> bytes:
    """A value as JSON.

    Args:
        what: where it came from, for the sentence.
        value: what to encode.

    Raises:
        InvalidCacheUse: it would come back as something else, or not at all.
    """
    try:
        encoded = orjson.dumps(value, option=_PLAIN_ONLY)
    except TypeError as error:
        raise InvalidCacheUse(f"{what} cannot be kept in a cache, because it is no JSON: {error}") from None
    if orjson.loads(encoded) != value:  # a tuple, which becomes a list, or nan, which becomes None
        raise InvalidCacheUse(
            f"{what} would come back from a cache as something else; use only dicts, lists, texts, finite numbers, "
            "true, false and None"
        )
    return encoded


def decode(encoded: bytes) -> Any:
    """The value that was encoded; a new one each time."""
    return orjson.loads(encoded)
