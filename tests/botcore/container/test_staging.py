from typing import assert_type

import pytest

from botcore.container.container import ServiceContainer, StagedContainer
from botcore.errors import AlreadyRegistered, BotCoreError, UnresolvableService


class Store:
    """Belongs to the container behind."""


class Votes:
    """What a feature adds."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.closed = 0

    def close(self) -> None:
        """Count."""
        self.closed += 1


class Tally:
    """What a feature adds, too."""

    def __init__(self, votes: Votes) -> None:
        self.votes = votes


@pytest.fixture
def container() -> ServiceContainer:
    """A container with one service."""
    container = ServiceContainer()
    container.register_singleton(Store)
    return container


def test_a_stage_sees_the_container_and_is_not_seen(container: ServiceContainer) -> None:
    """Until it is committed."""
    stage = container.stage("polls")
    assert_type(stage, StagedContainer)
    stage.register_singleton(Votes)
    assert Store in stage
    assert Votes in stage
    assert Votes not in container
    stage.validate(Tally)
    assert stage.get(Store) is container.get(Store)
    stage.commit()
    assert container.build(Tally).votes is container.get(Votes)


def test_what_was_built_on_the_stage_stays_and_is_closed_with_the_container(
    container: ServiceContainer,
) -> None:
    """A service that is built twice would do everything twice."""
    stage = container.stage("polls")
    stage.register_singleton(Votes)
    votes = stage.get(Votes)
    stage.commit()
    assert container.get(Votes) is votes
    assert stage.get(Votes) is votes


async def test_a_committed_stage_has_nothing_left_to_close(container: ServiceContainer) -> None:
    """The container has it, and closes it once."""
    stage = container.stage("polls")
    stage.register_singleton(Votes)
    votes = stage.get(Votes)
    stage.commit()
    await stage.aclose()
    assert votes.closed == 0
    await container.aclose()
    assert votes.closed == 1


async def test_a_stage_that_is_given_up_leaves_no_trace(container: ServiceContainer) -> None:
    """What was built on it is closed; what it used of the container goes on."""
    stage = container.stage("polls")
    stage.register_singleton(Votes)
    votes, store = stage.get(Votes), container.get(Store)
    await stage.aclose()
    assert votes.closed == 1
    assert Votes not in container
    assert container.get(Store) is store
    with pytest.raises(BotCoreError, match="a stage cannot be taken over: the container is closed"):
        stage.commit()


def test_all_is_taken_over_or_nothing(container: ServiceContainer) -> None:
    """A key that was taken in the meantime stops the whole stage, and its owner is named."""
    polls, rival = container.stage("polls"), container.stage("rival")
    polls.register_singleton(Tally)
    rival.register_singleton("extra", Store)
    rival.register_singleton(Tally)
    polls.commit()
    sentence = "^Tally is registered already; polls did it; pass override=True to replace it on purpose$"
    with pytest.raises(AlreadyRegistered, match=sentence):
        rival.commit()
    assert "extra" not in container


def test_a_clash_with_the_container_is_found_while_registering(container: ServiceContainer) -> None:
    """Not only at the end."""
    stage = container.stage("polls")
    with pytest.raises(AlreadyRegistered, match="Store is registered already"):
        stage.register_singleton(Store)


def test_a_stage_can_replace_a_default(container: ServiceContainer) -> None:
    """For itself at once, for everybody when it is committed."""
    own = Store()
    stage = container.stage("polls")
    stage.register_singleton(Store, own, override=True)
    assert stage.get(Store) is own
    stage.commit()
    container.register_singleton(Votes)
    assert container.get(Votes).store is own


def test_a_default_that_was_handed_out_cannot_be_replaced(container: ServiceContainer) -> None:
    """Also when that happens between registering and committing."""
    stage = container.stage("polls")
    stage.register_singleton(Store, Store(), override=True)
    container.get(Store)
    with pytest.raises(AlreadyRegistered, match="others hold it already"):
        stage.commit()


def test_what_two_stages_bind_to_is_one_service(container: ServiceContainer) -> None:
    """An implied service is no clash."""
    first, second = container.stage("polls"), container.stage("tallies")
    first.bind("votes", Votes)
    second.bind("ballots", Votes)
    first.commit()
    second.commit()
    assert container.get("votes") is container.get("ballots")


def test_an_implied_service_that_was_built_on_a_stage_is_a_clash(container: ServiceContainer) -> None:
    """There would be two of it."""
    first, second = container.stage("polls"), container.stage("tallies")
    first.bind("votes", Votes)
    second.bind("ballots", Votes)
    second.get("ballots")
    first.commit()
    container.get("votes")
    with pytest.raises(AlreadyRegistered, match="Votes is registered already"):
        second.commit()


def test_a_path_goes_through_the_stage_into_the_container(container: ServiceContainer) -> None:
    """From what was asked for to what is missing."""

    class Broken:
        def __init__(self, size: int) -> None: ...

    class Above:
        def __init__(self, broken: Broken) -> None: ...

    container.register_singleton(Broken)
    stage = container.stage("polls")
    stage.register_singleton(Above)
    for ask in (lambda: stage.get(Above), stage.validate):
        with pytest.raises(UnresolvableService, match=r"^Above -> Broken -> int: "):
            ask()


def test_a_committed_stage_takes_nothing_more(container: ServiceContainer) -> None:
    """The sentence says where to register instead."""
    stage = container.stage("polls")
    stage.commit()
    with pytest.raises(BotCoreError, match="what polls registered was taken over; use the container itself"):
        stage.register_singleton(Votes)
