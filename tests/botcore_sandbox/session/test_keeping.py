"""The state of a sandbox in a file."""

from datetime import timedelta
from pathlib import Path

import orjson
import pytest

from botcore_sandbox import File, Sandbox, SandboxClock, SandboxError
from botcore_sandbox.payloads.guilds import guild_create_payload
from botcore_sandbox.payloads.messages import message_payload
from botcore_sandbox.session import keeping, scenery
from botcore_sandbox.state import posting
from botcore_sandbox.state.drafts import Draft
from botcore_sandbox.state.messages import Poll


def _pictured(sandbox: Sandbox) -> list[object]:
    world = sandbox.world
    guilds = [guild_create_payload(guild, world.bot, with_members=True) for guild in world.guilds.values()]
    messages = [message_payload(world, m) for channel in world.channels.values() for m in channel.messages.values()]
    return [*guilds, *messages]


async def test_everything_is_there_again(tmp_path: Path):
    """Servers, people, roles, channels, messages with files, reactions and polls come back as they were."""
    file = tmp_path / "state.json"
    before = Sandbox()
    scenery.build(before)
    before.world.cdn_url = "http://127.0.0.1/cdn"
    alice = before.member("alice")
    said = alice.say("A file", File("a.txt", b"\x00\xff"))
    alice.react(said, "🎉")
    posting.post(before.world, alice.dm.state, before.world.bot, Draft(content="In private"))
    asked = alice.say("?")
    asked.state.poll = Poll("Tea?", {1: {"text": "yes"}}, before.world.now() + timedelta(hours=1))
    alice.vote(asked, "yes")
    keeping.write(before, file)

    kept = keeping.read(file)
    assert kept is not None
    after = Sandbox(token=kept.token)
    after.take_up(kept.world)
    after.world.cdn_url = "http://127.0.0.1/cdn"
    assert _pictured(after) == _pictured(before)
    assert after.token == before.token
    assert kept.clock_moved == timedelta(0)
    assert after.application_id == before.application_id
    assert after.guild.name == "The Lighthouse"
    message = after.world.channels[said.state.channel_id].messages[said.id]
    assert message.author is after.member("alice").user
    assert after.world.files.get(message.attachments[0].id) is message.attachments[0]
    assert after.world.dms[alice.id].recipients[1] is after.world.bot
    assert after.member("carol").id == before.member("carol").id


async def test_time_does_not_go_back_over_runs(tmp_path: Path):
    """The clock goes on as far ahead as it was; a file of a version without a clock that can be moved is of now."""
    file = tmp_path / "state.json"
    before = Sandbox()
    before.time.clock.advance(timedelta(days=3, seconds=0.5))
    said = before.member("alice").say("In three days")
    keeping.write(before, file)
    kept = keeping.read(file)
    assert kept is not None
    after = Sandbox(token=kept.token, clock=SandboxClock(moved=kept.clock_moved))
    after.take_up(kept.world)
    assert after.time.clock.moved == timedelta(days=3, seconds=0.5)
    assert after.member("alice").say("And on").id > said.id

    body = orjson.loads(file.read_bytes())
    del body["clock_moved"]
    file.write_bytes(orjson.dumps(body))
    older = keeping.read(file)
    assert older is not None
    assert older.clock_moved == timedelta(0)


async def test_nothing_to_go_on_with_is_no_mistake(tmp_path: Path):
    """A file that is not there yet holds nothing."""
    assert keeping.read(tmp_path / "none.json") is None


@pytest.mark.parametrize("text", ["", "no json", "[]", '{"format": 99}', '{"format": 1, "token": "x"}'])
async def test_a_file_of_something_else_is_refused_in_a_sentence(tmp_path: Path, text: str):
    """What cannot be read is never taken for an empty state, and the file stays as it is."""
    file = tmp_path / "state.json"
    file.write_text(text)
    with pytest.raises(SandboxError, match="holds no state"):
        keeping.read(file)
    assert file.read_text() == text


async def test_a_field_that_came_later_takes_its_default(tmp_path: Path):
    """A state of an earlier version is read, and one with fields that are gone as well."""
    file = tmp_path / "state.json"
    sandbox = Sandbox()
    sandbox.member("alice").say("Hello")
    keeping.write(sandbox, file)
    body = orjson.loads(file.read_bytes())
    for entry in body["objects"]:
        if entry["$"] == "Message":
            del entry["tts"]
            entry["gone_by_now"] = 1
    file.write_bytes(orjson.dumps(body))
    kept = keeping.read(file)
    assert kept is not None
    messages = [m for channel in kept.world["channels"].values() for m in channel.messages.values()]
    assert [message.tts for message in messages] == [False]


async def test_a_file_that_cannot_be_written_is_said(tmp_path: Path):
    """The sentence names the file."""
    with pytest.raises(SandboxError, match=r"cannot be kept in .*missing"):
        keeping.write(Sandbox(), tmp_path / "missing" / "state.json")
