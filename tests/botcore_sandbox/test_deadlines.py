"""These tests wait for the real three seconds, all at the same time where they can."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from botcore_sandbox import NoAnswer, Sandbox, SandboxClock
from botcore_sandbox.driver.reply import Reply
from botcore_sandbox.state import answering
from botcore_sandbox.state.interactions import Interaction, InteractionType

UNKNOWN_INTERACTION = (404, {"message": "Unknown interaction", "code": 10062})
UNKNOWN_WEBHOOK = (404, {"message": "Unknown Webhook", "code": 10015})
INVALID_TOKEN = (401, {"message": "Invalid Webhook Token", "code": 50027})
ACKNOWLEDGED = (400, {"message": "Interaction has already been acknowledged.", "code": 40060})


def begin(sandbox: Sandbox, type: InteractionType = InteractionType.APPLICATION_COMMAND) -> Interaction:
    """An interaction that no bot hears of, so that the test itself can answer it."""
    data = {"id": "1", "name": "ping", "type": 1}
    return answering.begin(sandbox.world, type, sandbox.member("alice").user, sandbox.channel("general").state, data)


def callback(interaction: Interaction) -> str:
    """The path of the callback route."""
    return f"/interactions/{interaction.id}/{interaction.token}/callback"


def webhook(sandbox: Sandbox, interaction: Interaction) -> str:
    """The path of the interaction's webhook."""
    return f"/webhooks/{sandbox.application_id}/{interaction.token}"


async def test_after_three_seconds_an_interaction_is_unknown(sandbox: Sandbox, rest: Any) -> None:
    """A late callback gets 10062, and the token never becomes a webhook."""
    interaction = begin(sandbox)
    with pytest.raises(NoAnswer):
        await Reply(sandbox.world, interaction, "x").answered()
    assert await rest("POST", callback(interaction), json={"type": 5}) == UNKNOWN_INTERACTION
    assert await rest("GET", webhook(sandbox, interaction) + "/messages/@original") == UNKNOWN_WEBHOOK


async def test_wrong_tokens_are_unknown(sandbox: Sandbox, rest: Any) -> None:
    """Neither the id nor the token alone is enough."""
    interaction = begin(sandbox)
    assert await rest("POST", f"/interactions/{interaction.id}/x/callback", json={"type": 5}) == UNKNOWN_INTERACTION
    assert await rest("POST", f"/interactions/1/{interaction.token}/callback", json={"type": 5}) == UNKNOWN_INTERACTION
    assert await rest("POST", f"/webhooks/{sandbox.application_id}/x", json={"content": "x"}) == INVALID_TOKEN
    assert await rest("POST", f"/webhooks/1/{interaction.token}", json={"content": "x"}) == UNKNOWN_WEBHOOK


async def test_the_webhook_exists_from_the_acknowledgement_on(sandbox: Sandbox, rest: Any) -> None:
    """Before it, original and follow-ups are unknown; after it they work without a bot token."""
    interaction = begin(sandbox)
    path = webhook(sandbox, interaction)
    assert await rest("PATCH", f"{path}/messages/@original", json={"content": "x"}, token=None) == UNKNOWN_WEBHOOK
    assert await rest("POST", path, json={"content": "x"}, token=None) == UNKNOWN_WEBHOOK
    assert (await rest("POST", callback(interaction), json={"type": 5}, token=None))[0] == 204
    status, loading = await rest("GET", f"{path}/messages/@original", token=None)
    assert (status, loading["flags"]) == (200, 128)
    status, message = await rest("PATCH", f"{path}/messages/@original", json={"content": "x"}, token=None)
    assert (status, message["content"], message["flags"]) == (200, "x", 0)
    status, followup = await rest("POST", path, json={"content": "y", "flags": 64}, token=None)
    assert (status, followup["flags"]) == (200, 64)
    assert followup["message_reference"]["message_id"] == message["id"]
    assert (await rest("DELETE", f"{path}/messages/{followup['id']}", token=None)) == (204, None)
    assert (await rest("GET", f"{path}/messages/{followup['id']}", token=None))[1]["code"] == 10008


