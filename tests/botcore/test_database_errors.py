"""An error of the database says what went wrong, and nothing of what people wrote: its text is logged."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from botcore.db import Database


async def test_an_error_hides_the_values_of_its_statement(database: Database) -> None:
    """On either database."""
    async with database.transaction() as tx:
        await tx.execute(text("CREATE TABLE kept (body TEXT UNIQUE)"))
    with pytest.raises(IntegrityError) as failed:
        await insert_twice(database, "my secret")
    assert "INSERT INTO kept" in str(failed.value)
    assert "parameters: ('my secret'" not in str(failed.value)
    assert "hidden due to hide_parameters" in str(failed.value)


async def insert_twice(database: Database, body: str) -> None:
    """What no table with unique texts takes."""
    async with database.transaction() as tx:
        for _ in range(2):
            await tx.execute(text("INSERT INTO kept VALUES (:body)"), {"body": body})
