"""Reading one JSON object field by field, noting every problem instead of stopping at the first."""

import math
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from botcore_sandbox.state.permissions import ALL_PERMISSIONS, Permissions
from botcore_sandbox.state.snowflake import MAX_SNOWFLAKE
from botcore_sandbox.validation.problems import Problems, bad_length, not_among, required


class Form:
    """An object of a request; absent and null count alike, except for `mentions`."""

    def __init__(self, fields: Mapping[str, Any], problems: Problems) -> None:
        self.fields = fields
        self.problems = problems

    def mentions(self, key: str) -> bool:
        """Whether the key is there at all, be it null."""
        return key in self.fields

    def raw(self, key: str) -> Any:
        """The value as it came."""
        return self.fields.get(key)

    def text(self, key: str, *, low: int = 0, high: int, needed: bool = False, strip: bool = False) -> str | None:
        """A string of a length within bounds; `strip` takes white space away before it is counted."""
        value = self.fields.get(key)
        problems = self.problems.at(key)
        if value is None:
            if needed:
                required(problems)
            return None
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            problems.add("STRING_TYPE_CONVERT", f'Could not interpret "{_short(value)}" as string.')
            return None
        text = str(value).strip() if strip else str(value)
        if needed and not text:
            required(problems)
            return None
        if not low <= len(text) <= high:
            bad_length(problems, low, high)
            return None
        return text

    def integer(self, key: str, *, low: int | None = None, high: int | None = None, needed: bool = False) -> int | None:
        """A whole number within bounds; a string of digits counts as one."""
        value = self.fields.get(key)
        problems = self.problems.at(key)
        if value is None:
            if needed:
                required(problems)
            return None
        number = whole_number(value)
        if number is None:
            problems.add("NUMBER_TYPE_COERCE", f'Value "{_short(value)}" is not int.')
            return None
        if low is not None and number < low:
            problems.add("NUMBER_TYPE_MIN", f"int value should be greater than or equal to {low}.")
            return None
        if high is not None and number > high:
            problems.add("NUMBER_TYPE_MAX", f"int value should be less than or equal to {high}.")
            return None
        return number

    def number(self, key: str) -> float | int | None:
        """A number with or without a fraction."""
        value = self.fields.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            self.problems.at(key).add("NUMBER_TYPE_COERCE", f'Value "{_short(value)}" is not float.')
            return None
        return value

    def flag(self, key: str) -> bool | None:
        """True or false."""
        value = self.fields.get(key)
        if value is None or isinstance(value, bool):
            return value
        self.problems.at(key).add("BOOLEAN_TYPE_CONVERT", "Must be either true or false.")
        return None

    def choice(self, key: str, choices: Iterable[int], *, needed: bool = False) -> int | None:
        """One of a few numbers."""
        known = list(choices)
        value = self.integer(key, needed=needed)
        if value is not None and value not in known:
            not_among(self.problems.at(key), f"({', '.join(map(str, known))})")
            return None
        return value

    def kind(self, kinds: tuple[int, ...]) -> int | None:
        """The `type` that says which kind of object this is; another one is a problem of the object as a whole."""
        value = self.integer("type", needed=True)
        if value is not None and value not in kinds:
            self.problems.add("UNION_TYPE_CHOICES", f'Value of field "type" must be one of {kinds!r}.')
            return None
        return value

    def snowflake(self, key: str, *, needed: bool = False) -> int | None:
        """An id, as a string or a number."""
        value = self.fields.get(key)
        problems = self.problems.at(key)
        if value is None:
            if needed:
                required(problems)
            return None
        number = whole_number(value)
        if number is None or not 0 <= number <= MAX_SNOWFLAKE:
            problems.add("NUMBER_TYPE_COERCE", f'Value "{_short(value)}" is not snowflake.')
            return None
        return number

    def instant(self, key: str) -> str | None:
        """A point in time in ISO 8601 form."""
        value = self.fields.get(key)
        if value is None:
            return None
        try:
            datetime.fromisoformat(str(value))
        except ValueError:
            self.problems.at(key).add("DATE_TIME_TYPE_PARSE", f"Could not parse {_short(value)}. Should be ISO8601.")
            return None
        return str(value)

    def moment(self, key: str, *, needed: bool = False) -> datetime | None:
        """A point in time, taken as UTC when it names no offset."""
        if needed and self.fields.get(key) is None:
            required(self.problems.at(key))
        text = self.instant(key)
        if text is None:
            return None
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment

    def bits(self, key: str) -> Permissions | None:
        """Permission bits, as a string of digits or a number; bits that nobody knows are ignored."""
        value = self.fields.get(key)
        if value is None:
            return None
        number = int(value) if isinstance(value, str) and _is_number(value) else whole_number(value)
        if number is None or number < 0:
            self.problems.at(key).add("NUMBER_TYPE_COERCE", f'Value "{_short(value)}" is not int.')
            return None
        return Permissions(number & int(ALL_PERMISSIONS))

    def ids(self, key: str, *, high: int) -> list[int] | None:
        """A list of ids, each as a string or a number."""
        items = self.items(key, high=high)
        if items is None:
            return None
        numbered = Form({str(index): item for index, item in enumerate(items)}, self.problems.at(key))
        read = [numbered.snowflake(str(index), needed=True) for index in range(len(items))]
        return [number for number in read if number is not None]

    def form(self, key: str, *, needed: bool = False) -> "Form | None":
        """An object inside this one."""
        value = self.fields.get(key)
        problems = self.problems.at(key)
        if value is None:
            if needed:
                required(problems)
            return None
        return as_form(value, problems)

    def items(self, key: str, *, low: int = 0, high: int, needed: bool = False) -> list[Any] | None:
        """A list of a length within bounds."""
        value = self.fields.get(key)
        problems = self.problems.at(key)
        if value is None:
            if needed:
                required(problems)
            return None
        if not isinstance(value, list):
            problems.add("LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            return None
        if not low <= len(value) <= high:
            bad_length(problems, low, high)
            return None
        return value

    def numbers(self, key: str, known: tuple[int, ...], *, low: int = 0) -> list[int] | None:
        """A list of some of a few numbers, each at most once."""
        items = self.items(key, low=low, high=len(known))
        for index, item in enumerate(items or ()):
            if isinstance(item, bool) or item not in known:
                not_among(self.problems.at(key, index), f"({', '.join(map(str, known))})")
        self.refuse_repeated(key, items)
        return items

    def refuse_repeated(self, key: str, items: list[Any] | None) -> None:
        """Note those items of a list that stood in it before."""
        for index, item in enumerate(items or ()):
            if item in (items or ())[:index]:
                self.problems.at(key, index).add(
                    "SET_TYPE_ALREADY_CONTAINS_VALUE", "The set already contains this value"
                )

    def forms(self, key: str, *, low: int = 0, high: int, needed: bool = False) -> "list[Form] | None":
        """A list of objects."""
        items = self.items(key, low=low, high=high, needed=needed)
        if items is None:
            return None
        forms = [as_form(item, self.problems.at(key, index)) for index, item in enumerate(items)]
        return [form for form in forms if form is not None]


def as_form(value: Any, problems: Problems) -> Form | None:
    """A value as an object, or the problem that it is none."""
    if isinstance(value, dict):
        return Form(value, problems)
    problems.add("MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
    return None


def whole_number(value: Any) -> int | None:
    """A JSON value as an int, if it is one; a string of digits counts, as it does on Discord."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str):
        digits = value.removeprefix("-")
        if digits.isascii() and digits.isdecimal() and len(digits) <= 20:  # noqa: PLR2004 - digits of 2**64
            return int(value)
    return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 30  # noqa: PLR2004 - more digits than any bit set has


def _short(value: Any) -> str:
    return str(value)[:100]
