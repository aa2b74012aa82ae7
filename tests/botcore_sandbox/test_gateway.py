import asyncio
import zlib
from collections.abc import AsyncIterator
from typing import Any, Self

import aiohttp
import nextcord
import orjson
import pytest
import pytest_asyncio

from botcore_sandbox import Permissions, Sandbox
from botcore_sandbox.gateway.protocol import Intents
from botcore_sandbox.state.permissions import Overwrite, OverwriteType
from fakes.clocks import TickingClock

ALL = 3_276_799
GUILD_EVENTS = int(Intents.GUILDS | Intents.GUILD_MESSAGES | Intents.DIRECT_MESSAGES)


class Socket:
    """A raw gateway client that reads one frame at a time."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse, sandbox: Sandbox) -> None:
        self.ws = ws
        self._sandbox = sandbox
        self._inflate = zlib.decompressobj()

    async def frame(self) -> dict[str, Any]:
        """The next frame, whichever way it was packed."""
        message = await self.ws.receive(timeout=5)
        if message.type is aiohttp.WSMsgType.BINARY:
            assert message.data.endswith(b"\x00\x00\xff\xff")
            frame = orjson.loads(self._inflate.decompress(message.data))
        else:
            assert message.type is aiohttp.WSMsgType.TEXT, message
            frame = orjson.loads(message.data)
        assert set(frame) == {"op", "d", "s", "t"}
        return dict(frame)

    async def until(self, name: str) -> Any:
        """The data of the next event of a name."""
        while True:
            frame = await self.frame()
            if frame["t"] == name:
                return frame["d"]

    async def close_code(self) -> int | None:
        """The code with which the sandbox hangs up."""
        while True:
            message = await self.ws.receive(timeout=5)
            if message.type in {aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED}:
                return self.ws.close_code

    async def send(self, op: int, data: Any) -> None:
        """Send a frame."""
        await self.ws.send_str(orjson.dumps({"op": op, "d": data}).decode())

    async def identify(self, intents: int = ALL, **fields: Any) -> None:
        """Identify as the bot."""
        known = {"token": self._sandbox.token, "intents": intents, "properties": {"os": "x"}}
        await self.send(2, known | fields)

    async def log_in(self, intents: int = ALL, **fields: Any) -> Any:
        """Identify, and give back READY."""
        assert (await self.frame())["op"] == 10
        await self.identify(intents, **fields)
        return await self.until("READY")


class Door:
    """Opens gateway sockets and closes them at the end of the test."""

    def __init__(self, session: aiohttp.ClientSession, sandbox: Sandbox) -> None:
        self._session = session
        self._sandbox = sandbox
        self._opened: list[Socket] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for socket in self._opened:
            await socket.ws.close()

    async def open(self, query: str = "v=10&encoding=json") -> Socket:
        """A new socket."""
        ws = await self._session.ws_connect(f"{self._sandbox.gateway_url}/?{query}", autoclose=False)
        self._opened.append(Socket(ws, self._sandbox))
        return self._opened[-1]


@pytest_asyncio.fixture
async def door(sandbox: Sandbox) -> AsyncIterator[Door]:
    """Raw sockets."""
    async with aiohttp.ClientSession() as session, Door(session, sandbox) as opener:
        yield opener


@pytest.mark.parametrize("compress", ["", "&compress=zlib-stream"])
async def test_a_login_brings_ready_and_every_guild(sandbox: Sandbox, door: Door, compress: str) -> None:
    """HELLO, then READY with the unavailable guilds, then each guild, plain or as one zlib stream."""
    other = sandbox.add_guild("Other")
    socket = await door.open("v=10&encoding=json" + compress)
    ready = await socket.log_in()
    assert ready["resume_gateway_url"] == sandbox.gateway_url
    assert ready["application"]["id"] == str(sandbox.application_id)
    assert [guild["id"] for guild in ready["guilds"]] == [str(sandbox.guild.id), str(other.id)]
    assert all(guild["unavailable"] for guild in ready["guilds"])
    assert (await socket.until("GUILD_CREATE"))["name"] == "Sandbox"
    assert (await socket.until("GUILD_CREATE"))["name"] == "Other"
    await sandbox.bot_ready()


async def test_every_heartbeat_is_acknowledged(door: Door) -> None:
    """Also before identifying, and also in a binary frame."""
    socket = await door.open()
    await socket.frame()
    await socket.send(1, None)
    assert await socket.frame() == {"op": 11, "d": None, "s": None, "t": None}
    await socket.ws.send_bytes(b'{"op": 1, "d": 5}')
    assert (await socket.frame())["op"] == 11


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ('{"op": 99, "d": null}', 4001),
        ("{not json", 4002),
        ("[1, 2]", 4002),
        ('{"op": 1, "d": "' + "x" * 5000 + '"}', 4002),
        ('{"op": 3, "d": {}}', 4003),
        ('{"op": 8, "d": {}}', 4003),
        ('{"op": 2, "d": {"token": "wrong", "intents": 0, "properties": {}}}', 4004),
        ('{"op": 2, "d": null}', 4002),
        ('{"op": 2, "d": {"token": "TOKEN", "properties": {}}}', 4013),
        ('{"op": 2, "d": {"token": "TOKEN", "intents": 1073741824, "properties": {}}}', 4013),
        ('{"op": 2, "d": {"token": "TOKEN", "intents": 0, "properties": {}, "shard": [2, 2]}}', 4010),
        ('{"op": 6, "d": {"token": "wrong", "session_id": "x", "seq": 1}}', 4004),
        ('{"op": 6, "d": "x"}', 4002),
    ],
)
async def test_mistakes_close_with_their_code(sandbox: Sandbox, door: Door, sent: str, code: int) -> None:
    """Each mistake of a client has its own close code."""
    socket = await door.open()
    await socket.frame()
    await socket.ws.send_str(sent.replace("TOKEN", sandbox.token))
    assert await socket.close_code() == code


async def test_other_versions_are_refused(door: Door) -> None:
    """Only version 10 is spoken."""
    assert await (await door.open("v=6&encoding=json")).close_code() == 4012


async def test_a_second_identify_is_refused(door: Door) -> None:
    """A session identifies once."""
    socket = await door.open()
    await socket.log_in()
    await socket.identify()
    assert await socket.close_code() == 4005


async def test_too_many_frames_are_refused(door: Door) -> None:
    """More than 120 frames a minute."""
    socket = await door.open()
    for _ in range(121):
        await socket.send(1, None)
    assert await socket.close_code() == 4008


async def test_privileged_intents_have_to_be_enabled() -> None:
    """An application without them is refused with 4014, and may connect without asking for them."""
    async with (
        Sandbox(privileged_intents=False) as sandbox,
        aiohttp.ClientSession() as session,
        Door(session, sandbox) as door,
    ):
        for intent in (Intents.GUILD_MEMBERS, Intents.GUILD_PRESENCES, Intents.MESSAGE_CONTENT):
            socket = await door.open()
            await socket.frame()
            await socket.identify(int(intent))
            assert await socket.close_code() == 4014
        await (await door.open()).log_in(GUILD_EVENTS)


async def test_a_client_that_stays_silent_is_dropped() -> None:
    """Without heartbeats the session times out."""
    async with (
        Sandbox(heartbeat_interval_ms=50) as sandbox,
        aiohttp.ClientSession() as session,
        Door(session, sandbox) as door,
    ):
        socket = await door.open()
        await socket.frame()
        assert await socket.close_code() == 4009


async def test_intents_decide_what_is_heard(sandbox: Sandbox, door: Door) -> None:
    """Without the intent for an event it does not come; interactions always do."""
    quiet, talkative = await door.open(), await door.open()
    await quiet.log_in(0)
    await talkative.log_in(GUILD_EVENTS)
    alice = sandbox.member("alice")
    alice.say("hello")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(alice.raw_interaction(type=2, data={"id": "1", "name": "x", "type": 1}), timeout=0.2)
    assert (await quiet.frame())["t"] == "INTERACTION_CREATE"
    assert (await talkative.until("MESSAGE_CREATE"))["author"]["username"] == "alice"
    assert (await talkative.until("INTERACTION_CREATE"))["member"]["user"]["username"] == "alice"


async def test_message_content_is_blank_without_its_intent(sandbox: Sandbox, door: Door) -> None:
    """Except in direct messages, when the bot is mentioned, and for what it wrote itself."""
    socket = await door.open()
    await socket.log_in(GUILD_EVENTS)
    alice = sandbox.member("alice")
    alice.say("a secret")
    assert (await socket.until("MESSAGE_CREATE"))["content"] == ""
    mention = f"<@{sandbox.application_id}> hi"
    alice.say(mention)
    assert (await socket.until("MESSAGE_CREATE"))["content"] == mention
    alice.say("in private", dm=True)
    event = await socket.until("MESSAGE_CREATE")
    assert event["content"] == "in private"
    assert "guild_id" not in event
    assert "member" not in event


async def test_a_hidden_channel_makes_no_events(sandbox: Sandbox, door: Door) -> None:
    """The bot hears nothing from where it may not look."""
    hidden = sandbox.guild.add_channel(
        "hidden",
        overwrites=[Overwrite(sandbox.application_id, OverwriteType.MEMBER, Permissions(0), Permissions.VIEW_CHANNEL)],
    )
    socket = await door.open()
    await socket.log_in()
    sandbox.guild_owner.say("not for bots", channel=hidden)
    sandbox.guild_owner.say("for all")
    assert (await socket.until("MESSAGE_CREATE"))["content"] == "for all"


async def test_shards_hear_of_their_own_guilds(sandbox: Sandbox, door: Door) -> None:
    """A guild belongs to shard (id >> 22) % count, direct messages to shard 0."""
    count = 2
    mine = (sandbox.guild.id >> 22) % count
    for index in range(count):
        ready = await (await door.open()).log_in(shard=[index, count])
        assert bool(ready["guilds"]) is (index == mine)


async def test_members_are_given_in_chunks(sandbox: Sandbox, door: Door) -> None:
    """The whole list needs the members intent; the nonce comes back, the guild id may be a number."""
    sandbox.member("alice")
    socket = await door.open()
    await socket.log_in()
    await socket.send(8, {"guild_id": sandbox.guild.id, "query": "", "limit": 0, "nonce": "n"})
    chunk = await socket.until("GUILD_MEMBERS_CHUNK")
    assert {member["user"]["username"] for member in chunk["members"]} == {
        "owner",
        "developer",
        "sandbox-bot",
        "alice",
    }
    assert (chunk["nonce"], chunk["chunk_index"], chunk["chunk_count"]) == ("n", 0, 1)
    await socket.send(8, {"guild_id": str(sandbox.guild.id), "query": "ali", "limit": 5})
    assert len((await socket.until("GUILD_MEMBERS_CHUNK"))["members"]) == 1
    await socket.send(8, {"guild_id": str(sandbox.guild.id), "user_ids": ["1"], "limit": 0})
    assert (await socket.until("GUILD_MEMBERS_CHUNK"))["not_found"] == ["1"]


async def test_the_whole_member_list_is_given_once_in_thirty_seconds(sandbox: Sandbox, door: Door) -> None:
    """The next request for it is answered by RATE_LIMITED; searches and other guilds are not limited."""
    socket = await door.open()
    await socket.log_in()
    everybody = {"guild_id": str(sandbox.guild.id), "query": "", "limit": 0, "nonce": "again"}
    await socket.send(8, everybody)
    await socket.until("GUILD_MEMBERS_CHUNK")
    await socket.send(8, everybody)
    limited = await socket.until("RATE_LIMITED")
    assert (limited["opcode"], limited["meta"]) == (8, {"guild_id": str(sandbox.guild.id), "nonce": "again"})
    assert 0 < limited["retry_after"] <= 30
    await socket.send(8, everybody | {"query": "own", "limit": 1})
    assert len((await socket.until("GUILD_MEMBERS_CHUNK"))["members"]) == 1
    other = sandbox.add_guild("Other")
    await socket.send(8, everybody | {"guild_id": str(other.id)})
    assert (await socket.until("GUILD_MEMBERS_CHUNK"))["guild_id"] == str(other.id)


async def test_a_large_member_list_comes_in_several_chunks(sandbox: Sandbox, door: Door) -> None:
    """A thousand in each."""
    for number in range(1_100):
        sandbox.member(f"member-{number}")
    socket = await door.open()
    await socket.log_in()
    await socket.send(8, {"guild_id": str(sandbox.guild.id), "query": "", "limit": 0})
    chunks = [await socket.until("GUILD_MEMBERS_CHUNK") for _ in range(2)]
    assert [(chunk["chunk_index"], chunk["chunk_count"]) for chunk in chunks] == [(0, 2), (1, 2)]
    assert [len(chunk["members"]) for chunk in chunks] == [1000, 103]


async def test_presence_and_voice_are_taken(door: Door) -> None:
    """What a client tells of itself changes nothing, and is no mistake."""
    socket = await door.open()
    await socket.log_in()
    await socket.send(3, {"since": 0, "activities": [], "status": "online", "afk": False})
    await socket.send(4, {"guild_id": "1", "channel_id": None, "self_mute": False, "self_deaf": False})
    await socket.send(1, None)
    while (await socket.frame())["op"] != 11:
        pass


async def test_a_bucket_identifies_once_in_five_seconds() -> None:
    """Counted by shard as Discord does; the next one too soon is told that its session is invalid."""
    async with (
        Sandbox(max_concurrency=2) as sandbox,
        aiohttp.ClientSession() as session,
        Door(session, sandbox) as door,
    ):
        for index in (0, 1):
            await (await door.open()).log_in(shard=[index, 4])
        third = await door.open()
        await third.frame()
        await third.identify(shard=[2, 4])
        assert await third.frame() == {"op": 9, "d": False, "s": None, "t": None}


async def test_a_day_has_so_many_session_starts() -> None:
    """`GET /gateway/bot` counts them down; who goes on gets a token that no longer works."""
    async with (
        Sandbox(session_starts=2, shards=3, max_concurrency=1) as sandbox,
        aiohttp.ClientSession() as session,
        Door(session, sandbox) as door,
    ):
        await (await door.open()).log_in()
        url, headers = sandbox.api_url + "/gateway/bot", {"Authorization": f"Bot {sandbox.token}"}
        async with session.get(url, headers=headers) as response:
            told = await response.json()
        assert told["shards"] == 3
        limit = told["session_start_limit"]
        assert (limit["total"], limit["remaining"], limit["max_concurrency"]) == (2, 1, 1)
        assert 0 < limit["reset_after"] <= 24 * 60 * 60 * 1000
    async with (
        Sandbox(session_starts=1) as sandbox,
        aiohttp.ClientSession() as session,
        Door(session, sandbox) as door,
    ):
        first = await door.open()
        await first.log_in()
        second = await door.open()
        await second.frame()
        await second.identify()
        assert await second.close_code() == 4004
        assert await first.close_code() == 4004


async def test_too_many_guilds_need_shards() -> None:
    """A shard takes 2,500 guilds (here one); with more shards each has fewer."""
    async with (
        Sandbox(most_guilds_a_shard=1, clock=TickingClock()) as sandbox,
        aiohttp.ClientSession() as session,
        Door(session, sandbox) as door,
    ):
        first = (sandbox.guild.id >> 22) % 2
        while (sandbox.add_guild("Another").id >> 22) % 2 == first:
            pass
        guilds = [guild_id for guild_id in sandbox.world.guilds if (guild_id >> 22) % 2 != first]
        assert len(guilds) == 1
        socket = await door.open()
        await socket.frame()
        await socket.identify()
        assert await socket.close_code() == 4011
        ready = await (await door.open()).log_in(shard=[1 - first, 2])
        assert [guild["id"] for guild in ready["guilds"]] == [str(guilds[0])]


async def test_nothing_flows_through_a_half_open_connection(sandbox: Sandbox, door: Door) -> None:
    """No event, no acknowledgement, no close; a resume from elsewhere takes the session over."""
    socket = await door.open()
    ready = await socket.log_in()
    await socket.until("GUILD_CREATE")
    assert sandbox.faults.half_open() == 1
    sandbox.member("alice").say("hello")
    await socket.send(1, None)
    with pytest.raises(TimeoutError):
        await socket.ws.receive(timeout=0.2)
    again = await door.open()
    await again.frame()
    await again.send(6, {"token": sandbox.token, "session_id": ready["session_id"], "seq": 2})
    assert (await again.until("MESSAGE_CREATE"))["content"] == "hello"
    assert (await socket.ws.receive(timeout=5)).type in {aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR}


async def test_a_resume_replays_what_was_missed(sandbox: Sandbox, door: Door) -> None:
    """After a lost connection everything after the given sequence comes again, in order, then RESUMED."""
    first = await door.open()
    ready = await first.log_in()
    await first.until("GUILD_CREATE")
    await sandbox.bot_ready()
    await sandbox.drop_connections()
    await sandbox.bot_gone()
    alice = sandbox.member("alice")
    alice.say("one")
    alice.say("two")
    second = await door.open()
    await second.frame()
    await second.send(6, {"token": sandbox.token, "session_id": ready["session_id"], "seq": 2})
    events = [await second.frame() for _ in range(4)]
    assert [(event["t"], event["s"]) for event in events] == [
        ("GUILD_MEMBER_ADD", 3),
        ("MESSAGE_CREATE", 4),
        ("MESSAGE_CREATE", 5),
        ("RESUMED", 6),
    ]


async def test_a_session_that_ended_cannot_be_resumed(sandbox: Sandbox, door: Door) -> None:
    """Closing with 1000 ends the session, and so does asking for the future; then a new identify works."""
    first = await door.open()
    ready = await first.log_in()
    await first.ws.close(code=1000)
    await sandbox.bot_gone()
    second = await door.open()
    await second.frame()
    await second.send(6, {"token": sandbox.token, "session_id": ready["session_id"], "seq": 1})
    assert await second.frame() == {"op": 9, "d": False, "s": None, "t": None}
    await second.identify()
    ready = await second.until("READY")
    third = await door.open()
    await third.frame()
    await third.send(6, {"token": sandbox.token, "session_id": ready["session_id"], "seq": 1000})
    assert await third.close_code() == 4007


async def test_nextcord_resumes_after_a_dropped_socket(sandbox: Sandbox, bot: Any, ping: Any) -> None:
    """A real client comes back by itself, gets what it missed, and answers it."""
    await bot.register(ping)
    bot.answers["ping"] = lambda i: i.response.send_message("still here")
    resumed = asyncio.create_task(bot.wait_for("resumed", timeout=10))
    await sandbox.drop_connections()
    await sandbox.bot_gone()
    reply = await sandbox.member("alice").slash("ping")
    assert reply.content == "still here"
    await resumed
    assert len(sandbox.traffic.events("READY")) == 1


async def test_nextcord_sees_a_wrong_token(sandbox: Sandbox) -> None:
    """A login with another token fails as it does on Discord."""
    nextcord.http.Route.BASE = sandbox.api_url
    client = nextcord.Client()
    with pytest.raises(nextcord.LoginFailure):
        await client.start("wrong.token.here")
    await client.close()
