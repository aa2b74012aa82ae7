"""The peer: bare nextcord that sends as many direct messages from the same moment on, sixteen at once."""

import asyncio
import os
import time

import nextcord
import uvloop
from nextcord.http import Route

from benchmarks.sink import PEOPLE

AT_ONCE = 16


async def main() -> None:
    """Make the channels, say so, and send when it is time."""
    Route.BASE = os.environ["BOTCORE_DISCORD__API_URL"]
    nextcord.VoiceClient.warn_nacl = False
    intents = nextcord.Intents.none()
    intents.guilds = True
    client = nextcord.Client(
        intents=intents,
        max_messages=None,
        member_cache_flags=nextcord.MemberCacheFlags.none(),
        chunk_guilds_at_startup=False,
        guild_ready_timeout=0.1,
    )
    count, at = int(os.environ["BENCH_COUNT"]), float(os.environ["BENCH_AT"])

    @client.event
    async def on_ready() -> None:
        channels = [await (await client.fetch_user(user)).create_dm() for user in PEOPLE]
        print("ready", flush=True)
        await asyncio.sleep(at - time.time())
        places = asyncio.Semaphore(AT_ONCE)

        async def send(number: int) -> None:
            async with places:
                await channels[number % len(channels)].send(f"reminder {number}")

        await asyncio.gather(*map(send, range(count)))

    await client.start("token")


if __name__ == "__main__":
    uvloop.run(main())
