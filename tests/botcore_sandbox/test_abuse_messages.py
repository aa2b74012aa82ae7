"""Messages at the edge of what is allowed: limits, files, rights and mentions; the refusals are in the abuse table."""

import io
import json
from typing import Any

import aiohttp

from botcore_sandbox import Permissions, Sandbox
from botcore_sandbox.state.permissions import Overwrite, OverwriteType

URL = "https://example.org/x.png"


def row(*components: dict[str, Any]) -> dict[str, Any]:
    """An action row."""
    return {"type": 1, "components": list(components)}


def button(custom_id: str | None = "a", **fields: Any) -> dict[str, Any]:
    """A button."""
    return {"type": 2, "style": 1, "label": "x", "custom_id": custom_id} | fields


def select(*values: str, **fields: Any) -> dict[str, Any]:
    """A string select."""
    options = [{"label": value, "value": value} for value in values]
    return {"type": 3, "custom_id": "s", "options": options} | fields


def errors_at(tree: Any, path: str) -> list[str]:
    """The error codes at a place such as `embeds.0.title`."""
    for key in path.split("."):
        tree = tree[key]
    return [error["code"] for error in tree["_errors"]]


LONG = "BASE_TYPE_MAX_LENGTH"
BAD = "BASE_TYPE_BAD_LENGTH"
NEEDED = "BASE_TYPE_REQUIRED"


async def test_every_problem_of_a_message_is_reported_at_once(rest: Any) -> None:
    """The tree holds all of them, side by side."""
    body = {"content": "x" * 2001, "embeds": [{"title": "x" * 257, "fields": [{"name": "", "value": ""}]}]}
    tree = (await rest("POST", rest.messages, json=body))[1]["errors"]
    assert errors_at(tree, "content") == [LONG]
    assert errors_at(tree, "embeds.0.title") == [LONG]
    assert errors_at(tree, "embeds.0.fields.0.name") == [NEEDED]
    assert errors_at(tree, "embeds.0.fields.0.value") == [NEEDED]


async def test_what_is_just_within_the_limits_is_taken(rest: Any) -> None:
    """The limits themselves are allowed."""
    fields = [{"name": "n", "value": "v"}] * 25
    body = {
        "content": "x" * 2000,
        "embeds": [
            {"title": "x" * 256, "fields": fields, "author": {"name": "a", "icon_url": URL}},
            {"description": "x" * 4096, "image": {"url": URL}, "footer": {"text": "f"}},
        ],
        "components": [
            row(*[button(str(n)) for n in range(5)]),
            row(select(*map(str, range(25)), max_values=25)),
            row({"type": 2, "style": 5, "label": "go", "url": URL}),
            row({"type": 5, "custom_id": "u"}),
            row(button("last", label=None, emoji={"name": "🍕"})),
        ],
    }
    status, message = await rest("POST", rest.messages, json=body)
    assert status == 200
    assert message["content"] == "x" * 2000
    assert [len(embed.get("fields", [])) for embed in message["embeds"]] == [25, 0]
    assert message["components"][1]["components"][0]["min_values"] == 1
    ids = [c["id"] for r in message["components"] for c in (r, *r["components"])]
    assert sorted(ids) == list(range(1, len(ids) + 1))


async def test_layout_components_are_taken_with_their_flag(rest: Any) -> None:
    """Components v2 need the flag, which cannot be taken back by an edit."""
    blocks = [
        {
            "type": 17,
            "accent_color": 255,
            "components": [
                {"type": 9, "components": [{"type": 10, "content": "text"}], "accessory": button("b")},
                {"type": 14},
                {"type": 12, "items": [{"media": {"url": URL}}]},
                {"type": 13, "file": {"url": "attachment://a.txt"}},
                row(button("c")),
            ],
        }
    ]
    payload = json.dumps({"flags": 1 << 15, "components": blocks})
    status, message = await rest("POST", rest.messages, data=upload(("a.txt", b"abc"), payload=payload))
    assert status == 200
    file = message["components"][0]["components"][3]
    assert (file["name"], file["size"], message["attachments"]) == ("a.txt", 3, [])
    async with rest.session.get(file["file"]["url"]) as response:
        assert await response.read() == b"abc"
    path = f"{rest.messages}/{message['id']}"
    status, error = await rest("PATCH", path, json={"flags": 0, "content": "x"})
    assert (status, error["code"]) == (400, 50035)


async def test_an_edit_keeps_what_it_does_not_mention(rest: Any) -> None:
    """Null clears a field, absence keeps it, and what would be left empty is refused."""
    _, message = await rest("POST", rest.messages, json={"content": "x", "embeds": [{"title": "t"}]})
    path = f"{rest.messages}/{message['id']}"
    _, edited = await rest("PATCH", path, json={"content": None})
    assert (edited["content"], len(edited["embeds"])) == ("", 1)
    assert edited["edited_timestamp"] is not None
    assert (await rest("PATCH", path, json={"embeds": []}))[1]["code"] == 50006
    _, edited = await rest("PATCH", path, json={"content": "y", "embeds": None})
    assert (edited["content"], edited["embeds"]) == ("y", [])


def upload(*files: tuple[str, bytes], payload: str = '{"content": "x"}') -> aiohttp.FormData:
    """A multipart body."""
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("payload_json", payload)
    for index, (name, content) in enumerate(files):
        form.add_field(f"files[{index}]", io.BytesIO(content), filename=name)
    return form


