"""Each of Discord's errors, as the sandbox gives it, through real nextcord: what becomes of a reminder.

The services are the feature's own, on a database, with the adapters of a running bot: they only wait for less time.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import botcore as bc
from botcore.db import Database, Migrator
from botcore.discord.members import DiscordMembers
from botcore.discord.messenger import DiscordMessenger
from botcore.timers.table import migrations as timer_scripts
from botcore_reminders.services.retrying import pause_after
from botcore_reminders.services.values import Outcome, Route, State, Step, Where
from botcore_sandbox import BotOnSandbox, ChannelView, Sandbox
from botcore_sandbox.state import thread_life
from botcore_sandbox.state.channels import ChannelType
from reminders import HOUR, NOON, SCRIPTS, Process
from troubles import (
    PATIENCE,
    POSTS,
    SECRET,
    Scene,
    Trouble,
    account_gone,
    channel_gone,
    closed_and_hidden,
    dm_closed,
    dropped,
    failing,
    hidden_from_alice,
    hidden_from_the_bot,
    in_a_thread,
    members_unknown,
    recipient_left,
    refused_with,
    server_gone,
    silent_for_alice,
    silent_for_the_bot,
    slow,
    slow_but_taken,
)


@pytest.fixture
async def scene(sandbox: Sandbox, tmp_path: Path) -> AsyncIterator[Scene]:
    """A bot without features on a sandbox, and the feature's services on its adapters."""
    async with (
        BotOnSandbox(sandbox, tmp_path, features=[]) as bot,
        Database(f"sqlite:///{tmp_path}/reminders.db") as database,
    ):
        await Migrator(database).upgrade(timer_scripts())
        await Migrator(database).upgrade(SCRIPTS)
        connection = bot.core.parts.connection
        cache = bc.LocalCache(bc.SystemClock())
        messenger = DiscordMessenger(connection, cache, patience=PATIENCE)
        members = DiscordMembers(connection, cache, patience=PATIENCE)
        services = Process(database, messenger, members)
        await services.start()
        yield Scene(sandbox, services, bot.member("alice"), bot.channel("general"))
        await services.stop()


DM, CHANNEL, NOTICE = Route.DM, Route.CHANNEL, Route.NOTICE
FALLBACK, PARKED = Step.FALLBACK, Step.PARKED

FINAL = [
    pytest.param(Where.DM, dm_closed, [(DM, 50007), (NOTICE, None)], id="50007 closed direct messages"),
    pytest.param(Where.DM, recipient_left, [(DM, 50278), (NOTICE, 10007)], id="50278 no server in common"),
    pytest.param(Where.DM, account_gone, [(DM, 10013), (NOTICE, None)], id="10013 unknown user"),
    pytest.param(Where.DM, closed_and_hidden, [(DM, 50007), (NOTICE, 50001)], id="50007 and no notice"),
    pytest.param(Where.DM, refused_with(403, 20009), [(DM, 20009), (NOTICE, None)], id="20009 explicit content"),
    pytest.param(Where.HERE, channel_gone, [(CHANNEL, 10003), (DM, None)], id="10003 deleted channel"),
    pytest.param(Where.HERE, server_gone, [(CHANNEL, 10004), (DM, None)], id="10004 the bot was put out"),
    pytest.param(Where.HERE, hidden_from_the_bot, [(CHANNEL, 50001), (DM, None)], id="50001 hidden from the bot"),
    pytest.param(Where.HERE, silent_for_the_bot, [(CHANNEL, 50013), (DM, None)], id="50013 the bot may not write"),
    pytest.param(Where.HERE, hidden_from_alice, [(CHANNEL, 50001), (DM, None)], id="50001 hidden from its author"),
    pytest.param(Where.HERE, silent_for_alice, [(CHANNEL, 50013), (DM, None)], id="50013 its author may not write"),
    pytest.param(Where.HERE, recipient_left, [(CHANNEL, 10007), (DM, 50278)], id="10007 here, its author has left"),
    pytest.param(Where.CHANNEL, recipient_left, [(CHANNEL, 10007)], id="10007 its author has left"),
    pytest.param(Where.CHANNEL, channel_gone, [(CHANNEL, 10003)], id="10003 deleted channel, for everybody"),
    pytest.param(Where.CHANNEL, silent_for_alice, [(CHANNEL, 50013)], id="50013 for everybody"),
]


