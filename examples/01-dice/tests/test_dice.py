"""/roll, on a Discord of its own."""

import pytest

from botcore_sandbox import BotOnSandbox


@pytest.mark.bot_features("dice")
async def test_a_die_shows_one_of_its_faces(bot: BotOnSandbox):
    """Rolling a die of two faces shows 1 or 2."""
    alice = bot.member("alice")
    reply = await alice.slash("roll", sides=2)
    assert reply.embeds[0]["description"] in {"You rolled **1**.", "You rolled **2**."}
