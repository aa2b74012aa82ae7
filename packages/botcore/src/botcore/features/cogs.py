"""Building the nextcord Cogs that a feature brings, and letting go of them."""

import inspect
from collections.abc import Iterable, Iterator
from typing import Any

from botcore.commands import ClientCog, RunningClient, listeners_of
from botcore.container import ServiceContainer
from botcore.errors import FeatureError
from botcore.features.base import BaseFeature
from botcore.log import get_logger

_log = get_logger(__name__)


def build_cogs(feature: BaseFeature, services: ServiceContainer) -> Iterator[ClientCog]:
    """Build every Cog of a feature; its constructor gets nextcord's client and whatever its annotations ask for.

    Raises:
        FeatureError: for what is no Cog.
        Exception: whatever a constructor raises.
    """
    client = services.get(RunningClient)
    for declared in feature.cogs:
        if not _is_cog(declared):
            raise FeatureError(feature.name, f"{declared!r} in `cogs` is no class of a nextcord Cog")
        cog = services.build(declared, {"bot": client, "client": client})
        unused = sorted(_unused(cog))
        if unused:
            _log.warning("parts of a Cog are never used here", cog=declared.__name__, parts=unused)
        yield cog


def _is_cog(declared: Any) -> bool:
    return isinstance(declared, type) and issubclass(declared, ClientCog)


def _unused(cog: ClientCog) -> Iterator[str]:
    """What belongs to nextcord's bots and to how they take interactions."""
    for command in getattr(cog, "__cog_commands__", ()):
        yield f"the prefix command {command.qualified_name}"
    for event, _method in listeners_of(cog):
        if event == "on_interaction":
            yield "the listener to on_interaction"


async def unload(cogs: Iterable[ClientCog]) -> None:
    """Call ``cog_unload`` of every Cog that has one, as nextcord does with a Cog that is removed."""
    for cog in cogs:
        try:
            outcome = getattr(cog, "cog_unload", lambda: None)()
            if inspect.isawaitable(outcome):
                await outcome
        except Exception:
            _log.exception("a Cog failed to unload", cog=type(cog).__name__)
