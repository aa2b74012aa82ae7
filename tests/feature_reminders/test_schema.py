"""The tables: their history, and that models and history agree."""

from sqlalchemy import inspect, text

from botcore.db import Database, Migrator
from botcore_reminders.models import Base
from reminders import ALICE, HOUR, SCRIPTS, Services


async def tables(database: Database) -> set[str]:
    """The feature's tables that there are."""
    async with database.session() as session:
        connection = await session.connection()
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    return {name for name in names if name.startswith("reminders_")} - {SCRIPTS.version_table}


async def test_up_down_and_up_again_with_rows_in_the_tables(database: Database, services: Services) -> None:
    """Nothing is left of the first time, and the second works."""
    migrator = Migrator(database)
    await services.preferences.change(ALICE, from_others=False)
    await services.remind()
    await services.later(HOUR)
    assert await tables(database) == {"reminders_reminder", "reminders_attempt", "reminders_preference"}
    await migrator.downgrade(SCRIPTS, None)
    assert await tables(database) == set()
    await migrator.upgrade(SCRIPTS)
    reminder = await services.remind("coffee")
    await services.later(HOUR)
    assert services.texts(ALICE) == ["tea", "coffee"]
    assert len(await services.told(reminder)) == 1


async def test_models_equal_migrations(database: Database) -> None:
    """Nobody changed a model without a revision."""
    assert await Migrator(database).differences(SCRIPTS, Base.metadata) == []


async def test_attempts_go_with_their_reminder(services: Services) -> None:
    """Whoever removes a row leaves nothing that tells of it."""
    reminder = await services.remind()
    await services.later(HOUR)
    await services.forget_row(reminder)
    assert await services.told(reminder) == []


async def test_a_number_is_never_used_again(services: Services) -> None:
    """A button that outlives its reminder finds none, and never another one."""
    first = await services.remind()
    await services.reminders.cancel(first.id, ALICE)
    assert (await services.remind()).id > first.id


async def test_the_queries_use_their_indexes(database: Database, services: Services) -> None:
    """Each question that is asked often is answered from an index, among many rows and on both databases."""
    for owner in range(20):
        await services.remind_many(["tea"] * 100, await services.new(owner=owner))
    plans = {
        "SELECT * FROM reminders_reminder WHERE owner_id = 5 AND state IN ('active', 'paused', 'parked')"
        " ORDER BY due_at, id LIMIT 125": "ix_reminders_reminder_owner_id_state",
        "SELECT count(*) FROM reminders_reminder WHERE owner_id = 5 AND state IN ('active', 'paused', 'parked')": (
            "ix_reminders_reminder_owner_id_state"
        ),
        "SELECT id FROM reminders_reminder WHERE recipient_id = 5 AND owner_id = 5 AND late <> 'skip' AND"
        " (state = 'active' AND due_at <= '2026-01-01' OR missed_at IS NOT NULL) LIMIT 5": "_reminders_reminder_",
        "SELECT * FROM reminders_reminder WHERE channel_id = 5 AND place = 'channel' AND state = 'active'": (
            "ix_reminders_reminder_channel_id_place_state"
        ),
        "SELECT * FROM reminders_attempt WHERE reminder_id = 5 ORDER BY id DESC LIMIT 50": (
            "ix_reminders_attempt_reminder_id_id"
        ),
        "SELECT id FROM reminders_attempt WHERE began_at < '2020-01-01'": "ix_reminders_attempt_began_at",
        "SELECT id FROM reminders_reminder WHERE owner_id = 5 AND origin_id = 7 AND origin_at = '2026-01-01'": (
            "uq_reminders_reminder_copy"
        ),
    }
    async with database.transaction() as tx:
        await tx.execute(text("UPDATE reminders_reminder SET state = 'done' WHERE id % 10 <> 0"))  # as most are
        if database.dialect == "postgresql":
            await tx.execute(text("ANALYZE reminders_reminder"))
            await tx.execute(text("SET LOCAL enable_seqscan = off"))  # a table of one page is read as a whole
        explain = "EXPLAIN QUERY PLAN" if database.dialect == "sqlite" else "EXPLAIN"
        for query, index in plans.items():
            rows = (await tx.execute(text(f"{explain} {query}"))).all()
            assert index in " ".join(str(row[-1]) for row in rows), query
