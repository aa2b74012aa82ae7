"""What a deletion does, and that it does what was said before."""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import BigInteger, Column, MetaData, Table, select, text
from sqlalchemy.ext.asyncio import AsyncSession

import journal
from botcore import ManualClock, PersonalData, PersonalTable, RandomId
from botcore.db import Database
from botcore.privacy import Anonymise, Deletion, Holder, Outcome, PersonalExport, TableOutcome, Unreached
from journal import ALICE, BOB, DECLARED, add_history, contents, metadata


def outcome(table: str, what: Outcome, rows: int, reason: str = "", **changes: str) -> TableOutcome:
    return TableOutcome("journal", table, what, rows, changes, reason)


OF_ALICE = [
    outcome("journal_remark", Outcome.ERASED, 1),
    outcome("journal_remark", Outcome.ANONYMISED, 2, author_id="0"),
    outcome("journal_vote", Outcome.ERASED, 1),
    outcome("journal_vote", Outcome.ANONYMISED, 1, user_id="a random id"),
    outcome("journal_attachment", Outcome.ERASED, 1),
    outcome("journal_prize", Outcome.RETAINED, 2, "A prize cannot be taken back."),
    outcome("journal_follower", Outcome.ERASED, 1),
    outcome("journal_follower", Outcome.ERASED, 1),
    outcome("journal_entry", Outcome.ERASED, 1),
    outcome("journal_entry", Outcome.ANONYMISED, 1, edited_by="empty"),
]


async def test_a_dry_run_says_what_would_happen_and_changes_nothing(personal_data: PersonalData, database: Database):
    """Table by table, with numbers."""
    before = await contents(database)
    preview = await personal_data.preview_deletion(ALICE)
    assert sorted(map(str, preview.tables)) == sorted(map(str, OF_ALICE))
    assert (preview.user_id, preview.done, preview.unreached) == (str(ALICE), False, [])
    assert await contents(database) == before


async def test_what_happens_is_what_the_dry_run_said(personal_data: PersonalData, database: Database):
    """The numbers are those of the rows that are gone or changed."""
    preview = await personal_data.preview_deletion(ALICE)
    before = await contents(database)
    deletion = await personal_data.delete(ALICE)
    after = await contents(database)
    assert (deletion.done, deletion.tables, deletion.unreached) == (True, preview.tables, [])
    for table in before:
        erased = sum(each.rows for each in preview.tables if (each.table, each.outcome) == (table, Outcome.ERASED))
        changed = sum(each.rows for each in preview.tables if (each.table, each.outcome) == (table, Outcome.ANONYMISED))
        assert len(before[table]) - len(after[table]) == erased, table
        assert sum(row not in after[table] for row in before[table]) == erased + changed, table


async def test_nothing_names_the_person_but_what_is_retained(personal_data: PersonalData, database: Database):
    """Not in any column of any table."""
    await personal_data.delete(ALICE)
    naming = {table: rows for table, rows in (await contents(database)).items() if any(ALICE in row for row in rows)}
    assert naming.keys() == {"journal_prize"}
    assert str(ALICE) not in str((await contents(database))["journal_follower"])


async def test_a_second_time_there_is_nothing_to_do(personal_data: PersonalData, database: Database):
    """Only what is retained is named again."""
    await personal_data.delete(ALICE)
    once = await contents(database)
    again = await personal_data.delete(ALICE)
    assert [each.outcome for each in again.tables] == [Outcome.RETAINED]
    assert await contents(database) == once


async def test_others_keep_what_is_theirs(personal_data: PersonalData, database: Database):
    """Two who go one after the other leave a result that still adds up, and nobody can say whose it was."""
    points = select(journal.vote.c.points).where(journal.vote.c.prize_id == 2).order_by(journal.vote.c.points)
    await personal_data.delete(ALICE)
    assert [each.table for each in (await personal_data.export(BOB)).tables] == [
        "journal_entry",
        "journal_attachment",
        "journal_vote",
    ]
    await personal_data.delete(BOB)
    async with database.session() as session:
        assert list(await session.scalars(points)) == [1, 2, 3]
        ids = list(await session.scalars(select(journal.vote.c.user_id).where(journal.vote.c.prize_id == 2)))
    assert sum(each < 0 for each in ids) == 2
    assert [row[0] for row in (await contents(database))["journal_entry"]] == [3]


