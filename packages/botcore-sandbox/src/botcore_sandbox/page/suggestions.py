"""What to try first: one example for each command that a place offers, the well-known ones filled in."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_EXAMPLES: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "poll create": ("Ask everybody", {"question": "Where do we eat?", "options": "Pizza; Soup; Salad"}),
    "poll compose": ("Ask with a form", {}),
    "remind me": ("Be reminded", {"what": "Take the bread out", "when": "in 10 minutes", "where": "here"}),
    "roll": ("Roll a die", {"sides": 20}),
    "remind list": ("See your reminders", {}),
    "help": ("See what there is", {}),
    "status": ("See how the bot is", {}),
    "features": ("List its features", {}),
}
"""Commands of packages that may be installed, with options that make a good first try."""

_MOST = 12
_SUB_COMMANDS = (1, 2)


def suggestions(commands: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Examples, those with something filled in first; one for each command that somebody is shown.

    Args:
        commands: what `commands_view` says of a place.
    """
    offered = {
        name: options
        for command in commands
        if command["type"] == 1 and command["hidden"] is None
        for name, options in _leaves(command["name"], command.get("options") or [])
    }
    known: list[dict[str, Any]] = [
        {"command": name, "text": text, "options": dict(values)}
        for name, (text, values) in _EXAMPLES.items()
        if name in offered and set(values) <= {option["name"] for option in offered[name]}
    ]
    roots = {entry["command"].split()[0] for entry in known}
    rest = []
    for command in commands:
        if command["type"] == 1 and command["hidden"] is None and command["name"] not in roots:
            name = next(_leaves(command["name"], command.get("options") or []))[0]
            rest.append({"command": name, "text": command["description"], "options": {}})
    filled = [entry for entry in known if entry["options"]]
    empty = [entry for entry in known if not entry["options"]]
    return [*filled, *rest, *empty][:_MOST]


def _leaves(name: str, options: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    nested = [option for option in options if option["type"] in _SUB_COMMANDS]
    if not nested:
        yield name, list(options)
    for option in nested:
        yield from _leaves(f"{name} {option['name']}", option.get("options") or [])
