"""Command sync: compare the catalogue with what Discord has, and send it whole, once, only where it differs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import nextcord

from botcore.commands import Payload
from botcore.discord.client import DiscordClient
from botcore.discord.patience import LOST, patiently
from botcore.errors import BotCoreError

#: What Discord fills in where a command or option does not say it.
_DEFAULTS: Mapping[str, Any] = {
    "type": 1,
    "description": "",
    "required": False,
    "autocomplete": False,
    "nsfw": False,
    "default_member_permissions": None,
    "integration_types": [0],
}
_COMPARED = (
    "name",
    "type",
    "description",
    "name_localizations",
    "description_localizations",
    "required",
    "autocomplete",
    "min_value",
    "max_value",
    "min_length",
    "max_length",
    "nsfw",
    "default_member_permissions",
)


class CatalogueRefused(BotCoreError):
    """Discord did not accept the commands; the text says which part and why, as Discord put it."""


@dataclass(frozen=True, slots=True)
class Synced:
    """The commands that Discord has after a sync.

    Args:
        written: whether anything had to be written.
        commands: Discord's command objects, with their ids.
    """

    written: bool
    commands: Sequence[Mapping[str, Any]]


async def sync_commands(client: DiscordClient, application_id: int, catalogue: Sequence[Payload]) -> Synced:
    """Make Discord's global commands those of the catalogue.

    Raises:
        CatalogueRefused: if Discord refuses the catalogue or cannot be reached; the commands it has are untouched.
    """
    http = client.http
    try:
        remote = await patiently(lambda: http.get_global_commands(application_id), "reading the commands")
        if same_commands(remote, catalogue):
            return Synced(False, remote)
        now = await patiently(
            lambda: http.bulk_upsert_global_commands(application_id, list(catalogue)), "writing the commands"
        )
    except nextcord.HTTPException as error:
        raise CatalogueRefused(refused(error)) from error
    except LOST as error:
        raise CatalogueRefused(f"Discord cannot be reached ({type(error).__name__})") from error
    return Synced(True, now)


def refused(error: nextcord.HTTPException) -> str:
    """What Discord said when it refused, in one line."""
    return f"{error.status} {error.code}: {' '.join(error.text.split())}"


def same_commands(remote: Sequence[Mapping[str, Any]], local: Sequence[Mapping[str, Any]]) -> bool:
    """Whether Discord's commands are those of the catalogue, whatever it added and in whatever order."""
    return _by_name(remote) == _by_name(local)


def _by_name(commands: Sequence[Mapping[str, Any]]) -> dict[tuple[int, str], Any]:
    return {(command.get("type", 1), command["name"]): comparable(command) for command in commands}


def comparable(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Reduce a command or option to what an author can set."""
    plain: dict[str, Any] = {key: entry.get(key) or _DEFAULTS.get(key) for key in _COMPARED}
    for bound in ("min_value", "max_value", "min_length", "max_length"):
        plain[bound] = None if entry.get(bound) is None else float(entry[bound])
    plain["contexts"] = sorted(entry.get("contexts") or ())
    plain["integration_types"] = sorted(entry.get("integration_types") or [0])
    plain["channel_types"] = sorted(entry.get("channel_types") or ())
    plain["choices"] = [(choice["name"], choice["value"]) for choice in entry.get("choices") or ()]
    plain["options"] = [comparable(option) for option in entry.get("options") or ()]
    return plain
