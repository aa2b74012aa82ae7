"""Giving the bot of a sandbox rights, and hearing what the gateway told it."""

from typing import Any

from botcore_sandbox import Permissions, Sandbox
from botcore_sandbox.state.permissions import EVERYONE_DEFAULT

BOT_ROLE = "Sandbox Bot"


def grant(sandbox: Sandbox, *permissions: Permissions, position: int = 50) -> None:
    """Let the bot do what everybody may, and this, from high up in the hierarchy."""
    role = sandbox.guild.role(BOT_ROLE)
    role.permissions = EVERYONE_DEFAULT
    for permission in permissions:
        role.permissions |= permission
    sandbox.guild.move_role(BOT_ROLE, position)


def events(sandbox: Sandbox, name: str) -> list[Any]:
    """What a connected bot was told under a name."""
    return sandbox.traffic.events(name)
