"""What an author can get wrong in a class and Python would accept: each is refused with what to write instead."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from botcore.commands import (
    BaseButton,
    BaseCommand,
    BaseListener,
    BaseMessageCommand,
    BaseModal,
    BaseSelect,
    BaseUserCommand,
    InteractionHandler,
)
from botcore.errors import FeatureError
from botcore.features.base import BaseFeature
from botcore.privacy import ImpersonalTable, PersonalTable

_ALIKE = 0.85

#: What each kind of class has to say, with an example; and the method that does its work.
_NEEDED: Mapping[type[Any], tuple[Mapping[str, str], str]] = {
    BaseCommand: ({"name": '"roll"', "description": '"Roll a die"'}, "process_command"),
    BaseMessageCommand: ({"name": '"Quote"'}, "process_message"),
    BaseUserCommand: ({"name": '"Greet"'}, "process_user"),
    BaseButton: ({"id": '"{feature}.vote"'}, "process_click"),
    BaseSelect: ({"id": '"{feature}.choose"'}, "process_choice"),
    BaseModal: ({"id": '"{feature}.write"', "title": '"Write it down"'}, "process_submit"),
    BaseListener: ({"event": '"member_join"'}, "handle"),
}


def check_feature_class(feature: type[BaseFeature]) -> None:
    """Refuse a name that is nearly one of `BaseFeature`'s, and what stands in `personal_data` and is no table.

    Raises:
        FeatureError: saying what is meant.
    """
    _check_personal_data(feature)
    for name in _own_names(feature, BaseFeature):
        near = _misspelt(name, feature, BaseFeature)
        if near is None and name.startswith("register_") and not hasattr(BaseFeature, name):
            near = "register_services, register_commands or register_listeners"
        if near is not None:
            raise FeatureError(
                feature.name, f"{feature.__name__}.{name} is nothing that botcore calls; did you mean {near}?"
            )


def _check_personal_data(feature: type[BaseFeature]) -> None:
    declared: object = feature.personal_data  # which an author may have written without its comma
    if not isinstance(declared, tuple) or not all(
        isinstance(each, PersonalTable | ImpersonalTable) for each in declared
    ):
        raise FeatureError(
            feature.name,
            f"{feature.__name__}.personal_data is no tuple of tables; write "
            f'personal_data = (bc.PersonalTable("{feature.name}_...", ...),), with the comma after the last one',
        )


def check_class(declared: type[InteractionHandler[Any]] | type[BaseListener], feature: str) -> None:
    """Refuse a command, component, form or listener that leaves out what it needs, or misspells it.

    Args:
        declared: the class.
        feature: whose it is.

    Raises:
        FeatureError: saying what to write.
    """
    found = next(((base, needed) for base, needed in _NEEDED.items() if issubclass(declared, base)), None)
    if found is None:
        return
    base, (attributes, method) = found
    for name in _own_names(declared, base):
        near = _misspelt(name, declared, base)
        if near is not None:
            raise FeatureError(
                feature, f"{declared.__name__}.{name} is nothing that botcore reads or calls; did you mean {near}?"
            )
    for name, example in attributes.items():
        if not isinstance(getattr(declared, name, None), str) or not getattr(declared, name):
            raise FeatureError(
                feature,
                f"{declared.__name__} has no {name}; write `{name} = {example.format(feature=feature)}` in the class",
            )
    opens = issubclass(declared, InteractionHandler) and not issubclass(declared, BaseModal)
    if getattr(declared, method) is getattr(base, method) and not (opens and getattr(declared, "opens", None)):
        form = ", or name a form in `opens`" if opens else ""
        raise FeatureError(feature, f"{declared.__name__} does nothing; write `async def {method}(...)`{form}")


def _own_names(declared: type[Any], base: type[Any]) -> Iterator[str]:
    """The public names that a class adds to its base."""
    for each in declared.__mro__:
        if each in base.__mro__:
            continue
        yield from (name for name in vars(each) if not name.startswith("_"))


def _misspelt(name: str, declared: type[Any], base: type[Any]) -> str | None:
    """The name of the base that was meant, if one is nearly the same, of the same kind, and left as it was."""
    known = {*dir(base), *(key for each in base.__mro__ for key in getattr(each, "__annotations__", {}))}
    if name in known:
        return None
    method = callable(getattr(declared, name))
    candidates = [
        each
        for each in known
        if not each.startswith("_")
        and callable(getattr(base, each, None)) == method
        and getattr(declared, each, None) is getattr(base, each, None)
    ]
    return next(iter(get_close_matches(name, candidates, n=1, cutoff=_ALIKE)), None)