async def test_what_a_feature_does_beside_its_tables(database: Database):
    """Happens first, in the same transaction: it still sees the rows, and a dry run does not do it."""
    await journal.make_tables(database)
    await journal.fill(database)
    seen: list[int] = []

    async def forget(tx: AsyncSession, user_id: int) -> None:
        seen.extend(await tx.scalars(select(journal.entry.c.id).where(journal.entry.c.owner_id == user_id)))

    service = PersonalData(database, ManualClock(), lambda _: None)
    service.add(Holder("journal", DECLARED, metadata, forget))
    await service.preview_deletion(ALICE)
    assert seen == []
    await service.delete(ALICE)
    assert seen == [1]


async def test_a_feature_that_fails_changes_nothing_and_stops_nobody(database: Database):
    """Each feature has its own transaction; the one that failed is named."""
    await journal.make_tables(database)
    await journal.fill(database)
    async with database.transaction() as tx:
        await tx.execute(text("CREATE TABLE broken_thing (user_id BIGINT PRIMARY KEY)"))
        await add_history(tx, "broken")
    before = await contents(database)

    async def fail(tx: AsyncSession, user_id: int) -> None:
        await tx.execute(journal.entry.update().values(text="gone"))
        raise LookupError("a secret")

    service = PersonalData(database, ManualClock(), lambda _: None)
    service.add(Holder("journal", DECLARED, metadata, fail))
    service.add(Holder("broken", (), MetaData()))
    deletion = await service.delete(ALICE)
    assert deletion.unreached == [Unreached("journal", "it raised LookupError, and nothing of it has changed")]
    assert await contents(database) == before


@pytest.mark.parametrize("call", [PersonalData.export, PersonalData.preview_deletion, PersonalData.delete])
async def test_declarations_with_a_problem_are_not_worked_by(
    database: Database, call: Callable[[PersonalData, int], Awaitable[Deletion | PersonalExport]]
):
    """The feature's tables are left alone, and it is named with the problem."""
    await journal.make_tables(database)
    await journal.fill(database)
    before = await contents(database)
    service = PersonalData(database, ManualClock(), lambda _: None)
    [first, *_] = service.add(Holder("journal", DECLARED[1:], metadata))
    result = await call(service, ALICE)
    assert (result.tables, result.unreached) == ([], [Unreached("journal", first)])
    assert "nothing says what journal_entry holds of persons" in first
    assert await contents(database) == before


async def test_a_row_that_two_rules_erase(database: Database):
    """Is erased once, and counted once."""
    await journal.make_tables(database)
    async with database.transaction() as tx:
        await tx.execute(journal.follower.insert(), [{"follower_id": ALICE, "followed": str(ALICE)}])
    [erased] = (await journal.service(database).delete(ALICE)).tables
    assert erased == outcome("journal_follower", Outcome.ERASED, 1)
    assert (await contents(database))["journal_follower"] == []


async def test_a_row_that_two_rules_change(database: Database):
    """Has both changes, also where one of them is of the key by which the row was found."""
    only = MetaData()
    table = Table(
        "pairs_pair",
        only,
        Column("first_user", BigInteger, primary_key=True, autoincrement=False),
        Column("second_user", BigInteger),
    )
    rules = (
        Anonymise(person="first_user", becomes={"first_user": RandomId()}),
        Anonymise(person="second_user", becomes={"second_user": None}),
    )
    service = PersonalData(database, ManualClock(), lambda _: None)
    assert service.add(Holder("pairs", (PersonalTable("pairs_pair", *rules),), only)) == []
    async with database.transaction() as tx:
        await (await tx.connection()).run_sync(only.create_all)
        await add_history(tx, "pairs")
        await tx.execute(table.insert(), [{"first_user": ALICE, "second_user": ALICE}])
    assert [each.rows for each in (await service.delete(ALICE)).tables] == [1, 1]
    async with database.session() as session:
        [(first, second)] = await session.execute(select(table))
    assert (first < 0, second) == (True, None)
