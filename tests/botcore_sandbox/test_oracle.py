"""The oracle itself: what it finds, what it counts, and that it never passes silently."""

import asyncio
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import orjson
import pytest

from botcore_sandbox import Sandbox
from botcore_sandbox.traffic import RestCall
from oracle import description
from oracle.judge import Judge
from oracle.session import Watch

PATH = description.find()
pytestmark = pytest.mark.skipif(PATH is None, reason=description.WHY_NOT)


@pytest.fixture(scope="module")
def judge() -> Judge:
    """A judge of its own, so that the faults made here stay here."""
    assert PATH is not None
    return Judge(description.load(PATH))


def call(method: str, path: str, status: int, *, request: Any = None, response: Any = None, **query: str) -> RestCall:
    """A call as the sandbox records it."""
    return RestCall(datetime.now(UTC), method, path, query, request, (), status, response)


REFUSED = {"message": "Missing Access", "code": 50001}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (
            call("GET", "/gateway", 200, response={"link": "ws://x"}),
            r"GET /gateway answered 200 .*\"url\" is a required",
        ),
        (
            call("GET", "/gateway", 201, response={"url": "ws://x"}),
            "GET /gateway answered 201, which is not documented",
        ),
        (call("GET", "/gateway", 500, response=REFUSED), "answered 500, which is not documented"),
        (call("GET", "/gateway", 403, response={"message": "no code"}), r"answered 403 .*\"code\" is a required"),
        (call("DELETE", "/channels/1/messages/2", 204, response={}), "answered 204 with a body"),
        (call("GET", "/nonsense", 200), "GET /nonsense answered 200, but Discord describes no such route"),
        (
            call("POST", "/users/@me/channels", 200, request={"recipient_id": "x"}, response={}),
            "was accepted with 'x' at recipient_id",
        ),
        (
            call("GET", "/channels/1/messages", 200, response=[], limit="101"),
            "was accepted with limit='101' in the query",
        ),
    ],
)
def test_a_call_that_discord_does_not_describe_so_is_told(judge: Judge, wrong: RestCall, sentence: str) -> None:
    """Each kind of difference is found, in a sentence that names the route."""
    found = "\n".join(judge.judge(wrong))
    assert re.search(sentence, found), found


def test_a_refused_request_may_be_wrong(judge: Judge) -> None:
    """Only the refusal is compared: being wrong is what it was refused for."""
    before = judge.score.requests
    assert judge.judge(call("POST", "/users/@me/channels", 403, request={"recipient_id": "x"}, response=REFUSED)) == []
    assert judge.score.requests == before


async def test_a_watched_sandbox_is_judged_as_it_answers(sandbox: Sandbox, rest: Any) -> None:
    """Every call is counted; what the sandbox gets right leaves no finding."""
    watch = Watch(PATH)
    watch.over(sandbox.traffic)
    assert watch.judge is not None
    await rest("GET", "/users/@me")
    await rest("POST", rest.messages, json={"content": "hello"})
    assert (watch.judge.score.requests, watch.judge.score.responses) == (1, 2)
    assert watch.take_findings() == []


@pytest.fixture
def everywhere(tmp_path: Path) -> Iterator[Watch]:
    """A watch of its own over every sandbox."""
    with Watch(PATH).everywhere(tmp_path / "calls.jsonl") as watch:
        yield watch


async def test_every_sandbox_is_watched(everywhere: Watch) -> None:
    """One that a test makes for itself as well as the run's own."""
    async with Sandbox() as sandbox, aiohttp.ClientSession() as client:
        await client.get(f"{sandbox.api_url}/gateway")
    assert everywhere.judge is not None
    assert everywhere.judge.score.by_route == {"GET /gateway": 1}


async def test_sandboxes_of_other_processes_are_watched(everywhere: Watch, tmp_path: Path) -> None:
    """By the file to which they append their calls; what is wrong there is found here."""
    serving = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "botcore", "sandbox", "--traffic", str(tmp_path / "calls.jsonl"), "serve", "--json"),
        stdout=asyncio.subprocess.PIPE,
    )
    assert serving.stdout is not None
    api_url = orjson.loads(await serving.stdout.readline())["api_url"]
    async with aiohttp.ClientSession() as client:
        for path in ("/gateway", "/nonsense"):
            await client.get(api_url + path)
    serving.terminate()
    await serving.wait()
    assert everywhere.take_findings() == []
    assert everywhere.judge is not None
    assert everywhere.judge.score.by_route == {"GET /gateway": 1}
    with (tmp_path / "calls.jsonl").open("ab") as record:
        record.write(orjson.dumps(call("GET", "/gateway", 500, response=REFUSED)) + b"\n")
    assert everywhere.take_findings() == [
        f"GET /gateway answered 500, which is not documented: {REFUSED}",
    ]


def test_zero_fails_in_ci_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run in CI that used a sandbox and compared nothing is no success."""
    monkeypatch.setenv("CI", "true")
    assert "No request or no response was validated" in (Watch(PATH).failure(sandbox_was_used=True) or "")
    assert Watch(PATH).failure(sandbox_was_used=False) is None
    assert Watch(None).failure(sandbox_was_used=True) is None
    monkeypatch.setenv("CI", "")
    assert Watch(PATH).failure(sandbox_was_used=True) is None


def test_a_missing_file_that_was_named_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A path with a mistake in it must not turn the whole comparison off."""
    monkeypatch.setenv(description.VARIABLE, str(tmp_path / "openapi.json"))
    with pytest.raises(FileNotFoundError, match=description.VARIABLE):
        description.find()
