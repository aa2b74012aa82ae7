"""What Discord sends, as commands and listeners get it: on a sandbox, through real nextcord."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, Literal

import nextcord
import pytest

import botcore as bc
from botcore_sandbox import BotOnSandbox, File, Permissions
from botcore_sandbox.state.permissions import Overwrite, OverwriteType


class Size(Enum):
    SMALL = "small"
    VERY_LARGE = "very large"


@dataclass(frozen=True, slots=True)
class EverythingInput:
    text: Annotated[str, bc.Option("A text", min=2, max=10)]
    count: Annotated[int, bc.Option("A whole number", min=1)]
    ratio: Annotated[float, bc.Option("A number")]
    sure: Annotated[bool, bc.Option("Yes or no")]
    size: Annotated[Size, bc.Option("A size")]
    colour: Annotated[Literal["red", "blue"], bc.Option("A colour")]
    user: Annotated[nextcord.User, bc.Option("Anybody")]
    member: Annotated[nextcord.Member, bc.Option("A member")]
    channel: Annotated[nextcord.TextChannel, bc.Option("A channel")]
    role: Annotated[nextcord.Role, bc.Option("A role")]
    file: Annotated[nextcord.Attachment, bc.Option("A file")]
    note: Annotated[str | None, bc.Option("Whatever else", name="remark")] = None


class Everything(bc.BaseCommand[EverythingInput]):
    name, description = "every thing", "Takes every kind of option"

    async def process_command(self, ctx: bc.CommandContext, data: EverythingInput) -> bc.CommandResult:
        """Say what came in."""
        parts = [data.text, data.count, data.ratio, data.sure, data.size.name, data.colour]
        parts += [data.user.name, data.member.display_name, data.channel.name, data.role.name]
        parts += [data.file.filename, (await data.file.read()).decode(), data.note]
        return bc.CommandResult.ok(" | ".join(map(str, parts)))


@dataclass(frozen=True, slots=True)
class Secret:
    id: int
    text: str


#: By id: the server, the channel and the text. Filled by the tests.
SECRETS: dict[str, tuple[int, int, str]] = {}


class SecretRef(bc.Ref[Secret]):
    """Things that belong to a server and a channel."""

    async def search(self, ctx: bc.CommandContext, typed: str) -> Sequence[bc.Choice]:
        """All of this server that the member may see."""
        return [
            bc.Choice(text, key)
            for key, (guild, channel, text) in SECRETS.items()
            if guild == ctx.guild_id and ctx.can_see_channel(channel)
        ]

    async def load(self, ctx: bc.CommandContext, value: str) -> Secret:
        """Only of this server, and only what the member may see."""
        guild, channel, text = SECRETS.get(value, (0, 0, ""))
        if guild != ctx.guild_id or not ctx.can_see_channel(channel):
            raise bc.NotFound("There is no such secret here.")
        return Secret(int(value), text)


@dataclass(frozen=True, slots=True)
class RevealInput:
    secret: Annotated[Secret, SecretRef, bc.Option("Which one")]


class Reveal(bc.BaseCommand[RevealInput]):
    name, description = "reveal", "Reveal a secret"

    async def process_command(self, ctx: bc.CommandContext, data: RevealInput) -> bc.CommandResult:
        """Reveal it."""
        return bc.CommandResult.ok(data.secret.text)


class Joined(bc.BaseListener):
    event = "guild_channel_create"
    seen: asyncio.Queue[str] = asyncio.Queue()

    async def handle(self, *args: Any) -> None:
        """Note the channel's name, and fail at one of them."""
        await self.seen.put(args[0].name)
        if args[0].name == "trouble":
            raise RuntimeError("a listener's own trouble")


class Kinds(bc.BaseFeature):
    name = "kinds"
    commands = (Everything, Reveal)
    listeners = (Joined,)
    groups = {"every": "Everything there is"}  # noqa: RUF012 - read once, never changed


@pytest.mark.bot_features(bring=[Kinds])
async def test_every_kind_of_option_arrives_typed(bot: BotOnSandbox):
    """Text, numbers, choices, and nextcord's own users, members, channels, roles and attachments."""
    alice, bob = bot.member("alice"), bot.member("bob")
    role = bot.sandbox.guild.add_role("cooks")
    reply = await alice.slash(
        "every thing",
        {"channel": bot.channel("general")},
        text="hello",
        count=3,
        ratio=0.5,
        sure=True,
        size="very large",
        colour="blue",
        user=bob,
        member=bob,
        role=role,
        file=File("menu.txt", b"soup"),
        remark="fine",
    )
    assert reply.text == (
        "hello | 3 | 0.5 | True | VERY_LARGE | blue | bob | Bob | general | cooks | menu.txt | soup | fine"
    )


