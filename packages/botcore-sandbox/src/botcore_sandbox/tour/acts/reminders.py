"""Reminders: seen before they are kept, and there at their time, whatever became of the bot in between."""

from datetime import timedelta

from botcore_sandbox.tour.scene import Scene
from botcore_sandbox.tour.step import expect, expect_one

BREAD = "Take the bread out of the oven"


async def makes(scene: Scene) -> None:
    """While somebody types, the time is read back to them; nothing is kept before they have seen all of it."""
    offered = await scene.typing(scene.bob, "remind me", focused="when", what=BREAD, when="in 2h")
    expect(offered and "in 2 hours" in offered[0].name, "the moment in words", offered)
    preview = await scene.slash(scene.bob, "remind me", what=BREAD, when=offered[0], where="here")
    expect(preview.private and "Is this right?" in preview.text, "a private preview", preview)
    kept = await scene.click(scene.bob, preview, "Confirm")
    expect("Kept." in kept.text and BREAD in kept.text, "that it is kept", kept)


async def arrive(scene: Scene) -> None:
    """Two hours pass, in a moment: the sandbox moves its clock, and the bot keeps step with it."""
    await scene.pass_time(timedelta(hours=2), "two hours")
    message = await scene.until(lambda each: BREAD in each.text and scene.bob.mention in each.text, "the reminder")
    scene.tell("It was set before the bot was killed. Bob has his hands in the dough, and wants it later.")
    snoozed = await scene.click(scene.bob, message, "10 min")
    expect("Comes again" in snoozed.text, "that it comes again", snoozed)
    await scene.pass_time(timedelta(minutes=10), "ten minutes")
    again = await scene.until(lambda each: each.id != message.id and BREAD in each.text, "the reminder again")
    done = await scene.click(scene.bob, again, "Done")
    expect("✅" in done.text, "that it is done", done)


async def account(scene: Scene) -> None:
    """What became of it can be looked up, by whoever it belongs to and by nobody else."""
    found = await scene.typing(scene.bob, "remind history", focused="reminder", reminder="bread")
    story = await scene.slash(
        scene.bob, "remind history", reminder=expect_one(found[0] if found else None, "it", found)
    )
    expect(story.private and "Delivered." in story.text, "every attempt, for bob alone", story)
    offered = await scene.typing(scene.carol, "remind history", focused="reminder", reminder="bread")
    expect(not offered, "nothing for carol, whose reminder it is not", offered)
