"""Settings by their dotted keys: which there are, and how a model takes what was typed as text."""

import json
from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, SecretBytes, SecretStr
from pydantic.fields import FieldInfo

_COLLECTIONS = (list, tuple, set, frozenset, dict)


def types_in(annotation: Any) -> Iterator[Any]:
    """Every alternative of a field's annotation, without its wrapping."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from types_in(get_args(annotation)[0])
    elif origin in {Union, UnionType}:
        for each in get_args(annotation):
            yield from types_in(each)
    else:
        yield annotation


def submodel(field: FieldInfo) -> type[BaseModel] | None:
    """The model of a field that is a table itself."""
    for each in types_in(field.annotation):
        if isinstance(each, type) and issubclass(each, BaseModel):
            return each
    return None


def is_secret(field: FieldInfo) -> bool:
    """Whether the field's type says that its value must not be seen."""
    return any(each in {SecretStr, SecretBytes} for each in types_in(field.annotation))


def fields_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields by the names that an operator writes."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def leaf_keys(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Every key that can be set, with dots."""
    for name, field in fields_of(model).items():
        below = submodel(field)
        if below is None:
            yield f"{prefix}{name}", field
        else:
            yield from leaf_keys(below, f"{prefix}{name}.")


def flatten(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """The values of nested tables by their dotted keys."""
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from flatten(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def nest(values: Mapping[str, Any]) -> dict[str, Any]:
    """The opposite of `flatten`; no key may be the beginning of another."""
    table: dict[str, Any] = {}
    for key, value in values.items():
        *path, name = key.split(".")
        at = table
        for part in path:
            at = at.setdefault(part, {})
        at[name] = value
    return table


def read_lists(model: type[BaseModel], table: Mapping[str, Any]) -> dict[str, Any]:
    """The table, with lists that were typed as one text (`polls, dice` or JSON) taken apart.

    An environment variable is always text. pydantic reads numbers and truth values from it, but no lists.
    """
    fields = fields_of(model)
    return {name: _read(fields[name], value) if name in fields else value for name, value in table.items()}


def _read(field: FieldInfo, value: Any) -> Any:
    below = submodel(field)
    if below is not None and isinstance(value, Mapping):
        return read_lists(below, value)
    kinds = {get_origin(each) or each for each in types_in(field.annotation)}
    if not isinstance(value, str) or str in kinds or kinds.isdisjoint(_COLLECTIONS):
        return value
    if value.lstrip().startswith(("[", "{")):
        try:
            return json.loads(value)
        except ValueError:
            return value  # the model says what it expected
    return value if dict in kinds else [part.strip() for part in value.split(",") if part.strip()]
