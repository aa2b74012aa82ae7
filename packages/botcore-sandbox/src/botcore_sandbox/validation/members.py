"""Members and bans.

Source: developer documentation, "Modify Guild Member" and "Create Guild Ban".
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from botcore_sandbox.validation.form import Form
from botcore_sandbox.validation.pictures import read_picture
from botcore_sandbox.validation.problems import Problems

_MAX_ROLES = 350
_MAX_TIMEOUT = timedelta(days=28)
_WEEK_SECONDS = 7 * 24 * 60 * 60
_MAX_BULK_BAN = 200
_MAX_BIO = 190


@dataclass(slots=True)
class MemberDraft:
    """What a request says about a member; a name in `given` was mentioned, and None then clears it."""

    given: frozenset[str]
    nick: str | None = None
    role_ids: list[int] | None = None
    timed_out_until: datetime | None = None
    mute: bool | None = None
    deaf: bool | None = None


def read_member(body: dict[str, Any], now: datetime) -> MemberDraft:
    """Validated changes of a member.

    Raises:
        ApiError: 50035 with the tree of what is wrong.
    """
    problems = Problems()
    form = Form(body, problems)
    draft = MemberDraft(frozenset(body))
    draft.nick = form.text("nick", high=32) or None
    draft.role_ids = form.ids("roles", high=_MAX_ROLES)
    draft.timed_out_until = form.moment("communication_disabled_until")
    draft.mute, draft.deaf = form.flag("mute"), form.flag("deaf")
    form.text("bio", high=_MAX_BIO)
    read_picture(form, "avatar")
    read_picture(form, "banner")
    form.snowflake("channel_id")
    form.integer("flags", low=0)
    if draft.timed_out_until is not None and draft.timed_out_until - now > _MAX_TIMEOUT:
        problems.at("communication_disabled_until").add(
            "SANDBOX_TIMEOUT_TOO_LONG", "A timeout can last 28 days at most."
        )
    if draft.role_ids is not None and len(set(draft.role_ids)) < len(draft.role_ids):
        problems.at("roles").add("SET_TYPE_ALREADY_CONTAINS_VALUE", "The set already contains this value")
    problems.raise_if_found()
    return draft


def read_ban(body: dict[str, Any]) -> int:
    """How many seconds back a banned user's messages are deleted.

    Raises:
        ApiError: 50035 with the tree of what is wrong.
    """
    problems = Problems()
    form = Form(body, problems)
    seconds = form.integer("delete_message_seconds", low=0, high=_WEEK_SECONDS)
    days = form.integer("delete_message_days", low=0, high=7)
    problems.raise_if_found()
    return seconds if seconds is not None else (days or 0) * 24 * 60 * 60


def read_bulk_ban(body: dict[str, Any]) -> tuple[list[int], int]:
    """Whom to ban at once, and how many seconds back their messages are deleted.

    Raises:
        ApiError: 50035 with the tree of what is wrong.
    """
    problems = Problems()
    form = Form(body, problems)
    form.items("user_ids", low=1, high=_MAX_BULK_BAN, needed=True)
    seconds = form.integer("delete_message_seconds", low=0, high=_WEEK_SECONDS)
    problems.raise_if_found()
    user_ids = form.ids("user_ids", high=_MAX_BULK_BAN) or []
    problems.raise_if_found()
    return list(dict.fromkeys(user_ids)), seconds or 0
