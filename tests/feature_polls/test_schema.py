"""The tables: their history, and that models and history agree."""

from sqlalchemy import inspect, text

from botcore.db import Database, Migrator
from botcore_polls.models import Base
from polls import ALICE, BOB, SCRIPTS, Services


async def tables(database: Database) -> set[str]:
    """The feature's tables that there are."""
    async with database.session() as session:
        connection = await session.connection()
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    return {name for name in names if name.startswith("polls_")} - {SCRIPTS.version_table}


async def test_up_down_and_up_again_with_rows_in_the_tables(database: Database, services: Services) -> None:
    """Nothing is left of the first time, and the second works."""
    migrator = Migrator(database)
    await services.press(await services.ask(), BOB, 1)
    assert await tables(database) == {"polls_poll", "polls_option", "polls_vote"}
    await migrator.downgrade(SCRIPTS, None)
    assert await tables(database) == set()
    await migrator.upgrade(SCRIPTS)
    poll = await services.ask()
    await services.press(poll, ALICE, 0)
    assert await services.counts(poll) == (1, 0, 0)


async def test_models_equal_migrations(database: Database) -> None:
    """Nobody changed a model without a revision."""
    assert await Migrator(database).differences(SCRIPTS, Base.metadata) == []


async def test_the_queries_use_their_indexes(database: Database) -> None:
    """Each question that is asked often is answered from an index, which SQLite explains."""
    if database.dialect != "sqlite":
        return
    plans = {
        "SELECT id FROM polls_poll WHERE shown_revision < revision AND message_id IS NOT NULL": "ix_polls_poll_behind",
        "SELECT count(*) FROM polls_poll WHERE guild_id = 1 AND closed_at IS NULL": "ix_polls_poll_open",
        "SELECT position, count(*) FROM polls_vote WHERE poll_id = 1 AND position IS NOT NULL GROUP BY position": (
            "COVERING INDEX ix_polls_vote_poll_id_position"
        ),
    }
    async with database.session() as session:
        for query, index in plans.items():
            rows = await session.execute(text(f"EXPLAIN QUERY PLAN {query}"))
            assert index in " ".join(row[3] for row in rows), query
