"""A request as routes see it, and their answer; no web framework beyond this line."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from botcore_sandbox.errors import ApiError
from botcore_sandbox.gateway.hub import Gateway
from botcore_sandbox.state.drafts import Upload
from botcore_sandbox.state.snowflake import MAX_SNOWFLAKE
from botcore_sandbox.state.world import World
from botcore_sandbox.validation.form import Form
from botcore_sandbox.validation.problems import Problems

_TRUE = frozenset({"1", "true", "True"})
_FALSE = frozenset({"0", "false", "False"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: a status and a JSON body (None: no body at all)."""

    status: int
    body: Any = None


NO_CONTENT = Answer(204)


@dataclass(slots=True)
class Call:
    """One request.

    `body` is the parsed JSON (of `payload_json` in a multipart request), None when there was none.
    """

    world: World
    gateway: Gateway
    params: Mapping[str, str]
    query: Mapping[str, str]
    body: Any = None
    uploads: list[Upload] = field(default_factory=list)
    reason: str | None = None
    """Why, for the audit log."""

    def id(self, name: str) -> int:
        """A snowflake of the path.

        Raises:
            ApiError: It is no snowflake; Discord names the parameter in the error tree.
        """
        return _snowflake(name, self.params[name])

    def query_id(self, name: str) -> int | None:
        """A snowflake of the query, if given.

        Raises:
            ApiError: It is no snowflake.
        """
        value = self.query.get(name)
        return None if value is None else _snowflake(name, value)

    def query_number(self, name: str, *, default: int, lowest: int, highest: int) -> int:
        """A whole number of the query.

        Raises:
            ApiError: It is no number or out of range.
        """
        value = self.query.get(name)
        if value is None:
            return default
        if not (value.isascii() and value.isdecimal() and len(value) < 10):  # noqa: PLR2004 - fits an int32
            raise _field_error(name, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
        number = int(value)
        if number < lowest:
            raise _field_error(name, "NUMBER_TYPE_MIN", f"int value should be greater than or equal to {lowest}.")
        if number > highest:
            raise _field_error(name, "NUMBER_TYPE_MAX", f"int value should be less than or equal to {highest}.")
        return number

    def query_moment(self, name: str) -> datetime | None:
        """A point in time of the query, taken as UTC when it names no offset.

        Raises:
            ApiError: It is none.
        """
        problems = Problems()
        moment = Form(dict(self.query), problems).moment(name)
        problems.raise_if_found()
        return moment

    def query_flag(self, name: str) -> bool:
        """A yes or no of the query; it is a no where nothing is said.

        Raises:
            ApiError: It is neither.
        """
        value = self.query.get(name, "false")
        if value not in _TRUE | _FALSE:
            raise _field_error(name, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.")
        return value in _TRUE


type Handler = Callable[[Call], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Route:
    """One line of a route table; `public` routes need no bot token in the header."""

    method: str
    path: str
    handler: Handler
    public: bool = False


def _snowflake(name: str, value: str) -> int:
    if value.isascii() and value.isdecimal() and len(value) <= 20:  # noqa: PLR2004 - digits of 2**64
        number = int(value)
        if number <= MAX_SNOWFLAKE:
            return number
    raise _field_error(name, "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.')


def _field_error(name: str, code: str, message: str) -> ApiError:
    return ApiError.invalid_form({name: {"_errors": [{"code": code, "message": message}]}})
