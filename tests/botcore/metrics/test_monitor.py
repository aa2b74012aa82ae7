import inspect
import json

import pytest

from botcore.container.container import ServiceContainer
from botcore.metrics.histogram import BUCKETS
from botcore.metrics.monitor import PerformanceMonitor


async def test_commands_are_counted_and_timed_by_name_and_outcome() -> None:
    """Waiting callers and the pipeline count into the same place."""
    monitor = PerformanceMonitor()
    await monitor.track_command_execution("roll", 0.25)
    monitor.command_finished("roll", 0.5, "refused")
    monitor.command_finished("help", 0.125)
    commands = monitor.snapshot()["commands"]
    assert (commands["roll"]["count"], commands["roll"]["seconds"]) == (2, 0.75)
    assert commands["roll"]["outcomes"] == {"ok": 1, "refused": 1}
    assert commands["help"]["outcomes"] == {"ok": 1}


async def test_services_are_counted_and_timed_by_name() -> None:
    """A container reports to it directly."""
    monitor = PerformanceMonitor()
    container = ServiceContainer(on_resolve=monitor.service_resolved)
    container.register_singleton(PerformanceMonitor)
    container.get(PerformanceMonitor)
    await monitor.track_service_resolution("Clock", 0.5)
    services = monitor.snapshot()["services"]
    assert services["PerformanceMonitor"]["count"] == 1
    assert (services["Clock"]["count"], services["Clock"]["seconds"]) == (1, 0.5)
    assert "outcomes" not in services["Clock"]


@pytest.mark.parametrize(
    ("seconds", "bucket"),
    [(0.0, "0.001"), (0.001, "0.001"), (0.0011, "0.0025"), (3.0, "5.0"), (10.0, "10.0"), (10.1, "+Inf")],
)
def test_a_duration_falls_into_the_bucket_whose_bound_it_reaches(seconds: float, bucket: str) -> None:
    """A bound belongs to its bucket."""
    monitor = PerformanceMonitor()
    monitor.command_finished("roll", seconds)
    buckets = monitor.snapshot()["commands"]["roll"]["buckets"]
    assert list(buckets) == [*map(str, BUCKETS), "+Inf"]
    assert [name for name, count in buckets.items() if count] == [bucket]


def test_memory_does_not_grow_with_names_and_what_is_not_kept_is_counted() -> None:
    """Names that are known go on being counted."""
    monitor = PerformanceMonitor(most_names=2)
    for name in ("a", "b", "c", "d", "a"):
        monitor.command_finished(name, 0.1)
    monitor.service_resolved("Clock", 0.1)
    snapshot = monitor.snapshot()
    assert {name: each["count"] for name, each in snapshot["commands"].items()} == {"a": 2, "b": 1}
    assert list(snapshot["services"]) == ["Clock"]
    assert snapshot["not_kept"] == 2


def test_memory_does_not_grow_with_outcomes() -> None:
    """The 21st and later ones are the same one."""
    monitor = PerformanceMonitor()
    for number in range(25):
        monitor.command_finished("roll", 0.1, f"o{number}")
    outcomes = monitor.snapshot()["commands"]["roll"]["outcomes"]
    assert len(outcomes) == 21
    assert outcomes["other"] == 5


def test_a_snapshot_is_json_and_belongs_to_whoever_took_it() -> None:
    """Changing it changes nothing here."""
    monitor = PerformanceMonitor()
    monitor.command_finished("roll", 0.1)
    before = json.dumps(monitor.snapshot())
    taken = monitor.snapshot()
    taken["commands"]["roll"]["outcomes"]["ok"] = 99
    taken["commands"].clear()
    assert json.dumps(monitor.snapshot()) == before


def test_nobody_can_be_a_label() -> None:
    """No method takes a user, a guild, or anything open-ended."""
    taken = {
        parameter.name
        for name, method in inspect.getmembers(PerformanceMonitor, inspect.isfunction)
        if not name.startswith("_")
        for parameter in inspect.signature(method).parameters.values()
    }
    assert taken == {"self", "command", "service", "seconds", "duration", "outcome"}
