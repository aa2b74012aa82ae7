"""What every messenger does: the one on Discord, here the sandbox, and the one that features test with."""

from dataclasses import dataclass

import pytest

import botcore as bc
from botcore.contracts.messenger import InvalidNonce
from botcore_sandbox import FakeMessenger, Sandbox
from fakes.messages import Raw

HELLO, BYE = bc.Message(content="hello"), bc.Message(content="bye")
UNKNOWN_MESSAGE = 10008


@dataclass(frozen=True, slots=True)
class Place:
    """A messenger, and where it writes."""

    messenger: bc.Messenger
    sandbox: Sandbox
    fake: FakeMessenger | None

    @property
    def channel(self) -> int:
        """A channel."""
        return self.sandbox.channel("general").id

    @property
    def other_channel(self) -> int:
        """Another one."""
        return self.sandbox.guild.add_channel("other").id

    @property
    def alice(self) -> int:
        """A user."""
        return self.sandbox.member("alice").id

    def texts(self, channel_id: int) -> list[str]:
        """What stands in a channel."""
        if self.fake is not None:
            return [payload["content"] for (channel, _), payload in self.fake.messages.items() if channel == channel_id]
        state = self.sandbox.guild.state.channels.get(channel_id) or self.sandbox.member("alice").dm.state
        return [message.content for message in state.messages.values()]


@pytest.fixture(params=["discord", "fake"])
def place(request: pytest.FixtureRequest, sandbox: Sandbox) -> Place:
    """Each of the two."""
    if request.param == "fake":
        fake = FakeMessenger()
        return Place(fake, sandbox, fake)
    return Place(request.getfixturevalue("messenger"), sandbox, None)


def done(answer: bc.Sent | bc.Refused) -> bc.Sent:
    """The answer, if it was done."""
    assert isinstance(answer, bc.Sent)
    return answer


async def test_a_message_is_sent_edited_and_deleted(place: Place) -> None:
    """Each answer names it and its channel."""
    sent = done(await place.messenger.send(place.channel, HELLO))
    assert sent.channel_id == place.channel
    assert place.texts(place.channel) == ["hello"]
    assert await place.messenger.edit(sent.channel_id, sent.message_id, BYE) == sent
    assert place.texts(place.channel) == ["bye"]
    assert await place.messenger.delete(sent.channel_id, sent.message_id) == sent
    assert place.texts(place.channel) == []


async def test_deleting_what_is_gone(place: Place) -> None:
    """Is done already."""
    sent = done(await place.messenger.send(place.channel, HELLO))
    for _ in range(2):
        assert await place.messenger.delete(sent.channel_id, sent.message_id) == sent


async def test_a_direct_message(place: Place) -> None:
    """Goes to the channel that its answer names, where it can be edited."""
    sent = done(await place.messenger.dm(place.alice, HELLO))
    assert done(await place.messenger.dm(place.alice, HELLO)).channel_id == sent.channel_id
    assert await place.messenger.edit(sent.channel_id, sent.message_id, BYE) == sent
    assert place.texts(sent.channel_id) == ["bye", "hello"]


async def test_the_same_message_without_a_nonce_is_another_one(place: Place) -> None:
    """Nobody minds saying a thing twice."""
    for _ in range(2):
        done(await place.messenger.send(place.channel, HELLO))
    assert place.texts(place.channel) == ["hello", "hello"]


async def test_of_one_nonce_there_is_one_message(place: Place) -> None:
    """The second answer names the first message, in a direct message and another channel too."""
    nonce = bc.make_nonce("reminders", 7, "2026-12-24")
    sent = done(await place.messenger.dm(place.alice, HELLO, nonce=nonce))
    assert await place.messenger.dm(place.alice, HELLO, nonce=nonce) == sent
    assert await place.messenger.send(place.channel, HELLO, nonce=nonce) == sent
    assert place.texts(place.channel) == []
    assert place.texts(sent.channel_id) == ["hello"]
    other = bc.make_nonce("reminders", 7, "2026-12-25")
    assert done(await place.messenger.send(place.channel, HELLO, nonce=other)) != sent


async def test_a_nonce_of_a_message_that_was_deleted(place: Place) -> None:
    """Is refused: it was sent, and somebody did not want it."""
    sent = done(await place.messenger.send(place.channel, HELLO, nonce="n"))
    await place.messenger.delete(sent.channel_id, sent.message_id)
    assert await place.messenger.send(place.channel, HELLO, nonce="n") == bc.Refused(UNKNOWN_MESSAGE, transient=False)


