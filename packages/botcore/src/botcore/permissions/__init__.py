"""Who may do what: the levels a command asks for, and the policy that decides at every call.

Belongs here: what botcore itself decides. Does not: what Discord enforces (default member permissions) and what a
feature's services decide (whose poll this is).
"""

from botcore.permissions.level import PermissionLevel
from botcore.permissions.policy import Caller, PermissionPolicy

__all__ = ["Caller", "PermissionLevel", "PermissionPolicy"]
