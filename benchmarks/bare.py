"""The peer: bare nextcord with the same event loop, JSON library and intents, and the same command."""

import os

import nextcord
import uvloop
from nextcord.http import Route

Route.BASE = os.environ["BOTCORE_DISCORD__API_URL"]
nextcord.VoiceClient.warn_nacl = False


class Adder:
    """The service, made by hand."""

    def add(self, first: int, second: int) -> int:
        """The sum."""
        return first + second


async def main() -> None:
    """Run until the process is ended."""
    intents = nextcord.Intents.none()
    intents.guilds = True
    client = nextcord.Client(
        intents=intents,
        max_messages=None,
        member_cache_flags=nextcord.MemberCacheFlags.none(),
        chunk_guilds_at_startup=False,
        guild_ready_timeout=0.1,
        lazy_load_commands=False,
    )
    adder = Adder()

    @client.slash_command(name="add", description="Add two numbers")  # type: ignore[untyped-decorator]  # nextcord's
    async def add(
        interaction: nextcord.Interaction[nextcord.Client],
        first: int = nextcord.SlashOption(description="The first number", min_value=0, max_value=100),
        second: int = nextcord.SlashOption(description="The second number", min_value=0, max_value=100),
    ) -> None:
        total = adder.add(first, second)
        await interaction.response.send_message(embed=nextcord.Embed(title="Sum", description=f"It is **{total}**."))

    @client.event
    async def on_ready() -> None:
        print("ready", flush=True)

    await client.start("token")


uvloop.run(main())
