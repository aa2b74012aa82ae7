"""Notices a ``register_...`` that was called and not awaited: nothing of it would happen, and nobody would know."""

import inspect
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

_begun: ContextVar[list[Coroutine[Any, Any, None]] | None] = ContextVar("botcore_begun", default=None)


def must_be_awaited[**P](method: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, Coroutine[Any, Any, None]]:
    """Let `watching_for_await` know of every call of this coroutine function."""

    @wraps(method)
    def called(*args: P.args, **kwargs: P.kwargs) -> Coroutine[Any, Any, None]:
        coroutine = method(*args, **kwargs)
        begun = _begun.get()
        if begun is not None:
            begun.append(coroutine)
        return coroutine

    return called


@contextmanager
def watching_for_await() -> Iterator[Callable[[], bool]]:
    """Inside the block, the value says whether something that had to be awaited was not, and gives it up."""
    begun: list[Coroutine[Any, Any, None]] = []
    token = _begun.set(begun)

    def forgotten() -> bool:
        waiting = [each for each in begun if inspect.getcoroutinestate(each) == inspect.CORO_CREATED]
        for each in waiting:
            each.close()
        begun.clear()
        return bool(waiting)

    try:
        yield forgotten
    finally:
        forgotten()
        _begun.reset(token)
