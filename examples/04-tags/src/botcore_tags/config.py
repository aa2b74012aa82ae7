"""The section ``[features.tags]`` of the bot's configuration."""

from pydantic import BaseModel, ConfigDict, Field


class TagsConfig(BaseModel):
    """What the operator of a bot may set.

    Attributes:
        max_per_server: the most texts of one server, 1 to 10000.
        prefix: what stands before a name in a message that asks for a text.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    max_per_server: int = Field(default=200, ge=1, le=10_000)
    prefix: str = Field(default="?", min_length=1, max_length=5)
