import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, assert_type

import pytest
from sqlalchemy import text

import botcore as bc
from botcore.cache import Cache, InvalidCacheUse
from botcore.db import Database, current_transaction
from botcore.i18n import active_locale, using_locale
from botcore.log import current_source
from fakes.cache import DistantCache

MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock() -> bc.ManualClock:
    """A clock that stands still."""
    return bc.ManualClock()


@pytest.fixture(params=["in this process", "in another one"])
def cache(request: pytest.FixtureRequest, clock: bc.ManualClock) -> Cache:
    """A cache that answers at once, and one that takes its time."""
    near = bc.LocalCache(clock)
    return near if request.param == "in this process" else DistantCache(near)


class Profiles:
    """A service with cached methods, which a test holds back."""

    def __init__(self, cache: Cache) -> None:
        self.cache = cache
        self.asked: list[Any] = []
        self.failures: list[Exception] = []
        self.cancelled = 0
        self.begun = asyncio.Event()
        self.gate = asyncio.Event()
        self.gate.set()

    @bc.cached(ttl=MINUTE)
    async def names(self, user_id: int, *, guild: int | None = None) -> list[str]:
        """The names of a user."""
        self.asked.append((user_id, guild))
        self.begun.set()
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        if self.failures:
            raise self.failures.pop()
        return [f"name {len(self.asked)}"]

    @bc.cached(ttl=MINUTE, key=lambda url, *, headers: url)
    async def fetch(self, url: str, *, headers: object) -> str | None:
        """What a page says; how it is asked for makes no difference."""
        self.asked.append(url)
        return None

    @bc.cached(ttl=MINUTE)
    async def pair(self) -> tuple[int, int]:
        """Not JSON."""
        return 1, 2


@pytest.fixture
def profiles(cache: Cache) -> Profiles:
    """The service."""
    return Profiles(cache)


async def test_a_result_is_remembered_for_its_time(profiles: Profiles, clock: bc.ManualClock) -> None:
    """And then had anew; each has a list of their own."""
    names = await profiles.names(7)
    assert_type(names, list[str])
    names.append("mine")
    clock.advance(MINUTE - timedelta(microseconds=1))
    assert await profiles.names(7) == ["name 1"]
    clock.advance(timedelta(microseconds=1))
    assert await profiles.names(7) == ["name 2"]


async def test_the_arguments_are_the_key(profiles: Profiles) -> None:
    """However they are given; a default is as good as what it stands for, and a text is not a number."""
    await profiles.names(7)
    await profiles.names(user_id=7, guild=None)
    await profiles.names(7, guild=1)
    textual: Any = "7"
    await profiles.names(textual)
    assert profiles.asked == [(7, None), (7, 1), ("7", None)]


async def test_a_key_of_its_own(profiles: Profiles) -> None:
    """Leaves out what makes no difference; None is remembered like any other result."""
    assert await profiles.fetch("a", headers=object()) is None
    assert await profiles.fetch("a", headers=object()) is None
    assert profiles.asked == ["a"]


async def test_two_methods_do_not_share_keys(cache: Cache) -> None:
    """Also where two services have the same method with the same arguments."""

    class Others:
        def __init__(self, cache: Cache) -> None:
            self.cache = cache

        @bc.cached(ttl=MINUTE)
        async def names(self, user_id: int) -> list[str]:
            return ["other"]

    assert await Profiles(cache).names(7) == ["name 1"]
    assert await Others(cache).names(7) == ["other"]


async def test_those_who_ask_at_once_share_one_call(profiles: Profiles) -> None:
    """And get a list each."""
    answers = await asyncio.gather(*(profiles.names(7) for _ in range(50)))
    assert len(profiles.asked) == 1
    answers[0].append("mine")
    assert answers[1:] == [["name 1"]] * 49


async def test_those_who_ask_while_it_runs_share_it_too(profiles: Profiles) -> None:
    """However late they come."""
    profiles.gate.clear()
    first = asyncio.create_task(profiles.names(7))
    await profiles.begun.wait()
    second = asyncio.create_task(profiles.names(7))
    await asyncio.sleep(0)
    profiles.gate.set()
    assert await first == await second == ["name 1"]


async def test_the_first_who_asked_may_be_cancelled(profiles: Profiles) -> None:
    """The others still get the result."""
    profiles.gate.clear()
    first = asyncio.create_task(profiles.names(7))
    await profiles.begun.wait()
    second = asyncio.create_task(profiles.names(7))
    await asyncio.sleep(0)
    first.cancel()
    with suppress(asyncio.CancelledError):
        await first
    profiles.gate.set()
    assert await second == ["name 1"]
    assert profiles.cancelled == 0


async def test_a_call_that_nobody_waits_for_any_more_ends(profiles: Profiles) -> None:
    """Whoever comes then begins anew."""
    profiles.gate.clear()
    both = [asyncio.create_task(profiles.names(7)) for _ in range(2)]
    await profiles.begun.wait()
    for task in both:
        task.cancel()
    await asyncio.gather(*both, return_exceptions=True)
    third = asyncio.create_task(profiles.names(7))
    profiles.gate.set()
    assert await third == ["name 2"]
    assert profiles.cancelled == 1