@pytest.mark.parametrize(("where", "trouble", "expected"), FINAL)
async def test_what_will_never_be_taken(
    scene: Scene, where: Where, trouble: Trouble, expected: list[tuple[Route, int | None]]
) -> None:
    """Goes the next way, in order, and with none left is parked, listed, and delivered once it is resumed."""
    reminder = await scene.remind(where)
    trouble(scene)
    if trouble in {hidden_from_alice, silent_for_alice, closed_and_hidden}:
        await scene.known()
    await scene.services.later(HOUR)

    story = await scene.services.story(reminder)
    assert [(route, code) for route, _outcome, code, _step in story] == expected
    refused = [step for _route, outcome, _code, step in story if outcome is Outcome.REFUSED]
    last = expected[-1][1]
    assert refused == ([FALLBACK] * len(refused) if last is None else [FALLBACK] * (len(refused) - 1) + [PARKED])
    if last is None:
        way = expected[-1][0]
        assert len(scene.direct) == (way is DM)
        assert all(SECRET in text for text in scene.direct)
        assert len(scene.there) == (way is NOTICE)
        assert not any(SECRET in text for text in scene.there)
        assert (await scene.services.found(reminder)).state is State.DONE
        return
    [parked] = await scene.services.reminders.waiting(scene.alice.id)
    assert (parked.id, parked.state, parked.trouble) == (reminder.id, State.PARKED, last)
    assert not any(SECRET in text for text in scene.there)
    if trouble is channel_gone:
        return  # what goes to everybody there can go nowhere else
    scene.restore()
    await scene.known()
    await scene.services.later(HOUR)
    before = len(scene.direct)
    await scene.services.reminders.resume(reminder.id, scene.alice.id)
    await scene.services.timers.until_idle()
    arrived = scene.direct[before:] if where is Where.DM else scene.there
    assert [SECRET in text for text in arrived] == [True]
    assert (await scene.services.found(reminder)).state is State.DONE


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        pytest.param(in_a_thread(locked=True), 160005, id="160005 locked thread"),
        pytest.param(in_a_thread(archived=True, locked=True), 50083, id="50083 archived thread"),
    ],
)
async def test_a_thread_that_is_closed(scene: Scene, trouble: Trouble, code: int) -> None:
    """Falls back as a channel does in which nobody may write."""
    opened = thread_life.open_thread(
        scene.sandbox.world,
        scene.sandbox.guild.state,
        scene.place.state,
        owner=scene.alice.user,
        name="plans",
        type=ChannelType.PUBLIC_THREAD,
        fields={},
    )
    scene.place = ChannelView(scene.sandbox.world, opened)
    await scene.services.messenger.send(scene.place.id, bc.Message(content="hello"))
    reminder = await scene.remind(Where.HERE)
    trouble(scene)
    await scene.services.later(HOUR)
    story = await scene.services.story(reminder)
    assert [(route, each, step) for route, _outcome, each, step in story] == [
        (CHANNEL, code, FALLBACK),
        (DM, None, None),
    ]
    assert [SECRET in text for text in scene.direct] == [True]


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        pytest.param(failing(500), 500, id="500"),
        pytest.param(failing(502), 502, id="502"),
        pytest.param(failing(503), 503, id="503"),
        pytest.param(refused_with(400, 20016), 20016, id="20016 slow mode"),
        pytest.param(refused_with(400, 130000), 130000, id="130000 overloaded"),
        pytest.param(refused_with(401, 0), 401, id="401 the token"),
        pytest.param(slow, 0, id="no answer, not taken"),
        pytest.param(slow_but_taken, 0, id="no answer, taken"),
        pytest.param(dropped(taken=False), 0, id="dropped before it was taken"),
        pytest.param(dropped(taken=True), 0, id="dropped after it was taken"),
        pytest.param(members_unknown, 0, id="no answer about its author"),
    ],
)
async def test_what_passes_is_tried_again_and_arrives_once(scene: Scene, trouble: Trouble, code: int) -> None:
    """After a pause that the ledger tells, by the same way; a message whose answer was lost is not doubled."""
    reminder = await scene.remind(Where.HERE)
    trouble(scene)
    await scene.services.later(HOUR)
    [attempt] = await scene.services.told(reminder)
    assert (attempt.route, attempt.outcome, attempt.code, attempt.step) == (CHANNEL, Outcome.REFUSED, code, Step.RETRY)
    assert attempt.retry_at == NOON + HOUR + pause_after(1)
    assert (await scene.services.found(reminder)).state is State.ACTIVE

    scene.sandbox.faults.clear()
    await scene.services.later(pause_after(1))
    assert [SECRET in text for text in scene.there] == [True]
    assert scene.direct == []
    assert [step for *_, step in await scene.services.story(reminder)] == [Step.RETRY, None]
    assert (await scene.services.found(reminder)).state is State.DONE


