"""schemathesis against every route that the sandbox serves and Discord describes.

Each route gets a world in which all that its path names exists, then requests that follow the description and
requests that break it. None may end in a 5xx or in an answer that Discord does not document; that no accepted
request breaks the description is seen to by the oracle, as in every test. `BOTCORE_FUZZ_EXAMPLES` says how many
requests each route gets; `nox -s fidelity` asks for more than the default run does.
"""

import asyncio
import os
import re
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode, checks
from schemathesis.core.result import Ok

from botcore_sandbox import Permissions, Sandbox
from botcore_sandbox.rest.call import Route
from botcore_sandbox.rest.router import ROUTES
from botcore_sandbox.state import answering, building, reacting, thread_life
from botcore_sandbox.state.channels import ChannelType
from botcore_sandbox.state.interactions import InteractionType
from botcore_sandbox.state.messages import Emoji
from guild_rights import grant
from oracle import description

PATH = description.find()
EXAMPLES = int(os.environ.get("BOTCORE_FUZZ_EXAMPLES", "3"))
LONGEST_PATH = 4_000
"""A longer line ends at the web server, here as at Discord, and says nothing about the routes."""

_CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]

pytestmark = pytest.mark.skipif(PATH is None, reason=description.WHY_NOT)


def shape(path: str) -> str:
    """A path without the names of its parameters, by which ours and the description's can be compared."""
    return re.sub(r"\{\w+\}", "{}", path)


@pytest.fixture(scope="module")
def operations() -> dict[tuple[str, str], Any]:
    """What Discord describes, by method and shape of the path."""
    assert PATH is not None
    schema = schemathesis.openapi.from_dict(description.load(PATH))
    found = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
    return {(operation.method.upper(), shape(operation.path)): operation for operation in found}


def furnish(sandbox: Sandbox) -> dict[str, str]:
    """A guild with one of everything, and the ids of all that, by the names of the description's parameters."""
    grant(sandbox, Permissions.ADMINISTRATOR)
    world, guild, bot = sandbox.world, sandbox.guild.state, sandbox.world.bot
    alice = sandbox.member("alice", roles=["crew"])
    sandbox.guild.move_role("crew", 1)
    channel = sandbox.channel("general").state
    message = alice.say("hello").state
    reacting.add_reaction(world, message, Emoji("👍"), alice.user)
    thread_life.open_thread(world, guild, channel, owner=bot, name="Trip", type=ChannelType.PUBLIC_THREAD, fields={})
    command = InteractionType.APPLICATION_COMMAND
    interaction = answering.begin(world, command, alice.user, channel, {"id": "1", "name": "ping", "type": 1})
    webhook = building.create_webhook(world, channel, "News")
    return {
        "guild_id": str(guild.id),
        "channel_id": str(channel.id),
        "message_id": str(message.id),
        "user_id": str(alice.id),
        "role_id": str(sandbox.guild.role("crew").id),
        "overwrite_id": str(alice.id),
        "emoji_name": "👍",
        "application_id": str(sandbox.application_id),
        "webhook_id": str(webhook.id),
        "webhook_token": webhook.token,
        "answer_id": "1",
        "interaction_id": str(interaction.id),
        "interaction_token": interaction.token,
    }


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
async def test_no_request_breaks_the_sandbox(
    sandbox: Sandbox, operations: dict[tuple[str, str], Any], route: Route
) -> None:
    """Whether it follows the description or not: no 5xx, and no answer that is not documented."""
    operation = operations.get((route.method, shape(route.path)))
    if operation is None:
        pytest.skip("Discord serves this route and does not describe it.")
    ids = furnish(sandbox)
    known = {name: ids[name] for name in re.findall(r"\{(\w+)\}", operation.path) if name in ids}
    await asyncio.to_thread(fuzz, operation, known, sandbox.api_url, sandbox.token)


def fuzz(operation: Any, known: dict[str, str], url: str, token: str) -> None:
    """Send requests to one route: with the ids of things that exist, and with any others."""
    cases = st.one_of(
        operation.as_strategy(path_parameters=known or None),
        operation.as_strategy(path_parameters=known or None, generation_mode=GenerationMode.NEGATIVE),
        operation.as_strategy(),
    )

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def send(case: Case[Any]) -> None:
        assume(len(case.formatted_path) < LONGEST_PATH)
        response = case.call(base_url=url, session=session, headers={"Authorization": f"Bot {token}"})
        case.validate_response(response, checks=_CHECKS)

    with requests.Session() as session:
        send()
