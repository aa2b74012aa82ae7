"""Reminders arrive once, whenever the process that delivers them ends, and however many of them there are."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import func, select

import botcore as bc
from botcore.db import Database, Migrator
from botcore.timers.table import migrations as timer_scripts
from botcore_reminders.models import AttemptRow, ReminderRow
from botcore_reminders.services.values import Outcome, Route, State, Step, Where
from botcore_sandbox import BotProcess, FakeMembers, FakeMessenger, Sandbox
from databases import BOTH, empty_database
from e2e_types import StartBot
from fakes.distributions import SitePackages
from mortal import CODE, POINTS
from reminders import SCRIPTS, Process

FEATURES = ("reminders", "mortal")
QUICK = {"BOTCORE_TIMERS__LEASE": "2", "BOTCORE_TIMERS__POLL": "0.1"}
POSTS = ("POST", "/channels/*/messages")

type Story = list[tuple[Outcome, Step | None]]


def now() -> datetime:
    """Real time, as the bots have it."""
    return bc.SystemClock().now()


class Kept:
    """Reminders in a database that bots share.

    Args:
        database: with its tables.
        sandbox: where they go.
    """

    def __init__(self, database: Database, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self._database = database
        self._process = Process(database, FakeMessenger(), FakeMembers(), clock=bc.ManualClock(now()))

    async def due_now(self, texts: list[str], where: Where = Where.HERE, owner: str = "alice") -> None:
        """Make reminders that are due at once."""
        new = await self._process.new(
            when="in 1 hour",
            where=where,
            owner=self.sandbox.member(owner).id,
            guild=self.sandbox.guild.id,
            channel=self.sandbox.channel("general").id,
        )
        await self._process.remind_many(texts, new, first=now())

    async def story(self) -> Story:
        """What the ledger says of all of them."""
        async with self._database.session() as session:
            rows = await session.scalars(select(AttemptRow).order_by(AttemptRow.id))
            return [(Outcome(row.outcome), None if row.step is None else Step(row.step)) for row in rows]

    async def routes(self) -> list[Route]:
        """The ways that were tried."""
        async with self._database.session() as session:
            return [Route(route) for route in await session.scalars(select(AttemptRow.route).order_by(AttemptRow.id))]

    async def all_done(self) -> bool:
        """Whether nothing waits any more."""
        async with self._database.session() as session:
            waiting = select(func.count()).select_from(ReminderRow).where(ReminderRow.state != State.DONE)
            return await session.scalar(waiting) == 0


@pytest.fixture(params=BOTH)
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of an empty database."""
    async with empty_database(request.param, tmp_path) as address:
        yield address


@asynccontextmanager
async def kept_in(url: str, sandbox: Sandbox) -> AsyncIterator[Kept]:
    """The tables, and who fills them."""
    async with Database(url) as database:
        await Migrator(database).upgrade(timer_scripts())
        await Migrator(database).upgrade(SCRIPTS)
        yield Kept(database, sandbox)


@pytest_asyncio.fixture(loop_scope="session")
async def kept(sandbox: Sandbox, tmp_path: Path) -> AsyncIterator[Kept]:
    """Reminders in the database of the fixture `start_bot`."""
    async with kept_in(f"sqlite:///{tmp_path}/bot.db", sandbox) as found:
        yield found


@pytest.fixture(autouse=True)
def mortal(site: SitePackages) -> None:
    """Bots may be told where to die."""
    site.install("mortal", CODE)


async def start(start_bot: StartBot, **variables: str) -> BotProcess:
    """A bot with reminders, whose work another may take up soon after its end."""
    return await start_bot(*FEATURES, arguments=(), **QUICK, **variables)


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    """Wait for what another process does; nobody can tell us, so look."""
    async with asyncio.timeout(60):
        while not await true():  # noqa: ASYNC110 - the other side of the condition is another process
            await asyncio.sleep(0.05)


def arrived(sandbox: Sandbox) -> Counter[str]:
    """How often each text stands in #general."""
    return Counter(message.content.split()[-1] for message in sandbox.channel("general").messages)


ONCE: Story = [(Outcome.SENT, None)]
REPEATED: Story = [(Outcome.SENDING, Step.REPEATED), (Outcome.SENT, None)]

STORIES: dict[str, tuple[int, Story]] = {
    "before begin is committed": (0, ONCE),
    "after begin was committed": (0, REPEATED),
    "before end is written": (1, REPEATED),
    "before end is committed": (1, REPEATED),
    "after end was committed": (1, ONCE),
}
"""By the point at which the process died: whether the message was there then, and what the ledger says in the end."""


