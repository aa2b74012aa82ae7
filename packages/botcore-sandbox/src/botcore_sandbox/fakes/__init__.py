"""Ports of botcore without anything behind them, for tests of services that need no Discord at all.

Here: what implements a port and keeps its promises. Not here: people and places, which `driver` has.
"""

from botcore_sandbox.fakes.members import FakeMembers
from botcore_sandbox.fakes.messenger import Asked, FakeMessenger

__all__ = ["Asked", "FakeMembers", "FakeMessenger"]
