"""Message bodies: of channels, interaction callbacks and webhooks.

Source of the limits: developer documentation, "Create Message", "Edit Message" and "Allowed Mentions Object".
"""

from collections.abc import Sequence
from typing import Any

from botcore_sandbox.errors import ApiError
from botcore_sandbox.state.drafts import AllowedMentions, Draft, Upload
from botcore_sandbox.state.messages import NO_FLAGS, Message, MessageFlags
from botcore_sandbox.validation.components import read_components
from botcore_sandbox.validation.embeds import read_embeds
from botcore_sandbox.validation.form import Form
from botcore_sandbox.validation.polls import read_poll
from botcore_sandbox.validation.problems import Problems

MAX_CONTENT = 2_000
_MAX_NONCE = 25
_MAX_MENTIONS = 100
_MAX_FILES = 10
_MENTION_KINDS = ("roles", "users", "everyone")
_NOT_YET = ("sticker_ids", "shared_client_theme")


def read_message(
    body: dict[str, Any],
    uploads: Sequence[Upload],
    *,
    edited: Message | None = None,
    under: tuple[str, ...] = (),
) -> Draft:
    """A validated message body; `edited` is the message it changes, `under` the path of the body.

    Raises:
        ApiError: 50035 with the tree of what is wrong, or 50006 when nothing would be left to show.
    """
    problems = Problems(*under)
    form = Form(body, problems)
    draft = Draft(uploads=list(uploads))
    _read_flags(form, draft)
    v2 = _is_v2(draft, edited)
    if form.mentions("content"):
        draft.content = (form.text("content", high=MAX_CONTENT) or "").strip()
    draft.embeds = read_embeds(form)
    draft.components = read_components(form, v2=v2, files=_file_names(draft, edited))
    if edited is None:
        draft.poll = read_poll(form)
    _read_attachments(form, draft, edited)
    draft.allowed_mentions = _read_allowed_mentions(form)
    draft.tts = bool(form.flag("tts"))
    _read_nonce(form, draft)
    _read_reference(form, draft)
    for key in _NOT_YET:
        if form.raw(key):
            problems.at(key).add("SANDBOX_NOT_SUPPORTED", f"The sandbox does not know `{key}` yet.")
    if v2:
        _refuse_legacy(problems, draft, edited)
    problems.raise_if_found()
    if _is_empty(draft, edited):
        raise ApiError.known(50006)
    return draft


def _refuse_legacy(problems: Problems, draft: Draft, edited: Message | None) -> None:
    """Beside a layout there is nothing else; an edit that makes a layout of a message has to clear what was there."""
    content, embeds, poll = draft.content, draft.embeds, draft.poll is not None
    if edited is not None:
        content = edited.content if content is None else content
        embeds = edited.embeds if embeds is None else embeds
        poll = poll or edited.poll is not None
    for key, value in (("content", content), ("embeds", embeds), ("poll", poll)):
        if value:
            problems.at(key).add(
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
            )


def _file_names(draft: Draft, edited: Message | None) -> frozenset[str]:
    """What `attachment://` may name: files of this request, and those that are on the message already."""
    existing = edited.attachments if edited is not None else ()
    return frozenset(file.filename for file in (*draft.uploads, *existing))


def _is_v2(draft: Draft, edited: Message | None) -> bool:
    """Whether components v2 rules hold; once set on a message, the flag stays."""
    flags = (draft.flags or NO_FLAGS) | (edited.flags if edited is not None else NO_FLAGS)
    return MessageFlags.IS_COMPONENTS_V2 in flags


def _read_flags(form: Form, draft: Draft) -> None:
    value = form.integer("flags", low=0)
    if value is None:
        return
    known = (
        MessageFlags.SUPPRESS_EMBEDS
        | MessageFlags.EPHEMERAL
        | MessageFlags.SUPPRESS_NOTIFICATIONS
        | MessageFlags.IS_COMPONENTS_V2
    )
    draft.flags = MessageFlags(value & int(known))


