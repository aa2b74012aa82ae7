"""Webhooks of channels, and the messages that are written with their secret."""

import io
from typing import Any

import aiohttp
import nextcord
import pytest

from botcore_sandbox import Permissions, Sandbox
from guild_rights import events, grant

MISSING = (403, {"message": "Missing Permissions", "code": 50013})


@pytest.fixture
def hooks(sandbox: Sandbox) -> str:
    """The path of webhooks in #general, for a bot that manages webhooks."""
    grant(sandbox, Permissions.MANAGE_WEBHOOKS, Permissions.MANAGE_CHANNELS)
    return f"/channels/{sandbox.channel('general').id}/webhooks"


async def test_nextcord_makes_uses_and_deletes_a_webhook(sandbox: Sandbox, bot: Any, hooks: str) -> None:
    """Messages come under the webhook's name or one of their own, and can be changed and deleted."""
    channel = bot.get_channel(sandbox.channel("general").id)
    webhook = await channel.create_webhook(name="News")
    message = await webhook.send(
        "Sunny", username="Weather", wait=True, file=nextcord.File(io.BytesIO(b"x"), "map.txt")
    )
    [view] = sandbox.channel("general").messages
    assert (view.author, view.content, view.files[0].filename) == ("Weather", "Sunny", "map.txt")
    assert (view.payload["webhook_id"], view.payload["author"]["discriminator"]) == (str(webhook.id), "0000")
    await message.edit(content="Rainy")
    assert (await webhook.fetch_message(message.id)).content == "Rainy"
    await message.delete()
    await webhook.edit(name="Old news")
    assert [found.name for found in await channel.webhooks()] == ["Old news"]
    assert [found.name for found in await bot.get_guild(sandbox.guild.id).webhooks()] == ["Old news"]
    await webhook.delete()
    assert sandbox.world.webhooks == {}
    assert len(events(sandbox, "WEBHOOKS_UPDATE")) == 3


async def test_the_secret_alone_will_do(sandbox: Sandbox, rest: Any, hooks: str) -> None:
    """Without the bot's token; the creator is not told then, and a wrong secret is refused."""
    _, webhook = await rest("POST", hooks, json={"name": "News"})
    path = f"/webhooks/{webhook['id']}/{webhook['token']}"
    status, seen = await rest("GET", path, token=None)
    assert (status, seen["name"], "user" in seen) == (200, "News", False)
    assert await rest("POST", path, token=None, json={"content": "x"}) == (204, None)
    assert (await rest("PATCH", path, token=None, json={"name": "Y"}))[1]["name"] == "Y"
    wrong = (401, {"message": "Invalid Webhook Token", "code": 50027})
    assert await rest("POST", f"/webhooks/{webhook['id']}/wrong", token=None, json={"content": "x"}) == wrong
    assert (await rest("POST", "/webhooks/1/x", token=None, json={"content": "x"}))[1]["code"] == 10015
    assert await rest("DELETE", path, token=None) == (204, None)
    assert (await rest("GET", path, token=None))[1]["code"] == 10015
    async with aiohttp.ClientSession() as session, session.get(webhook["url"]) as response:
        assert response.status == 404


async def test_managing_webhooks_needs_the_permission(sandbox: Sandbox, rest: Any, hooks: str) -> None:
    """Of whichever channel they are in or move to."""
    _, webhook = await rest("POST", hooks, json={"name": "News"})
    games = sandbox.guild.add_channel("games")
    moved = await rest("PATCH", f"/webhooks/{webhook['id']}", json={"channel_id": str(games.id)})
    assert moved[1]["channel_id"] == str(games.id)
    assert (await rest("PATCH", f"/webhooks/{webhook['id']}", json={"channel_id": "1"}))[1]["code"] == 10003
    assert (await rest("GET", f"/webhooks/{webhook['id']}"))[1]["user"]["id"] == str(sandbox.application_id)
    grant(sandbox)
    assert await rest("POST", hooks, json={"name": "x"}) == MISSING
    assert await rest("GET", hooks) == MISSING
    assert await rest("GET", f"/guilds/{sandbox.guild.id}/webhooks") == MISSING
    for method in ("GET", "DELETE"):
        assert await rest(method, f"/webhooks/{webhook['id']}") == MISSING


