"""Requests that are wrong as such: routes, methods, tokens, ids and bodies."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from botcore_sandbox import Sandbox
from botcore_sandbox.rest.router import ROUTES
from botcore_sandbox.state.drafts import Upload

NOT_FOUND = (404, {"message": "404: Not Found", "code": 0})
UNAUTHORIZED = (401, {"message": "401: Unauthorized", "code": 0})


async def test_unknown_routes_and_methods_are_answered_in_discords_shape(rest: Any) -> None:
    """Also below paths that exist, and whatever the method."""
    assert await rest("GET", "/nothing/here") == NOT_FOUND
    assert await rest("POST", "/") == NOT_FOUND
    assert await rest("GET", "/channels/1/unknown") == NOT_FOUND
    assert await rest("DELETE", "/users/@me") == (405, {"message": "405: Method Not Allowed", "code": 0})


@pytest.mark.parametrize("token", [None, "wrong", "ünwanted"])
async def test_a_wrong_token_is_unauthorized(rest: Any, token: str | None) -> None:
    """Everywhere except where Discord asks for none."""
    assert await rest("GET", "/users/@me", token=token) == UNAUTHORIZED
    assert await rest("POST", rest.messages, token=token, json={"content": "x"}) == UNAUTHORIZED
    assert (await rest("GET", "/gateway", token=token))[0] == 200


async def test_answers_are_json_without_a_charset(rest: Any) -> None:
    """Some clients compare the whole header."""
    async with rest.session.get(rest.sandbox.api_url + "/gateway") as response:
        assert response.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    "path", ["/channels/abc", "/channels/-1", "/channels/99999999999999999999999", "/guilds/x/roles"]
)
async def test_what_is_no_id_is_refused_by_name(rest: Any, path: str) -> None:
    """The error stands at the name of the parameter."""
    status, error = await rest("GET", path)
    assert (status, error["code"]) == (400, 50035)
    [field] = error["errors"].values()
    assert field["_errors"][0]["code"] == "NUMBER_TYPE_COERCE"


@pytest.mark.parametrize("body", ["{", "nothing", '{"content": NaN}', "[" * 5000, b"\xff\xfe", '{"a": "\\ud800"}'])
async def test_what_is_no_json_is_50109(rest: Any, body: str | bytes) -> None:
    """Whatever is wrong with it."""
    error = {"message": "The request body contains invalid JSON.", "code": 50109}
    headers = {"Content-Type": "application/json"}
    assert await rest("POST", rest.messages, data=body, headers=headers) == (400, error)


async def test_other_content_types_are_refused(rest: Any) -> None:
    """A body has to say that it is JSON or a form with files; JSON has to be an object."""
    status, error = await rest("POST", rest.messages, data=b"x", headers={"Content-Type": "text/plain"})
    assert (status, error["errors"]["_errors"][0]["code"]) == (400, "CONTENT_TYPE_INVALID")
    bodies: tuple[Any, ...] = ([], "x", 5)
    for body in bodies:
        status, error = await rest("POST", rest.messages, json=body)
        assert (status, error["errors"]["_errors"][0]["code"]) == (400, "MODEL_TYPE_CONVERT")
    status, error = await rest("PUT", rest.commands, json={})
    assert (status, error["errors"]["_errors"][0]["code"]) == (400, "LIST_TYPE_CONVERT")
    for content_type in ("multipart/form-data", "multipart/form-data; boundary=x"):
        status, error = await rest("POST", rest.messages, data=b"x", headers={"Content-Type": content_type})
        assert (status, error["code"]) == (400, 50109)


async def test_a_direct_message_needs_somebody_else(sandbox: Sandbox, rest: Any) -> None:
    """The id may be a number; nobody, the bot itself and no id at all are refused."""
    alice = sandbox.member("alice")
    status, channel = await rest("POST", "/users/@me/channels", json={"recipient_id": alice.id})
    assert (status, channel["type"], channel["recipients"][0]["username"]) == (200, 1, "alice")
    again = await rest("POST", "/users/@me/channels", json={"recipient_id": str(alice.id)})
    assert again == (200, channel)
    itself = await rest("POST", "/users/@me/channels", json={"recipient_id": sandbox.application_id})
    assert itself == (400, {"message": "Cannot send messages to this user", "code": 50007})
    assert (await rest("POST", "/users/@me/channels", json={"recipient_id": 1}))[1]["code"] == 10013
    assert (await rest("POST", "/users/@me/channels", json={}))[1]["code"] == 50035


async def test_guilds_members_and_roles_can_be_read(sandbox: Sandbox, rest: Any) -> None:
    """With Discord's errors for what is not there."""
    alice = sandbox.member("alice", roles=["helpers"])
    guild = f"/guilds/{sandbox.guild.id}"
    assert (await rest("GET", guild))[1]["owner_id"] == str(sandbox.guild_owner.id)
    assert [role["name"] for role in (await rest("GET", guild + "/roles"))[1]] == [
        "@everyone",
        "Sandbox Bot",
        "helpers",
    ]
    assert [channel["name"] for channel in (await rest("GET", guild + "/channels"))[1]] == ["general"]
    role = str(sandbox.guild.role("helpers").id)
    assert (await rest("GET", f"{guild}/members/{alice.id}"))[1]["roles"] == [role]
    assert len((await rest("GET", guild + "/members?limit=1000"))[1]) == 4
    assert len((await rest("GET", guild + "/members"))[1]) == 1
    assert (await rest("GET", "/guilds/1"))[1]["code"] == 10004
    assert (await rest("GET", guild + "/members/1"))[1]["code"] == 10013
    assert (await rest("GET", guild + "/roles/1"))[1]["code"] == 10011