@pytest.mark.parametrize("nonce", ["", "n" * 26])
async def test_a_nonce_that_discord_does_not_take(place: Place, nonce: str) -> None:
    """Is the author's mistake, and says so at once."""
    with pytest.raises(InvalidNonce, match="1 to 25 characters"):
        await place.messenger.send(place.channel, HELLO, nonce=nonce)
    with pytest.raises(InvalidNonce, match="make_nonce"):
        await place.messenger.dm(place.alice, HELLO, nonce=nonce)


def test_a_nonce_of_parts() -> None:
    """The same for the same parts, as long as Discord allows, and another one for any others."""
    assert bc.make_nonce("a", 1) == bc.make_nonce("a", 1)
    others: list[tuple[str | int, ...]] = [("a", 1), ("a", "1"), ("a1",), ("a", 1, ""), ("a", 11)]
    assert len({bc.make_nonce(*parts) for parts in others}) == len(others)
    assert len(bc.make_nonce("a" * 1000)) == 25


async def test_files_go_along(sandbox: Sandbox, messenger: bc.Messenger) -> None:
    """With a new message, and with an edit that replaces them."""
    channel = sandbox.channel("general")
    message = bc.Message(content="hello", files=[bc.File("a.txt", b"a", "The letter a")])
    sent = done(await messenger.send(channel.id, message))
    [attachment] = channel.state.messages[sent.message_id].attachments
    assert (attachment.filename, attachment.content, attachment.description) == ("a.txt", b"a", "The letter a")
    done(await messenger.edit(channel.id, sent.message_id, bc.Message(files=[bc.File("b.txt", b"b")])))
    assert [attachment.filename for attachment in channel.state.messages[sent.message_id].attachments] == ["b.txt"]
    done(await messenger.dm(sandbox.member("alice").id, message))


async def test_files_go_along_when_a_request_is_repeated(sandbox: Sandbox, messenger: bc.Messenger) -> None:
    """From their beginning."""
    channel = sandbox.channel("general")
    sandbox.faults.drop_rest("POST", "/channels/*/messages", taken=False)
    sent = done(await messenger.send(channel.id, bc.Message(files=[bc.File("a.txt", b"a" * 1000)])))
    [attachment] = channel.state.messages[sent.message_id].attachments
    assert attachment.content == b"a" * 1000


async def test_nobody_is_pinged_who_is_not_named(sandbox: Sandbox, messenger: bc.Messenger) -> None:
    """Whatever the text says, and also where a message of another kind forgets to say so."""
    alice, bob = sandbox.member("alice"), sandbox.member("bob")
    text = f"@everyone <@{alice.id}> <@{bob.id}>"
    channel = sandbox.channel("general")
    quiet = done(await messenger.send(channel.id, bc.Message(content=text)))
    forgetful = done(await messenger.send(channel.id, Raw({"content": text})))
    edited = done(await messenger.edit(channel.id, forgetful.message_id, Raw({"content": text + "!"})))
    named = bc.Message(content=text, mentions=bc.AllowedMentions(users=[alice.id]))
    loud = done(await messenger.send(channel.id, named))

    def pinged(sent: bc.Sent) -> tuple[list[int], bool]:
        mentions = channel.state.messages[sent.message_id].mentions
        return [user.id for user in mentions.users], mentions.everyone

    assert [pinged(sent) for sent in (quiet, edited, loud)] == [([], False), ([], False), ([alice.id], False)]


async def test_the_channel_of_a_direct_message_is_remembered(sandbox: Sandbox, messenger: bc.Messenger) -> None:
    """It is opened once, and again only where it is gone."""
    alice = sandbox.member("alice")
    *_, sent = [done(await messenger.dm(alice.id, HELLO)) for _ in range(3)]

    def opened() -> int:
        return len([call for call in sandbox.traffic.calls if call.path.endswith("/users/@me/channels")])

    assert opened() == 1
    sandbox.faults.refuse("POST", f"/channels/{sent.channel_id}/messages", status=404, code=10003)
    done(await messenger.dm(alice.id, HELLO))
    assert opened() == 2


async def test_a_refusal_to_open_a_direct_message_is_not_remembered(sandbox: Sandbox, messenger: bc.Messenger) -> None:
    """The next one asks again."""
    alice = sandbox.member("alice")
    sandbox.faults.refuse("POST", "/users/@me/channels", status=400, code=40003)
    assert await messenger.dm(alice.id, HELLO) == bc.Refused(40003, transient=True)
    done(await messenger.dm(alice.id, HELLO))
