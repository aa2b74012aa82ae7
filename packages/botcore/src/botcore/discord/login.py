"""Logging in: who the application is, who owns it, and which privileged intents it may use."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import aiohttp
import nextcord
from nextcord.http import Route

from botcore.discord.client import DiscordClient
from botcore.errors import DiscordUnreachable, LoginRefused

LOGIN_SECONDS = 12.0

# The flags of an application that may use a privileged intent, for large bots and for small ones.
# https://discord.com/developers/docs/resources/application#application-object-application-flags
_FLAGS = {
    "presences": 1 << 12 | 1 << 13,
    "members": 1 << 14 | 1 << 15,
    "message_content": 1 << 18 | 1 << 19,
}


@dataclass(frozen=True, slots=True)
class Application:
    """The application that a token belongs to.

    Args:
        id: the application's id.
        owners: the user ids of its owner, or of its team's members.
        flags: Discord's application flags.
    """

    id: int
    owners: frozenset[int]
    flags: int

    def missing(self, privileged_intents: Iterable[str]) -> list[str]:
        """Those of these intents that are not switched on for the application."""
        return sorted(name for name in privileged_intents if not self.flags & _FLAGS.get(name, 0))


async def log_in(client: DiscordClient, token: str) -> Application:
    """Check the token and learn whose it is.

    Raises:
        LoginRefused: if the token is wrong.
        DiscordUnreachable: if nothing that speaks Discord's API answers in time.
    """
    try:
        async with asyncio.timeout(LOGIN_SECONDS):
            await client.login(token)
            return _application(await client.http.application_info())
    except nextcord.LoginFailure:
        raise LoginRefused(
            "Discord refused the token; copy it anew from the Bot page of your application in Discord's developer "
            "portal, and set it as BOTCORE_DISCORD__TOKEN or as `token` under [discord]."
        ) from None
    except nextcord.HTTPException as error:
        raise DiscordUnreachable(
            f"{Route.BASE} answered the login with {error.status}; check discord.api_url, or try again later."
        ) from error
    except (OSError, aiohttp.ClientError, TimeoutError, KeyError, TypeError, ValueError) as error:
        raise DiscordUnreachable(
            f"Nothing at {Route.BASE} answers as Discord does ({_brief(error)}); check discord.api_url and the network."
        ) from error


def _application(data: Any) -> Application:
    team = data.get("team")
    people = [member["user"] for member in team["members"]] if team else [data["owner"]]
    return Application(int(data["id"]), frozenset(int(person["id"]) for person in people), int(data.get("flags") or 0))


def _brief(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
