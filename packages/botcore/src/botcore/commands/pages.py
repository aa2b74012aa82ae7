"""Pages: a long list over a message with two buttons, where the page number travels in the buttons."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from botcore.commands.components import BaseButton
from botcore.i18n import translator
from botcore.ui import Button

_ = translator("botcore")


@dataclass(frozen=True, slots=True)
class Pages[T]:
    """A list in pages.

    Args:
        items: everything there is to show.
        size: how many on one page.
    """

    items: Sequence[T]
    size: int = 10

    @property
    def count(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-len(self.items) // self.size))

    def number(self, wanted: int) -> int:
        """The page nearest to the one wanted, from 0: a list may have become shorter since the button was made."""
        return min(max(wanted, 0), self.count - 1)

    def on(self, wanted: int) -> Sequence[T]:
        """The items of that page."""
        start = self.number(wanted) * self.size
        return self.items[start : start + self.size]

    def buttons(self, turn: type[BaseButton[Any]], wanted: int, *payload: Any) -> list[Button]:
        """The buttons to the page before and after; none where there is one page.

        Args:
            turn: the button's class, whose payload is ``payload`` and then the page's number.
            wanted: the page that is shown.
            payload: what else the button carries, before the number.
        """
        if self.count == 1:
            return []
        page = self.number(wanted)
        return [
            turn.button(*payload, page - 1, label=_("Back"), emoji="◀️", disabled=page == 0),
            turn.button(*payload, page + 1, label=_("Next"), emoji="▶️", disabled=page == self.count - 1),
        ]

    def place(self, wanted: int) -> str:
        """Where the reader is, as "Page 1 of 3"."""
        return _("Page {number} of {count}").format(number=self.number(wanted) + 1, count=self.count)
