"""What a container keeps: recipes, what was made from them, and in which order.

punq holds the registrations and how long each service lives. Reading constructors is ours (`wiring`,
`graph`), because punq names only the missing leaf, calls a circle "missing" and does not wire functions; so
is the warm path, a plain dictionary.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

import punq

from botcore.clock import Clock
from botcore.container import graph
from botcore.container.closing import close, closer_of
from botcore.container.wiring import Key, Recipe, name_of
from botcore.errors import AlreadyRegistered, BotCoreError

type OnResolve = Callable[[str, float], None]
"""Told about every service that was built: its name, and the seconds it took with all it needs."""


class Shelf:
    """The inside of a container, or of a stage in front of one.

    Args:
        on_resolve: Told about every service that was built.
        clock: Measures that.
        behind: What this is a stage of.
        owner: Who registers here, if it is a stage.
    """

    def __init__(
        self,
        *,
        on_resolve: OnResolve | None,
        clock: Clock,
        behind: "Shelf | None" = None,
        owner: str | None = None,
    ) -> None:
        self.ready: dict[Key, Any] = {}
        self.opened: list[tuple[str, object]] = []
        # What is being built now, shared with what is behind: one chain, however many stages it crosses.
        self.path: list[Key] = [] if behind is None else behind.path
        self._punq = punq.Container()
        self._recipes: dict[Key, Recipe] = {}
        self._overriding: set[Key] = set()
        self._behind = behind
        self._owner = owner
        self._closed = False
        self._refusal: str | None = None
        self._on_resolve = on_resolve
        self._clock = clock

    @property
    def recipes(self) -> Collection[Recipe]:
        """What was registered here; what stands behind a stage is not included."""
        return self._recipes.values()

    @property
    def keys(self) -> Collection[Key]:
        """Every key that can be had here."""
        behind: Collection[Key] = () if self._behind is None else self._behind.keys
        return self._recipes.keys() | set(behind)

    def stage(self, owner: str) -> "Shelf":
        """A shelf in front of this one."""
        return Shelf(on_resolve=self._on_resolve, clock=self._clock, behind=self, owner=owner)

    def find(self, key: Key) -> Recipe | None:
        """How `key` is served, or None."""
        found = self._recipes.get(key)
        return self._behind.find(key) if found is None and self._behind is not None else found

    def add(self, recipe: Recipe, *, override: bool) -> None:
        """Keep a recipe.

        Raises:
            AlreadyRegistered: its key is taken and `override` is False, or was handed out already.
        """
        self.require_open(f"{name_of(recipe.key)} cannot be registered")
        self.require_free(recipe, override=override)
        if override:
            self._overriding.add(recipe.key)
        self.put(replace(recipe, owner=self._owner))

    def require_free(self, recipe: Recipe, *, override: bool) -> None:
        """Refuse a recipe whose key is taken, here or behind.

        Raises:
            AlreadyRegistered: names who took it first, if known.
        """
        if self._behind is not None:
            self._behind.require_free(recipe, override=override)
        name, taken = name_of(recipe.key), self._recipes.get(recipe.key)
        if recipe.key in self.ready:
            raise AlreadyRegistered(name, "and others hold it already; replace it before it is first used")
        if taken is None or taken.implied or override:
            return
        if taken.owner is None:
            raise AlreadyRegistered(name)
        raise AlreadyRegistered(name, f"{taken.owner} did it; pass override=True to replace it on purpose")

    def require_open(self, what: str) -> None:
        """Refuse to go on when this is closed or was taken over.

        Raises:
            BotCoreError: says `what` cannot be done, and why.
        """
        if self._refusal is not None:
            raise BotCoreError(f"{what}: {self._refusal}.")

    def put(self, recipe: Recipe) -> None:
        """Keep a recipe whose key was found to be free."""
        self._recipes[recipe.key] = recipe
        lifetime = punq.Scope.singleton if recipe.shared else punq.Scope.transient

        def serve() -> Any:
            return self._serve(recipe)

        self._punq.register(recipe.key, serve, scope=lifetime)

    def take_over(self, stage: "Shelf") -> None:
        """Keep everything of a stage, made things included; or nothing.

        Raises:
            AlreadyRegistered: a key was taken in the meantime, or handed out.
        """
        stage.require_open("a stage cannot be taken over")
        new = [each for each in stage.recipes if not (each.implied and self._has_unused(each, stage))]
        for recipe in new:
            self.require_free(recipe, override=stage.overrides(recipe.key))
        for recipe in new:
            self.put(recipe)
        self.ready.update(stage.ready)
        self.opened.extend(stage.opened)
        stage.retire()

    def overrides(self, key: Key) -> bool:
        """Whether `key` was registered here to replace another on purpose."""
        return key in self._overriding

    def retire(self) -> None:
        """Leave everything to the shelf behind, which has taken it over, and take nothing more."""
        self._recipes.clear()
        self.ready.clear()
        self.opened.clear()
        self._refusal = f"what {self._owner} registered was taken over; use the container itself"

    def get(self, key: Key) -> Any:
        """What is served under `key`, made now if it was not before.

        Raises:
            UnresolvableService: with the path from what was asked for first.
        """
        if key in self.ready:
            return self.ready[key]
        if self._closed:
            raise BotCoreError(f"{name_of(key)} cannot be had: the container is closed.")
        if self.find(key) is None:
            raise graph.missing((*self.path, key), self.keys)
        if key not in self._recipes and self._behind is not None:
            return self._behind.get(key)
        return self._punq.resolve(key)

    def construct(self, recipe: Recipe) -> Any:
        """Make a service out of what it needs, and remember nothing.

        Raises:
            UnresolvableService: something it needs cannot be had.
        """
        self.path.append(recipe.key)
        try:
            wanted = [need for need in recipe.needs if not need.has_default or self.find(need.key) is not None]
            return recipe.build(**{need.parameter: self.get(need.key) for need in wanted})
        except Exception as error:
            if not isinstance(error, BotCoreError) and not hasattr(error, "__notes__"):
                error.add_note("while building " + " -> ".join(map(name_of, self.path)))
            raise
        finally:
            self.path.pop()

    async def close(self, step_seconds: float) -> None:
        """Close what was made here, the last first, and serve nothing more."""
        self._closed = True
        self._refusal = self._refusal or "the container is closed"
        self.ready.clear()
        while self.opened:
            name, service = self.opened.pop()
            closer = closer_of(service)
            if closer is not None:
                await close(name, closer, step_seconds)

    def _serve(self, recipe: Recipe) -> Any:
        if recipe.key in self.path:
            raise graph.circle((*self.path, recipe.key))
        started = self._clock.monotonic()
        service = self.construct(recipe)
        if recipe.shared:
            self.ready[recipe.key] = service
        if recipe.opened_here:
            self.opened.append((name_of(recipe.key), service))
        if self._on_resolve is not None:
            self._on_resolve(name_of(recipe.key), self._clock.monotonic() - started)
        return service

    def _has_unused(self, implied: Recipe, stage: "Shelf") -> bool:
        """Whether somebody registered, in the meantime, what a stage only implied and has not made yet."""
        return self.find(implied.key) is not None and implied.key not in stage.ready
