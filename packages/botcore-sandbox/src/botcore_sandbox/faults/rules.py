"""A fault that waits for its requests: which ones, how often, and what happens to them."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from botcore_sandbox.driver.errors import SandboxError

ANY = "*"
MOST_TIMES = 10_000
MOST_SECONDS = 60.0
_SERVER_ERRORS = range(400, 600)


class FaultKind(StrEnum):
    """What a fault does to a request."""

    REFUSE = "refuse"
    RATE_LIMIT = "rate_limit"
    SLOW = "slow"
    DROP_REST = "drop_rest"


class Scope(StrEnum):
    """Whose limit a 429 reports: this bot's on one route, everybody's on one resource, or this bot's as a whole."""

    ROUTE = "route"
    SHARED = "shared"
    GLOBAL = "global"


@dataclass(slots=True, eq=False, kw_only=True)
class Fault:
    """One fault.

    Args:
        kind: what it does.
        method: the HTTP method, or `"*"` for any.
        path: the path below `/api/v10`; `*` stands for one segment, `**` for any number of them.
        times: how many requests it still meets.
        status: of a refusal.
        code: Discord's JSON error code of a refusal.
        message: the sentence of a refusal; without one, the status's own.
        seconds: how long an answer takes, or after how long a limit is over.
        scope: of a rate limit.
        taken: whether the sandbox does what was asked before it fails.

    Raises:
        SandboxError: for a value that makes no sense or has no bound.
    """

    kind: FaultKind
    method: str = ANY
    path: str = "**"
    times: int = 1
    status: int = 500
    code: int = 0
    message: str | None = None
    seconds: float = 0.0
    scope: Scope = Scope.ROUTE
    taken: bool = False
    id: int = 0
    _pattern: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if not 1 <= self.times <= MOST_TIMES:
            raise SandboxError(f"A fault happens 1 to {MOST_TIMES} times, not {self.times}.")
        if not 0 <= self.seconds <= MOST_SECONDS:
            raise SandboxError(f"A fault takes at most {MOST_SECONDS:g} seconds, not {self.seconds}.")
        if self.status not in _SERVER_ERRORS:
            raise SandboxError(f"A refusal has a status from 400 to 599, not {self.status}.")
        if not self.path.startswith(("/", ANY)):
            raise SandboxError(
                f"A path begins with / below the API's base, for example /channels/*; not {self.path!r}."
            )
        self.method = self.method.upper()
        self._pattern = _compiled(self.path)

    def meets(self, method: str, path: str) -> bool:
        """Whether it is for a request."""
        return self.times > 0 and self.method in {ANY, method} and self._pattern.fullmatch(path) is not None

    def payload(self) -> dict[str, Any]:
        """As the control route shows it."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "method": self.method,
            "path": self.path,
            "times": self.times,
            "status": self.status,
            "code": self.code,
            "message": self.message,
            "seconds": self.seconds,
            "scope": self.scope.value,
            "taken": self.taken,
        }


def _compiled(path: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*?)", path)
    return re.compile("".join({"*": "[^/]+", "**": ".*"}.get(part) or re.escape(part) for part in parts))
