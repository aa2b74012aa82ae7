"""Application commands, global and of a guild."""

from typing import Any

from botcore_sandbox.errors import ApiError
from botcore_sandbox.payloads.commands import command_payload
from botcore_sandbox.rest import access
from botcore_sandbox.rest.call import NO_CONTENT, Answer, Call, Route
from botcore_sandbox.state.changes import CommandsWritten
from botcore_sandbox.state.commands import Command, CommandType
from botcore_sandbox.state.world import World
from botcore_sandbox.validation.commands import check_count, read_command, read_command_list


async def list_commands(call: Call) -> Answer:
    """All commands of a scope."""
    scope = _scope(call)
    with_localizations = call.query_flag("with_localizations")
    return Answer(
        200,
        [
            command_payload(command, with_localizations=with_localizations)
            for command in call.world.commands.of(scope).values()
        ],
    )


async def get_command(call: Call) -> Answer:
    """One command."""
    return Answer(200, command_payload(_command(call, _scope(call)), with_localizations=True))


async def upsert_command(call: Call) -> Answer:
    """Register a command, or replace the one of the same type and name."""
    scope = _scope(call)
    body = read_command(access.json_object(call), in_guild=scope is not None)
    existing = call.world.commands.named(scope, CommandType(body["type"]), body["name"])
    if existing is None:
        types = [command.type for command in call.world.commands.of(scope).values()]
        check_count([*types, CommandType(body["type"])])
    command = _write(call.world, scope, existing, body)
    call.world.changes.publish(CommandsWritten(scope))
    return Answer(200 if existing else 201, command_payload(command, with_localizations=True))


async def overwrite_commands(call: Call) -> Answer:
    """Make the given list all there is in a scope; commands of the same type and name keep their ids."""
    scope = _scope(call)
    bodies = read_command_list(call.body, in_guild=scope is not None)
    book = call.world.commands
    kept = [
        _write(call.world, scope, book.named(scope, CommandType(body["type"]), body["name"]), body) for body in bodies
    ]
    book.scopes[scope] = {command.id: command for command in kept}
    call.world.changes.publish(CommandsWritten(scope))
    return Answer(200, [command_payload(command, with_localizations=True) for command in kept])


async def edit_command(call: Call) -> Answer:
    """Change the given fields of a command, each wholly."""
    scope = _scope(call)
    command = _command(call, scope)
    given = {key: value for key, value in access.json_object(call).items() if key != "type"}
    merged = command.body | given
    if "dm_permission" in given and "contexts" not in given:
        merged["contexts"] = None
    body = read_command(merged, in_guild=scope is not None)
    namesake = call.world.commands.named(scope, command.type, body["name"])
    if namesake is not None and namesake is not command:
        raise ApiError.invalid_form(
            {
                "_errors": [
                    {
                        "code": "APPLICATION_COMMANDS_DUPLICATE_NAME",
                        "message": "Application command names must be unique",
                    }
                ]
            }
        )
    _write(call.world, scope, command, body)
    call.world.changes.publish(CommandsWritten(scope))
    return Answer(200, command_payload(command, with_localizations=True))


async def delete_command(call: Call) -> Answer:
    """Remove a command."""
    scope = _scope(call)
    del call.world.commands.of(scope)[_command(call, scope).id]
    call.world.changes.publish(CommandsWritten(scope))
    return NO_CONTENT


async def list_permissions(call: Call) -> Answer:
    """Who may use which command in a guild, as far as its people have changed that: nobody can, yet."""
    _scope(call)
    return Answer(200, [])


async def get_permissions(call: Call) -> Answer:
    """The same for one command, which is unknown as long as nothing was changed."""
    _command_anywhere(call, _scope(call))
    raise ApiError.known(10066)


async def edit_permissions(call: Call) -> Answer:
    """Only people change these, with a token of their own."""
    _command_anywhere(call, _scope(call))
    raise ApiError.known(20001)


def _scope(call: Call) -> int | None:
    access.require_application(call)
    return access.guild(call).id if "guild_id" in call.params else None


def _command(call: Call, scope: int | None) -> Command:
    command = call.world.commands.of(scope).get(call.id("command_id"))
    if command is None:
        raise ApiError.known(10063)
    return command


def _command_anywhere(call: Call, scope: int | None) -> Command:
    """A command of the guild, or a global one, which has permissions in each guild as well."""
    command_id = call.id("command_id")
    command = call.world.commands.of(scope).get(command_id) or call.world.commands.of(None).get(command_id)
    if command is None:
        raise ApiError.known(10063)
    return command


def _write(world: World, scope: int | None, existing: Command | None, body: dict[str, Any]) -> Command:
    """Put a validated body into the book; the version only moves when something changed."""
    if existing is None:
        command_id = world.snowflakes.next()
        command = Command(command_id, world.snowflakes.next(), world.application.id, scope, body)
        world.commands.of(scope)[command_id] = command
        return command
    if existing.body != body:
        existing.body = body
        existing.version = world.snowflakes.next()
    return existing


_GLOBAL = "/applications/{application_id}/commands"
_OF_GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"

ROUTES = (
    Route("GET", f"{_OF_GUILD}/permissions", list_permissions),
    Route("GET", f"{_OF_GUILD}/{{command_id}}/permissions", get_permissions),
    Route("PUT", f"{_OF_GUILD}/{{command_id}}/permissions", edit_permissions),
    *(
        route
        for base in (_GLOBAL, _OF_GUILD)
        for route in (
            Route("GET", base, list_commands),
            Route("POST", base, upsert_command),
            Route("PUT", base, overwrite_commands),
            Route("GET", f"{base}/{{command_id}}", get_command),
            Route("PATCH", f"{base}/{{command_id}}", edit_command),
            Route("DELETE", f"{base}/{{command_id}}", delete_command),
        )
    ),
)
