"""Threads.

Source: developer documentation, "Start Thread from Message", "Start Thread without Message", "Start Thread in
Forum or Media Channel" and "Modify Channel".
"""

from dataclasses import dataclass, field
from typing import Any

from botcore_sandbox.state.channels import Channel, ChannelType
from botcore_sandbox.validation.channels import ARCHIVE_AFTER, MAX_SLOW_MODE
from botcore_sandbox.validation.form import Form
from botcore_sandbox.validation.problems import Problems

_MAX_TAGS = 5
_STARTABLE = (ChannelType.ANNOUNCEMENT_THREAD, ChannelType.PUBLIC_THREAD, ChannelType.PRIVATE_THREAD)


@dataclass(slots=True)
class ThreadDraft:
    """Validated fields of a thread; `fields` holds what was given, under the names of the state."""

    name: str | None = None
    type: ChannelType | None = None
    fields: dict[str, Any] = field(default_factory=dict)


def read_thread(body: dict[str, Any], parent: Channel, *, edited: bool = False) -> ThreadDraft:
    """A validated thread of a channel; `edited` is True for one that is there already.

    Raises:
        ApiError: 50035 with the tree of what is wrong.
    """
    problems = Problems()
    form = Form(body, problems)
    draft = ThreadDraft(form.text("name", low=1, high=100, needed=not edited, strip=True))
    kind = None if edited else form.choice("type", _STARTABLE)
    draft.type = None if kind is None else ChannelType(kind)
    after = form.choice("auto_archive_duration", ARCHIVE_AFTER)
    slow = form.integer("rate_limit_per_user", low=0, high=MAX_SLOW_MODE)
    for name, value in (
        ("auto_archive_minutes", after),
        ("slow_mode", slow),
        ("invitable", form.flag("invitable")),
        ("archived", form.flag("archived") if edited else None),
        ("locked", form.flag("locked") if edited else None),
        ("flags", form.integer("flags", low=0) if edited else None),
    ):
        if value is not None:
            draft.fields[name] = value
    tag_ids = form.ids("applied_tags", high=_MAX_TAGS)
    if tag_ids is not None:
        known = {tag.id for tag in parent.tags}
        for index, tag_id in enumerate(tag_ids):
            if tag_id not in known:
                problems.at("applied_tags", index).add("SANDBOX_UNKNOWN_TAG", "The forum has no such tag.")
        draft.fields["tag_ids"] = tag_ids
    problems.raise_if_found()
    return draft


def read_first_message(body: dict[str, Any]) -> dict[str, Any]:
    """The body of the message that a post of a forum starts with.

    Raises:
        ApiError: 50035, there is none.
    """
    problems = Problems()
    message = Form(body, problems).form("message", needed=True)
    problems.raise_if_found()
    return {} if message is None else dict(message.fields)
