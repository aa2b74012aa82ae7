from typing import TYPE_CHECKING, NamedTuple

import pytest

from botcore.container.container import ServiceContainer
from botcore.errors import UnresolvableService

if TYPE_CHECKING:
    from collections import OrderedDict


class Clock:
    """What is missing in most of these tests."""


class ReminderService:
    """Needs the clock."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock


class RemindCommand:
    """Needs the service; commands are built, not registered."""

    def __init__(self, reminders: ReminderService) -> None:
        self.reminders = reminders


class Chicken:
    """Needs the egg."""

    def __init__(self, egg: "Egg") -> None: ...


class Egg:
    """Needs the chicken."""

    def __init__(self, chicken: Chicken) -> None: ...


class Farm:
    """Needs one of a pair that cannot be built."""

    def __init__(self, chicken: Chicken) -> None: ...


@pytest.fixture
def container() -> ServiceContainer:
    """An empty container."""
    return ServiceContainer()


MISSING_CLOCK = "RemindCommand -> ReminderService -> Clock: nothing is registered for Clock"
CIRCLE = (
    "Farm -> Chicken -> Egg -> Chicken: they need each other, so none can be built first; "
    "pass what one of them needs to its methods"
)


def test_a_missing_service_is_named_with_the_whole_path(container: ServiceContainer) -> None:
    """The same when it is checked and when it is built."""
    container.register_singleton(ReminderService)
    with pytest.raises(UnresolvableService) as checked:
        container.validate(RemindCommand)
    with pytest.raises(UnresolvableService) as built:
        container.build(RemindCommand)
    assert str(checked.value) == str(built.value) == MISSING_CLOCK
    assert checked.value.path == built.value.path == ("RemindCommand", "ReminderService", "Clock")


def test_a_circle_is_called_a_circle(container: ServiceContainer) -> None:
    """With everything in it, and how it was reached."""
    container.register_singleton(Chicken)
    container.register_singleton(Egg)
    with pytest.raises(UnresolvableService) as checked:
        container.validate(Farm)
    with pytest.raises(UnresolvableService) as built:
        container.build(Farm)
    assert str(checked.value) == str(built.value) == CIRCLE


def test_a_container_goes_on_after_something_could_not_be_built(container: ServiceContainer) -> None:
    """The path of one failure is not carried into the next."""
    container.register_singleton(ReminderService)
    for _ in range(2):
        with pytest.raises(UnresolvableService, match=f"^{MISSING_CLOCK}$"):
            container.build(RemindCommand)
    container.register_singleton(Clock)
    assert isinstance(container.build(RemindCommand).reminders.clock, Clock)


def test_checking_builds_nothing(container: ServiceContainer) -> None:
    """A constructor may open a connection."""

    class Explosive:
        def __init__(self, clock: Clock) -> None:
            raise AssertionError("built")

    container.register_singleton(Clock)
    container.register_singleton(Explosive)
    container.validate(Explosive)


def test_everything_that_is_registered_is_checked(container: ServiceContainer) -> None:
    """Classes, factories and what contracts are bound to."""

    def remind(clock: Clock) -> ReminderService:
        return ReminderService(clock)

    container.register_factory(ReminderService, remind)
    with pytest.raises(UnresolvableService, match=r"^ReminderService -> Clock: nothing"):
        container.validate()
    other = ServiceContainer()
    other.bind("reminders", ReminderService)
    with pytest.raises(UnresolvableService, match=r"^'reminders' -> ReminderService -> Clock: nothing"):
        other.validate()


def test_a_need_with_a_default_may_be_missing_but_not_broken(container: ServiceContainer) -> None:
    """What is registered is what would be used."""

    class Relaxed:
        def __init__(self, reminders: ReminderService | None = None) -> None: ...

    container.validate(Relaxed)
    container.register_singleton(ReminderService)
    with pytest.raises(UnresolvableService, match=r"^Relaxed -> ReminderService -> Clock: nothing"):
        container.validate(Relaxed)


def test_a_misspelt_name_is_answered_with_the_nearest(container: ServiceContainer) -> None:
    """Names have no type checker."""
    container.register_singleton("calendar_service", Clock)
    with pytest.raises(UnresolvableService, match=r"'calender_service'; did you mean 'calendar_service'"):
        container.get("calender_service")
    with pytest.raises(UnresolvableService, match=r"^'weather': nothing is registered for 'weather'$"):
        container.get("weather")


def test_a_plain_value_needs_a_default_or_a_factory(container: ServiceContainer) -> None:
    """Nobody registers a number."""

    class Limited:
        def __init__(self, limit: int) -> None: ...

    container.register_singleton(Limited)
    with pytest.raises(UnresolvableService, match=r"Limited -> int: .* give the parameter 'limit' a default"):
        container.validate()


def test_an_annotation_that_exists_only_while_type_checking_is_refused(container: ServiceContainer) -> None:
    """The sentence says what to do about it."""

    class Hidden:
        def __init__(self, ordered: "OrderedDict[str, str]") -> None: ...

    with pytest.raises(UnresolvableService, match=r"^Hidden: its annotation 'OrderedDict' .* TYPE_CHECKING"):
        container.register_singleton(Hidden)


def test_a_parameter_without_an_annotation_is_refused(container: ServiceContainer) -> None:
    """Unless it has a default."""

    def make(clock) -> Clock:  # noqa: ANN001 - the missing annotation is the point
        return Clock()

    def make_plain(size=3) -> Clock:  # noqa: ANN001 - as above
        return Clock()

    with pytest.raises(UnresolvableService, match="its parameter 'clock' has no annotation"):
        container.register_factory(Clock, make)
    container.register_factory(Clock, make_plain)
    container.validate()


def test_a_positional_only_parameter_is_refused(container: ServiceContainer) -> None:
    """Parameters are given by name."""

    class Positional:
        def __init__(self, clock: Clock, /) -> None: ...

    with pytest.raises(UnresolvableService, match="'clock' must not be positional-only"):
        container.validate(Positional)


def test_parameters_that_cannot_be_read_are_refused(container: ServiceContainer) -> None:
    """Some of what is written in C tells nothing about itself."""
    with pytest.raises(UnresolvableService, match=r"^type: its parameters cannot be read .* register an instance"):
        container.validate(type)


def test_any_way_to_write_a_constructor_can_be_wired(container: ServiceContainer) -> None:
    """Inherited, none at all, or a tuple's."""

    class Inherits(ReminderService):
        pass

    class Row(NamedTuple):
        clock: Clock

    container.register_singleton(Clock)
    container.register_singleton(Inherits)
    container.register_singleton(Row)
    container.validate()
    assert container.get(Row).clock is container.get(Inherits).clock
