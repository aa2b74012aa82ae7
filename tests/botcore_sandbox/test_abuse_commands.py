"""What a bot may register, and what becomes of it; the refusals are in the abuse table."""

from typing import Any

import pytest

from botcore_sandbox import Sandbox


def option(name: str = "o", type: int = 3, **fields: Any) -> dict[str, Any]:
    """An option."""
    return {"type": type, "name": name, "description": "x"} | fields


def choice(name: str, value: Any) -> dict[str, Any]:
    """A choice."""
    return {"name": name, "value": value}


def with_options(*options: dict[str, Any]) -> dict[str, Any]:
    """A command with these options."""
    return {"name": "c", "description": "x", "options": list(options)}


def codes_at(tree: Any, path: str) -> list[str]:
    """The error codes at a place; the empty path is the whole body."""
    for key in path.split(".") if path else ():
        tree = tree[key]
    return [error["code"] for error in tree["_errors"]]


@pytest.mark.parametrize("name", ["poll", "um-frage", "größe", "日本語", "it's", "ถาม", "सवाल", "a_1"])
async def test_names_may_be_of_any_script(rest: Any, name: str) -> None:
    """Letters and digits of every script, dash, underscore and apostrophe."""
    assert (await rest("POST", rest.commands, json={"name": name, "description": "x"}))[0] == 201


async def test_context_menus_may_have_capitals_and_spaces(rest: Any) -> None:
    """Their names are shown as they are, and they have no description."""
    status, command = await rest("POST", rest.commands, json={"name": "Report It", "type": 3})
    assert (status, command["description"]) == (201, "")


async def test_a_command_is_created_once_and_then_replaced(rest: Any) -> None:
    """POST goes by type and name: 201 for a new one, 200 with the same id for the same name."""
    status, first = await rest("POST", rest.commands, json={"name": "c", "description": "one"})
    assert status == 201
    status, second = await rest("POST", rest.commands, json={"name": "c", "description": "two"})
    assert (status, second["id"], second["description"]) == (200, first["id"], "two")
    assert second["version"] != first["version"]


async def test_a_bulk_overwrite_replaces_everything(rest: Any) -> None:
    """What is not in the list goes; what stays keeps id and, when nothing changed, version."""
    body = [{"name": name, "description": "x"} for name in ("a", "b")]
    _, before = await rest("PUT", rest.commands, json=body)
    status, after = await rest("PUT", rest.commands, json=[body[1], {"name": "c", "description": "x"}])
    assert status == 200
    assert after[0] == before[1]
    assert [command["name"] for command in after] == ["b", "c"]
    assert (await rest("GET", rest.commands))[1] == [without_texts(command) for command in after]
    assert await rest("PUT", rest.commands, json=[]) == (200, [])


def without_texts(command: dict[str, Any]) -> dict[str, Any]:
    """A command as lists give it when nobody asked for translations."""
    return {key: value for key, value in command.items() if not key.endswith("_localizations")}


async def test_options_come_back_with_the_keys_that_were_sent(rest: Any) -> None:
    """Clients compare them to find out whether something has to be registered again."""
    options = [
        option("a", required=True, max_length=5, name_localizations={"de": "ah"}),
        option("b", type=10, min_value=0.5, choices=[choice("half", 0.5)]),
        option("c", type=7, channel_types=[0]),
    ]
    _, command = await rest("POST", rest.commands, json=with_options(*options))
    assert command["options"] == options
    _, [listed] = await rest("GET", rest.commands + "?with_localizations=true")
    assert listed == command
    _, [listed] = await rest("GET", rest.commands)
    assert "name_localizations" not in listed["options"][0]


async def test_a_scope_has_room_for_so_many_commands(rest: Any) -> None:
    """A hundred slash commands, fifteen of each context menu; two of one name are one too many."""
    slash = [{"name": f"c{n}", "description": "x"} for n in range(100)]
    menus = [{"name": f"M{n}", "type": 2} for n in range(15)]
    assert (await rest("PUT", rest.commands, json=slash + menus))[0] == 200
    full = {"message": "Maximum number of application commands reached (100)", "code": 30032}
    assert await rest("POST", rest.commands, json={"name": "more", "description": "x"}) == (400, full)
    assert await rest("PUT", rest.commands, json=[*slash, {"name": "more", "description": "x"}]) == (
        400,
        full,
    )
    assert (await rest("PUT", rest.commands, json=[*menus, {"name": "M", "type": 2}]))[1]["code"] == 30032
    status, error = await rest("PUT", rest.commands, json=[slash[0], slash[0]])
    assert status == 400
    assert error["errors"] == {
        "1": {
            "_errors": [
                {
                    "code": "APPLICATION_COMMANDS_DUPLICATE_NAME",
                    "message": "Application command names must be unique",
                }
            ]
        }
    }


async def test_a_patch_changes_the_given_fields_only(rest: Any) -> None:
    """Each field wholly, and the result has to be a good command."""
    _, command = await rest("POST", rest.commands, json=with_options(option("a")))
    path = f"{rest.commands}/{command['id']}"
    _, patched = await rest("PATCH", path, json={"description": "new", "default_member_permissions": "8"})
    assert patched["options"] == command["options"]
    assert (patched["description"], patched["default_member_permissions"]) == ("new", "8")
    assert (await rest("PATCH", path, json={"name": "Bad"}))[0] == 400
    assert await rest("DELETE", path) == (204, None)
    unknown = {"message": "Unknown application command", "code": 10063}
    assert await rest("DELETE", path) == (404, unknown)


async def test_guild_commands_have_a_scope_of_their_own(sandbox: Sandbox, rest: Any) -> None:
    """They carry their guild; other guilds and other applications are refused."""
    path = f"/applications/{sandbox.application_id}/guilds/{sandbox.guild.id}/commands"
    _, command = await rest("POST", path, json={"name": "c", "description": "x"})
    assert command["guild_id"] == str(sandbox.guild.id)
    assert "dm_permission" not in command
    assert await rest("GET", rest.commands) == (200, [])
    assert (await rest("GET", f"/applications/{sandbox.application_id}/guilds/1/commands"))[1]["code"] == 10004
    assert (await rest("GET", "/applications/1/commands"))[1]["code"] == 20012


async def test_permissions_of_commands_belong_to_people(sandbox: Sandbox, rest: Any) -> None:
    """A bot may read them, which are none, and cannot change them."""
    _, command = await rest("POST", rest.commands, json={"name": "c", "description": "x"})
    path = f"/applications/{sandbox.application_id}/guilds/{sandbox.guild.id}/commands"
    assert await rest("GET", f"{path}/permissions") == (200, [])
    unknown = {"message": "Unknown application command permissions", "code": 10066}
    assert await rest("GET", f"{path}/{command['id']}/permissions") == (404, unknown)
    refused = {"message": "Bots cannot use this endpoint", "code": 20001}
    assert await rest("PUT", f"{path}/{command['id']}/permissions", json={"permissions": []}) == (403, refused)
    assert (await rest("GET", f"{path}/1/permissions"))[1]["code"] == 10063


async def test_writes_can_be_counted(sandbox: Sandbox, rest: Any) -> None:
    """The record of traffic shows whether a start registered anything."""
    await rest("GET", rest.commands)
    assert sandbox.traffic.command_writes() == []
    await rest("PUT", rest.commands, json=[])
    [write] = sandbox.traffic.command_writes()
    assert (write.method, write.status, write.request, write.response) == ("PUT", 200, [], [])