async def test_an_interaction_is_acknowledged_once(sandbox: Sandbox, rest: Any) -> None:
    """The second callback gets 40060, also when both come at the same time; a refused form does not count."""
    interaction = begin(sandbox)
    path = callback(interaction)
    assert (await rest("POST", path, json={"type": 4, "data": {"content": ""}}))[1]["code"] == 50006
    answers = await asyncio.gather(*(rest("POST", path, json={"type": 5}) for _ in range(5)))
    assert sorted(answers, key=lambda answer: answer[0]) == [(204, None), *[ACKNOWLEDGED] * 4]


async def test_a_callback_can_give_back_its_message(sandbox: Sandbox, rest: Any) -> None:
    """With `with_response` the answer describes the interaction and the message it made."""
    interaction = begin(sandbox)
    status, body = await rest(
        "POST",
        callback(interaction) + "?with_response=true",
        json={"type": 4, "data": {"content": "x", "flags": 64}},
    )
    assert status == 200
    assert body["interaction"]["response_message_ephemeral"] is True
    assert body["interaction"]["response_message_id"] == body["resource"]["message"]["id"]
    assert body["resource"]["message"]["interaction_metadata"]["user"]["username"] == "alice"


async def test_tokens_end_after_fifteen_minutes() -> None:
    """By the sandbox's clock; then the webhook answers 401 with 50027."""
    clock = SandboxClock(datetime(2026, 1, 1, tzinfo=UTC))
    async with Sandbox(clock=clock) as sandbox, aiohttp.ClientSession() as session:
        interaction = begin(sandbox)
        async with session.post(sandbox.api_url + callback(interaction), json={"type": 5}) as response:
            assert response.status == 204
        original = f"{sandbox.api_url}{webhook(sandbox, interaction)}/messages/@original"
        clock.advance(timedelta(minutes=14, seconds=59))
        async with session.patch(original, json={"content": "just in time"}) as response:
            assert response.status == 200
        clock.advance(timedelta(seconds=1))
        async with session.patch(original, json={"content": "late"}) as response:
            assert (response.status, await response.json()) == INVALID_TOKEN


NEW, LATER, QUIET, UPDATE, SUGGEST, MODAL = (
    {"type": 4, "data": {"content": "x"}},
    {"type": 5},
    {"type": 6},
    {"type": 7, "data": {"content": "x"}},
    {"type": 8, "data": {"choices": []}},
    {"type": 9, "data": {}},
)


@pytest.mark.parametrize(
    ("type", "refused"),
    [
        (InteractionType.APPLICATION_COMMAND, (QUIET, UPDATE, SUGGEST)),
        (InteractionType.MESSAGE_COMPONENT, (SUGGEST,)),
        (InteractionType.APPLICATION_COMMAND_AUTOCOMPLETE, (NEW, LATER, QUIET, UPDATE, MODAL)),
        (InteractionType.MODAL_SUBMIT, (SUGGEST, MODAL)),
    ],
)
async def test_each_interaction_takes_its_own_callbacks(
    sandbox: Sandbox, rest: Any, type: InteractionType, refused: tuple[dict[str, Any], ...]
) -> None:
    """Another type gets 50035 at `type`, with the types that are possible."""
    interaction = begin(sandbox, type)
    for body in (*refused, {"type": 99}, {"type": "x"}, {}):
        status, error = await rest("POST", callback(interaction), json=body)
        assert (status, error["code"]) == (400, 50035)
        assert set(error["errors"]) == {"type"}
    assert interaction.acknowledged is None


async def test_forgotten_interactions_take_their_private_messages_along(sandbox: Sandbox, rest: Any) -> None:
    """Only so many interactions are kept, however long the sandbox runs."""
    sandbox.world.interactions.keep = 10
    first = begin(sandbox)
    await rest("POST", callback(first), json={"type": 4, "data": {"content": "x", "flags": 64}})
    assert len(first.channel.messages) == 1
    for _ in range(20):
        begin(sandbox)
    assert len(sandbox.world.interactions) == 10
    assert first.channel.messages == {}
