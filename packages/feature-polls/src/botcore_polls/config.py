"""The section ``[features.polls]`` of the bot's configuration."""

from pydantic import BaseModel, ConfigDict, Field

MAX_OPTIONS = 25
"""A message holds five rows of five buttons, a select 25 lines.

Source: https://discord.com/developers/docs/components/reference
"""


class PollsConfig(BaseModel):
    """What the operator of a bot may set.

    Attributes:
        max_options: the most options of one poll, 2 to 25.
        max_open_per_guild: the most polls that are open in one server at the same time.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    max_options: int = Field(default=MAX_OPTIONS, ge=2, le=MAX_OPTIONS)
    max_open_per_guild: int = Field(default=200, ge=1, le=10_000)
