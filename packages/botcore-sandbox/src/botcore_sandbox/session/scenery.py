"""The small invented server that people find at first: a few members, a few places, and something said in each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from botcore_sandbox.driver.person import Person
from botcore_sandbox.server import Sandbox
from botcore_sandbox.state.guilds import Role
from botcore_sandbox.state.permissions import NO_PERMISSIONS, Overwrite, OverwriteType, Permissions

_WELCOME = (
    "# Welcome to the Lighthouse\n"
    "A small server to try the bot in. You are playing one of its members; **everybody in the list of members can be "
    "you**, each in a tab of their own.\n"
    "- Type `/` to see what the bot can do, or take one of the examples below.\n"
    "- Press a button, open a form, then look at the same message as somebody else.\n"
    "- Answers that say *only you can see this* are only on your screen.\n"
    "-# Nothing here leaves this machine."
)


@dataclass(frozen=True, slots=True)
class _Place:
    """A channel, what it is for, and what was said there: who, and the words."""

    name: str
    topic: str
    said: Sequence[tuple[str, str]]
    only_for: str | None = None


_PLACES: Sequence[_Place] = (
    _Place(
        "kitchen",
        "What to eat, and who cooks",
        (
            ("bob", "The *good* pan is back 🎉 please do **not** put it in the dishwasher."),
            ("carol", "> put it in the dishwasher\nI would never. ||I did, once.||"),
            ("alice", "Somebody should ask where we eat on Friday. `/poll create` would do it."),
            ("dave", "And I forgot the bread again. `/remind me` it is: it says first what it has understood."),
        ),
    ),
    _Place(
        "games",
        "Dice, boards and sore losers",
        (
            ("dave", "Best of three?"),
            ("bob", "~~Best of three.~~ Best of five. `/roll` for who begins."),
        ),
    ),
    _Place(
        "keepers-only",
        "For those who keep the lights on",
        (("carol", "Only keepers see this channel. Be alice in another tab, and it is gone."),),
        only_for="Keepers",
    ),
)

_ROLES: Mapping[str, tuple[int, Permissions, Sequence[str]]] = {
    "Regulars": (0x3BA55D, NO_PERMISSIONS, ("alice", "bob")),
    "Keepers": (0xE8A33D, Permissions.MANAGE_MESSAGES | Permissions.MENTION_EVERYONE, ("carol",)),
    "Lighthouse keeper": (0xE0607E, Permissions.ADMINISTRATOR, ("owner",)),
}


def build(sandbox: Sandbox) -> None:
    """Furnish the guild that every sandbox starts with; before the bot is there, which then finds it all in place."""
    guild = sandbox.guild
    guild.state.name = "The Lighthouse"
    people = {name: sandbox.member(name) for name in ("alice", "bob", "carol", "dave")}
    people["owner"] = sandbox.guild_owner
    roles = {name: _role(sandbox, name, people) for name in _ROLES}
    general = sandbox.channel("general")
    general.state.topic = "Start here: type / and see what the bot can do"
    sandbox.guild_owner.say(_WELCOME, channel=general)
    for place in _PLACES:
        overwrites = _only_for(sandbox, roles[place.only_for]) if place.only_for is not None else ()
        channel = guild.add_channel(place.name, topic=place.topic, overwrites=overwrites)
        for name, words in place.said:
            people[name].say(words, channel=channel)


def _role(sandbox: Sandbox, name: str, people: Mapping[str, Person]) -> Role:
    color, permissions, holders = _ROLES[name]
    role = sandbox.guild.add_role(name, permissions, mentionable=True)
    role.color, role.hoist = color, True
    for holder in holders:
        if people[holder] is sandbox.guild_owner:
            sandbox.guild.state.members[people[holder].id].role_ids.append(role.id)
        else:
            sandbox.member(holder, roles=[name])
    return role


def _only_for(sandbox: Sandbox, role: Role) -> tuple[Overwrite, ...]:
    everyone = sandbox.guild.id
    view = Permissions.VIEW_CHANNEL
    bot = sandbox.world.bot.id
    return (
        Overwrite(everyone, OverwriteType.ROLE, NO_PERMISSIONS, view),
        Overwrite(role.id, OverwriteType.ROLE, view, NO_PERMISSIONS),
        Overwrite(bot, OverwriteType.MEMBER, view, NO_PERMISSIONS),
    )
