"""Application commands."""

from typing import Any

from botcore_sandbox.state.commands import Command

_LOCALIZED = ("name_localizations", "description_localizations")


def command_payload(command: Command, *, with_localizations: bool) -> dict[str, Any]:
    """A command (`ApplicationCommandResponse`); lists leave localisations out unless they are asked for.

    Options are given back with exactly the keys that were sent: clients compare them to find out whether
    anything has to be registered again.
    """
    payload: dict[str, Any] = {
        "id": str(command.id),
        "application_id": str(command.application_id),
        "version": str(command.version),
    }
    if command.guild_id is not None:
        payload["guild_id"] = str(command.guild_id)
    body = command.body if with_localizations else _without_localizations(command.body)
    return payload | body


def _without_localizations(fields: dict[str, Any]) -> dict[str, Any]:
    plain = {key: value for key, value in fields.items() if key not in _LOCALIZED}
    for key in ("options", "choices"):
        if key in plain:
            plain[key] = [_without_localizations(item) for item in plain[key]]
    return plain
