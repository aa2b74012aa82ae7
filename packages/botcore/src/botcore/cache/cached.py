"""`@cached`: a method of a service whose result is remembered, and which runs once however many ask at once."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Coroutine
from contextvars import Context
from dataclasses import dataclass
from datetime import timedelta
from functools import update_wrapper
from typing import Any, Concatenate, Protocol, Self, cast, overload

from botcore.cache.port import Cache, InvalidCacheUse
from botcore.cache.values import check_key, check_ttl, decode, encode
from botcore.db import current_transaction
from botcore.log import current_source

_MISSING = object()


class HasCache(Protocol):
    """A service with cached methods; it gets its cache from the container."""

    @property
    def cache(self) -> Cache:
        """Where the results are kept."""
        ...


def cached[S: HasCache, **P, T](
    *, ttl: timedelta, key: Callable[..., str | int] | None = None
) -> Callable[[Callable[Concatenate[S, P], Awaitable[T]]], "CachedMethod[S, P, T]"]:
    """Remember what an async method of a service returns.

    ```python
    class Profiles:
        def __init__(self, cache: bc.Cache, database: Database) -> None:
            self.cache = cache

        @bc.cached(ttl=timedelta(minutes=5))
        async def timezone(self, user_id: int) -> str | None: ...

    await profiles.timezone(7)
    await profiles.timezone.forget(7)  # after a change
    ```

    Those that ask while nothing is remembered share one call. It ends only when nobody waits for it any more: the
    first who asked may be cancelled, and the others still get its result. An error reaches everybody who waits for
    that call, and is not remembered. Each gets a value of their own.

    The result must be JSON (see `Cache`) and depend on the arguments alone. The call runs in a task of its own, outside
    the language and the transaction of whoever asks; so do not ask for one that writes while you are in a transaction.
    `forget` inside a transaction takes effect once it is committed, because only then others can read what changed.

    Args:
        ttl: how long a result is remembered.
        key: makes the key of the method's arguments (without ``self``); by default it is all of them, which then have
            to be JSON too. The method's own name is always part of it.

    Raises:
        InvalidCacheUse: `ttl` is not positive, or what is decorated is not an async method; later, from a call, when
            arguments or result cannot be used.
    """
    check_ttl(ttl)

    def decorate(method: Callable[Concatenate[S, P], Awaitable[T]]) -> CachedMethod[S, P, T]:
        return CachedMethod(method, ttl, key)

    return decorate


@dataclass(slots=True, eq=False)
class _Load:
    """One call that is under way, and how many wait for it."""

    task: asyncio.Task[bytes] | None = None
    waiting: int = 0


class CachedMethod[S: HasCache, **P, T]:
    """A method whose results are remembered; made by `cached`.

    Args:
        method: what to call where nothing is remembered.
        ttl: how long a result is remembered.
        key: makes a key of the arguments.
    """

    def __init__(
        self,
        method: Callable[Concatenate[S, P], Awaitable[T]],
        ttl: timedelta,
        key: Callable[..., str | int] | None,
    ) -> None:
        if not inspect.iscoroutinefunction(method):
            raise InvalidCacheUse(f"{method!r} cannot be cached: @cached is for methods that are `async def`")
        update_wrapper(self, method)
        self._method = method
        self._name = f"{method.__module__}.{method.__qualname__}"
        self._signature = inspect.signature(method)
        self._ttl = ttl
        self._make_key = key
        self._loads: dict[tuple[int, str], _Load] = {}
        self._forgetting: set[asyncio.Task[None]] = set()

    @overload
    def __get__(self, service: None, owner: type[Any]) -> Self: ...
    @overload
    def __get__(self, service: S, owner: type[Any]) -> "BoundCachedMethod[P, T]": ...
    def __get__(self, service: S | None, owner: type[Any]) -> "Self | BoundCachedMethod[P, T]":
        """The method of one service."""
        return self if service is None else BoundCachedMethod(self, service)

    async def __call__(self, service: S, *args: P.args, **kwargs: P.kwargs) -> T:
        """The result, remembered or new; see `cached`."""
        key = self._key(service, args, kwargs)
        # Of one cache, because its keys are; while a call is under way, its service keeps the cache alive.
        slot = (id(service.cache), key)
        load = self._loads.get(slot)
        if load is None:
            load = self._loads[slot] = _Load()
            context = Context()
            context.run(current_source.set, current_source.get())
            load.task = _begin(self._load(slot, load, service, args, kwargs), context)
        task = cast("asyncio.Task[bytes]", load.task)
        load.waiting += 1
        try:
            encoded = await asyncio.shield(task)
        finally:
            load.waiting -= 1
            if not load.waiting and not task.done():
                self._end(slot, load)
                task.cancel()
        return cast("T", decode(encoded))

    async def forget(self, service: S, *args: P.args, **kwargs: P.kwargs) -> None:
        """Forget the result of these arguments; a call that is under way is not remembered either."""
        key = self._key(service, args, kwargs)
        transaction = current_transaction()
        if transaction is None:
            await self._forget(service.cache, key)
        else:
            transaction.after_commit(lambda: self._forget_now(service.cache, key))

    def _forget_now(self, cache: Cache, key: str) -> None:
        task = _begin(self._forget(cache, key), Context())
        self._forgetting.add(task)
        task.add_done_callback(self._forgetting.discard)

    async def _forget(self, cache: Cache, key: str) -> None:
        self._loads.pop((id(cache), key), None)
        await cache.delete(key)

    async def _load(
        self, slot: tuple[int, str], load: _Load, service: S, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> bytes:
        _, key = slot
        try:
            known = await service.cache.get(key, _MISSING)
            if known is not _MISSING:
                return encode(f"what {self._name} returned", known)
            result = await self._method(service, *args, **kwargs)
            encoded = encode(f"what {self._name} returned", result)
            if self._loads.get(slot) is load:  # nobody has said to forget it meanwhile
                await service.cache.set(key, result, self._ttl)
            return encoded
        finally:
            self._end(slot, load)

    def _end(self, slot: tuple[int, str], load: _Load) -> None:
        if self._loads.get(slot) is load:
            del self._loads[slot]

    def _key(self, service: S, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
        given: Any
        if self._make_key is not None:
            given = self._make_key(*args, **kwargs)
        else:
            bound = self._signature.bind(service, *args, **kwargs)
            bound.apply_defaults()
            given = list(bound.arguments.values())[1:]
        return check_key(f"{self._name}:{encode(f'the arguments of {self._name}', given).decode()}")


def _begin[R](work: Coroutine[Any, Any, R], context: Context) -> asyncio.Task[R]:
    """Begin at once: what is remembered in this process needs no turn of the event loop."""
    return asyncio.Task(work, loop=asyncio.get_running_loop(), context=context, eager_start=True)


class BoundCachedMethod[**P, T]:
    """A cached method of one service."""

    def __init__(self, method: CachedMethod[Any, P, T], service: Any) -> None:
        self._method, self._service = method, service

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Coroutine[Any, Any, T]:
        """The result, remembered or new; see `cached`."""
        return self._method(self._service, *args, **kwargs)

    def forget(self, *args: P.args, **kwargs: P.kwargs) -> Coroutine[Any, Any, None]:
        """Forget the result of these arguments, after a change of what it was made of."""
        return self._method.forget(self._service, *args, **kwargs)
