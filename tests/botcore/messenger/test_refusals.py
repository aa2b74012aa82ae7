"""Which of Discord's errors pass by themselves: each as the sandbox gives it, or as it is told to give it."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

import botcore as bc
from botcore.discord.messenger import DiscordMessenger
from botcore_sandbox import BotOnSandbox, Permissions, Sandbox
from botcore_sandbox.state.permissions import Overwrite, OverwriteType
from fakes.messages import Attached, Raw

HELLO = bc.Message(content="hello")
NOBODY = 4242


async def dm_that_is_closed(sandbox: Sandbox, messenger: bc.Messenger) -> bc.Sent | bc.Refused:
    """To a member who takes none."""
    return await messenger.dm(sandbox.member("carol", accepts_dms=False).id, HELLO)


async def dm_to_a_stranger(sandbox: Sandbox, messenger: bc.Messenger) -> bc.Sent | bc.Refused:
    """To somebody who has left."""
    dave = sandbox.member("dave")
    del sandbox.guild.state.members[dave.id]
    return await messenger.dm(dave.id, HELLO)


async def dm_to_nobody(sandbox: Sandbox, messenger: bc.Messenger) -> bc.Sent | bc.Refused:
    """To an id that no user has."""
    return await messenger.dm(NOBODY, HELLO)


async def to_no_channel(sandbox: Sandbox, messenger: bc.Messenger) -> bc.Sent | bc.Refused:
    """To an id that no channel has."""
    return await messenger.send(NOBODY, HELLO)


async def to_a_channel_without(
    sandbox: Sandbox, messenger: bc.Messenger, right: Permissions, message: bc.OutgoingMessage = HELLO
) -> bc.Sent | bc.Refused:
    """To a channel in which nobody has a right."""
    everyone = sandbox.guild.state.id
    channel = sandbox.guild.add_channel(
        "closed", overwrites=[Overwrite(everyone, OverwriteType.ROLE, Permissions(0), right)]
    )
    return await messenger.send(channel.id, message)


async def to_a_hidden_channel(sandbox: Sandbox, messenger: bc.Messenger) -> bc.Sent | bc.Refused:
    """To a channel that the bot does not see."""
    return await to_a_channel_without(sandbox, messenger, Permissions.VIEW_CHANNEL)


async def to_a_silent_channel(sandbox: Sandbox, messenger: bc.Messenger) -> bc.Sent | bc.Refused:
    """To a channel that the bot may only read."""
    return await to_a_channel_without(sandbox, messenger, Permissions.SEND_MESSAGES)


async def file_where_none_may_be(sandbox: Sandbox, messenger: bc.Messenger) -> bc.Sent | bc.Refused:
    """To a channel that takes no files from the bot."""
    message = bc.Message(content="hello", files=[bc.File("a.txt", b"a")])
    return await to_a_channel_without(sandbox, messenger, Permissions.ATTACH_FILES, message)


async def edit_of_a_deleted_message(sandbox: Sandbox, messenger: bc.Messenger) -> bc.Sent | bc.Refused:
    """An edit that comes too late."""
    sent = await messenger.send(sandbox.channel("general").id, HELLO)
    assert isinstance(sent, bc.Sent)
    assert isinstance(await messenger.delete(sent.channel_id, sent.message_id), bc.Sent)
    return await messenger.edit(sent.channel_id, sent.message_id, HELLO)


async def edit_of_anothers_message(sandbox: Sandbox, messenger: bc.Messenger) -> bc.Sent | bc.Refused:
    """An edit of what a member wrote."""
    said = sandbox.member("alice").say("mine")
    return await messenger.edit(sandbox.channel("general").id, said.id, HELLO)


def sending(message: bc.OutgoingMessage) -> "Case":
    """A message to #general."""

    async def send(sandbox: Sandbox, messenger: bc.Messenger) -> bc.Sent | bc.Refused:
        return await messenger.send(sandbox.channel("general").id, message)

    return send


type Case = Callable[[Sandbox, bc.Messenger], Awaitable[bc.Sent | bc.Refused]]