async def test_an_error_reaches_everybody_and_is_not_remembered(profiles: Profiles) -> None:
    """The next one asks again."""
    profiles.failures.append(LookupError("no such user"))
    profiles.gate.clear()
    asking = [asyncio.create_task(profiles.names(7)) for _ in range(3)]
    await profiles.begun.wait()
    await asyncio.sleep(0)
    profiles.gate.set()
    answers = await asyncio.gather(*asking, return_exceptions=True)
    assert [str(answer) for answer in answers] == ["no such user"] * 3
    assert await profiles.names(7) == ["name 2"]


async def test_forgetting(profiles: Profiles) -> None:
    """Of these arguments and no others."""
    await profiles.names(7)
    await profiles.names(8)
    await profiles.names.forget(7)
    assert await profiles.names(7) == ["name 3"]
    assert await profiles.names(8) == ["name 2"]


async def test_forgetting_what_is_on_its_way(profiles: Profiles) -> None:
    """Those who wait get it, but it is not remembered: it may be older than the change."""
    profiles.gate.clear()
    asking = asyncio.create_task(profiles.names(7))
    await profiles.begun.wait()
    await profiles.names.forget(7)
    profiles.gate.set()
    assert await asking == ["name 1"]
    assert await profiles.names(7) == ["name 2"]


class Zones:
    """A service whose cached method reads the database."""

    def __init__(self, cache: Cache, database: Database) -> None:
        self.cache = cache
        self._database = database

    @bc.cached(ttl=MINUTE)
    async def zone(self, user_id: int) -> str:
        """The zone as the database has it."""
        async with self._database.session() as session:
            found = await session.execute(text("SELECT name FROM zone WHERE user_id = :id"), {"id": user_id})
            name: str = found.scalar_one()
            return name

    async def change(self, user_id: int, name: str, *, fail: bool = False) -> None:
        """Change it, while somebody else asks."""
        async with self._database.transaction() as tx:
            await tx.execute(text("UPDATE zone SET name = :name WHERE user_id = :id"), {"name": name, "id": user_id})
            await self.zone.forget(user_id)
            await asyncio.create_task(self.zone(user_id))
            if fail:
                raise ZeroDivisionError


async def test_forgetting_inside_a_transaction_waits_for_the_commit(cache: Cache, sqlite_database: Database) -> None:
    """Whoever asks before it still gets, and remembers, what was there; nobody does afterwards."""
    async with sqlite_database.transaction() as tx:
        await tx.execute(text("CREATE TABLE zone (user_id INTEGER, name TEXT)"))
        await tx.execute(text("INSERT INTO zone VALUES (7, 'UTC')"))
    zones = Zones(cache, sqlite_database)
    with suppress(ZeroDivisionError):
        await zones.change(7, "Mars/Olympus", fail=True)
    assert await zones.zone(7) == "UTC"
    await zones.change(7, "Europe/Berlin")
    for _ in range(4):  # a distant cache needs a few turns to forget
        await asyncio.sleep(0)
    assert await zones.zone(7) == "Europe/Berlin"


@dataclass(frozen=True, slots=True)
class Interaction:
    """What a caller works on."""

    reference: str


async def test_a_call_knows_nothing_of_who_asks(cache: Cache, sqlite_database: Database) -> None:
    """Neither language nor transaction, for its result is everybody's; its log lines have the first one's reference."""

    class Around:
        def __init__(self, cache: Cache) -> None:
            self.cache = cache

        @bc.cached(ttl=MINUTE)
        async def look(self) -> list[str | bool | None]:
            source = current_source.get()
            return [active_locale(), current_transaction() is None, None if source is None else source.reference]

    token = current_source.set(Interaction("abc123"))
    with using_locale("de"):
        async with sqlite_database.transaction():
            seen = await Around(cache).look()
    current_source.reset(token)
    assert seen == [None, True, "abc123"]


async def test_a_result_that_is_no_json_is_refused(profiles: Profiles) -> None:
    """With the method's name, the first time that it is asked for."""
    with pytest.raises(InvalidCacheUse, match=r"what .*Profiles\.pair returned would come back from a cache as"):
        await profiles.pair()


async def test_arguments_that_are_no_json_are_refused(profiles: Profiles) -> None:
    """Unless `key` makes a key of them."""
    strange: Any = object()
    with pytest.raises(InvalidCacheUse, match=r"the arguments of .*Profiles\.names cannot be kept"):
        await profiles.names(strange)


def test_a_decorator_in_the_wrong_place() -> None:
    """Is refused when the module is imported."""
    with pytest.raises(InvalidCacheUse, match="@cached is for methods that are `async def`"):

        @bc.cached(ttl=MINUTE)
        def names(self: Profiles) -> Any: ...

    with pytest.raises(InvalidCacheUse, match="keeps nothing"):
        bc.cached(ttl=timedelta(0))


async def test_a_type_checker_sees_the_arguments_of_the_method(profiles: Profiles) -> None:
    """The comment below would be reported as unused if it did not."""
    with pytest.raises(TypeError):
        await profiles.names()  # type: ignore[call-arg]  # the mistake is the point
