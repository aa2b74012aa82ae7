"""The terminal that the commands print on."""

from rich.console import Console


def console() -> Console:
    """A console on standard output; what is piped gets no colours and is not cut to a terminal's width."""
    plain = Console(highlight=False, markup=False)
    return plain if plain.is_terminal else Console(highlight=False, markup=False, width=200, soft_wrap=True)