_KEYS = (
    "type name description options choices value components custom_id style embeds fields footer image url "
    "content flags attachments id data label component accessory items media file allowed_mentions parse "
    "users emoji default_values channel_types min_values title contexts nonce"
)
_LEAVES = (
    st.none() | st.booleans() | st.integers(0, 23) | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
)
_JSON = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(_KEYS.split()), inner, max_size=6),
    max_leaves=25,
)


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(body=st.lists(_JSON, min_size=1, max_size=4))
def test_no_body_whatever_makes_the_sandbox_fail(body: list[Any]) -> None:
    """Every reader of requests takes nonsense or refuses it in Discord's words; it raises nothing else."""
    from botcore_sandbox.errors import ApiError
    from botcore_sandbox.validation.commands import read_command, read_command_list
    from botcore_sandbox.validation.form import Form
    from botcore_sandbox.validation.messages import read_message
    from botcore_sandbox.validation.modals import read_modal
    from botcore_sandbox.validation.problems import Problems

    item = body[0] if isinstance(body[0], dict) else {"components": body, "embeds": body, "options": body}
    for read in (
        lambda: read_message(item, []),
        lambda: read_message(item | {"flags": 1 << 15}, []),
        lambda: read_command({"name": "c", "description": "x"} | item, in_guild=False),
        lambda: read_command_list(body, in_guild=True),
        lambda: read_modal(Form(item, Problems())),
    ):
        with suppress(ApiError):
            read()