@pytest.mark.parametrize(
    ("hostile", "expected"),
    [
        ({"text": 5}, "**text**: That is not a value of the right kind."),
        ({"text": "x"}, "**text**: That text is too short."),
        ({"text": "x" * 11}, "**text**: That text is too long."),
        ({"count": 0}, "**count**: That number is outside the allowed range."),
        ({"count": True}, "**count**: That is not a value of the right kind."),
        ({"count": "3"}, "**count**: That is not a value of the right kind."),
        ({"sure": 1}, "**sure**: That is not a value of the right kind."),
        ({"size": "huge"}, "**size**: Choose one of the values that are offered."),
        ({"colour": "green"}, "**colour**: Choose one of the values that are offered."),
        ({"user": "12345"}, "**user**: Discord did not say who or what that is; choose it again."),
        ({}, "**user**: This is needed."),
    ],
)
@pytest.mark.bot_features(bring=[Kinds])
async def test_a_hostile_client_is_refused_what_an_ordinary_one_would_not_send(
    bot: BotOnSandbox, hostile: dict[str, Any], expected: str
):
    """Types, ranges and choices are checked again."""
    given: dict[str, Any] = {"text": "hello", "count": 3, "ratio": 0.5, "sure": True, "size": "small", "colour": "red"}
    data = {
        "id": "1",
        "name": "every",
        "type": 1,
        "options": [
            {
                "name": "thing",
                "type": 1,
                "options": [{"name": key, "type": 3, "value": value} for key, value in (given | hostile).items()],
            }
        ],
    }
    reply = await bot.member("alice").raw_interaction(type=2, data=data)
    assert reply.private
    assert expected in reply.text


@pytest.mark.bot_features(bring=[Kinds])
async def test_a_reference_of_another_server_or_a_hidden_channel_is_refused_in_an_option(bot: BotOnSandbox):
    """As if there were no such thing; autocomplete does not show it either."""
    alice = bot.member("alice")
    general = bot.channel("general")
    everyone = bot.sandbox.guild.state.id
    hidden = bot.sandbox.guild.add_channel(
        "hidden", overwrites=[Overwrite(everyone, OverwriteType.ROLE, Permissions(0), Permissions.VIEW_CHANNEL)]
    )
    elsewhere = bot.sandbox.add_guild("Elsewhere")
    SECRETS.clear()
    SECRETS["1"] = (bot.sandbox.guild.id, general.id, "here")
    SECRETS["2"] = (bot.sandbox.guild.id, hidden.id, "hidden")
    SECRETS["3"] = (elsewhere.id, elsewhere.channel("general").id, "elsewhere")
    assert await alice.autocomplete("reveal", secret="", focused="secret") == [("here", "1")]
    assert [(await alice.slash("reveal", secret=key)).text for key in "123"] == [
        "here",
        "There is no such secret here.",
        "There is no such secret here.",
    ]
    assert (await bot.sandbox.guild_owner.slash("reveal", secret="2")).text == "hidden"


@pytest.mark.bot_features(bring=[Kinds])
async def test_a_listener_hears_events_and_its_errors_harm_nobody(bot: BotOnSandbox, caplog: pytest.LogCaptureFixture):
    """The error is logged with a reference; the next event is heard."""
    while not Joined.seen.empty():
        Joined.seen.get_nowait()  # other tests make channels too
    for name in ("trouble", "kitchen"):
        bot.sandbox.guild.add_channel(name)
        assert await asyncio.wait_for(Joined.seen.get(), 5) == name
    assert "a listener failed" in caplog.text


@pytest.mark.bot_features(bring=[Kinds])
async def test_a_malformed_event_does_not_end_the_bot(bot: BotOnSandbox, caplog: pytest.LogCaptureFixture):
    """Nextcord's own client ends at it."""
    before = len(caplog.records)
    parse = bot.core.parts.connection.client._connection.parsers["INTERACTION_CREATE"]  # noqa: SLF001 - the gateway's own door
    parse({"type": 2})
    assert any("could not be read" in record.getMessage() for record in caplog.records[before:])
    SECRETS.clear()
    assert "no such secret" in (await bot.member("alice").slash("reveal", secret="9")).text
