"""The dataclass that a handler declares as its input, read once into fields.

Options of slash commands, payloads of custom ids and fields of modals are all dataclass fields; what is common to
them is found here, so that the three speak of types and references in the same way.
"""

import dataclasses
import types
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from botcore.commands.references import Ref
from botcore.commands.typed import DEFAULT_REFERENCES
from botcore.errors import BotCoreError


class InputDeclarationError(BotCoreError):
    """An author's input dataclass asks for something that cannot be had; the text says what to write instead."""


@dataclass(frozen=True, slots=True)
class NoInput:
    """The input of a command without options."""


MISSING: Any = dataclasses.MISSING


@dataclass(frozen=True, slots=True)
class InputField:
    """One field of an input dataclass.

    Args:
        name: the field's name.
        value_type: its type without ``Annotated`` and without ``| None``; for a `Literal` the type of its values.
        choices: the allowed values by the name a person reads, empty where any value will do.
        marks: the annotations beside the type (`Option`, `TextInput`, a `Ref` class, ...).
        default: what is used where nothing is given; `MISSING` where something must be.
        reference: the `Ref` class that loads the value: the one beside the type, or the one that belongs to the
            type, as to `When`; else ``None``.
    """

    name: str
    value_type: type[Any]
    choices: tuple[tuple[str, Any], ...]
    marks: tuple[Any, ...]
    default: Any
    reference: type[Ref[Any]] | None

    @property
    def required(self) -> bool:
        """Whether a value must be given."""
        return self.default is MISSING

    def mark[M](self, kind: type[M]) -> M | None:
        """Return the annotation of this kind, if there is one."""
        return next((mark for mark in self.marks if isinstance(mark, kind)), None)


def read_fields(input_type: Any, owner: str) -> tuple[InputField, ...]:
    """Read the fields of ``input_type``, in order.

    Args:
        input_type: a dataclass.
        owner: the handler's name, for the error.

    Raises:
        InputDeclarationError: if it is no dataclass or a field's type cannot be read.
    """
    if not (isinstance(input_type, type) and dataclasses.is_dataclass(input_type)):
        raise InputDeclarationError(
            f"{owner}: the input {input_type!r} is not a dataclass; write @dataclass(frozen=True, slots=True) above it."
        )
    try:
        hints = get_type_hints(input_type, include_extras=True)
    except NameError as error:
        raise InputDeclarationError(
            f"{owner}: {input_type.__name__} names a type that does not exist at run time ({error}); "
            "import it outside `if TYPE_CHECKING`."
        ) from error
    return tuple(
        _read_field(field, hints[field.name], f"{owner}.{field.name}") for field in dataclasses.fields(input_type)
    )


def _read_field(field: "dataclasses.Field[Any]", hint: Any, owner: str) -> InputField:
    marks: tuple[Any, ...] = ()
    if get_origin(hint) is Annotated:
        hint, *rest = get_args(hint)
        marks = tuple(rest)
    hint, optional = _without_none(hint, owner)
    default: Any = field.default
    if field.default_factory is not dataclasses.MISSING:
        default = field.default_factory()
    if default is MISSING and optional:
        default = None
    plain, choices = _choices(hint, owner)
    beside = next((mark for mark in marks if isinstance(mark, type) and issubclass(mark, Ref)), None)
    reference = DEFAULT_REFERENCES.get(plain) if beside is None else beside
    return InputField(field.name, plain, choices, marks, default, reference)


def _without_none(hint: Any, owner: str) -> tuple[Any, bool]:
    if get_origin(hint) not in {Union, types.UnionType}:
        return hint, False
    rest = [part for part in get_args(hint) if part is not types.NoneType]
    if len(rest) != 1:
        raise InputDeclarationError(f"{owner}: a field has one type, or one type and None; {hint} has {len(rest)}.")
    return rest[0], True


def _choices(hint: Any, owner: str) -> tuple[type[Any], tuple[tuple[str, Any], ...]]:
    if get_origin(hint) is Literal:
        values = get_args(hint)
        kinds = {type(value) for value in values}
        if len(kinds) != 1:
            raise InputDeclarationError(f"{owner}: the values of a Literal must be all text or all numbers.")
        return kinds.pop(), tuple((str(value), value) for value in values)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint, tuple((member.name.replace("_", " ").capitalize(), member) for member in hint)
    return hint, ()
