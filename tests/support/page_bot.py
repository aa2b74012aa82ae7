"""A bare bot for the page's tests: it answers as a test says, and posts whatever payload a test gives it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import nextcord

from botcore_sandbox import Sandbox

type Interaction = nextcord.Interaction[Any]
type Answer = Callable[["PageBot", Interaction], Awaitable[Any]]


class PageBot(nextcord.Client):
    """Answers interactions by command path or custom id, everything as raw payloads."""

    def __init__(self) -> None:
        super().__init__(intents=nextcord.Intents.all(), guild_ready_timeout=0.05)
        self.answers: dict[str, Answer] = {}
        self.seen: list[Mapping[str, Any]] = []

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify again without nextcord's pause of five seconds."""

    async def on_connect(self) -> None:
        """Leave the commands alone: nextcord would delete those that a test registers."""

    async def on_interaction(self, interaction: Interaction) -> None:
        """Pass an interaction to the answer that a test gave for it."""
        data: Mapping[str, Any] = interaction.data or {}
        self.seen.append(data)
        answer = self.answers.get(data["custom_id"] if "custom_id" in data else _path(data))
        if answer is not None:
            await answer(self, interaction)

    async def register(self, *commands: dict[str, Any]) -> None:
        """Make these all global commands."""
        assert self.application_id is not None
        await self.http.bulk_upsert_global_commands(self.application_id, list(commands))

    async def post(self, channel_id: int, **payload: Any) -> Mapping[str, Any]:
        """Write a message."""
        route = nextcord.http.Route("POST", "/channels/{channel_id}/messages", channel_id=channel_id)
        posted: Mapping[str, Any] = await self.http.request(route, json=payload)
        return posted

    async def callback(self, interaction: Interaction, kind: int, **data: Any) -> None:
        """The first answer to an interaction."""
        route = nextcord.http.Route(
            "POST",
            "/interactions/{webhook_id}/{webhook_token}/callback",
            webhook_id=interaction.id,
            webhook_token=interaction.token,
        )
        await self.http.request(route, json={"type": kind, "data": data})

    async def edit(self, interaction: Interaction, **data: Any) -> None:
        """Change the first answer."""
        route = nextcord.http.Route(
            "PATCH",
            "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
            webhook_id=interaction.application_id,
            webhook_token=interaction.token,
        )
        await self.http.request(route, json=data)


def says(content: str, *, private: bool = False, **data: Any) -> Answer:
    """An answer that is a message."""

    async def answer(bot: PageBot, interaction: Interaction) -> None:
        await bot.callback(interaction, 4, content=content, flags=64 if private else 0, **data)

    return answer


@asynccontextmanager
async def page_bot(sandbox: Sandbox) -> AsyncIterator[PageBot]:
    """A connected bot."""
    nextcord.http.Route.BASE = sandbox.api_url
    client = PageBot()
    running = asyncio.create_task(client.start(sandbox.token))
    ready = asyncio.create_task(sandbox.bot_ready())
    await asyncio.wait({running, ready}, return_when=asyncio.FIRST_COMPLETED)
    if running.done():
        ready.cancel()
        await running
    await ready
    try:
        yield client
    finally:
        await client.close()
        await running


def _path(data: Mapping[str, Any]) -> str:
    names = [data.get("name", "")]
    options = data.get("options", ())
    while options and options[0]["type"] in {1, 2}:
        names.append(options[0]["name"])
        options = options[0].get("options", ())
    return " ".join(names)