async def test_a_rate_limit_that_nobody_waits_out(scene: Scene) -> None:
    """Is tried again until it is over, also while nextcord itself still waits for it."""
    reminder = await scene.remind(Where.HERE)
    scene.sandbox.faults.rate_limit(*POSTS, seconds=2 * PATIENCE)
    await scene.services.through(NOON + 2 * HOUR)
    assert [SECRET in text for text in scene.there] == [True]
    first, *_, last = await scene.services.story(reminder)
    assert first == (CHANNEL, Outcome.REFUSED, 429, Step.RETRY)
    assert last == (CHANNEL, Outcome.SENT, None, None)


async def test_a_rate_limit_that_is_soon_over_is_no_attempt(scene: Scene) -> None:
    """The adapter waits it out."""
    reminder = await scene.remind(Where.HERE)
    scene.sandbox.faults.rate_limit(*POSTS, seconds=0.05)
    await scene.services.later(HOUR)
    assert [SECRET in text for text in scene.there] == [True]
    assert await scene.services.story(reminder) == [(CHANNEL, Outcome.SENT, None, None)]


async def test_a_direct_message_that_hangs_is_no_refusal(scene: Scene) -> None:
    """No other way is taken, and it arrives once."""
    reminder = await scene.remind(Where.DM)
    slow(scene)
    await scene.services.through(NOON + 2 * HOUR)
    first, *_, last = await scene.services.story(reminder)
    assert first == (DM, Outcome.REFUSED, 0, Step.RETRY)
    assert last == (DM, Outcome.SENT, None, None)
    assert ([SECRET in text for text in scene.direct], scene.there) == ([True], [])


async def test_who_may_be_pinged(scene: Scene) -> None:
    """Its owner, members whom it names, roles that its author could ping at that moment; never everyone."""
    guild = scene.sandbox.guild
    players, staff = guild.add_role("players", mentionable=True), guild.add_role("staff")
    bob = scene.sandbox.member("bob")
    text = f"@everyone @here <@{bob.id}> <@&{players.id}> <@&{staff.id}> <@&{guild.state.everyone.id}>"
    for where in (Where.HERE, Where.CHANNEL, Where.DM):
        await scene.services.remind(text, owner=scene.alice.id, guild=guild.id, channel=scene.place.id, where=where)
    await scene.services.later(HOUR)
    here, everybody = (message.payload for message in scene.place.messages)
    assert {int(user["id"]) for user in here["mentions"]} == {scene.alice.id, bob.id}
    assert {int(user["id"]) for user in everybody["mentions"]} == {bob.id}
    for message in (here, everybody):
        assert [int(role) for role in message["mention_roles"]] == [players.id]
        assert message["mention_everyone"] is False
    [direct] = (message.payload for message in scene.alice.dm.messages)
    assert (direct["mentions"], direct["mention_roles"], direct["mention_everyone"]) == ([], [], False)
