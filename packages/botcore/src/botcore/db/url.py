"""Which databases there are, and how an operator may write their addresses."""

import importlib.util
from typing import Literal, cast

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from botcore.errors import ConfigurationError, DatabaseUnavailable

type DialectName = Literal["sqlite", "postgresql"]

_ASYNC_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",  # as many hosting services still write it
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}


def parse_url(text: str) -> URL:
    """The address with the driver that botcore uses.

    `sqlite:///botcore.db` and `postgresql://user:password@host/name` are enough; libpq's `sslmode` is
    understood.

    Raises:
        ConfigurationError: it is no address, or one of a database that botcore does not know. The text is not
            repeated, because it may hold a password.
    """
    try:
        url = make_url(text.strip())
    except (ArgumentError, ValueError):
        raise ConfigurationError(
            "database.url is not a database address; write sqlite:///botcore.db or postgresql://user:password@host/name"
        ) from None
    driver = _ASYNC_DRIVERS.get(url.drivername)
    if driver is None:
        raise ConfigurationError(
            f"database.url names {url.drivername}, which botcore does not speak; "
            "write sqlite:///... or postgresql://..."
        )
    url = url.set(drivername=driver)
    if dialect_of(url) == "sqlite":
        return _file_only(url)
    return _with_driver_options(url)


def dialect_of(url: URL) -> DialectName:
    """The kind of database an address from `parse_url` belongs to."""
    return cast("DialectName", url.get_backend_name())


def describe(url: URL) -> str:
    """The database in the words of an error message: the file, or host and name; never the password."""
    if dialect_of(url) == "sqlite":
        return f"the database file {url.database}"
    return f'the database "{url.database or url.username}" at {url.host or "localhost"}:{url.port or 5432}'


def require_driver(url: URL) -> None:
    """Check that PostgreSQL's driver is installed, which only its users need.

    Raises:
        DatabaseUnavailable: it is not.
    """
    if dialect_of(url) == "postgresql" and importlib.util.find_spec("asyncpg") is None:
        raise DatabaseUnavailable("PostgreSQL needs its driver: pip install 'botcore[postgresql]'")


def _file_only(url: URL) -> URL:
    memory = "mode" in url.query or (url.database or "").startswith("file:")
    if memory or url.database in {None, "", ":memory:"}:
        raise ConfigurationError(
            "database.url must name a file: readers and writers have connections of their own and could not "
            "share a database in memory; write sqlite:///botcore.db"
        )
    return url


def _with_driver_options(url: URL) -> URL:
    """What libpq calls `sslmode` is `ssl` to asyncpg, with the same values."""
    mode = url.query.get("sslmode")
    if mode is None or "ssl" in url.query:
        return url
    return url.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode})
