"""Which of Discord's errors pass by themselves, and which say that a message will never be taken."""

from typing import Final

from botcore.contracts.messenger import Refused

_SERVER_ERRORS: Final = 500

NO_ANSWER: Final = Refused(0, transient=True)
"""Nobody knows whether it was done."""

HELD_BACK: Final = Refused(429, transient=True)
"""It was not sent: rate limits, or what came before it in the same channel, did not let it through in time."""

#: Errors that say "not now". All other codes say "not this".
#: Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
TRANSIENT_CODES: Final = frozenset(
    {
        20016,  # slow mode
        20022,  # too many edits of announcements
        20028,  # too many messages in this channel
        20029,  # too many messages in this server
        30046,  # too many edits of messages older than an hour
        40003,  # direct messages are opened too fast
        40004,  # sending messages is switched off for now
        40006,  # this feature is switched off for now
        40062,  # a service behind Discord limits its requests
        40333,  # Cloudflare blocks requests of this machine
        110001,  # the application is not available yet
        130000,  # overloaded
    }
)

#: Statuses that say nothing about the message. 401 is about the bot's token: a new one mends it.
TRANSIENT_STATUSES: Final = frozenset({401, 408, 429})

#: Statuses that are a refusal of the message only with one of Discord's codes. Without one, whatever stands between
#: the bot and Discord has answered.
ONLY_WITH_A_CODE: Final = frozenset({403, 404, 405})


def refusal(status: int, code: int) -> Refused:
    """What Discord's error means for the message.

    Args:
        status: the HTTP status.
        code: Discord's JSON error code; 0 where there was none.
    """
    transient = (
        status >= _SERVER_ERRORS
        or status in TRANSIENT_STATUSES
        or code in TRANSIENT_CODES
        or (code == 0 and status in ONLY_WITH_A_CODE)
    )
    return Refused(code or status, transient)
