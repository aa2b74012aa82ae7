"""Bodies that are a list as a whole."""

from typing import Any

from botcore_sandbox.validation.form import Form, as_form
from botcore_sandbox.validation.problems import Problems


def read_list(body: Any, problems: Problems) -> list[Form]:
    """The objects of a list, with problems keyed by their index.

    Raises:
        ApiError: 50035, the body is no list.
    """
    if not isinstance(body, list):
        problems.add("LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
        problems.raise_if_found()
        return []
    forms = [as_form(item, problems.at(index)) for index, item in enumerate(body)]
    return [form for form in forms if form is not None]
