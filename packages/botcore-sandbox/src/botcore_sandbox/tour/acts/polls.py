"""Polls: votes by button, a form, references, and everything that a restart must not lose."""

import re
from collections.abc import Callable, Sequence

from botcore_sandbox.driver.views import MessageView
from botcore_sandbox.tour.audience import Suggestion
from botcore_sandbox.tour.scene import Scene
from botcore_sandbox.tour.step import expect, expect_one

LUNCH = "Where do we eat?"
FILM = "Which film on Friday?"


async def creates(scene: Scene) -> None:
    """A poll from one line of typing."""
    reply = await scene.slash(scene.alice, "poll create", question=LUNCH, options="Pizza; Soup; Salad")
    expect(not reply.private, "a poll that everybody sees", reply)
    expect(reply.message is not None and _votes(reply.message) == [0, 0, 0], "three options without a vote", reply)


async def votes(scene: Scene) -> None:
    """Three members vote; each reads a receipt of their own, everybody reads the same tally."""
    poll = await scene.find(_about(LUNCH), "the poll")
    for person, option in ((scene.alice, "Pizza"), (scene.bob, "Soup"), (scene.carol, "Pizza")):
        receipt = await scene.click(person, poll, option)
        expect(receipt.private and option in receipt.text, f"a private receipt for {option}", receipt)
    scene.tell("The first vote shows at once; those right after it share one edit, so that a crowd floods nobody.")
    await scene.until(_about(LUNCH, 2, 1, 0), "two votes for Pizza and one for Soup")


async def changes(scene: Scene) -> None:
    """One member changes their mind, another takes their vote back."""
    poll = await scene.find(_about(LUNCH), "the poll")
    receipt = await scene.click(scene.bob, poll, "Salad")
    expect("Salad" in receipt.text and "Soup" in receipt.text, "a receipt that says what changed", receipt)
    receipt = await scene.click(scene.carol, poll, "Pizza")
    expect("withdrew" in receipt.text, "a receipt that says that the vote is withdrawn", receipt)
    lunch = _only(await scene.typing(scene.bob, "poll results", focused="poll", poll="eat"))
    reply = await scene.slash(scene.bob, "poll results", poll=lunch)
    expect(reply.message is not None and _votes(reply.message) == [1, 0, 1], "one vote for Pizza, one for Salad", reply)


async def composes(scene: Scene) -> None:
    """A form that is filled in badly, comes back with everything that was typed, and is sent again."""
    form = expect_one((await scene.slash(scene.bob, "poll compose")).modal, "a form", "none")
    refusal = await scene.submit(scene.bob, form, question=FILM, options="The one with the dog")
    expect(refusal.private and "two options" in refusal.text, "a private refusal that says what is missing", refusal)
    expect("The one with the dog" in refusal.text, "what was typed, in the refusal", refusal)
    again = await scene.click(scene.bob, refusal, "Edit and try again")
    form = expect_one(again.modal, "the form again", again)
    kept = {field.custom_id: field.value for field in form.fields}
    expect(kept == {"question": FILM, "options": "The one with the dog"}, "the form as it was filled in", kept)
    reply = await scene.submit(scene.bob, form, options="The one with the dog\nThe one in space\nThe long one")
    expect(not reply.private, "a poll that everybody sees", reply)
    expect(reply.message is not None and _votes(reply.message) == [0, 0, 0], "three options without a vote", reply)


async def explains(scene: Scene) -> None:
    """A mistake is answered by the sentence that mends it, to the one who made it."""
    reply = await scene.slash(scene.alice, "poll create", question="Tea?", options="yes")
    expect(reply.private and "two options" in reply.text, "a private sentence that says what to write", reply)


async def protects(scene: Scene) -> None:
    """Somebody who did not make a poll tries to close it, by its number too."""
    offered = await scene.typing(scene.carol, "poll close", focused="poll", poll="eat")
    expect(not offered, "nothing that carol could close", offered)
    lunch = _only(await scene.typing(scene.alice, "poll close", focused="poll", poll="eat"))
    scene.tell("Carol sends that poll's number all the same. What a client sends is a claim, and is checked again.")
    reply = await scene.slash(scene.carol, "poll close", poll=lunch.value)
    expect(reply.private and "Only the member who made" in reply.text, "a private refusal", reply)


async def votes_late(scene: Scene) -> None:
    """A vote comes right before the power fails: what a receipt says is written down."""
    poll = await scene.find(_about(LUNCH), "the poll")
    receipt = await scene.click(scene.carol, poll, "Salad")
    expect(receipt.private and "Salad" in receipt.text, "a private receipt for Salad", receipt)
    if _votes(poll) != [1, 0, 2]:
        scene.tell("The tally has had no time to show this vote, and now ...")


async def remembers(scene: Scene) -> None:
    """The message from before works, and every vote is there."""
    await scene.until(_about(LUNCH, 1, 0, 2), "the votes from before, the last one included")
    poll = await scene.find(_about(LUNCH), "the poll")
    receipt = await scene.click(scene.bob, poll, "Pizza")
    expect("Pizza" in receipt.text and "Salad" in receipt.text, "a receipt that knows the vote from before", receipt)


async def ends(scene: Scene) -> None:
    """The one who asked closes the poll; everybody sees how it ended, and anybody can look it up."""
    lunch = _only(await scene.typing(scene.alice, "poll close", focused="poll", poll="where"))
    reply = await scene.slash(scene.alice, "poll close", poll=lunch)
    expect("Pizza" in reply.text and "wins" in reply.text, "that Pizza wins", reply)
    poll = await scene.until(lambda message: LUNCH in message.text and not message.components, "the closed poll")
    expect("wins" in poll.text and _votes(poll) == [2, 0, 1], "the result, where everybody sees it", poll)
    offered = await scene.typing(scene.carol, "poll results", focused="poll", poll="")
    in_order = len(offered) == len((FILM, LUNCH)) and FILM in offered[0].name and LUNCH in offered[1].name
    expect(in_order, "both polls, the open one first", offered)
    reply = await scene.slash(scene.carol, "poll results", poll=offered[1])
    expect(reply.private and "wins" in reply.text, "the result, for carol alone", reply)


def _only(offered: Sequence[Suggestion]) -> Suggestion:
    """The one poll that is offered."""
    expect(len(offered) == 1, "one poll that fits what was typed", offered)
    return offered[0]


def _about(question: str, *counts: int) -> Callable[[MessageView], bool]:
    """Whether a message is the poll of a question, with these votes where any are given."""
    return lambda message: question in message.text and (not counts or _votes(message) == list(counts))


def _votes(message: MessageView) -> list[int]:
    """The numbers at the end of an embed's fields, in their order."""
    fields = [field for embed in message.embeds for field in embed.get("fields", ())]
    return [int(found[0]) for field in fields if (found := re.search(r"\d+\Z", field["value"]))]
