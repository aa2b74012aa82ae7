"""What a bot may register, with Discord's status, code and place."""

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


NAME = ["APPLICATION_COMMAND_INVALID_NAME", "STRING_TYPE_REGEX"]
BAD = ["BASE_TYPE_BAD_LENGTH"]
LONG = ["BASE_TYPE_MAX_LENGTH"]
NEEDED = ["BASE_TYPE_REQUIRED"]
HUGE = [option(f"o{n}", choices=[choice(f"{c}-{'n' * 90}", "v" * 100) for c in range(5)]) for n in range(10)]

CASES: list[tuple[dict[str, Any], str, list[str]]] = [
    ({"description": "x"}, "name", NEEDED),
    ({"name": "c"}, "description", NEEDED),
    ({"name": "c", "description": ""}, "description", NEEDED),
    ({"name": "c", "description": "x" * 101}, "description", BAD),
    ({"name": "x" * 33, "description": "x"}, "name", BAD),
    ({"name": "Upper", "description": "x"}, "name", NAME),
    ({"name": "two words", "description": "x"}, "name", NAME),
    ({"name": "c", "description": "x", "type": 9}, "type", ["BASE_TYPE_CHOICES"]),
    ({"name": "m", "type": 3, "description": "x"}, "description", ["SANDBOX_DESCRIPTION_NOT_ALLOWED"]),
    (
        {"name": "c", "description": "x", "default_member_permissions": "many"},
        "default_member_permissions",
        ["NUMBER_TYPE_COERCE"],
    ),
    ({"name": "c", "description": "x", "contexts": [7]}, "contexts.0", ["BASE_TYPE_CHOICES"]),
    (
        {"name": "c", "description": "x", "name_localizations": {"xx": "c"}},
        "name_localizations.xx",
        ["BASE_TYPE_CHOICES"],
    ),
    (with_options(*[option(f"o{n}") for n in range(26)]), "options", LONG),
    (with_options(option(type=12)), "options.0.type", ["UNION_TYPE_CHOICES"]),
    (with_options(option(name="Bad Name")), "options.0.name", ["STRING_TYPE_REGEX"]),
    (with_options(option(description="")), "options.0.description", NEEDED),
    (
        with_options(option("a"), option("a")),
        "options.1.name",
        ["APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"],
    ),
    (
        with_options(option("a"), option("b", required=True)),
        "options.1",
        ["APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"],
    ),
    (
        with_options(option("a", type=1), option("b")),
        "options.1",
        ["APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"],
    ),
    (
        with_options(option("a", type=2, options=[option("b", type=2)])),
        "options.0.options.0.type",
        ["UNION_TYPE_CHOICES"],
    ),
    (
        with_options(option("a", type=1, options=[option("b", type=1)])),
        "options.0.options.0.type",
        ["UNION_TYPE_CHOICES"],
    ),
    (with_options(option(choices=[choice(str(n), "v") for n in range(26)])), "options.0.choices", LONG),
    (with_options(option(choices=[choice("n", "x" * 101)])), "options.0.choices.0.value", BAD),
    (with_options(option(choices=[choice("n", 1)])), "options.0.choices.0.value", ["STRING_TYPE_CONVERT"]),
    (
        with_options(option(type=4, choices=[choice("n", "x")])),
        "options.0.choices.0.value",
        ["NUMBER_TYPE_COERCE"],
    ),
    (
        with_options(option(choices=[choice("n", "x"), choice("n", "y")])),
        "options.0.choices.1.name",
        ["APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS"],
    ),
    (
        with_options(option(choices=[choice("n", "x")], autocomplete=True)),
        "options.0.autocomplete",
        ["SANDBOX_AUTOCOMPLETE_NOT_ALLOWED"],
    ),
    (with_options(option(max_length=6001)), "options.0.max_length", ["NUMBER_TYPE_MAX"]),
    (with_options(*HUGE), "", ["APPLICATION_COMMAND_TOO_LARGE"]),
    (with_options("x"), "options.0", ["MODEL_TYPE_CONVERT"]),  # type: ignore[arg-type] # the mistake under test
]


@pytest.mark.parametrize(("body", "path", "codes"), CASES)
async def test_a_bad_command_is_refused_where_it_is_bad(rest: Any, body: Any, path: str, codes: list[str]) -> None:
    """By POST the tree starts at the command, by PUT at its place in the list; nothing is registered."""
    status, error = await rest("POST", rest.commands, json=body)
    assert (status, error["code"]) == (400, 50035)
    assert codes_at(error["errors"], path) == codes
    good = {"name": "good", "description": "x"}
    status, error = await rest("PUT", rest.commands, json=[good, body])
    assert (status, error["code"]) == (400, 50035)
    assert codes_at(error["errors"]["1"], path) == codes
    assert await rest("GET", rest.commands) == (200, [])


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


async def test_writes_can_be_counted(sandbox: Sandbox, rest: Any) -> None:
    """The record of traffic shows whether a start registered anything."""
    await rest("GET", rest.commands)
    assert sandbox.traffic.command_writes() == []
    await rest("PUT", rest.commands, json=[])
    [write] = sandbox.traffic.command_writes()
    assert (write.method, write.status, write.request, write.response) == ("PUT", 200, [], [])
