"""Collecting field errors in the tree form that Discord answers with."""

from typing import Any

from botcore_sandbox.errors import ApiError


class Problems:
    """The field errors found so far, seen from one place of the request.

    Every view made by `at` writes into the same tree, below its own path.
    """

    def __init__(self, *path: str) -> None:
        self._tree: dict[str, Any] = {}
        self._path: tuple[str, ...] = path

    def at(self, *keys: str | int) -> "Problems":
        """The same collection, one or more levels deeper."""
        deeper = Problems(*self._path, *map(str, keys))
        deeper._tree = self._tree
        return deeper

    def add(self, code: str, message: str) -> None:
        """Note an error at this place."""
        node = self._tree
        for key in self._path:
            node = node.setdefault(key, {})
        node.setdefault("_errors", []).append({"code": code, "message": message})

    @property
    def found(self) -> bool:
        """Whether there is any, anywhere in the request."""
        return bool(self._tree)

    def raise_if_found(self) -> None:
        """Refuse the request if anything was found.

        Raises:
            ApiError: 50035 with the whole tree.
        """
        if self._tree:
            raise ApiError.invalid_form(_deepest(self._tree))


def _deepest(node: dict[str, Any]) -> dict[str, Any]:
    """A tree in which a place has errors of its own or below it, not both: what is inside is judged first."""
    inner = {key: _deepest(child) for key, child in node.items() if key != "_errors"}
    return inner or node


def required(problems: Problems) -> None:
    """A field is missing."""
    problems.add("BASE_TYPE_REQUIRED", "This field is required")


def bad_length(problems: Problems, low: int, high: int) -> None:
    """A string or list is shorter or longer than it may be."""
    if low == 0:
        problems.add("BASE_TYPE_MAX_LENGTH", f"Must be {high} or fewer in length.")
    else:
        problems.add("BASE_TYPE_BAD_LENGTH", f"Must be between {low} and {high} in length.")


def not_among(problems: Problems, choices: str) -> None:
    """A value is none of the documented ones."""
    problems.add("BASE_TYPE_CHOICES", f"Value must be one of {choices}.")
