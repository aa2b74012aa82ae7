import asyncio
import json
import signal
import sys
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from botcore_sandbox import Permissions, Sandbox, SandboxError
from botcore_sandbox.state.guilds import Guild, Member, Role
from botcore_sandbox.state.permissions import ALL_PERMISSIONS, Overwrite, OverwriteType, channel_permissions
from botcore_sandbox.state.users import User


async def test_a_taken_port_is_explained(sandbox: Sandbox) -> None:
    """The sentence names the port and the way out."""
    with pytest.raises(SandboxError, match=f"{sandbox.port}.*choose another port"):
        await Sandbox(port=sandbox.port).start()
    with pytest.raises(SandboxError, match="running already"):
        await sandbox.start()


async def test_each_sandbox_has_its_own_token() -> None:
    """Shaped as Discord's, with the bot's id in front; a given one is kept, and its id too."""
    first, second = Sandbox(), Sandbox()
    assert first.token != second.token
    assert len(first.token.split(".")) == 3
    third = Sandbox(token=first.token)
    assert (third.token, third.application_id) == (first.token, first.application_id)


async def test_a_reset_brings_back_the_first_state(sandbox: Sandbox, bot: Any, ping: Any) -> None:
    """Bots are disconnected for good, commands, people and messages are gone; address and token stay."""
    token, url = sandbox.token, sandbox.api_url
    await bot.register(ping)
    sandbox.member("alice").say("hello")
    await bot.close()
    await sandbox.reset()
    assert (sandbox.token, sandbox.api_url) == (token, url)
    assert sandbox.world.commands.names() == set()
    assert sandbox.channel("general").messages == []
    assert len(sandbox.guild.state.members) == 3
    assert not sandbox.gateway.awaited


async def test_a_channel_keeps_so_many_messages(sandbox: Sandbox) -> None:
    """The oldest go, with their files, so that a long session does not grow for ever."""
    sandbox.world.messages_kept = 5
    alice = sandbox.member("alice")
    for number in range(8):
        alice.say(str(number))
    assert [message.content for message in sandbox.channel("general").messages] == ["3", "4", "5", "6", "7"]


async def test_commands_can_be_waited_for(sandbox: Sandbox, bot: Any, ping: Any) -> None:
    """By name or at all; a start that registers nothing new finds them at once."""
    waiting = asyncio.create_task(sandbox.commands_synced("ping"))
    await bot.register({"name": "other", "description": "x"})
    assert not waiting.done()
    await bot.register(ping)
    await waiting
    await sandbox.commands_synced()
    with pytest.raises(TimeoutError, match="did not register pong"):
        await sandbox.commands_synced("pong", timeout=0.01)


async def test_served_from_the_command_line_it_stops_on_sigterm() -> None:
    """The first line is one JSON object that says everything a bot needs; SIGTERM ends it with 0."""
    code = "from botcore_sandbox.cli import sandbox_app; sandbox_app()"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, "serve", "--json", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        told = json.loads(await asyncio.wait_for(process.stdout.readline(), timeout=20))
        assert set(told) == {"api_url", "gateway_url", "clock_url", "application_id", "token"}
        assert told["api_url"].endswith("/api/v10")
        headers = {"Authorization": f"Bot {told['token']}"}
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.get(told["api_url"] + "/users/@me") as response,
        ):
            assert (await response.json())["id"] == told["application_id"]
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), timeout=20) == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def role(id: int, permissions: Permissions) -> Role:
    """A role of the guild under test."""
    return Role(id, 1, f"role {id}", permissions)


VIEW, SEND, FILES, MANAGE = (
    Permissions.VIEW_CHANNEL,
    Permissions.SEND_MESSAGES,
    Permissions.ATTACH_FILES,
    Permissions.MANAGE_MESSAGES,
)
NONE = Permissions(0)


@pytest.mark.parametrize(
    ("overwrites", "expected"),
    [
        ([], VIEW | SEND | FILES),
        ([Overwrite(1, OverwriteType.ROLE, NONE, VIEW)], NONE),
        ([Overwrite(1, OverwriteType.ROLE, NONE, SEND)], VIEW),
        (
            [Overwrite(1, OverwriteType.ROLE, NONE, SEND), Overwrite(2, OverwriteType.ROLE, SEND, NONE)],
            VIEW | SEND | FILES,
        ),
        (
            [Overwrite(2, OverwriteType.ROLE, SEND, NONE), Overwrite(3, OverwriteType.ROLE, NONE, SEND)],
            VIEW | SEND | FILES,
        ),
        (
            [
                Overwrite(2, OverwriteType.ROLE, MANAGE, NONE),
                Overwrite(9, OverwriteType.MEMBER, NONE, MANAGE),
            ],
            VIEW | SEND | FILES,
        ),
        (
            [Overwrite(3, OverwriteType.ROLE, NONE, VIEW), Overwrite(9, OverwriteType.MEMBER, VIEW, NONE)],
            VIEW | SEND | FILES,
        ),
    ],
)
def test_overwrites_apply_in_discords_order(overwrites: list[Overwrite], expected: Permissions) -> None:
    """@everyone, then all roles together with allow over deny, then the member; hidden means nothing."""
    held = channel_permissions(VIEW | SEND | FILES, overwrites, everyone_id=1, role_ids=[2, 3], member_id=9)
    assert held == expected


def test_owner_and_administrators_may_do_everything() -> None:
    """Whatever the roles and overwrites say."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    guild = Guild(1, "g", owner_id=7, roles={1: role(1, NONE), 2: role(2, Permissions.ADMINISTRATOR)})
    owner, root, plain = (
        Member(User(user_id, "x"), 1, now, role_ids=roles) for user_id, roles in ((7, []), (8, [2]), (9, []))
    )
    assert guild.permissions_of(owner) == guild.permissions_of(root) == ALL_PERMISSIONS
    assert guild.permissions_of(plain) == NONE
