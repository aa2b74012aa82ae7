"""Webhooks of channels, and what is peculiar to their messages.

Source: developer documentation, "Create Webhook" and "Execute Webhook".
"""

from dataclasses import dataclass
from typing import Any

from botcore_sandbox.validation.form import Form
from botcore_sandbox.validation.links import check_link
from botcore_sandbox.validation.pictures import read_picture
from botcore_sandbox.validation.problems import Problems

_MAX_NAME = 80
_FORBIDDEN = ("clyde", "discord")


@dataclass(frozen=True, slots=True)
class Appearance:
    """Under which name a message of a webhook comes, and the name of the post that it opens in a forum."""

    username: str | None
    thread_name: str | None


def read_webhook(body: dict[str, Any], *, new: bool) -> tuple[str | None, int | None]:
    """A webhook's name and the channel that it moves to.

    Raises:
        ApiError: 50035 with the tree of what is wrong.
    """
    problems = Problems()
    form = Form(body, problems)
    name = _read_name(form, "name", needed=new or form.mentions("name"))
    read_picture(form, "avatar")
    channel_id = form.snowflake("channel_id")
    problems.raise_if_found()
    return name, channel_id


def read_appearance(body: dict[str, Any]) -> Appearance:
    """How a message of a webhook looks.

    Raises:
        ApiError: 50035 with the tree of what is wrong.
    """
    problems = Problems()
    form = Form(body, problems)
    username = _read_name(form, "username", needed=False)
    picture = form.text("avatar_url", high=2_048)
    if picture:
        check_link(problems.at("avatar_url"), picture)
    thread_name = form.text("thread_name", low=1, high=100, strip=True)
    problems.raise_if_found()
    return Appearance(username, thread_name)


def _read_name(form: Form, key: str, *, needed: bool) -> str | None:
    name = form.text(key, low=1, high=_MAX_NAME, needed=needed, strip=True)
    for word in _FORBIDDEN:
        if name is not None and word in name.lower():
            form.problems.at(key).add("USERNAME_INVALID_CONTAINS", f'Username cannot contain "{word}"')
    return name
