"""Walking the graph of services before anything is built, so that a mistake is found at the start."""

import difflib
from collections.abc import Callable, Iterable

from botcore.container.wiring import Key, Need, Recipe, name_of
from botcore.errors import UnresolvableService

type Find = Callable[[Key], Recipe | None]
"""How a recipe is looked up; None when nothing is registered."""


def check(find: Find, known: Iterable[Key], starts: Iterable[Recipe]) -> None:
    """Follow every need of every recipe in `starts`.

    Args:
        find: Looks a recipe up.
        known: Every key that is registered, for a hint at the nearest name.
        starts: Where to begin.

    Raises:
        UnresolvableService: the first need that cannot be met, with the whole path to it.
    """
    sound: set[Recipe] = set()

    def follow(recipe: Recipe, path: tuple[Key, ...]) -> None:
        if recipe in sound:
            return
        for need in recipe.needs:
            found = find(need.key)
            if found is None and need.has_default:
                continue
            if found is None:
                raise missing((*path, need.key), known, need)
            if need.key in path:
                raise circle((*path, need.key))
            follow(found, (*path, need.key))
        sound.add(recipe)

    for recipe in starts:
        follow(recipe, (recipe.key,))


def missing(path: tuple[Key, ...], known: Iterable[Key], need: Need | None = None) -> UnresolvableService:
    """The error for a key that nothing is registered for.

    Args:
        path: From what was asked for down to the missing key.
        known: Every key that is registered.
        need: The parameter that wanted it, if it was one.
    """
    key, reason = path[-1], None
    if isinstance(key, str):
        near = difflib.get_close_matches(key, [name for name in known if isinstance(name, str)], n=1)
        if near:
            reason = f"nothing is registered for {key!r}; did you mean {near[0]!r}?"
    elif need is not None and isinstance(key, type) and key.__module__ == "builtins":
        reason = (
            f"nothing is registered for {name_of(key)}; give the parameter {need.parameter!r} a default, "
            "or register a factory that knows its value"
        )
    return UnresolvableService(tuple(map(name_of, path)), reason)


def circle(path: tuple[Key, ...]) -> UnresolvableService:
    """The error for services that need each other; `path` ends with a key that stands in it before."""
    reason = "they need each other, so none can be built first; pass what one of them needs to its methods"
    return UnresolvableService(tuple(map(name_of, path)), reason)
