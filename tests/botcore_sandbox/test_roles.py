"""Roles: who may make, change, order and delete which."""

from typing import Any

import nextcord
import pytest

from botcore_sandbox import Permissions, Sandbox
from guild_rights import BOT_ROLE, events, grant


@pytest.fixture
def roles(sandbox: Sandbox) -> str:
    """The path of roles, for a bot that may manage them."""
    grant(sandbox, Permissions.MANAGE_ROLES)
    return f"/guilds/{sandbox.guild.id}/roles"


async def test_nextcord_makes_changes_and_deletes_a_role(sandbox: Sandbox, bot: Any, roles: str) -> None:
    """Each act comes back as an event, so that the client's own picture of the guild follows."""
    guild = bot.get_guild(sandbox.guild.id)
    role = await guild.create_role(name="Crew", colour=nextcord.Colour(0x112233), hoist=True, mentionable=True)
    assert (role.name, role.colour.value, role.hoist, role.position) == ("Crew", 0x112233, True, 1)
    await role.edit(name="Staff", permissions=nextcord.Permissions(send_messages=True))
    state = sandbox.guild.role("Staff")
    assert state.permissions == Permissions.SEND_MESSAGES
    await role.delete()
    assert role.id not in sandbox.guild.state.roles
    assert [events(sandbox, f"GUILD_ROLE_{act}") != [] for act in ("CREATE", "UPDATE", "DELETE")] == [True] * 3


async def test_a_new_role_grants_what_everyone_may(sandbox: Sandbox, rest: Any, roles: str) -> None:
    """Without a word on permissions; its name is then "new role"."""
    status, role = await rest("POST", roles, json={})
    assert (status, role["name"]) == (200, "new role")
    assert role["permissions"] == str(int(sandbox.guild.state.everyone.permissions))


async def test_managing_roles_needs_the_permission(sandbox: Sandbox, rest: Any) -> None:
    """The bot that is invited with little may not."""
    missing = (403, {"message": "Missing Permissions", "code": 50013})
    role = sandbox.guild.add_role("Crew")
    path = f"/guilds/{sandbox.guild.id}/roles"
    assert await rest("POST", path, json={"name": "x"}) == missing
    assert await rest("PATCH", f"{path}/{role.id}", json={"name": "x"}) == missing
    assert await rest("DELETE", f"{path}/{role.id}") == missing
    assert await rest("PATCH", path, json=[]) == missing


async def test_what_stands_above_the_bot_is_out_of_reach(sandbox: Sandbox, rest: Any, roles: str) -> None:
    """A higher role can be neither changed nor deleted nor passed by a lower one."""
    higher, lower = sandbox.guild.add_role("Chief"), sandbox.guild.add_role("Crew")
    sandbox.guild.move_role("Chief", 99)
    assert (await rest("PATCH", f"{roles}/{higher.id}", json={"name": "x"}))[1]["code"] == 50013
    assert (await rest("DELETE", f"{roles}/{higher.id}"))[1]["code"] == 50013
    assert (await rest("PATCH", roles, json=[{"id": str(lower.id), "position": 50}]))[1]["code"] == 50013
    status, order = await rest("PATCH", roles, json=[{"id": str(lower.id), "position": 49}])
    assert (status, {role["name"]: role["position"] for role in order}["Crew"]) == (200, 49)


async def test_of_equals_the_older_role_ranks_higher(sandbox: Sandbox, rest: Any, roles: str) -> None:
    """As Discord sorts roles at one position."""
    younger = sandbox.guild.add_role("Crew")
    sandbox.guild.move_role("Crew", 50)
    assert (await rest("PATCH", f"{roles}/{younger.id}", json={"name": "x"}))[0] == 200


async def test_nobody_grants_what_they_do_not_have(rest: Any, roles: str) -> None:
    """Neither in a new role nor in a changed one."""
    kick = str(int(Permissions.KICK_MEMBERS))
    assert (await rest("POST", roles, json={"permissions": kick}))[1]["code"] == 50013
    _, role = await rest("POST", roles, json={"permissions": "0"})
    assert (await rest("PATCH", f"{roles}/{role['id']}", json={"permissions": kick}))[1]["code"] == 50013


async def test_some_roles_cannot_be_deleted(sandbox: Sandbox, rest: Any, roles: str) -> None:
    """@everyone and the roles of bots; an unknown one is unknown."""
    for role_id in (sandbox.guild.id, sandbox.guild.role(BOT_ROLE).id):
        assert await rest("DELETE", f"{roles}/{role_id}") == (400, {"message": "Invalid Role", "code": 50028})
    assert (await rest("DELETE", f"{roles}/1"))[1]["code"] == 10011


@pytest.mark.parametrize(
    ("body", "path", "code"),
    [
        ({"name": "x" * 101}, "name", "BASE_TYPE_BAD_LENGTH"),
        ({"color": 0x1000000}, "color", "NUMBER_TYPE_MAX"),
        ({"permissions": "many"}, "permissions", "NUMBER_TYPE_COERCE"),
        ({"hoist": "yes"}, "hoist", "BOOLEAN_TYPE_CONVERT"),
    ],
)
async def test_a_bad_role_is_refused_where_it_is_bad(rest: Any, roles: str, body: Any, path: str, code: str) -> None:
    """With the error at its field."""
    status, error = await rest("POST", roles, json=body)
    assert (status, error["errors"][path]["_errors"][0]["code"]) == (400, code)


async def test_a_picture_needs_boosts(rest: Any, roles: str) -> None:
    """The sandbox's guilds have none."""
    assert (await rest("POST", roles, json={"unicode_emoji": "🎲"}))[1]["code"] == 50101


async def test_a_guild_has_250_roles_at_most(sandbox: Sandbox, rest: Any, roles: str) -> None:
    """@everyone counts."""
    for number in range(250 - len(sandbox.guild.state.roles)):
        sandbox.guild.add_role(str(number))
    assert (await rest("POST", roles, json={}))[1]["code"] == 30005


async def test_a_deleted_role_is_gone_from_everybody(sandbox: Sandbox, rest: Any, roles: str) -> None:
    """From members and from the exceptions of channels."""
    alice = sandbox.member("alice", roles=["crew"])
    role = sandbox.guild.role("crew")
    channel = sandbox.channel("general").state
    allowed = {"type": 0, "allow": str(int(Permissions.SEND_MESSAGES))}
    assert (await rest("PUT", f"/channels/{channel.id}/permissions/{role.id}", json=allowed))[0] == 204
    assert (await rest("DELETE", f"{roles}/{role.id}"))[0] == 204
    assert sandbox.guild.state.members[alice.id].role_ids == []
    assert channel.overwrites == []
