from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol, assert_type

import pytest

from botcore.clock import ManualClock
from botcore.container.container import ServiceContainer
from botcore.errors import AlreadyRegistered, BotCoreError


class Greeter(Protocol):
    """A contract that packages meet through."""

    def greet(self) -> str:
        """A greeting."""
        ...


class Words:
    """A service without needs."""

    text = "hello"


class PoliteGreeter:
    """An implementation that never heard of the contract."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def greet(self) -> str:
        """A greeting."""
        return f"{self.words.text}, please"


class Porter:
    """Needs a contract, not an implementation."""

    def __init__(self, greeter: Greeter, *, doors: int = 2) -> None:
        self.greeter = greeter
        self.doors = doors


@pytest.fixture
def container() -> ServiceContainer:
    """An empty container."""
    return ServiceContainer()


def test_a_class_is_built_from_its_annotations_once(container: ServiceContainer) -> None:
    """Everybody gets the same object, and so do those that need it."""
    container.register_singleton(PoliteGreeter)
    container.register_singleton(Words)
    greeter = container.get(PoliteGreeter)
    assert_type(greeter, PoliteGreeter)
    assert greeter is container.get(PoliteGreeter)
    assert greeter.words is container.get(Words)


def test_nothing_is_built_before_it_is_asked_for(container: ServiceContainer) -> None:
    """A feature that nobody uses costs nothing."""
    built = []

    class Costly:
        def __init__(self) -> None:
            built.append(self)

    container.register_singleton(Costly)
    assert built == []
    container.get(Costly)
    container.get(Costly)
    assert len(built) == 1


def test_an_instance_is_served_as_it_is(container: ServiceContainer) -> None:
    """Under its own type, a contract or a name."""
    words = Words()
    container.register_singleton(Words, words)
    container.register_singleton("words", words)
    assert container.get(Words) is container.get("words") is words
    by_name: Any = container.get("words")
    assert by_name is words


def test_a_class_can_be_registered_under_a_contract_or_a_name(container: ServiceContainer) -> None:
    """The key is what others ask for."""
    container.register_singleton(Words)
    container.register_singleton(Greeter, PoliteGreeter)
    container.register_singleton("porter", Porter)
    greeter = container.get(Greeter)
    assert_type(greeter, Greeter)
    assert greeter.greet() == "hello, please"
    assert container.get("porter").greeter is greeter


def test_a_name_alone_stands_for_nothing(container: ServiceContainer) -> None:
    """The sentence says what is missing."""
    with pytest.raises(BotCoreError, match="'words' is a name; say which class or instance it stands for"):
        container.register_singleton("words", None)


def test_a_factory_makes_a_new_object_each_time_and_its_parameters_are_wired(
    container: ServiceContainer,
) -> None:
    """Also twice within one object."""

    @dataclass(frozen=True, eq=False)
    class Note:
        words: Words

    @dataclass
    class Pair:
        first: Note
        second: Note

    def write(words: Words) -> Note:
        return Note(words)

    container.register_singleton(Words)
    container.register_singleton(Pair)
    container.register_factory(Note, write)
    note = container.get(Note)
    assert_type(note, Note)
    assert note is not container.get(Note)
    assert note.words is container.get(Words)
    pair = container.get(Pair)
    assert pair.first is not pair.second


def test_what_is_bound_twice_is_still_one_object(container: ServiceContainer) -> None:
    """A contract, a name and the class itself lead to the same service."""
    container.register_singleton(Words)
    container.bind(Greeter, PoliteGreeter)
    container.bind("greeter", PoliteGreeter)
    assert container.get(Greeter) is container.get("greeter")
    assert container.get(Greeter) is container.get(PoliteGreeter)


def test_the_class_that_something_is_bound_to_can_be_registered_before_or_after(
    container: ServiceContainer,
) -> None:
    """The registration is what is served."""
    own = PoliteGreeter(Words())
    container.bind(Greeter, PoliteGreeter)
    container.register_singleton(PoliteGreeter, own)
    assert container.get(Greeter) is own


def test_a_type_checker_sees_a_wrong_binding(container: ServiceContainer) -> None:
    """The comment below would be reported as unused if it did not."""
    container.bind(Greeter, Words)  # type: ignore[arg-type]  # the mistake is the point
    assert Greeter in container


def test_nothing_can_be_bound_to_itself(container: ServiceContainer) -> None:
    """It would never end."""
    with pytest.raises(BotCoreError, match="Words cannot be bound to itself; use register_singleton"):
        container.bind(Words, Words)


def test_a_parameter_with_a_default_is_filled_when_something_is_registered(
    container: ServiceContainer,
) -> None:
    """And left alone otherwise; `X | None` asks for X."""

    class Choosy:
        def __init__(self, words: Words | None = None, *, size: int = 3) -> None:
            self.words, self.size = words, size

    assert container.build(Choosy).words is None
    container.register_singleton(Words)
    choosy = container.build(Choosy)
    assert choosy.words is container.get(Words)
    assert choosy.size == 3


def test_open_ended_parameters_are_left_empty(container: ServiceContainer) -> None:
    """Whatever their annotation."""

    class Open:
        def __init__(self, *words: Words, **options: int) -> None:
            self.words, self.options = words, options

    container.register_singleton(Open)
    assert container.get(Open).words == ()
    assert container.get(Open).options == {}


def test_a_command_is_built_without_being_registered(container: ServiceContainer) -> None:
    """A new one each time, from registered services."""
    container.register_singleton(Words)
    container.bind(Greeter, PoliteGreeter)
    porter = container.build(Porter)
    assert_type(porter, Porter)
    assert porter is not container.build(Porter)
    assert porter.greeter is container.get(Greeter)
    assert porter.doors == 2
    assert Porter not in container


def test_a_key_registered_twice_is_an_error(container: ServiceContainer) -> None:
    """Unless that is said to be on purpose."""
    first, second = Words(), Words()
    container.register_singleton(Words, first)
    with pytest.raises(AlreadyRegistered, match="Words is registered already; pass override=True"):
        container.register_singleton(Words, second)
    with pytest.raises(AlreadyRegistered):
        container.register_factory(Words, Words)
    container.register_singleton(Words, second, override=True)
    assert container.get(Words) is second


def test_what_others_hold_already_cannot_be_replaced(container: ServiceContainer) -> None:
    """Half of the bot would go on with the old one."""
    container.register_singleton(Words)
    container.get(Words)
    with pytest.raises(AlreadyRegistered, match="others hold it already; replace it before it is first used"):
        container.register_singleton(Words, Words(), override=True)


def test_an_error_of_a_constructor_says_what_was_being_built(container: ServiceContainer) -> None:
    """The error itself stays as it is."""

    class Broken:
        def __init__(self) -> None:
            raise OSError("no such file")

    class Above:
        def __init__(self, broken: Broken) -> None: ...

    container.register_singleton(Broken)
    container.register_singleton(Above)
    with pytest.raises(OSError, match="no such file") as caught:
        container.get(Above)
    assert caught.value.__notes__ == ["while building Above -> Broken"]


def test_every_service_that_is_built_is_reported_once() -> None:
    """With the seconds it took, including what it needs; getting it again is not."""
    clock, seen = ManualClock(), []

    class Slow:
        def __init__(self) -> None:
            clock.advance(timedelta(seconds=2))

    class Slower:
        def __init__(self, slow: Slow) -> None:
            clock.advance(timedelta(seconds=3))

    container = ServiceContainer(on_resolve=lambda name, seconds: seen.append((name, seconds)), clock=clock)
    container.register_singleton(Slow)
    container.register_singleton(Slower)
    container.get(Slower)
    container.get(Slower)
    assert seen == [("Slow", 2.0), ("Slower", 5.0)]


def test_a_container_knows_what_it_can_serve(container: ServiceContainer) -> None:
    """By key."""
    container.register_singleton("words", Words)
    assert "words" in container
    assert Words not in container
