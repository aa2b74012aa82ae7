"""What a row of the table is, and the errors that Discord has a standing sentence for."""

from dataclasses import dataclass, field
from typing import Any

type Problem = tuple[str, str]
"""An error code and its sentence."""


@dataclass(frozen=True, slots=True)
class Case:
    """A request that has to be refused.

    Attributes:
        what: The mistake, in a few words.
        body: The body of the request.
        problems: Each place of the error tree, such as `embeds.0.title` (empty: the whole body), with what is wrong.
        described: Whether Discord's OpenAPI description refuses the body as well.
        code: Discord's JSON error code; 50035 comes with the tree.
        status: The HTTP status.
        message: Discord's sentence.
    """

    what: str
    body: Any
    problems: dict[str, Problem | list[Problem]] = field(default_factory=dict)
    described: bool = False
    code: int = 50035
    status: int = 400
    message: str = "Invalid Form Body"

    def answer(self, *, under: str = "") -> dict[str, Any]:
        """The whole body of the refusal; `under` is where the tree hangs, such as `data`."""
        if not self.problems:
            return {"message": self.message, "code": self.code}
        errors: dict[str, Any] = {}
        for place, problems in self.problems.items():
            node = errors
            for key in ".".join(filter(None, (under, place))).split("."):
                node = node.setdefault(key, {}) if key else node
            listed = problems if isinstance(problems, list) else [problems]
            node["_errors"] = [{"code": code, "message": message} for code, message in listed]
        return {"message": self.message, "code": self.code, "errors": errors}


def plain(what: str, body: Any, code: int, message: str, *, described: bool = False) -> Case:
    """A request that is refused by a code of its own, without a tree."""
    return Case(what, body, described=described, code=code, message=message)


NEEDED: Problem = ("BASE_TYPE_REQUIRED", "This field is required")
NO_LIST: Problem = ("LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
NO_OBJECT: Problem = ("MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
NO_FLAG: Problem = ("BOOLEAN_TYPE_CONVERT", "Must be either true or false.")
REPEATED: Problem = ("SET_TYPE_ALREADY_CONTAINS_VALUE", "The set already contains this value")
NO_URL: Problem = ("URL_TYPE_INVALID_URL", "Not a well formed URL.")


def at_most(high: int) -> Problem:
    """A text or list that is too long."""
    return "BASE_TYPE_MAX_LENGTH", f"Must be {high} or fewer in length."


def at_least(low: int) -> Problem:
    """A list that is too short."""
    return "BASE_TYPE_MIN_LENGTH", f"Must be {low} or more in length."


def between(low: int, high: int) -> Problem:
    """A text or list that is too short or too long."""
    return "BASE_TYPE_BAD_LENGTH", f"Must be between {low} and {high} in length."


def no_more_than(high: int) -> Problem:
    """A number that is too large."""
    return "NUMBER_TYPE_MAX", f"int value should be less than or equal to {high}."


def no_less_than(low: int) -> Problem:
    """A number that is too small."""
    return "NUMBER_TYPE_MIN", f"int value should be greater than or equal to {low}."


def no_number(value: str, kind: str = "int") -> Problem:
    """A value that should be a number or an id."""
    return "NUMBER_TYPE_COERCE", f'Value "{value}" is not {kind}.'


def one_of(choices: str) -> Problem:
    """A value that is none of a few."""
    return "BASE_TYPE_CHOICES", f"Value must be one of {choices}."


def kind_of(*kinds: int) -> Problem:
    """An object of a type that has no place there."""
    return "UNION_TYPE_CHOICES", f'Value of field "type" must be one of {kinds!r}.'


def scheme(used: str, *allowed: str) -> Problem:
    """A URL of another scheme."""
    return "URL_TYPE_INVALID_SCHEME", f'Scheme "{used}" is not supported. Scheme must be one of {allowed!r}.'
