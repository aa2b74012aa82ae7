"""How state looks on the wire: full documented objects, for the gateway and REST alike.

Functions from state to JSON-ready dictionaries belong here; reading what a client sent does not
(`validation`).
"""

from datetime import datetime


def timestamp(instant: datetime) -> str:
    """Discord's ISO 8601 form, always with microseconds and an offset."""
    return instant.isoformat(timespec="microseconds")
