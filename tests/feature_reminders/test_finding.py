"""What is offered while somebody chooses: everything that they have can be found, however much that is."""

from botcore_reminders.services.reminders import MAX_FOUND
from botcore_reminders.services.values import WAITING, State, Where
from reminders import ALICE, CHANNEL, HOUR, Services

ANY = (*WAITING, State.DONE)
MANY = 150
"""More than the limit on what one person may have waiting, and 25 beside."""


async def test_what_comes_is_offered_before_what_was_delivered(services: Services) -> None:
    """However much that is: who has had many reminders is still offered the ones that are to come."""
    await services.remind_many([f"over {number}" for number in range(MANY)], await services.new(late="skip"))
    await services.later(2 * HOUR)
    await services.remind("to come", "in 1 hour")
    found = await services.reminders.search(ALICE, "", ANY)
    assert found[0].text == "to come"


async def test_of_what_was_delivered_the_latest_is_offered_first(services: Services) -> None:
    """It is what somebody asks about who did not get it."""
    for text in ("earlier", "later", "latest"):
        await services.remind(text, "in 1 hour")
        await services.later(HOUR)
    assert [each.text for each in await services.reminders.search(ALICE, "", ANY)] == ["latest", "later", "earlier"]


async def test_a_word_finds_what_stands_far_back(services: Services) -> None:
    """The text is looked for in all of them, and only then the list is cut."""
    texts = [*(f"number {number}" for number in range(MANY)), "Äpfel"]
    await services.remind_many(texts, await services.new())
    assert [each.text for each in await services.reminders.search(ALICE, "äpfel", WAITING)] == ["Äpfel"]
    assert len(await services.reminders.search(ALICE, "number", WAITING)) == MAX_FOUND


async def test_who_looks_after_a_channel_finds_each_of_its_reminders(services: Services) -> None:
    """Those of many authors together may be more than one of them could have."""
    for owner in (21, 22):
        new = await services.new(where=Where.CHANNEL, owner=owner)
        await services.remind_many([f"{owner} {number}" for number in range(100)], new)
    await services.remind("the last", "in 2 hours", where=Where.CHANNEL)
    assert [each.text for each in await services.reminders.search_channel(CHANNEL, "last")] == ["the last"]


async def test_the_list_shows_all_that_waits(services: Services) -> None:
    """More than the operator allows now, too: it may have been more before."""
    await services.remind_many([str(number) for number in range(MANY)], await services.new())
    assert len(await services.reminders.waiting(ALICE)) == MANY
    assert services.config.per_user < MANY