def _read_attachments(form: Form, draft: Draft, edited: Message | None) -> None:
    entries = form.forms("attachments", high=_MAX_FILES)
    if entries is None:
        draft.kept = [] if form.mentions("attachments") and edited is not None else None
        return
    kept: list[int] = []
    uploads = {upload.index for upload in draft.uploads}
    existing = {attachment.id for attachment in edited.attachments} if edited is not None else set()
    for entry in entries:
        number = entry.snowflake("id", needed=True)
        description = entry.text("description", high=1_024)
        if number is None:
            continue
        if number in uploads:
            if description:
                draft.descriptions[number] = description
        elif number in existing:
            kept.append(number)
        else:
            entry.problems.add("ATTACHMENT_NOT_FOUND", "Attachment data not found")
    draft.kept = kept if edited is not None else None
    if len(kept) + len(draft.uploads) > _MAX_FILES:
        raise ApiError.known(30015)


def _read_allowed_mentions(form: Form) -> AllowedMentions:
    mentions = form.form("allowed_mentions")
    if mentions is None:
        return AllowedMentions()
    parse = mentions.items("parse", high=len(_MENTION_KINDS)) or []
    for index, kind in enumerate(parse):
        if kind not in _MENTION_KINDS:
            listed = ", ".join(f"'{name}'" for name in _MENTION_KINDS)
            mentions.problems.at("parse", index).add("BASE_TYPE_CHOICES", f"Value must be one of ({listed}).")
    mentions.refuse_repeated("parse", parse)
    listed_ids: dict[str, frozenset[int]] = {}
    for key in ("users", "roles"):
        ids = mentions.items(key, high=_MAX_MENTIONS) or []
        numbers = Form({str(index): value for index, value in enumerate(ids)}, mentions.problems.at(key))
        read = [numbers.snowflake(str(index)) for index in range(len(ids))]
        listed_ids[key] = frozenset(number for number in read if number is not None)
        mentions.refuse_repeated(key, ids)
        if ids and key in parse:
            mentions.problems.add(
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f'parse:["{key}"] and {key}: [ids...] are mutually exclusive.',
            )
    kinds = frozenset(kind for kind in parse if isinstance(kind, str))
    replied_user = bool(mentions.flag("replied_user"))
    return AllowedMentions(kinds, listed_ids["users"], listed_ids["roles"], replied_user)


def _read_nonce(form: Form, draft: Draft) -> None:
    nonce = form.raw("nonce")
    problems = form.problems.at("nonce")
    if isinstance(nonce, bool) or not isinstance(nonce, str | int | None):
        problems.add("NONCE_TYPE_INVALID_TYPE", "This field must be a string or integer.")
    elif isinstance(nonce, str) and len(nonce) > _MAX_NONCE:
        problems.add("NONCE_TYPE_TOO_LONG", f"Must be {_MAX_NONCE} or fewer characters long.")
    else:
        draft.nonce = nonce
    draft.enforce_nonce = bool(form.flag("enforce_nonce"))


def _read_reference(form: Form, draft: Draft) -> None:
    reference = form.form("message_reference")
    if reference is None:
        return
    if reference.raw("type") not in (None, 0):
        reference.problems.at("type").add("SANDBOX_NOT_SUPPORTED", "The sandbox does not forward messages yet.")
        return
    draft.reply_to = reference.snowflake("message_id", needed=True)
    draft.reply_in = reference.snowflake("channel_id")
    draft.reply_must_exist = reference.flag("fail_if_not_exists") is not False


def _is_empty(draft: Draft, edited: Message | None) -> bool:
    """Whether nothing would be left to show; fields that an edit does not mention stay as they are."""
    content, embeds, components, kept = draft.content, draft.embeds, draft.components, draft.kept
    if edited is not None:
        content = edited.content if content is None else content
        embeds = edited.embeds if embeds is None else embeds
        components = edited.components if components is None else components
        kept = [attachment.id for attachment in edited.attachments] if kept is None else kept
    return not ((content or "").strip() or embeds or components or kept or draft.uploads or draft.poll)