@pytest.mark.parametrize("point", POINTS)
async def test_killed_at_each_point_of_a_delivery(
    sandbox: Sandbox, start_bot: StartBot, kept: Kept, point: str
) -> None:
    """The message is there once, and the ledger tells what happened."""
    there, story = STORIES[point]
    await kept.due_now(["tea"])
    first = await start(start_bot, DIE_AT=point)
    assert await first.wait() == -9
    assert arrived(sandbox)["tea"] == there
    await start(start_bot)
    await until(kept.all_done)
    assert arrived(sandbox) == {"tea": 1}
    assert await kept.story() == story


@pytest.mark.parametrize("taken", [False, True])
async def test_killed_while_discord_holds_the_answer_back(
    sandbox: Sandbox, start_bot: StartBot, kept: Kept, taken: bool
) -> None:
    """Whether the message was taken or not, it is there once."""
    await kept.due_now(["tea"])
    sandbox.faults.slow(30, *POSTS, taken=taken)
    first = await start(start_bot)

    async def held_back() -> bool:
        return bool(sandbox.faults.spoiled) and arrived(sandbox)["tea"] == taken

    await until(held_back)
    await first.kill()
    sandbox.faults.clear()
    await start(start_bot)
    await until(kept.all_done)
    assert arrived(sandbox) == {"tea": 1}
    assert await kept.story() == REPEATED


async def test_killed_between_two_ways(sandbox: Sandbox, start_bot: StartBot, kept: Kept) -> None:
    """The direct message was refused and the notice not sent yet: there is one notice in the end."""
    sandbox.member("alice", accepts_dms=False)
    await kept.due_now(["tea"], Where.DM)
    first = await start(start_bot, DIE_AT="after begin was committed", DIE_AFTER="1")
    assert await first.wait() == -9
    assert sandbox.channel("general").messages == []
    await start(start_bot)
    await until(kept.all_done)
    [notice] = sandbox.channel("general").messages
    assert "tea" not in notice.text
    assert await kept.routes() == [Route.DM, Route.NOTICE, Route.DM, Route.NOTICE]


async def test_killed_again_and_again_among_many(sandbox: Sandbox, start_bot: StartBot, kept: Kept) -> None:
    """None of a hundred is lost, and none comes twice."""
    texts = [f"number{number}" for number in range(100)]
    await kept.due_now(texts)
    for point, passed in (
        ("before end is written", 15),
        ("before end is committed", 30),
        ("after begin was committed", 40),
    ):
        bot = await start(start_bot, DIE_AT=point, DIE_AFTER=str(passed))
        assert await bot.wait() == -9
    assert 0 < len(arrived(sandbox)) < len(texts)
    await start(start_bot)
    await until(kept.all_done)
    assert arrived(sandbox) == dict.fromkeys(texts, 1)


async def two_bots(start_bot: StartBot, url: str, witness: Path, **variables: str) -> tuple[BotProcess, BotProcess]:
    """Two of them on one database, both of which say what they begin; one dies where it is told to."""
    shared = {"BOTCORE_DATABASE__URL": url, "WITNESS": str(witness), "BOTCORE_TIMERS__IN_FLIGHT": "4"}
    first = await start(start_bot, **shared)
    return first, await start(start_bot, **shared, **variables)


async def test_two_processes_never_both_deliver(
    sandbox: Sandbox, start_bot: StartBot, url: str, tmp_path: Path
) -> None:
    """Each of many is there once, and both have delivered some of them."""
    witness, people = tmp_path / "witness", [f"member{number}" for number in range(8)]
    async with kept_in(url, sandbox) as kept:
        bots = await two_bots(start_bot, url, witness)
        try:
            for person in people:
                await kept.due_now([f"{person}/{number}" for number in range(25)], owner=person)
            await until(kept.all_done)
            assert arrived(sandbox) == {f"{person}/{number}": 1 for person in people for number in range(25)}
            assert set(await kept.story()) == {(Outcome.SENT, None)}
            assert len(set(witness.read_text(encoding="utf-8").split())) == 2
        finally:
            await asyncio.gather(*(bot.stop() for bot in bots))


async def test_one_of_two_processes_is_killed(sandbox: Sandbox, start_bot: StartBot, url: str, tmp_path: Path) -> None:
    """The other delivers what is left of its work."""
    people = [f"member{number}" for number in range(8)]
    async with kept_in(url, sandbox) as kept:
        survivor, victim = await two_bots(
            start_bot, url, tmp_path / "witness", DIE_AT="before end is written", DIE_AFTER="10"
        )
        try:
            for person in people:
                await kept.due_now([f"{person}/{number}" for number in range(25)], Where.DM, owner=person)
            assert await victim.wait() == -9
            await until(kept.all_done)
            for person in people:
                texts = [message.content.split()[-1] for message in sandbox.member(person).dm.messages]
                assert sorted(texts) == sorted(f"{person}/{number}" for number in range(25))
            assert (Outcome.SENDING, Step.REPEATED) in await kept.story()
        finally:
            await survivor.stop()
