"""/roll: the smallest useful feature."""

import random
from dataclasses import dataclass
from typing import Annotated

import botcore as bc


class DiceTray:
    """Where the dice fall."""

    def roll(self, sides: int) -> int:
        """A number from 1 to ``sides``."""
        return random.randint(1, sides)  # noqa: S311 - a game, not a secret


@dataclass(frozen=True, slots=True)
class RollInput:
    """The options of /roll."""

    sides: Annotated[int, bc.Option("How many faces the die has", min=2, max=1000)] = 6


class RollCommand(bc.BaseCommand[RollInput]):
    """Rolls one die."""

    name, description = "roll", "Roll a die"

    def __init__(self, tray: DiceTray) -> None:
        self._tray = tray

    async def process_command(self, ctx: bc.CommandContext, data: RollInput) -> bc.CommandResult:
        """Say what was rolled."""
        rolled = self._tray.roll(data.sides)
        return bc.CommandResult.ok(bc.EmbedBuilder().title("Dice").description(f"You rolled **{rolled}**."))


class DiceFeature(bc.BaseFeature):
    """One command and one service."""

    name = "dice"
    services = (DiceTray,)
    commands = (RollCommand,)
