"""A Discord of your own on loopback: REST v10 and the gateway, strict where Discord is strict.

`server` puts the parts together: `state` (what exists), `clock` (its time), `payloads` (how it looks on the wire),
`validation` (what is refused), `rest` and `gateway` (the two doors), `driver` (people who use the bot), `faults` (what
goes wrong on demand), `traffic` (what was said). Nothing in here knows a client library, and only what joins the
command line, runs a bot in a test (`fakes` among it) or plays the tour may know botcore.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from botcore_sandbox.clock.moving import ClockCannotMove, SandboxClock
    from botcore_sandbox.driver.errors import (
        CommandHidden,
        NoAnswer,
        NotAllowed,
        NotOffered,
        SandboxError,
    )
    from botcore_sandbox.driver.person import Person
    from botcore_sandbox.driver.places import ChannelView, GuildView
    from botcore_sandbox.driver.reply import Reply
    from botcore_sandbox.driver.resolving import File
    from botcore_sandbox.driver.views import MessageView, ModalView
    from botcore_sandbox.environment import bot_environment
    from botcore_sandbox.fakes.members import FakeMembers
    from botcore_sandbox.fakes.messenger import FakeMessenger
    from botcore_sandbox.faults.board import Faults
    from botcore_sandbox.in_process import BotOnSandbox
    from botcore_sandbox.process import BotProcess
    from botcore_sandbox.rest.limits import RateLimits
    from botcore_sandbox.server import Sandbox
    from botcore_sandbox.state.permissions import Permissions

__all__ = [
    "BotOnSandbox",
    "BotProcess",
    "ChannelView",
    "ClockCannotMove",
    "CommandHidden",
    "FakeMembers",
    "FakeMessenger",
    "Faults",
    "File",
    "GuildView",
    "MessageView",
    "ModalView",
    "NoAnswer",
    "NotAllowed",
    "NotOffered",
    "Permissions",
    "Person",
    "RateLimits",
    "Reply",
    "Sandbox",
    "SandboxClock",
    "SandboxError",
    "bot_environment",
]

_HOMES = {
    "BotOnSandbox": "botcore_sandbox.in_process",
    "BotProcess": "botcore_sandbox.process",
    "ChannelView": "botcore_sandbox.driver.places",
    "ClockCannotMove": "botcore_sandbox.clock.moving",
    "CommandHidden": "botcore_sandbox.driver.errors",
    "FakeMembers": "botcore_sandbox.fakes.members",
    "FakeMessenger": "botcore_sandbox.fakes.messenger",
    "Faults": "botcore_sandbox.faults.board",
    "File": "botcore_sandbox.driver.resolving",
    "GuildView": "botcore_sandbox.driver.places",
    "MessageView": "botcore_sandbox.driver.views",
    "ModalView": "botcore_sandbox.driver.views",
    "NoAnswer": "botcore_sandbox.driver.errors",
    "NotAllowed": "botcore_sandbox.driver.errors",
    "NotOffered": "botcore_sandbox.driver.errors",
    "Permissions": "botcore_sandbox.state.permissions",
    "Person": "botcore_sandbox.driver.person",
    "RateLimits": "botcore_sandbox.rest.limits",
    "Reply": "botcore_sandbox.driver.reply",
    "Sandbox": "botcore_sandbox.server",
    "SandboxClock": "botcore_sandbox.clock.moving",
    "SandboxError": "botcore_sandbox.driver.errors",
    "bot_environment": "botcore_sandbox.environment",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: the command line loads this package and must stay quick."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(home), name)
