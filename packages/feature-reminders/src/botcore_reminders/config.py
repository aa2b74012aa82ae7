"""The section ``[features.reminders]`` of the bot's configuration."""

from datetime import time

from pydantic import BaseModel, ConfigDict, Field

LONGEST_TEXT = 1500
"""A message has 2,000 characters; the rest is for escapes and for whom it is.

Source: https://discord.com/developers/docs/resources/message#create-message
"""


class RemindersConfig(BaseModel):
    """What the operator of a bot may set.

    Attributes:
        per_user: the most reminders that one person may have waiting, 1 to 10000.
        longest_text: the most characters of one reminder, 50 to 1500.
        shortest_interval: the fewest minutes between two firings of what repeats or nags, 1 to 1440.
        late_after: the seconds after which a reminder counts as missed and not as slow, 30 to 86400.
        summary_from: when somebody has missed so many, they come as one message, 2 to 1000.
        attempts: how often a message is tried that Discord does not take for now, 1 to 100.
        keep_days: how long what is over can be looked up, 1 to 3650.
        quiet_from: when the night begins, in which nothing nags, for who has set no hours of their own.
        quiet_to: when it ends; the same as `quiet_from` for no night at all.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    per_user: int = Field(default=100, ge=1, le=10_000)
    longest_text: int = Field(default=1000, ge=50, le=LONGEST_TEXT)
    shortest_interval: int = Field(default=5, ge=1, le=1440)
    late_after: int = Field(default=300, ge=30, le=86_400)
    summary_from: int = Field(default=5, ge=2, le=1000)
    attempts: int = Field(default=30, ge=1, le=100)
    keep_days: int = Field(default=30, ge=1, le=3650)
    quiet_from: time = time(22)
    quiet_to: time = time(7)