async def test_files_have_limits(rest: Any) -> None:
    """Ten of them, ten MiB each, 25 MiB together."""
    big = b"x" * (10 * 1024 * 1024)
    status, error = await rest("POST", rest.messages, data=upload(("a.bin", big + b"x")))
    assert (status, error) == (413, {"message": "Request entity too large", "code": 40005})
    assert (await rest("POST", rest.messages, data=upload(("a", big), ("b", big), ("c", big))))[0] == 413
    status, error = await rest("POST", rest.messages, data=upload(*[("a.txt", b"x")] * 11))
    assert (status, error["code"]) == (400, 30015)
    assert (await rest("POST", rest.messages, data=upload(*[("a.txt", b"x")] * 10)))[0] == 200


async def test_an_edit_says_which_files_stay(rest: Any) -> None:
    """`attachments` lists what to keep; new files come beside it; their alt text goes by index."""
    payload = '{"attachments": [{"id": 0, "description": "first"}, {"id": 1}]}'
    _, message = await rest("POST", rest.messages, data=upload(("a.txt", b"a"), ("b/../é.txt", b"b"), payload=payload))
    first, second = message["attachments"]
    assert (first["description"], first["size"], second["filename"]) == ("first", 1, "b_.._é.txt")
    path = f"{rest.messages}/{message['id']}"
    keep = f'{{"attachments": [{{"id": "{second["id"]}"}}, {{"id": 0}}]}}'
    _, edited = await rest("PATCH", path, data=upload(("c.txt", b"c"), payload=keep))
    assert [a["filename"] for a in edited["attachments"]] == ["b_.._é.txt", "c.txt"]
    async with rest.session.get(first["url"]) as response:
        assert response.status == 404


async def test_rights_are_asked_for(sandbox: Sandbox, rest: Any) -> None:
    """Hidden channels are 50001, missing rights 50013, unknown channels 10003."""

    def denied(name: str, denied: Permissions) -> str:
        overwrite = Overwrite(sandbox.application_id, OverwriteType.MEMBER, Permissions(0), denied)
        return f"/channels/{sandbox.guild.add_channel(name, overwrites=[overwrite]).id}/messages"

    hidden = denied("hidden", Permissions.VIEW_CHANNEL)
    silent = denied("silent", Permissions.SEND_MESSAGES)
    plain = denied("plain", Permissions.ATTACH_FILES | Permissions.EMBED_LINKS)
    text = {"content": "x"}
    assert await rest("POST", hidden, json=text) == (403, {"message": "Missing Access", "code": 50001})
    assert await rest("POST", silent, json=text) == (403, {"message": "Missing Permissions", "code": 50013})
    assert (await rest("POST", plain, json=text))[0] == 200
    assert (await rest("POST", plain, json={"embeds": [{"title": "x"}]}))[1]["code"] == 50013
    assert (await rest("POST", plain, data=upload(("a", b"x"))))[1]["code"] == 50013
    assert (await rest("POST", "/channels/1/messages", json=text))[1]["code"] == 10003


async def test_other_peoples_messages_are_protected(sandbox: Sandbox, rest: Any) -> None:
    """Nobody edits what another wrote; deleting it needs MANAGE_MESSAGES and does not work in private."""
    alice = sandbox.member("alice")
    path = f"{rest.messages}/{alice.say('mine').id}"
    assert (await rest("PATCH", path, json={"content": "x"}))[1]["code"] == 50005
    assert await rest("DELETE", path) == (204, None)
    assert (await rest("GET", path))[1]["code"] == 10008
    private = alice.say("mine", dm=True)
    status, error = await rest("DELETE", f"/channels/{alice.dm.id}/messages/{private.id}")
    assert (status, error["code"]) == (403, 50003)


async def test_mentions_reach_only_whom_they_may(sandbox: Sandbox, rest: Any) -> None:
    """`allowed_mentions` decides; without it everything in the text counts."""
    alice, bob = sandbox.member("alice"), sandbox.member("bob")
    content = f"{alice.mention} {bob.mention} @everyone"
    _, message = await rest("POST", rest.messages, json={"content": content})
    assert ([user["username"] for user in message["mentions"]], message["mention_everyone"]) == (
        ["alice", "bob"],
        True,
    )
    some = {"content": content, "allowed_mentions": {"users": [str(bob.id)]}}
    _, message = await rest("POST", rest.messages, json=some)
    assert ([user["username"] for user in message["mentions"]], message["mention_everyone"]) == (
        ["bob"],
        False,
    )
    _, message = await rest("POST", rest.messages, json={"content": content, "allowed_mentions": {"parse": []}})
    assert message["mentions"] == []


async def test_a_nonce_keeps_a_message_from_being_sent_twice(rest: Any) -> None:
    """With `enforce_nonce` the second request gets the first message."""
    body = {"content": "x", "nonce": "abc", "enforce_nonce": True}
    first, second = [await rest("POST", rest.messages, json=body) for _ in range(2)]
    assert first == second
    assert len((await rest("GET", rest.messages))[1]) == 1


async def test_messages_are_listed_by_page(rest: Any) -> None:
    """Newest first; before, after and around leave the named message out or put it in the middle."""
    ids = [(await rest("POST", rest.messages, json={"content": str(n)}))[1]["id"] for n in range(5)]

    async def listed(query: str) -> list[str]:
        return [message["content"] for message in (await rest("GET", rest.messages + query))[1]]

    assert await listed("?limit=2") == ["4", "3"]
    assert await listed(f"?before={ids[2]}") == ["1", "0"]
    assert await listed(f"?after={ids[2]}&limit=1") == ["3"]
    assert await listed(f"?around={ids[2]}&limit=3") == ["3", "2", "1"]
    status, error = await rest("GET", rest.messages + "?limit=101")
    assert (status, errors_at(error["errors"], "limit")) == (400, ["NUMBER_TYPE_MAX"])
