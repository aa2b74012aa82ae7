"""Roles, and the order they stand in.

Source: developer documentation, "Create Guild Role" and "Modify Guild Role Positions".
"""

from dataclasses import dataclass, field
from typing import Any

from botcore_sandbox.errors import ApiError
from botcore_sandbox.state.permissions import Permissions
from botcore_sandbox.validation.form import Form
from botcore_sandbox.validation.lists import read_list
from botcore_sandbox.validation.problems import Problems

MAX_ROLES = 250
_MAX_COLOR = 0xFFFFFF
_BOOSTED = ("icon", "unicode_emoji")


@dataclass(slots=True)
class RoleDraft:
    """Validated fields of a role; None and absent keys of `looks` were not given."""

    name: str | None
    permissions: Permissions | None
    looks: dict[str, Any] = field(default_factory=dict)


def read_role(body: dict[str, Any]) -> RoleDraft:
    """A validated role.

    Raises:
        ApiError: 50035 with the tree of what is wrong, or 50101 for a picture, which needs boosts.
    """
    problems = Problems()
    form = Form(body, problems)
    draft = RoleDraft(form.text("name", low=1, high=100), form.bits("permissions"))
    _read_colors(form, draft.looks)
    for key in ("hoist", "mentionable"):
        value = form.flag(key)
        if value is not None:
            draft.looks[key] = value
    problems.raise_if_found()
    if any(form.raw(key) for key in _BOOSTED):
        raise ApiError.known(50101)
    return draft


def read_role_positions(body: Any) -> dict[int, int]:
    """New positions by the id of the role.

    Raises:
        ApiError: 50035, the error tree is keyed by the index.
    """
    positions = {}
    problems = Problems()
    for form in read_list(body, problems):
        role_id, position = form.snowflake("id", needed=True), form.integer("position", low=0)
        if role_id is not None and position is not None:
            positions[role_id] = position
    problems.raise_if_found()
    return positions


def _read_colors(form: Form, looks: dict[str, Any]) -> None:
    color = form.integer("color", low=0, high=_MAX_COLOR)
    if color is not None:
        looks["color"] = color
    colors = form.form("colors")
    if colors is None:
        return
    primary = colors.integer("primary_color", low=0, high=_MAX_COLOR, needed=True)
    secondary = colors.integer("secondary_color", low=0, high=_MAX_COLOR)
    tertiary = colors.integer("tertiary_color", low=0, high=_MAX_COLOR)
    if primary is not None:
        looks["color"] = primary
    if secondary is not None or tertiary is not None:
        raise ApiError.known(50101)
