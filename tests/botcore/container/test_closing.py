import asyncio
import io
import json

import pytest

from botcore import log
from botcore.container.container import ServiceContainer
from botcore.errors import BotCoreError


class Diary:
    """What happened, in order."""

    def __init__(self) -> None:
        self.lines: list[str] = []


class First:
    """Closed without waiting."""

    def __init__(self, diary: Diary) -> None:
        self.diary = diary

    def close(self) -> None:
        """Close at once."""
        self.diary.lines.append("first")


class Second:
    """Closed with waiting; it has both methods."""

    def __init__(self, first: First) -> None:
        self.diary = first.diary

    async def aclose(self) -> None:
        """Close after giving way to others."""
        await asyncio.sleep(0)
        self.diary.lines.append("second")

    def close(self) -> None:
        """Never called, since there is `aclose`."""
        self.diary.lines.append("wrong")


class Third:
    """Its `close` waits, too."""

    def __init__(self, second: Second) -> None:
        self.diary = second.diary

    async def close(self) -> None:
        """Close."""
        self.diary.lines.append("third")


@pytest.fixture
def container() -> ServiceContainer:
    """A container with a diary that it did not make."""
    container = ServiceContainer()
    container.register_singleton(Diary, Diary())
    return container


@pytest.fixture
def log_lines() -> io.StringIO:
    """What is logged, one JSON object a line."""
    stream = io.StringIO()
    log.configure(json=True, stream=stream)
    return stream


@pytest.fixture(autouse=True)
def restore_log() -> object:
    """Logging as it was."""
    yield
    log.reset()


async def test_what_was_built_last_is_closed_first(container: ServiceContainer) -> None:
    """Whatever the order of registration; what was never built is not closed."""

    class Never(First):
        pass

    for service in (Never, Third, First, Second):
        container.register_singleton(service)
    diary = container.get(Diary)
    container.get(Third)
    await container.aclose()
    assert diary.lines == ["third", "second", "first"]


async def test_one_service_is_closed_once_however_many_names_it_has(container: ServiceContainer) -> None:
    """A bound contract is no second service."""
    container.bind("first", First)
    diary = container.get(Diary)
    container.get("first")
    await container.aclose()
    await container.aclose()
    assert diary.lines == ["first"]


async def test_only_what_the_container_built_is_closed(container: ServiceContainer) -> None:
    """Instances, factories' objects and commands belong to whoever has them."""
    diary = container.get(Diary)
    container.register_singleton("given", First(diary))
    container.register_factory("made", First)
    container.get("given")
    container.get("made")
    container.build(First)
    await container.aclose()
    assert diary.lines == []


async def test_a_close_that_needs_arguments_is_business(container: ServiceContainer, log_lines: io.StringIO) -> None:
    """A poll is closed by its service, not with it."""

    class Polls:
        def __init__(self, diary: Diary) -> None:
            self.diary = diary

        def close(self, poll: int) -> None:
            self.diary.lines.append(f"poll {poll}")

    container.register_singleton(Polls)
    diary = container.get(Polls).diary
    await container.aclose()
    assert diary.lines == []
    assert log_lines.getvalue() == ""


async def test_a_service_that_cannot_be_closed_never_stops_the_next(
    container: ServiceContainer, log_lines: io.StringIO
) -> None:
    """It is logged with its name and the error."""

    class Stubborn:
        def __init__(self, first: First) -> None: ...

        def close(self) -> None:
            raise OSError("disk full")

    container.register_singleton(First)
    container.register_singleton(Stubborn)
    diary = container.get(Diary)
    container.get(Stubborn)
    await container.aclose()
    assert diary.lines == ["first"]
    line = json.loads(log_lines.getvalue())
    assert (line["service"], line["message"]) == ("Stubborn", "a service could not be closed")
    assert "OSError: disk full" in line["exception"]


@pytest.mark.parametrize("swallows", [False, True])
async def test_a_service_that_never_finishes_closing_is_left_behind(
    container: ServiceContainer, log_lines: io.StringIO, *, swallows: bool
) -> None:
    """Even one that ignores its cancellation."""
    released = asyncio.Event()

    class Endless:
        def __init__(self, first: First) -> None: ...

        async def aclose(self) -> None:
            try:
                await released.wait()
            except asyncio.CancelledError:
                if not swallows:
                    raise
                await released.wait()

    container.register_singleton(First)
    container.register_singleton(Endless)
    diary = container.get(Diary)
    container.get(Endless)
    await container.aclose(step_seconds=0.01)
    released.set()
    assert diary.lines == ["first"]
    line = json.loads(log_lines.getvalue())
    assert (line["service"], line["seconds"]) == ("Endless", 0.01)


async def test_a_closed_container_serves_and_takes_nothing(container: ServiceContainer) -> None:
    """The sentence says why."""
    container.register_singleton(First)
    container.get(First)
    await container.aclose()
    with pytest.raises(BotCoreError, match="First cannot be had: the container is closed"):
        container.get(First)
    with pytest.raises(BotCoreError, match="Second cannot be registered: the container is closed"):
        container.register_singleton(Second)
