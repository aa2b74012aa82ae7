"""Which message of the last few minutes has a nonce."""

from datetime import UTC, datetime, timedelta
from typing import Any

from botcore_sandbox import Sandbox, SandboxClock
from botcore_sandbox.state import founding, posting
from botcore_sandbox.state.drafts import Draft
from botcore_sandbox.state.messages import Message


def say(sandbox: Sandbox, nonce: str | int) -> Message:
    """A message of the bot's."""
    world = sandbox.channel("general")._world  # noqa: SLF001 - the state that the routes work on
    return posting.post(world, sandbox.channel("general").state, world.bot, Draft(content="x", nonce=nonce))


async def test_a_nonce_is_remembered_for_five_minutes() -> None:
    """By the sandbox's clock; a number and its digits are the same, and nobody else's message counts."""
    clock = SandboxClock(datetime(2026, 1, 1, tzinfo=UTC))
    sandbox = Sandbox(clock=clock)
    message = say(sandbox, 5)
    world = sandbox.channel("general")._world  # noqa: SLF001 - as above
    stranger = founding.add_user(world, "stranger", global_name="Stranger")
    clock.advance(timedelta(minutes=5) - timedelta(seconds=1))
    assert world.nonces.find(world.bot, "5", clock.now()) is message
    assert world.nonces.find(stranger, "5", clock.now()) is None
    clock.advance(timedelta(seconds=1))
    assert world.nonces.find(world.bot, "5", clock.now()) is None


async def test_a_nonce_counts_in_every_channel(sandbox: Sandbox, rest: Any) -> None:
    """The answer is the first message, in its own channel."""
    other = f"/channels/{sandbox.guild.add_channel('other').id}/messages"
    body = {"content": "x", "nonce": "abc", "enforce_nonce": True}
    _, first = await rest("POST", rest.messages, json=body)
    assert await rest("POST", other, json=body) == (200, first)
    assert (await rest("POST", other, json=body | {"enforce_nonce": False}))[1]["id"] != first["id"]


async def test_a_nonce_of_a_deleted_message(rest: Any) -> None:
    """Is no leave to send it again."""
    body = {"content": "x", "nonce": "abc", "enforce_nonce": True}
    _, first = await rest("POST", rest.messages, json=body)
    await rest("DELETE", f"{rest.messages}/{first['id']}")
    status, answer = await rest("POST", rest.messages, json=body)
    assert (status, answer["code"]) == (404, 10008)
