"""The smallest feature there is: examples/01-dice."""

import re

from botcore_sandbox.tour.scene import Scene
from botcore_sandbox.tour.step import expect

_SIDES = 20


async def rolls(scene: Scene) -> None:
    """A slash command with an option."""
    reply = await scene.slash(scene.alice, "roll", sides=_SIDES)
    rolled = re.search(r"\d+", reply.text)
    expect(rolled is not None and 1 <= int(rolled[0]) <= _SIDES, f"a number from 1 to {_SIDES}", reply.text)
    expect(not reply.private, "an answer that everybody sees", reply)
