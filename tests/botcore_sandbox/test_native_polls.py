"""Native polls: making one, voting in it, closing it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from botcore_sandbox import NotAllowed, NotOffered, Permissions, Sandbox, SandboxClock
from botcore_sandbox.driver.views import MessageView
from guild_rights import events


def lunch(*answers: str, **fields: Any) -> dict[str, Any]:
    """A poll as a bot sends it."""
    texts = answers or ("Pizza", "Soup")
    return {"question": {"text": "Lunch?"}, "answers": [{"poll_media": {"text": text}} for text in texts]} | fields


async def post(sandbox: Sandbox, rest: Any, poll: dict[str, Any]) -> MessageView:
    """A poll in #general."""
    status, message = await rest("POST", rest.messages, json={"poll": poll})
    assert (status, message["poll"]["results"]) == (200, {"is_finalized": False, "answer_counts": []})
    return sandbox.channel("general").messages[-1]


async def test_members_vote_and_the_bot_hears_of_it(sandbox: Sandbox, bot: Any, rest: Any) -> None:
    """With one answer a person, a second vote moves; counts and voters can be asked for."""
    message = await post(sandbox, rest, lunch())
    alice, bob = sandbox.member("alice"), sandbox.member("bob")
    alice.vote(message, "Pizza")
    bob.vote(message, "Pizza")
    alice.vote(message, "Soup")
    assert message.votes == {"Pizza": ["bob"], "Soup": ["alice"]}
    counts = (await rest("GET", f"{rest.messages}/{message.id}"))[1]["poll"]["results"]["answer_counts"]
    assert {count["id"]: count["count"] for count in counts} == {1: 1, 2: 1}
    answers = f"{rest.messages.removesuffix('/messages')}/polls/{message.id}/answers"
    assert [user["id"] for user in (await rest("GET", f"{answers}/1"))[1]["users"]] == [str(bob.id)]
    assert (await rest("GET", f"{answers}/1?after={bob.id}"))[1] == {"users": []}
    bob.take_vote_back(message)
    assert message.votes["Pizza"] == []
    told = [(int(event["user_id"]), event["answer_id"]) for event in events(sandbox, "MESSAGE_POLL_VOTE_ADD")]
    assert told == []  # nextcord 3.2 cannot ask for the intent


async def test_votes_go_to_who_asked_for_them(sandbox: Sandbox, rest: Any) -> None:
    """The intent of polls brings each vote, with the guild and the answer's number."""
    message = await post(sandbox, rest, lunch())
    async with aiohttp.ClientSession() as session, session.ws_connect(sandbox.gateway_url) as socket:
        await socket.receive_json()
        identify = {"token": sandbox.token, "intents": 1 << 24, "properties": {}}
        await socket.send_json({"op": 2, "d": identify})
        assert (await socket.receive_json(timeout=5))["t"] == "READY"
        alice = sandbox.member("alice")
        alice.vote(message, "Soup")
        alice.take_vote_back(message)
        told = [await socket.receive_json(timeout=5) for _ in range(2)]
    assert [frame["t"] for frame in told] == ["MESSAGE_POLL_VOTE_ADD", "MESSAGE_POLL_VOTE_REMOVE"]
    assert told[0]["d"] == {
        "user_id": str(alice.id),
        "channel_id": str(sandbox.channel("general").id),
        "message_id": str(message.id),
        "guild_id": str(sandbox.guild.id),
        "answer_id": 2,
    }


async def test_several_answers_where_the_poll_allows_it(sandbox: Sandbox, rest: Any) -> None:
    """And not where it does not; an answer that is not there lists those that are."""
    several = await post(sandbox, rest, lunch("A", "B", "C", allow_multiselect=True))
    alice = sandbox.member("alice")
    alice.vote(several, "A", "C")
    assert several.votes == {"A": ["alice"], "B": [], "C": ["alice"]}
    one = await post(sandbox, rest, lunch())
    with pytest.raises(NotAllowed, match="takes one answer"):
        alice.vote(one, "Pizza", "Soup")
    with pytest.raises(NotOffered, match="'Pizza', 'Soup'"):
        alice.vote(one, "Cake")
    with pytest.raises(NotOffered, match="has no poll"):
        alice.vote(alice.say("hello"), "Pizza")


async def test_the_bot_closes_its_poll(sandbox: Sandbox, rest: Any) -> None:
    """The result is told in the channel; then nobody votes any more, and it cannot be closed again."""
    message = await post(sandbox, rest, lunch())
    sandbox.member("alice").vote(message, "Soup")
    expire = f"{rest.messages.removesuffix('/messages')}/polls/{message.id}/expire"
    status, closed = await rest("POST", expire)
    assert (status, closed["poll"]["results"]["is_finalized"]) == (200, True)
    notice = sandbox.channel("general").messages[-1].payload
    facts = {field["name"]: field["value"] for field in notice["embeds"][0]["fields"]}
    assert (notice["type"], facts["victor_answer_text"], facts["total_votes"]) == (46, "Soup", "1")
    with pytest.raises(NotOffered, match="is closed"):
        sandbox.member("alice").vote(message, "Pizza")
    assert (await rest("POST", expire))[1]["code"] == 520001


