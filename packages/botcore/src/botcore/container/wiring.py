"""Reading what a constructor or a factory needs from its annotations, which are the only wiring there is."""

import inspect
import types
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints

from botcore.errors import UnresolvableService

type Key = Any
"""What a service is registered under: a type, or a string name; always hashable."""

_OPEN_ENDED = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


@dataclass(frozen=True, slots=True)
class Need:
    """One parameter that the container fills.

    Attributes:
        parameter: Its name.
        key: What is looked up for it.
        has_default: Whether it can be left out when nothing is registered for `key`.
    """

    parameter: str
    key: Key
    has_default: bool = False


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one key is served.

    Attributes:
        key: The type or name that it is registered under.
        build: Makes the service out of `needs`, given by name.
        needs: What `build` wants.
        shared: Whether everybody gets the same one.
        opened_here: Whether the container makes it, and so has to close it.
        implied: Whether it only exists because something was bound to it; a registration replaces it.
        owner: Who registered it, if known.
    """

    key: Key
    build: Callable[..., Any]
    needs: tuple[Need, ...] = ()
    shared: bool = True
    opened_here: bool = False
    implied: bool = False
    owner: str | None = None


def name_of(key: Key) -> str:
    """A key as people read it: `Clock`, or `'calendar_service'`."""
    if isinstance(key, type) and get_origin(key) is None:
        return key.__name__
    return repr(key)


def needs_of(build: Callable[..., Any], given: Collection[str] = ()) -> tuple[Need, ...]:
    """What the constructor of a class, or a function, wants to be given.

    `X | None` asks for `X`. `*args` and `**kwargs` are left empty.

    Args:
        build: The class or function.
        given: Parameters that somebody else fills.

    Raises:
        UnresolvableService: an annotation is missing or cannot be read; the sentence says which and why.
    """
    path = (name_of(build) if isinstance(build, type) else getattr(build, "__qualname__", repr(build)),)
    try:
        parameters = _wanted(build, given)
        hints = get_type_hints(_annotated(build)) if parameters else {}
    except (NameError, AttributeError) as error:
        reason = (
            f"its annotation {error.name!r} does not exist while the bot runs; "
            "import it outside `if TYPE_CHECKING:`, because annotations are the wiring"
        )
        raise UnresolvableService(path, reason) from error
    except (TypeError, ValueError, SyntaxError) as error:
        reason = f"its parameters cannot be read ({error}); register an instance or a factory instead"
        raise UnresolvableService(path, reason) from error
    needs = []
    for parameter in parameters:
        has_default = parameter.default is not inspect.Parameter.empty
        if parameter.name in hints and parameter.kind is not inspect.Parameter.POSITIONAL_ONLY:
            needs.append(Need(parameter.name, _key_in(hints[parameter.name]), has_default))
        elif not has_default:
            missing = "must not be positional-only" if parameter.name in hints else "has no annotation"
            reason = f"its parameter {parameter.name!r} {missing}; annotations and names are the wiring"
            raise UnresolvableService(path, reason)
    return tuple(needs)


def _wanted(build: Callable[..., Any], given: Collection[str]) -> list[inspect.Parameter]:
    """The parameters that have to be filled."""
    parameters = inspect.signature(build).parameters.values()
    return [each for each in parameters if each.kind not in _OPEN_ENDED and each.name not in given]


def _annotated(build: Callable[..., Any]) -> Any:
    """The function that carries the annotations: a class's constructor, or the function itself."""
    cls: Any = build
    if not isinstance(build, type):
        return build
    return cls.__new__ if cls.__init__ is object.__init__ else cls.__init__


def _key_in(annotation: Any) -> Key:
    """The key that an annotation asks for: the annotation itself, without `| None`."""
    key = annotation
    if get_origin(annotation) in {Union, types.UnionType}:
        others = [part for part in get_args(annotation) if part is not types.NoneType]
        if len(others) == 1:
            key = others[0]
    return key
