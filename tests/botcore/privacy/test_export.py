"""What a person gets: everything that is kept of them, and nothing of anybody else."""

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

import orjson
from sqlalchemy import select

from botcore import PersonalData
from botcore.db import Database
from botcore.privacy import ImpersonalTable, PersonalExport, Unreached
from journal import ALICE, BOB, CAROL, DECLARED, NOON, add_history, contents, metadata


def rows(export: PersonalExport, table: str) -> list[Mapping[str, Any]]:
    """The rows of one table."""
    return [row for each in export.tables if each.table == table for row in each.rows]


async def test_every_column_is_there(personal_data: PersonalData):
    """Of every row; what is not, is named with its reason. The schema says what there is, not the declarations."""
    export = await personal_data.export(ALICE)
    assert {each.table for each in export.tables} == {table.name for table in metadata.sorted_tables} - {
        each.name for each in DECLARED if isinstance(each, ImpersonalTable)
    }
    for each in export.tables:
        columns = {column.name for column in metadata.tables[each.table].columns}
        for row in each.rows:
            assert row.keys() | each.hidden.keys() == columns
            assert not row.keys() & each.hidden.keys()


async def test_every_row_with_the_persons_id_is_there(personal_data: PersonalData, database: Database):
    """Wherever the id is in a row, in whatever column, the row is in the export."""
    export = await personal_data.export(ALICE)
    for table in metadata.sorted_tables:
        async with database.session() as session:
            found = [tuple(row) for row in await session.execute(select(table))]
        with_id = [row for row in found if str(ALICE) in map(str, row)]
        assert len(rows(export, table.name)) >= len(with_id), table.name
    assert [row["name"] for row in rows(export, "journal_attachment")] == ["of 1"]  # hers over a foreign key


async def test_values_are_plain(personal_data: PersonalData):
    """Ids as text, moments in UTC, and nothing that JSON does not know."""
    export = await personal_data.export(ALICE)
    [own] = [row for row in rows(export, "journal_entry") if row["id"] == 1]
    assert own == {
        "id": 1,
        "owner_id": str(ALICE),
        "edited_by": None,
        "closed_at": "2026-01-01T12:00:00Z",
        "text": "Dear diary",
        "mood": "fine",
        "payload": {"tags": ["a", 1]},
        "picture": "AP8=",
        "price": "1.50",
        "weight": 0.5,
        "day": "2026-01-01",
        "hour": "09:30:00",
        "local": "2026-01-01T09:00:00",
        "length": 60.0,
        "public": True,
        "mark": "00000000-0000-0000-0000-000000000001",
    }
    assert json.loads(orjson.dumps(export)) == json.loads(
        json.dumps(dataclasses.asdict(export) | {"made_at": "2026-01-01T12:00:00+00:00"})
    )
    assert (export.user_id, export.made_at) == (str(ALICE), NOON)


async def test_nobody_elses_id_is_there(personal_data: PersonalData):
    """In a row that names two persons, the other one is another person; rows of others are not there at all."""
    export = await personal_data.export(ALICE)
    [edited] = [row for row in rows(export, "journal_entry") if row["id"] == 2]
    assert (edited["owner_id"], edited["edited_by"]) == ("another person", str(ALICE))
    assert [(row["follower_id"], row["followed"]) for row in rows(export, "journal_follower")] == [
        (str(ALICE), "another person"),
        ("another person", str(ALICE)),
    ]
    assert [row["id"] for row in rows(export, "journal_remark")] == [2, 3]  # not Bob's, below her own entry
    text = orjson.dumps(export).decode()
    assert str(BOB) not in text
    assert str(CAROL) not in text


async def test_what_is_hidden_has_its_reason(personal_data: PersonalData):
    """In the export itself."""
    [entries] = [each for each in (await personal_data.export(ALICE)).tables if each.table == "journal_entry"]
    assert entries.hidden == {"folded": "the text again, for searches"}


async def test_a_stranger(personal_data: PersonalData):
    """Of whom nothing is kept, nothing comes."""
    export = await personal_data.export(444444444444444444)
    assert (export.tables, export.unreached) == ([], [])


async def test_an_export_changes_nothing(personal_data: PersonalData, database: Database):
    """It only reads."""
    before = await contents(database)
    await personal_data.export(ALICE)
    assert await contents(database) == before


async def test_what_it_does_not_hold_is_named(personal_data: PersonalData, database: Database):
    """Tables of a feature that is not there any more, which may hold more of that person."""
    async with database.transaction() as tx:
        await add_history(tx, "gone")
    unreached = [Unreached("gone", "there is no gone")]
    assert (await personal_data.export(ALICE)).unreached == unreached
    assert (await personal_data.preview_deletion(ALICE)).unreached == unreached
    assert (await personal_data.delete(ALICE)).unreached == unreached
