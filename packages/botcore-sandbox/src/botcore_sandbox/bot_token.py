"""The bot's token, shaped as Discord's: the bot's id in base64, a time stamp, a secret."""

import base64
import secrets

_MOST_DIGITS = 20  # of 2**64


def new_token(bot_id: int) -> str:
    """A token that nobody else has."""
    return f"{_base64(str(bot_id).encode())}.{secrets.token_urlsafe(4)}.{secrets.token_urlsafe(28)}"


def id_in(token: str | None) -> int | None:
    """The bot's id that a token of Discord's shape carries, if it has that shape."""
    if token is None:
        return None
    head = token.partition(".")[0]
    try:
        text = base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)).decode()
    except ValueError:
        return None
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _MOST_DIGITS else None


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
