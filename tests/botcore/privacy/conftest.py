"""Tables with rows of Alice and Bob, in each kind of database."""

import pytest

import journal
from botcore import PersonalData
from botcore.db import Database


@pytest.fixture
async def personal_data(database: Database) -> PersonalData:
    """The service for members' data, on tables that are filled."""
    await journal.make_tables(database)
    await journal.fill(database)
    return journal.service(database)