@pytest.mark.parametrize("name", ["", "x" * 81, "Clyde", "my discord hook"])
async def test_names_that_are_refused(rest: Any, hooks: str, name: str) -> None:
    """Of a webhook as of one message."""
    assert list((await rest("POST", hooks, json={"name": name}))[1]["errors"]) == ["name"]
    _, webhook = await rest("POST", hooks, json={"name": "News"})
    body = {"content": "x", "username": name}
    answer = await rest("POST", f"/webhooks/{webhook['id']}/{webhook['token']}", json=body)
    assert list(answer[1]["errors"]) == ["username"]


async def test_a_picture_is_a_data_uri(rest: Any, hooks: str) -> None:
    """Anything else is refused where it stands."""
    assert (await rest("POST", hooks, json={"name": "News", "avatar": "data:image/png;base64,AAAA"}))[0] == 200
    wrong: tuple[Any, ...] = ("https://x.org/a.png", 5, [])
    for picture in wrong:
        assert list((await rest("POST", hooks, json={"name": "News", "avatar": picture}))[1]["errors"]) == ["avatar"]


async def test_a_channel_has_15_webhooks_at_most(rest: Any, hooks: str) -> None:
    """One more is refused."""
    for number in range(15):
        assert (await rest("POST", hooks, json={"name": str(number)}))[0] == 200
    assert (await rest("POST", hooks, json={"name": "x"}))[1]["code"] == 30007


async def test_a_webhook_writes_into_threads(sandbox: Sandbox, rest: Any, hooks: str) -> None:
    """Of its own channel, or opens a post in a forum; elsewhere a thread's name is refused."""
    grant(sandbox, Permissions.MANAGE_WEBHOOKS, Permissions.MANAGE_CHANNELS)
    _, webhook = await rest("POST", hooks, json={"name": "News"})
    path = f"/webhooks/{webhook['id']}/{webhook['token']}"
    general = hooks.removesuffix("/webhooks")
    _, thread = await rest("POST", f"{general}/threads", json={"name": "Trip", "type": 11})
    status, message = await rest("POST", f"{path}?wait=true&thread_id={thread['id']}", json={"content": "x"})
    assert (status, message["channel_id"]) == (200, thread["id"])
    found = f"{path}/messages/{message['id']}"
    assert (await rest("GET", f"{found}?thread_id={thread['id']}"))[0] == 200
    assert (await rest("GET", found))[1]["code"] == 10008
    assert (await rest("POST", f"{path}?thread_id=1", json={"content": "x"}))[1]["code"] == 10003
    named = {"content": "x", "thread_name": "y"}
    assert list((await rest("POST", path, json=named))[1]["errors"]) == ["thread_name"]
    _, forum = await rest("POST", f"/guilds/{sandbox.guild.id}/channels", json={"name": "f", "type": 15})
    _, hook = await rest("POST", f"/channels/{forum['id']}/webhooks", json={"name": "News"})
    path = f"/webhooks/{hook['id']}/{hook['token']}"
    assert list((await rest("POST", path, json={"content": "x"}))[1]["errors"]) == ["thread_name"]
    assert (await rest("POST", path, json=named)) == (204, None)
    assert sandbox.guild.thread("y").messages[0].content == "x"


async def test_a_webhook_goes_with_its_channel(sandbox: Sandbox, rest: Any, hooks: str) -> None:
    """Then its secret is worth nothing."""
    _, webhook = await rest("POST", hooks, json={"name": "News"})
    assert (await rest("DELETE", hooks.removesuffix("/webhooks")))[0] == 200
    path = f"/webhooks/{webhook['id']}/{webhook['token']}"
    assert (await rest("POST", path, json={"content": "x"}))[1]["code"] == 10015
