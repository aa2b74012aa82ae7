"""The settings of the core, their defaults and their limits."""

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationInfo, field_validator

from botcore.errors import ConfigurationError

DISCORD_API = "https://discord.com/api/v10"

#: How 3/4 is written: day first, month first, or year first.
type DateOrder = Literal["dmy", "mdy", "ymd"]

#: The first day of the week.
type WeekStart = Literal["monday", "saturday", "sunday"]


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


class Section(BaseModel):
    """A table of the configuration."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class DiscordConfig(Section):
    """How the bot reaches Discord, and as whom.

    Args:
        token: the bot's token, from the Bot page of its application in Discord's developer portal.
        token_file: a file that holds the token, in place of `token`.
        allow_insecure: allow `api_url` to be plain http on another machine, over a network that is yours alone.
        api_url: any server that speaks Discord's API; https, or http on this machine.
        owners: the user ids of the bot's owners; by default the application's owner or team.
        shards: how many connections to Discord's gateway, or "auto" for as many as Discord recommends.
        requests_per_second: how many requests Discord grants the bot on all routes together; 50 for all but those of
            very large bots. Source: https://discord.com/developers/docs/topics/rate-limits#global-rate-limit
    """

    token: SecretStr | None = None
    token_file: Path | None = None
    allow_insecure: bool = False
    api_url: str = DISCORD_API
    owners: tuple[int, ...] = ()
    shards: Literal["auto"] | Annotated[int, Field(ge=1)] = 1
    requests_per_second: int = Field(default=50, ge=1, le=10_000)

    @field_validator("api_url")
    @classmethod
    def _refuse_plain_text(cls, url: str, info: ValidationInfo) -> str:
        """The token travels with every request, so it must not cross a network in plain text by mistake."""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"must be an address such as {DISCORD_API}")
        if parts.scheme == "http" and not _is_loopback(parts.hostname) and not info.data.get("allow_insecure"):
            raise ValueError(
                "would send the token over plain http to another machine; "
                "use https, or set discord.allow_insecure if that network is yours alone"
            )
        return url.rstrip("/")

    def require_token(self) -> str:
        """The bot's token, from the configuration or from the file that it names.

        Raises:
            ConfigurationError: there is none, or its file cannot be read.
        """
        if self.token is not None and self.token.get_secret_value().strip():
            return self.token.get_secret_value().strip()
        if self.token_file is None:
            raise ConfigurationError(
                "there is no token: set BOTCORE_DISCORD__TOKEN in the environment, or token under [discord] "
                "in botcore.toml"
            )
        try:
            token = self.token_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigurationError(
                f"discord.token_file names {self.token_file}, which cannot be read: {_reason(error)}"
            ) from error
        if not token:
            raise ConfigurationError(f"discord.token_file names {self.token_file}, which is empty")
        return token


class DatabaseConfig(Section):
    """Where rows are kept; all but `url` concerns PostgreSQL only, except `pool_timeout`.

    Args:
        url: a SQLite file as sqlite:///botcore.db, or a PostgreSQL database as postgresql://user:password@host/name.
        pool_size: how many connections stay open.
        max_overflow: how many more may be open for a while.
        pool_timeout: seconds to wait for a free connection.
        pool_recycle: seconds after which a connection is replaced by a new one.
    """

    url: str = "sqlite:///botcore.db"
    pool_size: Annotated[int, Field(ge=1)] = 20
    max_overflow: Annotated[int, Field(ge=0)] = 30
    pool_timeout: Annotated[float, Field(gt=0)] = 30.0
    pool_recycle: Annotated[int, Field(ge=1)] = 3600


class TimersConfig(Section):
    """How durable timers fire.

    Args:
        in_flight: how many handlers run at once, however many timers are due; best below `database.pool_size`.
        lease: seconds for which a firing belongs to the process that took it, unless renewed; after a crash its
            firings come back when they are over.
        poll: seconds between two looks for what other processes have set.
        attempts: after so many failures a timer is parked.
    """

    in_flight: Annotated[int, Field(ge=1, le=1000)] = 16
    lease: Annotated[float, Field(gt=0)] = 30.0
    poll: Annotated[float, Field(gt=0)] = 5.0
    attempts: Annotated[int, Field(ge=1)] = 10


class FeaturesConfig(Section):
    """Which installed features are used; each that has settings has a table of its own.

    Args:
        enabled: the names of the only features that are used, if not all of them are.
        disabled: the names of features that are not used.
    """

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, dict[str, Any]] = Field(init=False)

    enabled: tuple[str, ...] | None = None
    disabled: tuple[str, ...] = ()

    @property
    def sections(self) -> dict[str, dict[str, Any]]:
        """The raw table of each feature that has settings, whether it is installed or not."""
        return self.__pydantic_extra__


class LogConfig(Section):
    """What is logged, and for whom it is written.

    Args:
        level: one of debug, info, warning, error or critical.
        format: one of console (for people), json (for programs), or auto: console on a terminal, json elsewhere.
    """

    level: Annotated[Literal["debug", "info", "warning", "error", "critical"], BeforeValidator(_lower)] = "info"
    format: Annotated[Literal["auto", "console", "json"], BeforeValidator(_lower)] = "auto"

    @property
    def json_lines(self) -> bool | None:
        """The format as `botcore.log.configure` takes it: None leaves it to the stream."""
        return None if self.format == "auto" else self.format == "json"


class TimeConfig(Section):
    """How times are read for people who have not said it of themselves.

    Args:
        zone: an IANA time zone such as ``Europe/Berlin``.
        date_order: how they write 3/4.
        week_start: the first day of their week.
    """

    zone: str = "UTC"
    date_order: Annotated[DateOrder, BeforeValidator(_lower)] = "dmy"
    week_start: Annotated[WeekStart, BeforeValidator(_lower)] = "monday"

    @field_validator("zone")
    @classmethod
    def _refuse_unknown_zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("must be an IANA time zone such as Europe/Berlin") from None
        return zone

    @property
    def zone_info(self) -> ZoneInfo:
        """The zone."""
        return ZoneInfo(self.zone)


class Config(Section):
    """All settings of one bot."""

    discord: DiscordConfig = DiscordConfig()
    database: DatabaseConfig = DatabaseConfig()
    features: FeaturesConfig = FeaturesConfig()
    log: LogConfig = LogConfig()
    timers: TimersConfig = TimersConfig()
    time: TimeConfig = TimeConfig()

    def feature_section(self, feature: str) -> dict[str, Any]:
        """The raw table of one feature; empty if it has none."""
        return dict(self.features.sections.get(feature, {}))


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):  # RFC 6761, section 6.3
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return "it is not UTF-8 text"
