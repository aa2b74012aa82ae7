"""What becomes of a poll when its public message is posted, or is not."""

import pytest

from botcore.commands import InteractionGone
from botcore.commands.answer import Target
from botcore.commands.context import CommandContext
from botcore_polls.commands.create import CreateCommand
from botcore_polls.services.values import Poll
from fakes.discord import ALICE, GUILD, FakeResponder, make_interaction, make_runtime, slash
from polls import Services


async def create(services: Services, responder: FakeResponder) -> list[Poll]:
    """Use /poll create, and find what there is afterwards."""
    command = CreateCommand(services.polls)
    command.compile()
    command.prepare({})
    typed = slash("poll create", question="Lunch?", options="pizza; soup")
    interaction = make_interaction(typed, user=ALICE, responder=responder)
    await command.execute(CommandContext(interaction, make_runtime(), command.name, Target.NEW))
    return await services.polls.search(GUILD, "", can_see=lambda _channel_id: True)


async def test_the_public_message_is_remembered(services: Services) -> None:
    """By the id that Discord gave it."""
    [poll] = await create(services, FakeResponder())
    assert poll.message_id == 77


async def test_a_poll_that_discord_never_took_is_taken_back(services: Services) -> None:
    """Nobody has seen it, so nobody misses it."""
    assert await create(services, FakeResponder(fail=InteractionGone("10062: Unknown interaction"))) == []


async def test_a_poll_stays_where_nobody_knows_whether_discord_took_it(services: Services) -> None:
    """If it did, the first click tells where; if not, its author closes it."""
    [poll] = await create(services, FakeResponder(fail=OSError("the connection broke")))
    assert poll.message_id is None
    assert poll.is_open


@pytest.mark.parametrize("options", ["pizza", "a; A"])
async def test_a_mistake_leaves_no_poll(services: Services, options: str) -> None:
    """And what was typed comes back."""
    responder = FakeResponder()
    command = CreateCommand(services.polls)
    command.compile()
    command.prepare({})
    interaction = make_interaction(slash("poll create", question="Lunch?", options=options), responder=responder)
    await command.execute(CommandContext(interaction, make_runtime(), command.name, Target.NEW))
    assert options in responder.said
    assert await services.polls.search(GUILD, "", can_see=lambda _channel_id: True) == []