_ODD: tuple[Any, ...] = (None, True, -1, 2**70, 1.5, 1e308, "", "3", "x" * 7000, [], [None], {}, {"a": [1]})
_OPTION = {"name": "a", "description": "x", "name_localizations": {"de": "a"}}
_GOOD: dict[str, dict[str, Any]] = {
    "message": {
        "content": "x",
        "flags": 4,
        "nonce": "n",
        "embeds": [
            {
                "title": "t",
                "color": 5,
                "timestamp": "2026-01-01T00:00:00Z",
                "author": {"name": "a", "url": "https://x.org", "icon_url": "attachment://a"},
                "footer": {"text": "f"},
                "image": {"url": "https://x.org"},
                "fields": [{"name": "n", "value": "v", "inline": True}],
            }
        ],
        "components": [
            {
                "type": 1,
                "components": [{"type": 2, "style": 1, "label": "x", "custom_id": "b", "disabled": False}],
            },
            {
                "type": 1,
                "components": [{"type": 2, "style": 5, "url": "https://x.org", "emoji": {"name": "🍕"}}],
            },
            {
                "type": 1,
                "components": [
                    {
                        "type": 3,
                        "custom_id": "s",
                        "min_values": 1,
                        "max_values": 1,
                        "options": [{"label": "l", "value": "v", "description": "d", "emoji": {"id": "1"}}],
                    }
                ],
            },
            {
                "type": 1,
                "components": [{"type": 7, "custom_id": "m", "default_values": [{"id": "1", "type": "user"}]}],
            },
            {"type": 1, "components": [{"type": 8, "custom_id": "c", "channel_types": [0]}]},
        ],
        "allowed_mentions": {"parse": ["users"], "roles": ["1"]},
        "message_reference": {"type": 0, "message_id": "1", "fail_if_not_exists": False},
    },
    "layout": {
        "flags": 1 << 15,
        "components": [
            {
                "type": 17,
                "id": 3,
                "accent_color": 1,
                "components": [
                    {
                        "type": 9,
                        "components": [{"type": 10, "content": "x"}],
                        "accessory": {"type": 11, "media": {"url": "https://x.org"}, "description": "d"},
                    },
                    {"type": 12, "items": [{"media": {"url": "https://x.org"}, "spoiler": True}]},
                    {"type": 13, "file": {"url": "attachment://a"}},
                    {"type": 14, "divider": True, "spacing": 2},
                ],
            }
        ],
    },
    "command": {
        "name": "c",
        "type": 1,
        "description": "x",
        "default_member_permissions": "8",
        "contexts": [0, 1],
        "integration_types": [0],
        "nsfw": False,
        "options": [
            _OPTION
            | {
                "type": 2,
                "options": [
                    _OPTION
                    | {
                        "type": 1,
                        "options": [
                            _OPTION | {"type": 4, "min_value": 1, "choices": [{"name": "n", "value": 1}]},
                            _OPTION | {"name": "b", "type": 3, "max_length": 5, "autocomplete": True},
                            _OPTION | {"name": "c", "type": 7, "channel_types": [0], "required": False},
                        ],
                    }
                ],
            }
        ],
    },
    "modal": {
        "custom_id": "m",
        "title": "t",
        "components": [
            {
                "type": 1,
                "components": [{"type": 4, "custom_id": "a", "style": 1, "label": "l", "value": "v"}],
            },
            {
                "type": 18,
                "label": "l",
                "component": {"type": 4, "custom_id": "b", "style": 2, "min_length": 1},
            },
            {
                "type": 18,
                "label": "l",
                "component": {"type": 3, "custom_id": "c", "options": [{"label": "l", "value": "v"}]},
            },
        ],
    },
}


def read(kind: str, body: Any) -> None:
    """Read a body as the routes do."""
    from botcore_sandbox.validation.commands import read_command
    from botcore_sandbox.validation.form import Form
    from botcore_sandbox.validation.messages import read_message
    from botcore_sandbox.validation.modals import read_modal
    from botcore_sandbox.validation.problems import Problems

    if kind == "command":
        read_command(body, in_guild=False)
    elif kind == "modal":
        problems = Problems()
        read_modal(Form(body, problems))
        problems.raise_if_found()
    else:
        read_message(body, [Upload(0, "a", b"", "text/plain")])


def mutations(body: Any) -> Iterator[Any]:
    """The body with every single place of it replaced by every odd value, or left out."""
    places = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for key, value in places:
        for changed in (*_ODD, *mutations(value)):
            copy = dict(body) if isinstance(body, dict) else list(body)
            copy[key] = changed
            yield copy
        if isinstance(body, dict):
            yield {name: kept for name, kept in body.items() if name != key}


@pytest.mark.parametrize("kind", list(_GOOD))
def test_one_odd_value_anywhere_in_a_good_body_is_taken_or_refused(kind: str) -> None:
    """Each place of a good message, layout, command and modal, with each odd value."""
    from botcore_sandbox.errors import ApiError

    read(kind, _GOOD[kind])
    for body in mutations(_GOOD[kind]):
        with suppress(ApiError):
            read(kind, body)


async def test_every_route_survives_nonsense(sandbox: Sandbox, rest: Any) -> None:
    """No request ends in a 500: every route of the tables, with odd ids and odd bodies."""
    real = {
        "application_id": sandbox.application_id,
        "webhook_id": sandbox.application_id,
        "guild_id": sandbox.guild.id,
        "channel_id": sandbox.channel("general").id,
    }
    bodies: tuple[Any, ...] = ({"type": "x"}, [], None, {"content": [], "embeds": {"a": 1}})
    assert len(ROUTES) > 35
    for route in ROUTES:
        for values in (real, {}):
            path = route.path
            for name in path.split("{")[1:]:
                key = name.split("}")[0]
                path = path.replace(f"{{{key}}}", str(values.get(key, 7)))
            for body in bodies:
                status, answer = await rest(route.method, path, json=body)
                assert status < 500, (route.method, path, body, answer)
