"""Printing what was measured, and whether it is within what was promised."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Measure:
    """One number.

    Args:
        what: what was measured, as a reader says it.
        value: the number.
        unit: of the number and of the limit.
        limit: it must not be larger; ``None`` for a number that is only told.
    """

    what: str
    value: float
    unit: str
    limit: float | None = None

    @property
    def kept(self) -> bool:
        """Whether the limit holds."""
        return self.limit is None or self.value <= self.limit


def show(title: str, measures: Sequence[Measure]) -> bool:
    """Print a table of them.

    Returns:
        Whether every limit holds.
    """
    table = Table("", "measured", "at most", "", title=title, title_justify="left", box=None, pad_edge=False)
    for column in table.columns[1:3]:
        column.justify = "right"
    for each in measures:
        limit = "" if each.limit is None else f"{each.limit:g} {each.unit}"
        verdict = "" if each.limit is None else "kept" if each.kept else "BROKEN"
        table.add_row(each.what, f"{each.value:,.2f} {each.unit}", limit, verdict)
    Console(width=110, highlight=False).print(table)
    return all(each.kept for each in measures)
