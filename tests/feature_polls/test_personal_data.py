"""What polls keep of a member: all of it for who asks, and what becomes of it when they go."""

from typing import Any

import pytest
from sqlalchemy import select

import botcore as bc
from botcore.db import Database
from botcore.features.holding import take_up_tables
from botcore_polls.feature import PollsFeature
from botcore_polls.models import Base, OptionRow, PollRow, VoteRow
from botcore_sandbox import BotOnSandbox
from polls import ALICE, BOB, CAROL, Services


@pytest.fixture
def personal_data(database: Database, services: Services) -> bc.PersonalData:
    """The service, as a bot has it whose only feature is polls."""
    made = bc.PersonalData(database, services.clock, lambda _: None)
    container = bc.ServiceContainer()
    container.register_singleton(type(services.ballots), services.ballots)
    take_up_tables(PollsFeature(), Base.metadata, container, made)
    return made


async def everything(database: Database) -> list[Any]:
    """Every value of every row."""
    async with database.session() as session:
        rows = [row for table in Base.metadata.sorted_tables for row in await session.execute(select(table))]
    return [value for row in rows for value in row]


async def test_an_export_holds_every_column(database: Database, services: Services, personal_data: bc.PersonalData):
    """Of a member's polls, their options and their votes, as the schema has them."""
    poll = await services.ask()
    await services.press(poll, ALICE, 1)
    await services.press(poll, BOB, 1)
    export = await personal_data.export(ALICE)
    assert {each.table: len(each.rows) for each in export.tables} == {
        "polls_poll": 1,
        "polls_option": 3,
        "polls_vote": 1,
    }
    for each in export.tables:
        for row in each.rows:
            assert row.keys() | each.hidden.keys() == set(Base.metadata.tables[each.table].columns.keys())
    assert [each.hidden for each in export.tables if each.hidden] == [
        {"question_folded": "the question again, as searches read it"}
    ]


async def test_who_closed_a_poll_is_not_told_whose_it_was(services: Services, personal_data: bc.PersonalData):
    """An administrator who closed somebody's poll has the poll in their export, without its author."""
    poll = await services.ask(author=ALICE)
    await services.polls.close(poll.id, BOB, administrator=True)
    [polls] = (await personal_data.export(BOB)).tables
    assert [(row["author_id"], row["closed_by"]) for row in polls.rows] == [("another person", str(BOB))]


async def test_an_open_poll_loses_the_vote(database: Database, services: Services, personal_data: bc.PersonalData):
    """The count follows, and so does the public message: the poll is behind until it is redrawn."""
    poll = await services.ask()
    for member in (ALICE, BOB):
        await services.press(poll, member, 1)
    async with database.session() as session:
        before = await session.get_one(PollRow, poll.id)
    await personal_data.delete(BOB)
    assert await services.counts(poll) == (0, 1, 0)
    async with database.session() as session:
        after = await session.get_one(PollRow, poll.id)
    assert after.revision == before.revision + 1


async def test_a_withdrawn_vote_goes_unseen(database: Database, services: Services, personal_data: bc.PersonalData):
    """Nothing that the message shows has changed, so nothing is redrawn."""
    poll = await services.ask()
    await services.press(poll, BOB, 1)
    await services.press(poll, BOB, 1)
    async with database.session() as session:
        before = await session.get_one(PollRow, poll.id)
    await personal_data.delete(BOB)
    async with database.session() as session:
        after = await session.get_one(PollRow, poll.id)
        assert list(await session.scalars(select(VoteRow))) == []
    assert after.revision == before.revision


async def test_who_is_forgotten_may_vote_again(services: Services, personal_data: bc.PersonalData):
    """As anybody who has not voted."""
    poll = await services.ask()
    await services.press(poll, BOB, 1)
    await personal_data.delete(BOB)
    receipt = await services.press(poll, BOB, 2)
    assert (receipt.before, receipt.now) == (None, 2)
    assert await services.counts(poll) == (0, 0, 1)


async def test_a_closed_poll_keeps_its_result(database: Database, services: Services, personal_data: bc.PersonalData):
    """However many of its voters go; nobody can tell any more whose the votes were, or when they were cast."""
    poll = await services.ask()
    for member, position in ((ALICE, 0), (BOB, 1), (CAROL, 1)):
        await services.press(poll, member, position)
    await services.polls.close(poll.id, ALICE, administrator=False)
    for member in (ALICE, BOB, CAROL):
        await personal_data.delete(member)
    assert await services.counts(poll) == (1, 2, 0)
    assert not {ALICE, BOB, CAROL} & {value for value in await everything(database) if isinstance(value, int)}
    async with database.session() as session:
        votes = list(await session.scalars(select(VoteRow)))
    assert len({vote.user_id for vote in votes}) == 3
    assert {(vote.click_id, vote.changed_at.year) for vote in votes} == {(0, 1970)}


async def test_a_poll_outlives_its_author(database: Database, services: Services, personal_data: bc.PersonalData):
    """It goes on without a name: others vote, and an administrator can close it."""
    poll = await services.ask(author=ALICE)
    await services.press(poll, BOB, 0)
    await personal_data.delete(ALICE)
    async with database.session() as session:
        assert (await session.get_one(PollRow, poll.id)).author_id == 0
        assert len(list(await session.scalars(select(OptionRow)))) == 3
    assert await services.counts(poll) == (1, 0, 0)
    await services.polls.close(poll.id, CAROL, administrator=True)


async def test_a_dry_run_and_a_second_time(database: Database, services: Services, personal_data: bc.PersonalData):
    """The dry run says what happens then; afterwards there is nothing left to do, and it stays so."""
    opened, closed = await services.ask(), await services.ask()
    for poll in (opened, closed):
        await services.press(poll, ALICE, 0)
    await services.polls.close(closed.id, ALICE, administrator=False)
    preview = await personal_data.preview_deletion(ALICE)
    assert {(each.table, each.outcome.value, each.rows) for each in preview.tables} == {
        ("polls_vote", "erased", 1),
        ("polls_vote", "anonymised", 1),
        ("polls_option", "retained", 6),
        ("polls_poll", "anonymised", 2),
        ("polls_poll", "anonymised", 1),
    }
    assert (await personal_data.delete(ALICE)).tables == preview.tables
    once = await everything(database)
    assert (await personal_data.delete(ALICE)).tables == []
    assert await everything(database) == once


async def test_reasons_are_in_the_language_of_who_asks(services: Services, personal_data: bc.PersonalData):
    """In an export and in a deletion; what is kept itself is not translated."""
    await services.ask(author=ALICE)
    with bc.using_locale("de"):
        deletion, export = await personal_data.preview_deletion(ALICE), await personal_data.export(ALICE)
    assert [each.reason for each in deletion.tables if each.reason] == [
        "Was gefragt wurde, gehört allen, die geantwortet haben."
    ]
    assert [dict(each.hidden) for each in export.tables if each.hidden] == [
        {"question_folded": "noch einmal die Frage, wie die Suche sie liest"}
    ]


@pytest.mark.bot_features("polls")
async def test_the_message_follows_while_the_bot_runs(bot: BotOnSandbox):
    """Everybody in the channel sees the count without the vote."""
    alice, bob = bot.member("alice"), bot.member("bob")
    poll = await alice.slash("poll create", question="Lunch?", options="pizza; soup")
    await bob.click(poll, "pizza")
    channel = bot.channel("general")
    await channel.until_message(lambda message: "1 member voted" in message.text)
    await bot.core.parts.container.get(bc.PersonalData).delete(bob.id)
    await channel.until_message(lambda message: "0 members voted" in message.text)