async def test_a_poll_ends_by_itself() -> None:
    """After its hours, on the sandbox's clock."""
    clock = SandboxClock(datetime(2026, 1, 1, tzinfo=UTC))
    async with Sandbox(clock=clock) as sandbox, aiohttp.ClientSession() as session:
        url = f"{sandbox.api_url}/channels/{sandbox.channel('general').id}/messages"
        headers = {"Authorization": f"Bot {sandbox.token}"}
        async with session.post(url, json={"poll": lunch(duration=2)}, headers=headers) as response:
            assert response.status == 200
        [message] = sandbox.channel("general").messages
        clock.advance(timedelta(hours=2))
        assert message.payload["poll"]["results"]["is_finalized"] is True
        with pytest.raises(NotOffered, match="is closed"):
            sandbox.member("alice").vote(message, "Pizza")


async def test_a_poll_cannot_be_edited(sandbox: Sandbox, rest: Any) -> None:
    """Nor can what is no poll be closed."""
    message = await post(sandbox, rest, lunch())
    refused = (400, {"message": "Cannot edit a poll message", "code": 520003})
    assert await rest("PATCH", f"{rest.messages}/{message.id}", json={"content": "x"}) == refused
    plain = sandbox.member("alice").say("hello")
    expire = f"{rest.messages.removesuffix('/messages')}/polls/{plain.id}/expire"
    assert (await rest("POST", expire))[1]["code"] == 520006


async def test_sending_a_poll_needs_the_permission(sandbox: Sandbox, rest: Any) -> None:
    """As with files and embeds."""
    sandbox.guild.role("Sandbox Bot").permissions &= ~Permissions.SEND_POLLS
    sandbox.guild.state.everyone.permissions &= ~Permissions.SEND_POLLS
    assert (await rest("POST", rest.messages, json={"poll": lunch()}))[1]["code"] == 50013


@pytest.mark.parametrize(
    ("poll", "path", "code"),
    [
        ({}, "question", "BASE_TYPE_REQUIRED"),
        (lunch(question={}), "question.text", "BASE_TYPE_REQUIRED"),
        (lunch(question={"text": "x" * 301}), "question.text", "BASE_TYPE_BAD_LENGTH"),
        (lunch(answers=[]), "answers", "BASE_TYPE_BAD_LENGTH"),
        (lunch(*"abcdefghijk"), "answers", "BASE_TYPE_BAD_LENGTH"),
        (lunch("x" * 56), "answers.0.poll_media.text", "BASE_TYPE_MAX_LENGTH"),
        (lunch(answers=[{}]), "answers.0.poll_media", "BASE_TYPE_REQUIRED"),
        (lunch(answers=[{"poll_media": {}}]), "answers.0.poll_media.text", "BASE_TYPE_REQUIRED"),
        (lunch(answers=[{"poll_media": {"emoji": {"name": "x"}}}]), "answers.0.poll_media.emoji", "POLL_INVALID_EMOJI"),
        (lunch(duration=0), "duration", "NUMBER_TYPE_MIN"),
        (lunch(duration=769), "duration", "NUMBER_TYPE_MAX"),
        (lunch(layout_type=2), "layout_type", "BASE_TYPE_CHOICES"),
    ],
)
async def test_a_bad_poll_is_refused_where_it_is_bad(rest: Any, poll: dict[str, Any], path: str, code: str) -> None:
    """With the error at its place below `poll`."""
    status, error = await rest("POST", rest.messages, json={"poll": poll})
    tree = error["errors"]["poll"]
    for key in path.split("."):
        tree = tree[key]
    assert (status, tree["_errors"][0]["code"]) == (400, code)


async def test_an_interaction_is_answered_with_a_poll(sandbox: Sandbox, bot: Any, rest: Any, ping: Any) -> None:
    """An answer may have an emoji beside its text."""
    await bot.register(ping)

    async def ask(interaction: Any) -> None:
        poll = lunch(answers=[{"poll_media": {"text": "Pizza", "emoji": {"name": "🍕"}}}])
        path = f"/interactions/{interaction.id}/{interaction.token}/callback"
        assert (await rest("POST", path, json={"type": 4, "data": {"poll": poll}}))[0] == 204

    bot.answers["ping"] = ask
    reply = await sandbox.member("alice").slash("ping")
    assert reply.message is not None
    assert [answer["poll_media"] for answer in reply.message.payload["poll"]["answers"]] == [
        {"text": "Pizza", "emoji": {"id": None, "name": "🍕"}},
    ]
