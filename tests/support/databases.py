"""Empty databases for tests, one of each kind that is supported."""

import os
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

POSTGRES = os.environ.get("BOTCORE_TEST_POSTGRES_URL", "")

BOTH: list[Any] = [
    "sqlite",
    pytest.param(
        "postgresql",
        marks=[
            pytest.mark.postgres,
            pytest.mark.skipif(not POSTGRES, reason="BOTCORE_TEST_POSTGRES_URL is not set"),
        ],
    ),
]
"""What a fixture takes as its parameters."""


@asynccontextmanager
async def empty_database(kind: str, folder: Path) -> AsyncIterator[str]:
    """The address of an empty database that is the caller's alone.

    Args:
        kind: ``sqlite`` or ``postgresql``.
        folder: where a file may go.
    """
    if kind == "sqlite":
        yield f"sqlite:///{folder}/test.db"
        return
    name = f"test_{uuid.uuid4().hex}"
    admin = create_async_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    async with admin.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
    finally:
        async with admin.connect() as connection:
            await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        await admin.dispose()