@pytest.mark.parametrize(
    ("case", "code"),
    [
        pytest.param(dm_that_is_closed, 50007, id="closed direct messages"),
        pytest.param(dm_to_a_stranger, 50278, id="no server in common"),
        pytest.param(dm_to_nobody, 10013, id="unknown user"),
        pytest.param(to_no_channel, 10003, id="unknown channel"),
        pytest.param(to_a_hidden_channel, 50001, id="hidden channel"),
        pytest.param(to_a_silent_channel, 50013, id="missing permission"),
        pytest.param(file_where_none_may_be, 50013, id="missing permission for files"),
        pytest.param(edit_of_a_deleted_message, 10008, id="deleted message"),
        pytest.param(edit_of_anothers_message, 50005, id="another's message"),
        pytest.param(sending(bc.Message()), 50006, id="empty message"),
        pytest.param(sending(Raw({"content": "x" * 2001})), 50035, id="invalid form"),
        pytest.param(
            sending(Raw({"content": "x"}, [Attached("large.bin", bytes(10 * 1024 * 1024 + 1))])),
            40005,
            id="file too large",
        ),
        pytest.param(
            sending(Raw({"content": "x"}, [Attached(f"{number}.txt", b"x") for number in range(11)])),
            30015,
            id="too many files",
        ),
    ],
)
async def test_what_will_never_be_taken(sandbox: Sandbox, messenger: bc.Messenger, case: Case, code: int) -> None:
    """A refusal with Discord's own code, which is not transient."""
    assert await case(sandbox, messenger) == bc.Refused(code, transient=False)


TRANSIENT, FINAL = True, False


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        (400, 0, bc.Refused(400, FINAL)),
        (401, 0, bc.Refused(401, TRANSIENT)),  # the token, which a restart with a new one mends
        (401, 40001, bc.Refused(40001, TRANSIENT)),
        (403, 0, bc.Refused(403, TRANSIENT)),  # not Discord, but what stands before it
        (403, 20009, bc.Refused(20009, FINAL)),  # explicit content
        (403, 40007, bc.Refused(40007, FINAL)),  # banned
        (403, 40333, bc.Refused(40333, TRANSIENT)),  # Cloudflare blocks this machine
        (403, 50278, bc.Refused(50278, FINAL)),
        (404, 0, bc.Refused(404, TRANSIENT)),
        (404, 10003, bc.Refused(10003, FINAL)),
        (408, 0, bc.Refused(408, TRANSIENT)),
        (413, 0, bc.Refused(413, FINAL)),
        (400, 20016, bc.Refused(20016, TRANSIENT)),  # slow mode
        (400, 20028, bc.Refused(20028, TRANSIENT)),  # too many messages in the channel
        (400, 20029, bc.Refused(20029, TRANSIENT)),  # too many messages in the server
        (400, 30046, bc.Refused(30046, TRANSIENT)),  # too many edits of old messages
        (400, 40003, bc.Refused(40003, TRANSIENT)),  # direct messages are opened too fast
        (400, 40004, bc.Refused(40004, TRANSIENT)),  # sending is switched off for now
        (400, 40006, bc.Refused(40006, TRANSIENT)),  # the feature is switched off for now
        (400, 40062, bc.Refused(40062, TRANSIENT)),
        (400, 50024, bc.Refused(50024, FINAL)),  # wrong type of channel
        (400, 50083, bc.Refused(50083, FINAL)),  # archived thread
        (400, 110001, bc.Refused(110001, TRANSIENT)),
        (400, 130000, bc.Refused(130000, TRANSIENT)),  # overloaded
        (400, 160002, bc.Refused(160002, FINAL)),
        (400, 160005, bc.Refused(160005, FINAL)),  # locked thread
        (400, 200000, bc.Refused(200000, FINAL)),  # AutoMod
        (400, 240000, bc.Refused(240000, FINAL)),  # harmful link
        (400, 520003, bc.Refused(520003, FINAL)),  # a poll cannot be edited
        (500, 0, bc.Refused(500, TRANSIENT)),
        (502, 0, bc.Refused(502, TRANSIENT)),
        (503, 0, bc.Refused(503, TRANSIENT)),
        (504, 0, bc.Refused(504, TRANSIENT)),
        (522, 0, bc.Refused(522, TRANSIENT)),
    ],
    ids=str,
)
async def test_the_table_of_errors(
    sandbox: Sandbox, hasty: bc.Messenger, status: int, code: int, expected: bc.Refused
) -> None:
    """What nextcord repeats by itself is bounded, and answered with the last status."""
    sandbox.faults.refuse("POST", "/channels/*/messages", status=status, code=code, times=9)
    assert await hasty.send(sandbox.channel("general").id, HELLO) == expected
    assert sandbox.channel("general").messages == []


@pytest.mark.parametrize("scope", ["route", "shared", "global"])
async def test_a_rate_limit_that_is_over_in_time_is_waited_out(
    sandbox: Sandbox, messenger: bc.Messenger, scope: str
) -> None:
    """The message is there once."""
    sandbox.faults.rate_limit("POST", "/channels/*/messages", scope=scope, seconds=0.05)
    assert isinstance(await messenger.send(sandbox.channel("general").id, HELLO), bc.Sent)
    assert len(sandbox.channel("general").messages) == 1


