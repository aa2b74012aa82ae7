"""`ServiceContainer`: registering services by type or name, and getting them built.

This is the typed face; `shelf` keeps and builds what is registered here.
"""

from collections.abc import Callable, Mapping
from functools import partial
from inspect import signature
from typing import Any, cast, overload

from typing_extensions import TypeForm

from botcore.clock import Clock, SystemClock
from botcore.container import graph
from botcore.container.closing import CLOSE_SECONDS
from botcore.container.shelf import OnResolve, Shelf
from botcore.container.wiring import Recipe, name_of, needs_of
from botcore.errors import BotCoreError


class ServiceContainer:
    """Builds services when they are first asked for and closes them in reverse order.

    A key is a type or a string name; a parameter's annotation is the key that is looked up for it. Nothing
    here is safe across threads: it belongs to the event loop.

    Args:
        on_resolve: Told about every service that was built.
        clock: Measures that.
    """

    def __init__(self, *, on_resolve: OnResolve | None = None, clock: Clock | None = None) -> None:
        self._use(Shelf(on_resolve=on_resolve, clock=clock or SystemClock()))

    def _use(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._ready = shelf.ready

    @overload
    def register_singleton[T](
        self, key: type[T], instance_or_class: T | type[T] | None = None, *, override: bool = False
    ) -> None: ...
    @overload
    def register_singleton[T](
        self, key: TypeForm[T], instance_or_class: T | type[T], *, override: bool = False
    ) -> None: ...
    @overload
    def register_singleton(self, key: str, instance_or_class: object, *, override: bool = False) -> None: ...
    def register_singleton(self, key: Any, instance_or_class: object = None, *, override: bool = False) -> None:
        """Register one object for everybody: an instance, or a class that is built when first asked for.

        A class alone is registered under itself. The container closes what it builds; an instance is
        closed by whoever made it. A second name for the same object is a `bind`.

        Raises:
            AlreadyRegistered: the key is taken and `override` is False, or was handed out already.
            UnresolvableService: the constructor's annotations cannot be read.
        """
        implementation = key if instance_or_class is None else instance_or_class
        if isinstance(implementation, type):
            recipe = Recipe(key, implementation, needs_of(implementation), opened_here=True)
        elif instance_or_class is None:
            raise BotCoreError(f"{name_of(key)} is a name; say which class or instance it stands for.")
        else:
            recipe = Recipe(key, lambda: implementation)
        self._shelf.add(recipe, override=override)

    @overload
    def register_factory[T](self, key: TypeForm[T], factory: Callable[..., T], *, override: bool = False) -> None: ...
    @overload
    def register_factory(self, key: str, factory: Callable[..., Any], *, override: bool = False) -> None: ...
    def register_factory(self, key: Any, factory: Callable[..., Any], *, override: bool = False) -> None:
        """Register a function or class that makes a new object each time; its parameters are wired.

        The new object belongs to whoever asked for it: the container does not close it.

        Raises:
            AlreadyRegistered: the key is taken and `override` is False, or was handed out already.
            UnresolvableService: the factory's annotations cannot be read.
        """
        self._shelf.add(Recipe(key, factory, needs_of(factory), shared=False), override=override)

    # Callable, not type[T]: with type[T] a type checker joins the two to `object` and sees no mistake.
    @overload
    def bind[T](self, key: TypeForm[T], implementation: Callable[..., T], *, override: bool = False) -> None: ...
    @overload
    def bind(self, key: str, implementation: type, *, override: bool = False) -> None: ...
    def bind(self, key: Any, implementation: Any, *, override: bool = False) -> None:
        """Serve `key` with the one `implementation` that there is, whatever else is bound to it.

        Args:
            key: An interface, or a name.
            implementation: A class; when it is not registered it is built as a singleton.
            override: Whether to replace what `key` was bound to.

        Raises:
            AlreadyRegistered: the key is taken and `override` is False, or was handed out already.
            UnresolvableService: the constructor's annotations cannot be read.
        """
        if key == implementation:
            raise BotCoreError(f"{name_of(key)} cannot be bound to itself; use register_singleton.")

        def same(implementation: Any) -> Any:
            return implementation

        same.__annotations__ = {"implementation": implementation}
        alias = Recipe(key, same, needs_of(same))
        implied = Recipe(implementation, implementation, needs_of(implementation), opened_here=True, implied=True)
        self._shelf.add(alias, override=override)
        if self._shelf.find(implementation) is None:
            self._shelf.add(implied, override=False)

    @overload
    def get(self, key: str) -> Any: ...
    @overload
    def get[T](self, key: type[T]) -> T: ...
    @overload
    def get[T](self, key: TypeForm[T]) -> T: ...
    def get(self, key: Any) -> Any:
        """The service registered under a type or a name; building it, and all it needs, the first time.

        Raises:
            UnresolvableService: nothing is registered for it or for something it needs; has the path.
        """
        try:
            return self._ready[key]
        except KeyError:
            return self._shelf.get(key)

    def build[T](self, cls: type[T], given: Mapping[str, object] | None = None) -> T:
        """Construct a class that is not registered, by its annotations; the object is the caller's.

        Args:
            cls: The class.
            given: What is handed in by the parameter's name, whatever its annotation; a name that no parameter has
                is ignored.

        Raises:
            UnresolvableService: something it needs cannot be had.
        """
        needs = needs_of(cls, given or ())
        wanted = {name: value for name, value in (given or {}).items() if name in signature(cls).parameters}
        return cast("T", self._shelf.construct(Recipe(cls, partial(cls, **wanted), needs, shared=False)))

    def validate(self, *roots: type) -> None:
        """Check that everything registered, and every class in `roots`, can be built; builds nothing.

        Raises:
            UnresolvableService: the first that cannot, with the whole path to what is missing.
        """
        # Roots first, so that a path starts at the command that cannot be had.
        starts = [*(Recipe(root, root, needs_of(root)) for root in roots), *self._shelf.recipes]
        graph.check(self._shelf.find, self._shelf.keys, starts)

    async def aclose(self, *, step_seconds: float = CLOSE_SECONDS) -> None:
        """Close what was built here, the last one first; afterwards nothing can be got any more.

        A service that fails or takes longer than `step_seconds` is logged and never stops the next.
        """
        await self._shelf.close(step_seconds)

    def __contains__(self, key: object) -> bool:
        """Whether something is registered under `key`."""
        return self._shelf.find(key) is not None

    def stage(self, owner: str) -> "StagedContainer":
        """A place where `owner` registers its services, to be taken over all at once or not at all."""
        return StagedContainer(self._shelf, owner)


class StagedContainer(ServiceContainer):
    """What one owner wants to add to a container: seen by nobody else until `commit`.

    It sees everything of the container behind it. To give up, close it: what was built on it is closed, and
    the container behind never knew.

    Args:
        behind: What the container behind it keeps.
        owner: Who registers here; named when a key clashes.
    """

    def __init__(self, behind: Shelf, owner: str) -> None:
        self._behind = behind
        self._use(behind.stage(owner))

    def commit(self) -> None:
        """Take everything over into the container behind, or nothing.

        What was built on the stage stays as it is and is closed with that container.

        Raises:
            AlreadyRegistered: a key was taken in the meantime, or handed out; nothing was taken over.
        """
        self._behind.take_over(self._shelf)
