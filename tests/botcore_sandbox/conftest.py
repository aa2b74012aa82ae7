"""A real, bare nextcord client and a raw HTTP client against the sandbox."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
import nextcord
import pytest
import pytest_asyncio

from botcore_sandbox import Sandbox

type Answer = Callable[[nextcord.Interaction[Any]], Awaitable[Any]]


class Bot(nextcord.Client):
    """Answers interactions as a test says: `answers` goes by command path or custom id."""

    def __init__(self, intents: nextcord.Intents) -> None:
        super().__init__(intents=intents, guild_ready_timeout=0.05)
        self.answers: dict[str, Answer] = {}
        self.seen: list[nextcord.Interaction[Any]] = []
        self.messages: list[nextcord.Message] = []

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify again without nextcord's pause of five seconds."""

    async def on_connect(self) -> None:
        """Leave the commands alone: nextcord would delete those that a test registers."""

    async def on_interaction(self, interaction: nextcord.Interaction[Any]) -> None:
        """Pass an interaction to the answer that a test gave for it."""
        self.seen.append(interaction)
        answer = self.answers.get(_key(interaction.data or {}))
        if answer is not None:
            await answer(interaction)

    async def on_message(self, message: nextcord.Message) -> None:
        """Collect messages."""
        self.messages.append(message)

    async def register(self, *commands: dict[str, Any]) -> list[Any]:
        """Make these all global commands, in one request."""
        assert self.application_id is not None
        return list(await self.http.bulk_upsert_global_commands(self.application_id, list(commands)))


def _key(data: Mapping[str, Any]) -> str:
    if "custom_id" in data:
        return str(data["custom_id"])
    names = [data.get("name", "")]
    options = data.get("options", ())
    while options and options[0]["type"] in {1, 2}:
        names.append(options[0]["name"])
        options = options[0].get("options", ())
    return " ".join(names)


@pytest_asyncio.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    """A connected nextcord client with all intents."""
    nextcord.http.Route.BASE = sandbox.api_url
    client = Bot(nextcord.Intents.all())
    running = asyncio.create_task(client.start(sandbox.token))
    ready = asyncio.create_task(sandbox.bot_ready())
    await asyncio.wait({running, ready}, return_when=asyncio.FIRST_COMPLETED)
    if running.done():
        ready.cancel()
        await running
    await ready
    yield client
    await client.close()
    await running


@dataclass(slots=True)
class Rest:
    """Raw requests with the bot's token; a path is below the API's base."""

    session: aiohttp.ClientSession
    sandbox: Sandbox

    async def __call__(self, method: str, path: str, *, token: str | None = "", **options: Any) -> tuple[int, Any]:
        """The status and the parsed body of an answer; `token=None` sends no Authorization."""
        headers = dict(options.pop("headers", {}))
        if token is not None:
            headers["Authorization"] = f"Bot {token or self.sandbox.token}"
        async with self.session.request(method, self.sandbox.api_url + path, headers=headers, **options) as response:
            body = await response.read()
            return response.status, await response.json(content_type=None) if body else None

    @property
    def commands(self) -> str:
        """The path of global commands."""
        return f"/applications/{self.sandbox.application_id}/commands"

    @property
    def messages(self) -> str:
        """The path of messages in #general."""
        return f"/channels/{self.sandbox.channel('general').id}/messages"


@pytest_asyncio.fixture
async def rest(sandbox: Sandbox) -> AsyncIterator[Rest]:
    """Raw requests against the sandbox."""
    async with aiohttp.ClientSession() as session:
        yield Rest(session, sandbox)


@pytest.fixture
def ping() -> dict[str, Any]:
    """The smallest slash command."""
    return {"name": "ping", "description": "Answers"}
