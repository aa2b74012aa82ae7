"""What reminders keep of a member: all of it for who asks, and nothing of it when they go."""

from datetime import timedelta

from sqlalchemy import text

import botcore as bc
from botcore_reminders.models import Base
from botcore_sandbox import BotOnSandbox, Permissions, Person
from reminding import later, received, remind


async def made(bot: BotOnSandbox, clock: bc.ManualClock) -> bc.PersonalData:
    """Alice has a delivered reminder with a ledger, one that waits, settings, and one from a keeper; bob has one."""
    bot.sandbox.guild.add_role("keepers", Permissions.MANAGE_MESSAGES)
    alice, bob, keeper = bot.member("alice"), bot.member("bob"), bot.member("kim", roles=("keepers",))
    await remind(alice, "tea", "in 1 hour", nag="1 hour")
    await remind(alice, "bins", "tomorrow at 9", repeat="every week")
    await remind(bob, "the cat", "in 1 hour")
    preview = await keeper.slash("remind other", member=alice, what="rent", when="in 1 day")
    await keeper.click(preview, "Confirm")
    await alice.slash("remind settings", quiet_hours="23-8")
    await later(bot, clock, timedelta(hours=1))
    return bot.core.parts.container.get(bc.PersonalData)


async def test_an_export_holds_every_column(bot: BotOnSandbox, clock: bc.ManualClock) -> None:
    """Of what a member made, of what others made for them, of every attempt and of their settings."""
    personal_data = await made(bot, clock)
    export = await personal_data.export(bot.member("alice").id)
    counts = {each.table: len(each.rows) for each in export.tables}
    assert counts == {"reminders_reminder": 3, "reminders_attempt": 1, "reminders_preference": 1}
    for each in export.tables:
        for row in each.rows:
            assert row.keys() == set(Base.metadata.tables[each.table].columns.keys())
    assert {row["text"] for table in export.tables for row in table.rows if "text" in row} == {"tea", "bins", "rent"}


async def test_a_deletion_leaves_nothing_and_nothing_fires(bot: BotOnSandbox, clock: bc.ManualClock) -> None:
    """As its preview says; other people's stay, and a second time does no more."""
    personal_data = await made(bot, clock)
    alice, bob = bot.member("alice"), bot.member("bob")
    before = len(received(alice))
    preview = await personal_data.preview_deletion(alice.id)
    deleted = await personal_data.delete(alice.id)
    assert [(each.table, each.rows) for each in deleted.tables] == [(each.table, each.rows) for each in preview.tables]
    async with bot.core.parts.database.session() as session:
        for table in Base.metadata.sorted_tables:
            for row in await session.execute(table.select()):
                assert alice.id not in tuple(row)
        timers = await session.execute(text("SELECT kind, key, payload FROM timers_timer"))
        assert not any(str(alice.id) in str(tuple(row)) for row in timers)
    await later(bot, clock, timedelta(days=30))
    assert len(received(alice)) == before
    assert "the cat" in (await bob.slash("remind history", reminder=await _only(bob))).text
    again = await personal_data.delete(alice.id)
    assert sum(each.rows for each in again.tables) == 0


async def _only(person: Person) -> str:
    offered = await person.autocomplete("remind history", reminder="", focused="reminder")
    return str(offered[0][1])
