"""Every row of the abuse table, sent to the sandbox; and that the table is as long as it claims to be."""

import itertools
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from abuse import AREAS
from abuse.case import Case
from botcore_sandbox import Sandbox
from botcore_sandbox.state import answering
from botcore_sandbox.state.interactions import Interaction, InteractionType
from botcore_sandbox.traffic import RestCall
from oracle import description
from oracle.judge import Judge

DESCRIPTION = description.find()
EVERY = list(itertools.chain.from_iterable(AREAS.values()))
_ASKING = {"id": "1", "name": "c", "type": 1, "options": [{"name": "o", "type": 3, "value": "", "focused": True}]}
_ASKED = {
    "answers": InteractionType.APPLICATION_COMMAND,
    "suggestions": InteractionType.APPLICATION_COMMAND_AUTOCOMPLETE,
    "modals": InteractionType.APPLICATION_COMMAND,
}


def rows(*areas: str, without: frozenset[str] = frozenset()) -> pytest.MarkDecorator:
    """The cases of some areas as parameters of a test; `without` leaves out bodies that have one of these fields."""
    return pytest.mark.parametrize(
        ("area", "case"),
        [
            pytest.param(area, case, id=f"{area}: {case.what}")
            for area in areas
            for case in AREAS[area]
            if not any(name in case.body for name in without)
        ],
    )


def begin(sandbox: Sandbox, area: str) -> Interaction:
    """An interaction that no bot hears of, so that the test itself can answer it."""
    place = sandbox.channel("general").state
    return answering.begin(sandbox.world, _ASKED[area], sandbox.member("alice").user, place, _ASKING)


@rows("messages", "embeds", "components", "polls")
async def test_a_message_is_refused(rest: Any, area: str, case: Case) -> None:
    """With exactly this status, code and tree; nothing is posted."""
    assert await rest("POST", rest.messages, json=case.body) == (case.status, case.answer())
    assert await rest("GET", rest.messages) == (200, [])


@rows("messages", "embeds", "components", "polls", without=frozenset({"message_reference", "nonce"}))
async def test_the_same_in_an_answer_hangs_below_its_data(sandbox: Sandbox, rest: Any, area: str, case: Case) -> None:
    """Answers to interactions, which know neither replies nor a nonce, are read by the same rules."""
    interaction = begin(sandbox, "answers")
    body = {"type": 4, "data": case.body}
    path = f"/interactions/{interaction.id}/{interaction.token}/callback"
    assert await rest("POST", path, json=body, token=None) == (case.status, case.answer(under="data"))
    assert interaction.acknowledged is None


@rows("commands")
async def test_a_command_is_refused(rest: Any, area: str, case: Case) -> None:
    """By POST the tree starts at the command, by PUT at its place in the list; nothing is registered."""
    assert await rest("POST", rest.commands, json=case.body) == (case.status, case.answer())
    good = {"name": "good", "description": "x"}
    assert await rest("PUT", rest.commands, json=[good, case.body]) == (case.status, case.answer(under="1"))
    assert await rest("GET", rest.commands) == (200, [])


@rows("command lists")
async def test_a_list_of_commands_is_refused(rest: Any, area: str, case: Case) -> None:
    """As a whole: none of its commands is registered."""
    assert await rest("PUT", rest.commands, json=case.body) == (case.status, case.answer())
    assert await rest("GET", rest.commands) == (200, [])


@rows("answers", "suggestions", "modals")
async def test_an_answer_is_refused(sandbox: Sandbox, rest: Any, area: str, case: Case) -> None:
    """And does not count as the answer: a good one is still taken."""
    interaction = begin(sandbox, area)
    path = f"/interactions/{interaction.id}/{interaction.token}/callback"
    assert await rest("POST", path, json=case.body, token=None) == (case.status, case.answer())
    good = {"type": 8, "data": {"choices": []}} if area == "suggestions" else {"type": 5}
    assert await rest("POST", path, json=good, token=None) == (204, None)


_PATHS = {
    "commands": ("POST", "/applications/1/commands"),
    "command lists": ("PUT", "/applications/1/commands"),
    "answers": ("POST", "/interactions/1/t/callback"),
    "suggestions": ("POST", "/interactions/1/t/callback"),
    "modals": ("POST", "/interactions/1/t/callback"),
}


@pytest.mark.skipif(DESCRIPTION is None, reason=description.WHY_NOT)
def test_the_description_catches_what_the_table_says() -> None:
    """And misses the rest, which is why those rules are written by hand."""
    assert DESCRIPTION is not None
    judge = Judge(description.load(DESCRIPTION))
    wrong = []
    for area, cases in AREAS.items():
        method, path = _PATHS.get(area, ("POST", "/channels/1/messages"))
        for case in cases:
            found = judge.judge(RestCall(datetime.now(UTC), method, path, {}, case.body, (), 200, None))
            if any("was accepted with" in sentence for sentence in found) != case.described:
                wrong.append(f"{area}: {case.what} is {'not ' if case.described else ''}caught")
    assert not wrong, "\n".join(wrong)


def test_the_table_is_long_enough() -> None:
    """At least 66 different cases: 36 that Discord's description catches, and 30 that it misses."""
    different = {(area, json.dumps(case.body)): case for area, cases in AREAS.items() for case in cases}
    assert len(different) == len(EVERY)
    described = sum(case.described for case in different.values())
    assert described >= 36
    assert len(different) - described >= 30
    assert len({(area, case.what) for area, cases in AREAS.items() for case in cases}) == len(EVERY)