async def test_a_rate_limit_that_is_not_over_in_time_is_transient(sandbox: Sandbox, hasty: bc.Messenger) -> None:
    """With the status, so that nobody takes it for a lost connection."""
    sandbox.faults.rate_limit("POST", "/channels/*/messages", seconds=60)
    assert await hasty.send(sandbox.channel("general").id, HELLO) == bc.Refused(429, transient=True)


async def test_a_request_that_hangs_is_given_up(sandbox: Sandbox, hasty: bc.Messenger) -> None:
    """Nobody knows what became of it."""
    sandbox.faults.slow(60, "POST", "/channels/*/messages")
    assert await hasty.send(sandbox.channel("general").id, HELLO) == bc.Refused(0, transient=True)


async def test_a_lost_answer_is_asked_for_again(sandbox: Sandbox, messenger: bc.Messenger) -> None:
    """The message is there once, because a nonce came along with it; an edit and a deletion need none."""
    channel = sandbox.channel("general")
    sandbox.faults.drop_rest("POST", "/channels/*/messages", taken=True)
    sent = await messenger.send(channel.id, HELLO)
    assert isinstance(sent, bc.Sent)
    assert [message.id for message in channel.messages] == [sent.message_id]
    sandbox.faults.drop_rest("PATCH", "/channels/*/messages/*", taken=True)
    assert await messenger.edit(channel.id, sent.message_id, bc.Message(content="changed")) == sent
    assert [message.text for message in channel.messages] == ["changed"]
    sandbox.faults.drop_rest("DELETE", "/channels/*/messages/*", taken=True)
    assert await messenger.delete(channel.id, sent.message_id) == sent
    assert channel.messages == []


async def test_a_connection_that_is_always_lost(sandbox: Sandbox, hasty: bc.Messenger) -> None:
    """Is given up in time."""
    sandbox.faults.drop_rest("POST", "/channels/*/messages", taken=False, times=9)
    assert await hasty.send(sandbox.channel("general").id, HELLO) == bc.Refused(0, transient=True)


async def test_an_answer_that_never_comes_whole(sandbox: Sandbox, hasty: bc.Messenger) -> None:
    """Its head says 200, and still nobody knows what became of the message."""
    sandbox.faults.drop_rest("POST", "/channels/*/messages", taken=True, times=9)
    assert await hasty.send(sandbox.channel("general").id, HELLO) == bc.Refused(0, transient=True)


async def test_a_direct_message_that_hangs_after_its_channel_was_opened(sandbox: Sandbox, hasty: bc.Messenger) -> None:
    """The answer to the first of the two requests says nothing about the second."""
    sandbox.faults.slow(60, "POST", "/channels/*/messages")
    assert await hasty.dm(sandbox.member("alice").id, HELLO) == bc.Refused(0, transient=True)


async def test_nobody_listens(sandbox: Sandbox, tmp_path: Path) -> None:
    """A Discord that is away is one that may come back."""
    async with Sandbox() as going, BotOnSandbox(going, tmp_path, features=[]) as bot:
        messenger = DiscordMessenger(bot.core.parts.connection, bc.LocalCache(bc.SystemClock()), patience=0.5)
        channel = going.channel("general").id
        await going.close()
        assert await messenger.send(channel, HELLO) == bc.Refused(0, transient=True)


async def test_a_bot_that_has_stopped_sends_nothing(sandbox: Sandbox, tmp_path: Path) -> None:
    """A task that outlived the stop hears so, and opens no new connection."""
    bot = BotOnSandbox(sandbox, tmp_path, features=[])
    await bot.start()
    messenger = DiscordMessenger(bot.core.parts.connection, bc.LocalCache(bc.SystemClock()))
    await bot.stop()
    assert await messenger.send(sandbox.channel("general").id, HELLO) == bc.Refused(0, transient=True)
    assert not [task for task in asyncio.all_tasks() if "ratelimit" in repr(task)]


async def test_refusals_are_logged_without_what_was_said(
    sandbox: Sandbox, messenger: bc.Messenger, caplog: pytest.LogCaptureFixture
) -> None:
    """Once each, with the code."""
    await messenger.send(NOBODY, bc.Message(content="between us"))
    [line] = [record.getMessage() for record in caplog.records if "a message was refused" in record.getMessage()]
    assert "10003" in line
    assert "between us" not in caplog.text
