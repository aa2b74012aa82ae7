"""Where tests order faults: those of REST wait for their requests, those of the gateway happen at once."""

from collections import deque
from dataclasses import dataclass
from typing import Any

from botcore_sandbox.driver.errors import SandboxError
from botcore_sandbox.faults.rules import Fault, FaultKind, Scope
from botcore_sandbox.gateway.hub import Gateway

_MOST_FAULTS = 100
_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A request that met a fault."""

    kind: FaultKind
    method: str
    path: str


class Faults:
    """What goes wrong, on demand.

    A REST fault waits for the next `times` requests that fit its method and path (below `/api/v10`; `*` is one
    segment, `**` any number), so every fault ends by itself; those that were ordered first are met first. With
    `taken=True` the sandbox does what was asked and only the answer is lost.

    Example:
        `sandbox.faults.refuse("POST", "/channels/*/messages", status=502)`
    """

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._waiting: list[Fault] = []
        self._count = 0
        self.spoiled: deque[Spoiled] = deque(maxlen=_KEPT)
        """The requests that met a fault, oldest first."""

    def __len__(self) -> int:
        return len(self._waiting)

    # -- REST -------------------------------------------------------------------------------------------------------

    def refuse(
        self,
        method: str = "*",
        path: str = "**",
        *,
        status: int = 500,
        code: int = 0,
        message: str | None = None,
        times: int = 1,
        taken: bool = False,
    ) -> Fault:
        """Answer with an error; from 500 on without a Discord code, as the proxies before Discord do."""
        return self.add(
            Fault(
                kind=FaultKind.REFUSE,
                method=method,
                path=path,
                status=status,
                code=code,
                message=message,
                times=times,
                taken=taken,
            )
        )

    def rate_limit(
        self,
        method: str = "*",
        path: str = "**",
        *,
        scope: Scope | str = Scope.ROUTE,
        seconds: float = 0.3,
        times: int = 1,
    ) -> Fault:
        """Answer 429 with everything that Discord sends along; the limit is over after some seconds."""
        return self.add(
            Fault(
                kind=FaultKind.RATE_LIMIT, method=method, path=path, scope=_scope(scope), seconds=seconds, times=times
            )
        )

    def slow(
        self, seconds: float, method: str = "*", path: str = "**", *, times: int = 1, taken: bool = False
    ) -> Fault:
        """Think for some seconds before doing what is asked, or with `taken` before answering."""
        return self.add(Fault(kind=FaultKind.SLOW, method=method, path=path, seconds=seconds, times=times, taken=taken))

    def drop_rest(self, method: str = "*", path: str = "**", *, times: int = 1, taken: bool = True) -> Fault:
        """Break the connection: in the middle of the answer, or without `taken` before anything was done."""
        return self.add(Fault(kind=FaultKind.DROP_REST, method=method, path=path, times=times, taken=taken))

    def add(self, fault: Fault) -> Fault:
        """Order a fault.

        Raises:
            SandboxError: too many are waiting.
        """
        if len(self._waiting) >= _MOST_FAULTS:
            raise SandboxError(f"{_MOST_FAULTS} faults are waiting already; clear them first.")
        self._count += 1
        fault.id = self._count
        self._waiting.append(fault)
        return fault

    def meet(self, method: str, path: str) -> Fault | None:
        """The fault that a request meets, which is used up by one."""
        fault = next((fault for fault in self._waiting if fault.meets(method, path)), None)
        if fault is not None:
            fault.times -= 1
            if not fault.times:
                self._waiting.remove(fault)
            self.spoiled.append(Spoiled(fault.kind, method, path))
        return fault

    # -- the gateway ------------------------------------------------------------------------------------------------

    async def drop_gateway(self, code: int | None = None, *, shard: int | None = None) -> int:
        """End connections, with a close code or without a word; returns how many there were."""
        return await self._gateway.drop(code, shard)

    def half_open(self, *, shard: int | None = None) -> int:
        """Leave the sockets open and let nothing flow through them any more; returns how many there were."""
        return self._gateway.freeze(shard)

    def reconnect(self, *, shard: int | None = None) -> int:
        """Ask clients to connect anew and resume (opcode 7); returns how many there were."""
        return self._gateway.ask_to_reconnect(shard)

    def invalid_session(self, *, resumable: bool = False, shard: int | None = None) -> int:
        """Tell clients that their session is invalid (opcode 9); returns how many there were."""
        return self._gateway.invalidate(resumable=resumable, shard=shard)

    # -- all of them ------------------------------------------------------------------------------------------------

    def waiting(self) -> list[dict[str, Any]]:
        """The faults that wait for requests, in order."""
        return [fault.payload() for fault in self._waiting]

    def remove(self, fault_id: int) -> bool:
        """Take one back; False if there is none of that id."""
        before = len(self._waiting)
        self._waiting = [fault for fault in self._waiting if fault.id != fault_id]
        return len(self._waiting) < before

    def clear(self) -> None:
        """Take all of them back, and end half-open connections."""
        self._waiting.clear()
        self.spoiled.clear()
        self._gateway.abort_frozen()


def _scope(scope: Scope | str) -> Scope:
    try:
        return Scope(scope)
    except ValueError:
        raise SandboxError(f"A rate limit's scope is route, shared or global, not {scope!r}.") from None
