"""Writes down what people do on the page, so that it can be played again as a test with the driver."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from botcore_sandbox.driver.person import Person
from botcore_sandbox.driver.places import ChannelView
from botcore_sandbox.driver.reply import Reply
from botcore_sandbox.driver.resolving import File
from botcore_sandbox.driver.views import MessageView, ModalView
from botcore_sandbox.page.cast_list import CastList, as_name
from botcore_sandbox.state.channels import Channel
from botcore_sandbox.state.guilds import Role
from botcore_sandbox.state.interactions import Interaction
from botcore_sandbox.state.messages import Message
from botcore_sandbox.state.users import User
from botcore_sandbox.state.world import World
from botcore_sandbox.validation.buttons import BUTTON
from botcore_sandbox.validation.components import walk

_LONGEST_FILE = 400
_MOST_STEPS = 1_000
_SHOWN = 90
_KEYWORDS = frozenset({"channel", "guild", "dm", "force", "focused", "command"})


class Notebook:
    """The session so far, as lines of Python.

    Args:
        world: where it happens.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._cast = CastList(world)
        self._lines: list[str] = []
        self._replies: list[tuple[str, Reply]] = []
        self._names: dict[int, str] = {}
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def forget(self) -> None:
        """Start with an empty page."""
        self._cast = CastList(self._world)
        self._lines.clear()
        self._replies.clear()
        self._names.clear()
        self._count = 0

    def script(self) -> str:
        """The session as a file for pytest; it runs as it is, with the packages installed that the bot had."""
        body = self._lines or ["pass  # nobody did anything yet"]
        setting = [*self._cast.lines(), ""] if self._lines else []
        indented = "\n".join(f"    {line}" if line else "" for line in [*setting, *body])
        imports = ["BotOnSandbox"]
        imports += [name for name in ("File", "Permissions") if re.search(rf"\b{name}[(.]", indented)]
        return (
            '"""A session on the sandbox\'s page, written down while it was played: run it with pytest."""\n\n'
            f"{'from datetime import timedelta\n\n' if 'timedelta(' in indented else ''}"
            "import pytest\n\n"
            f"from botcore_sandbox import {', '.join(imports)}\n\n\n"
            '@pytest.mark.asyncio(loop_scope="session")\n'
            "async def test_the_session(bot: BotOnSandbox) -> None:\n"
            '    """Everybody gets the answers that they got on the page."""\n'
            f"{indented}\n"
        )

    # -- what people do ---------------------------------------------------------------------------------------------

    def slash(
        self,
        person: Person,
        channel: Channel,
        command: str,
        values: Mapping[str, Any],
        *,
        picked: Mapping[str, Any],
        reply: Reply | None,
    ) -> None:
        """Somebody used a slash command; `picked` says what they had typed where they took a suggestion."""
        options = {name: self._value(value) for name, value in values.items()}
        place = self._cast.place(channel)
        for name, typed in picked.items():
            if name in options and isinstance(typed, dict):
                label = str(typed.get("label", ""))
                looked_up = self._cast.person(person.user)
                call = [_quoted(command), *self._place(place), f"focused={_quoted(name)}"]
                call.append(f"**{{{_quoted(name)}: {_quoted(str(typed.get('typed', '')))}}}")
                found = self._new("offered")
                self._write(f"{found} = dict(await {looked_up}.autocomplete({', '.join(call)}))")
                options[name] = f"{found}[{_quoted(label)}]"
        arguments = [_quoted(command), *_keywords(options), *self._place(place)]
        self._did(person, f"slash({', '.join(arguments)})", reply)

    def menu(
        self, person: Person, channel: Channel, command: str, target: MessageView | Person, reply: Reply | None
    ) -> None:
        """Somebody used a context menu command."""
        if isinstance(target, MessageView):
            what, place = self.message(target.state), []
        else:
            what, place = self._cast.person(target.user), self._place(self._cast.place(channel))
        self._did(person, f"menu({', '.join([_quoted(command), what, *place])})", reply)

    def click(self, person: Person, source: str, button: str, reply: Reply | None) -> None:
        """Somebody pressed a button, called as `button_name` called it before the press changed the message."""
        self._did(person, f"click({source}, {_quoted(button)})", reply)

    def choose(
        self, person: Person, source: str, select: Mapping[str, Any], values: Sequence[Any], reply: Reply | None
    ) -> None:
        """Somebody chose in a list."""
        labels = {option["value"]: option["label"] for option in select.get("options", [])}
        unique = len(set(labels.values())) == len(labels)
        named = [labels.get(value, value) if unique and isinstance(value, str) else value for value in values]
        arguments = [source, *(self._value(value) for value in named)]
        self._did(person, f"choose({', '.join(arguments)})", reply)

    def submit(self, person: Person, opener: Interaction, values: Mapping[str, Any], reply: Reply | None) -> None:
        """Somebody sent a form."""
        source = next((name for name, known in self._replies if known.interaction is opener), None)
        if source is None:
            self._write("# A form was sent here that had been opened before these notes began.")
            return
        modal = ModalView(opener, opener.modal or {})
        labels = {field.custom_id: field.label for field in modal.fields}
        unique = len(set(labels.values())) == len(labels)
        named = {labels.get(key, key) if unique else key: self._value(value) for key, value in values.items()}
        fields = ", ".join(f"{_quoted(key)}: {value}" for key, value in named.items())
        self._did(person, f"submit({source}.modal, {{{fields}}})", reply)

    def say(self, person: Person, channel: Channel, content: str, files: Iterable[File], message: MessageView) -> None:
        """Somebody wrote a message."""
        name = self._new("message")
        place = self._place(self._cast.place(channel))
        arguments = [_quoted(content), *(self._value(file) for file in files), *place]
        self._write(f"{name} = {self._cast.person(person.user)}.say({', '.join(arguments)})")
        self._names[message.id] = name

    def advance(self, by: timedelta) -> None:
        """Somebody moved the clock forward."""
        self._write(f"await bot.advance({_span(by)})")

    def advance_to_next_timer(self) -> None:
        """Somebody moved the clock to the next timer: how far that is depends on how fast a session is played."""
        self._write("await bot.advance_to_next_timer()")

    def message(self, message: Message) -> str:
        """How the script calls a message; one that nobody of these notes made is looked for by its text."""
        for name, reply in self._replies:
            if reply.message is not None and reply.message.state is message:
                return name
            for index, followup in enumerate(reply.followups):
                if followup.state is message:
                    return f"{name}.followups[{index}]"
        if message.id not in self._names:
            text = MessageView(self._world, message).text.splitlines()
            found = self._new("seen")
            channel = self._cast.place(self._world.channels[message.channel_id])
            held = f"lambda message: {_quoted(text[0])} in message.text" if text else ""
            self._write(f"{found} = await {channel}.until_message({held})")
            self._names[message.id] = found
        return self._names[message.id]

    # -- how it is written ------------------------------------------------------------------------------------------

    def _did(self, person: Person, call: str, reply: Reply | None) -> None:
        name = self._new("reply")
        self._write(f"{name} = await {self._cast.person(person.user)}.{call}")
        if reply is None:
            return
        self._replies.append((name, reply))
        if reply.modal is not None:
            self._write(f"assert {name}.modal is not None  # the form {reply.modal.title!r}")
        elif reply.message is not None:
            negation = "" if reply.private else "not "
            shown = " ".join(reply.text.split())
            shown = shown if len(shown) <= _SHOWN else shown[: _SHOWN - 3] + "..."
            self._write(f"assert {negation}{name}.private  # {shown}")

    def _write(self, line: str) -> None:
        self._count += 1
        if self._count == _MOST_STEPS:
            self._lines.append("# These notes end here: a session is written down up to a bound.")
        elif self._count < _MOST_STEPS:
            self._lines.append(line)

    def _new(self, kind: str) -> str:
        return f"{kind}_{self._count + 1}"

    def _place(self, place: str) -> list[str]:
        return [] if place == self._cast.usual_place else [f"channel={place}"]

    def _value(self, value: Any) -> str:
        written = repr(value)
        match value:
            case str():
                written = _quoted(value)
            case User():
                written = self._cast.person(value)
            case ChannelView():
                written = self._cast.place(value.state)
            case Role():
                written = self._cast.role(value)
            case File(name, content, kind):
                held = repr(content) if len(content) <= _LONGEST_FILE else f"bytes({len(content)})"
                written = f"File({_quoted(name)}, {held}, {_quoted(kind)})"
            case list():
                written = f"[{', '.join(self._value(item) for item in value)}]"
        return written


def button_name(message: MessageView, custom_id: str) -> str:
    """How a test names a button: by its label, or by its custom id where others have the same label or it has none."""
    buttons = [component for component in walk(message.components) if component["type"] == BUTTON]
    label = next((button.get("label") for button in buttons if button.get("custom_id") == custom_id), None)
    same = [button for button in buttons if button.get("label") == label]
    return str(label) if label and len(same) == 1 else custom_id


def _keywords(options: Mapping[str, str]) -> list[str]:
    """Options as keywords, or in a mapping where one of them is no name that Python or the driver leaves free."""
    if all(as_name(name) == name and name not in _KEYWORDS for name in options):
        return [f"{name}={value}" for name, value in options.items()]
    return [f"{{{', '.join(f'{_quoted(name)}: {value}' for name, value in options.items())}}}"]


def _span(span: timedelta) -> str:
    """A span as Python, in the largest unit that holds it whole."""
    units = {"days": timedelta(days=1), "hours": timedelta(hours=1), "minutes": timedelta(minutes=1)}
    unit = next((name for name, length in units.items() if not span % length), None)
    return f"timedelta({unit}={span // units[unit]})" if unit else f"timedelta(seconds={span.total_seconds():g})"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=not text.isprintable())
