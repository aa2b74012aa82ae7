"""The longest text arrives whole, whatever of it Discord would take for markdown."""

import pytest

import botcore as bc
from botcore_reminders.config import LONGEST_TEXT, RemindersConfig
from botcore_reminders.services.values import Where
from reminders import ALICE, BOB, CHANNEL, HOUR, Services

MARKED = "_" * (LONGEST_TEXT - 30)


@pytest.mark.parametrize("where", [Where.DM, Where.HERE])
async def test_a_text_that_escapes_make_too_long_arrives_whole(services: Services, where: Where) -> None:
    """Below the message, where there is room; asked about again, too."""
    services = await _generous(services)
    await services.remind(MARKED, "in 1 hour", where=where, nag=HOUR)
    for _ in range(2):
        await services.later(HOUR)
        assert bc.escape(MARKED) in services.shown(ALICE if where is Where.DM else CHANNEL)[-1]


async def test_whom_such_a_text_names_is_still_pinged(services: Services) -> None:
    """Discord pings for the message itself and not for what stands below it."""
    services = await _generous(services)
    await services.remind(f"{MARKED}<@{BOB}>", "in 1 hour", where=Where.HERE)
    await services.later(HOUR)
    assert services.texts(CHANNEL) == [f"<@{ALICE}> <@{BOB}>"]


async def _generous(services: Services) -> Services:
    await services.stop()
    generous = Services(services.database, config=RemindersConfig(longest_text=LONGEST_TEXT))
    await generous.start()
    services.followers.append(generous)
    return generous
