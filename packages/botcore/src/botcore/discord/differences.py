"""What differs between the commands that Discord has and those of the catalogue, said for people."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from botcore.discord.sync import comparable


@dataclass(frozen=True, slots=True)
class Difference:
    """One command that is not the same.

    Args:
        name: the command, as ``/poll``; a context menu by its name alone.
        change: what a sync would do with it.
        details: the parts that differ, such as ``create.question.description``; empty unless it is changed.
    """

    name: str
    change: Literal["add", "remove", "change"]
    details: tuple[str, ...] = ()


def differences(remote: Sequence[Mapping[str, Any]], local: Sequence[Mapping[str, Any]]) -> list[Difference]:
    """What a sync would change at Discord, by name; empty if nothing."""
    theirs, ours = _by_key(remote), _by_key(local)
    found = []
    for key in sorted(theirs.keys() | ours.keys(), key=lambda each: (each[1], each[0])):
        name = f"/{key[1]}" if key[0] == 1 else key[1]
        if key not in theirs:
            found.append(Difference(name, "add"))
        elif key not in ours:
            found.append(Difference(name, "remove"))
        elif details := tuple(_differing(theirs[key], ours[key])):
            found.append(Difference(name, "change", details))
    return found


def _by_key(commands: Sequence[Mapping[str, Any]]) -> dict[tuple[int, str], dict[str, Any]]:
    return {(each.get("type", 1), each["name"]): comparable(each) for each in commands}


def _differing(theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> Iterator[str]:
    yield from (key for key in ours if key != "options" and theirs[key] != ours[key])
    before = {option["name"]: option for option in theirs["options"]}
    after = {option["name"]: option for option in ours["options"]}
    for name in sorted(before.keys() | after.keys()):
        if name in before and name in after:
            yield from (f"{name}.{part}" for part in _differing(before[name], after[name]))
        else:
            yield name
    if list(before) != list(after) and before.keys() == after.keys():
        yield "order of options"
