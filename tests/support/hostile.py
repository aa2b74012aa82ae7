"""Interaction payloads that no Discord sends, for a bot that has to survive them.

Each begins as a valid payload of a random kind; then parts of it are taken out or replaced by whatever a mistaken or
hostile server could send. A few have no shape at all.
"""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

type Path = tuple[str | int, ...]

_MISSING = object()

#: JSON text cannot carry lone surrogates, and the sandbox's encoder carries numbers of up to 64 bits.
_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_NASTY_TEXTS = st.sampled_from(
    [
        "",
        " ",
        "0",
        "-1",
        "1e999",
        "NaN",
        "\u0661\u0662",
        "9" * 400,
        "9" * 5_000,
        "x" * 6_000,
        "\x00",
        "../../etc/passwd",
        "'; DROP TABLE polls; --",
        "@everyone",
        "hostile.press",
        "hostile.press:1:",
        "hostile.press:1:9:9:9",
        "hostile.press:99:1",
        "hostile.pick:1:x",
        "hostile.ask:1:",
        "\u202e" * 50,
        "\U0001f600" * 100,
        "None",
        "{0.__class__}",
        "%s%n",
    ]
)
_NUMBERS = st.sampled_from([0, -1, 1, 2, 3, 4, 5, 6, 13, 255, 2**31, 2**53 + 1, 2**63 - 1, -(2**63), 0.5, -0.0, 1e308])
_LEAVES = st.one_of(st.none(), st.booleans(), _NUMBERS, _NASTY_TEXTS, _TEXT)
_VALUES = st.one_of(
    _LEAVES,
    _LEAVES,
    st.lists(_LEAVES, max_size=4),
    st.dictionaries(
        st.sampled_from(["id", "type", "name", "value", "options", "custom_id", "user"]), _LEAVES, max_size=4
    ),
    st.just(_MISSING),
    st.sampled_from([[[[[]]]], {"options": [{"options": [{"options": [{}]}]}]}, [None] * 300, {}, []]),
)


def _user(user_id: int) -> dict[str, Any]:
    return {"id": str(user_id), "username": "mallory", "discriminator": "0", "avatar": None, "global_name": "Mallory"}


def _base(kind: int, application_id: int, guild_id: int, channel_id: int) -> dict[str, Any]:
    return {
        "id": "1",
        "application_id": str(application_id),
        "type": kind,
        "token": "token",
        "version": 1,
        "guild_id": str(guild_id),
        "channel_id": str(channel_id),
        "channel": {"id": str(channel_id), "type": 0, "name": "general"},
        "member": {"user": _user(7), "roles": ["8"], "permissions": "0", "nick": None},
        "locale": "en-US",
        "app_permissions": "0",
        "entitlements": [],
        "authorizing_integration_owners": {},
        "context": 0,
    }


def _message(channel_id: int) -> dict[str, Any]:
    return {
        "id": "5",
        "type": 0,
        "channel_id": str(channel_id),
        "content": "",
        "author": _user(9),
        "attachments": [],
        "embeds": [],
        "mentions": [],
        "components": [{"type": 1, "components": [{"type": 2, "style": 1, "custom_id": "hostile.press:1:3"}]}],
    }


def templates(application_id: int, guild_id: int, channel_id: int) -> list[dict[str, Any]]:
    """Valid payloads of every kind, from a person that the sandbox does not know."""
    base = (application_id, guild_id, channel_id)
    options = [
        {"name": "text", "type": 3, "value": "hello", "focused": True},
        {"name": "count", "type": 4, "value": 3},
        {"name": "ratio", "type": 10, "value": 0.5},
        {"name": "user", "type": 6, "value": "7"},
        {"name": "letter", "type": 3, "value": "a"},
    ]
    command = {
        "id": "3",
        "name": "hostile",
        "type": 1,
        "options": [{"name": "options", "type": 1, "options": options}],
        "resolved": {"users": {"7": _user(7)}, "members": {"7": {"roles": [], "permissions": "0"}}},
    }
    return [
        _base(1, *base),
        _base(2, *base) | {"data": command},
        _base(4, *base) | {"data": command},
        _base(3, *base)
        | {"data": {"custom_id": "hostile.press:1:3", "component_type": 2}, "message": _message(channel_id)},
        _base(3, *base)
        | {
            "data": {"custom_id": "hostile.pick:1:", "component_type": 3, "values": ["a", "b"]},
            "message": _message(channel_id),
        },
        _base(5, *base)
        | {
            "data": {
                "custom_id": "hostile.ask:1:",
                "components": [{"type": 1, "components": [{"type": 4, "custom_id": "name", "value": "Mallory"}]}],
            }
        },
    ]


def _paths(value: Any, before: Path = ()) -> Iterator[Path]:
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in entries:
        yield (*before, key)
        yield from _paths(inner, (*before, key))


def payloads(application_id: int, guild_id: int, channel_id: int) -> st.SearchStrategy[Any]:
    """Malformed and hostile payloads."""
    known = [(template, list(_paths(template))) for template in templates(application_id, guild_id, channel_id)]

    @st.composite
    def spoiled(draw: st.DrawFn) -> Any:
        template, paths = draw(st.sampled_from(known))
        payload = deepcopy(template)
        for path in draw(st.lists(st.sampled_from(paths), min_size=1, max_size=4)):
            _put(payload, path, draw(_VALUES))
        return payload

    return st.one_of(
        spoiled(), spoiled(), spoiled(), spoiled(), spoiled(), spoiled(), spoiled(), spoiled(), _shapeless()
    )


def _shapeless() -> st.SearchStrategy[Any]:
    return _VALUES.filter(lambda value: value is not _MISSING)


def _put(payload: Any, path: Path, value: Any) -> None:
    """Replace a part, or take it out; where an earlier change has removed the way there, nothing happens."""
    *way, last = path
    try:
        for step in way:
            payload = payload[step]
        if value is _MISSING:
            del payload[last]
        else:
            payload[last] = value
    except (KeyError, IndexError, TypeError):
        return
