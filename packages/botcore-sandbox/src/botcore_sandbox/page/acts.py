"""What the member of a tab does, through the driver: the same acts that a test would write."""

from collections.abc import Awaitable, Callable
from typing import Any

from botcore_sandbox.driver.errors import LateAnswer, NotAllowed, NotOffered
from botcore_sandbox.driver.person import Person
from botcore_sandbox.driver.places import ChannelView
from botcore_sandbox.driver.reply import Reply
from botcore_sandbox.driver.views import MessageView, ModalView
from botcore_sandbox.page.asking import Ask
from botcore_sandbox.page.notebook import Notebook, button_name
from botcore_sandbox.page.things import (
    chosen,
    find_channel,
    find_message,
    find_user,
    form_values,
    option_values,
)
from botcore_sandbox.server import Sandbox
from botcore_sandbox.state import founding, posting
from botcore_sandbox.state.channels import Channel
from botcore_sandbox.state.drafts import Draft
from botcore_sandbox.state.messages import Message
from botcore_sandbox.state.permissions import Permissions
from botcore_sandbox.state.world import World
from botcore_sandbox.validation.components import walk

_LONGEST = 2_000
_LONGEST_EMOJI = 32

type Act = Callable[[Ask], Awaitable[Any]]


class Acts:
    """Everything that one member can do.

    Args:
        sandbox: where.
        person: who.
        notebook: what was done is written down there.
    """

    def __init__(self, sandbox: Sandbox, person: Person, notebook: Notebook) -> None:
        self._sandbox = sandbox
        self._person = person
        self._notebook = notebook
        self.by_name: dict[str, Act] = {
            "slash": self._slash,
            "autocomplete": self._autocomplete,
            "menu": self._menu,
            "click": self._click,
            "choose": self._choose,
            "submit": self._submit,
            "say": self._say,
            "edit": self._edit,
            "delete": self._delete,
            "dm": self._dm,
            "react": self._react,
            "vote": self._vote,
            "typing": self._typing,
        }

    @property
    def _world(self) -> World:
        return self._sandbox.world

    async def _slash(self, ask: Ask) -> None:
        channel = self._channel(ask)
        command = ask.text("command")
        values = option_values(self._world, channel, command, ask.mapping("options"))
        place = ChannelView(self._world, channel)
        reply = await _answer(self._person.slash(command, values, channel=place))
        self._notebook.slash(self._person, channel, command, values, picked=ask.mapping("picked"), reply=reply)

    async def _autocomplete(self, ask: Ask) -> list[dict[str, Any]]:
        channel = self._channel(ask)
        command, focused = ask.text("command"), ask.text("focused")
        sent = {name: value for name, value in ask.mapping("options").items() if name != focused}
        values = option_values(self._world, channel, command, sent) | {focused: ask.text("typed")}
        place = ChannelView(self._world, channel)
        offered = await self._person.autocomplete(command, values, focused=focused, channel=place)
        return [{"name": name, "value": value} for name, value in offered]

    async def _menu(self, ask: Ask) -> None:
        command = ask.text("command")
        target: MessageView | Person
        if ask.has("message"):
            message = self._message(ask)
            target = MessageView(self._world, message)
            channel = self._world.channels[message.channel_id]
        else:
            target = self._sandbox.person(find_user(self._world, ask.id("user")))
            channel = self._channel(ask)
        reply = await _answer(self._person.menu(command, target, channel=ChannelView(self._world, channel)))
        self._notebook.menu(self._person, channel, command, target, reply)

    async def _click(self, ask: Ask) -> None:
        message = MessageView(self._world, self._message(ask))
        custom_id = ask.text("custom_id")
        source, button = self._notebook.message(message.state), button_name(message, custom_id)
        reply = await _answer(self._person.click(message, custom_id))
        self._notebook.click(self._person, source, button, reply)

    async def _choose(self, ask: Ask) -> None:
        message = MessageView(self._world, self._message(ask))
        custom_id = ask.text("custom_id")
        component = next((c for c in walk(message.components) if c.get("custom_id") == custom_id), None)
        if component is None:
            raise NotOffered("This list is gone.")
        channel = self._world.channels[message.state.channel_id]
        values = chosen(self._world, channel, component, ask.texts("values"))
        source = self._notebook.message(message.state)
        reply = await _answer(self._person.choose(message, *values, select=custom_id))
        self._notebook.choose(self._person, source, component, values, reply)

    async def _submit(self, ask: Ask) -> None:
        opener = self._world.interactions.get(ask.id("interaction"))
        if opener is None or opener.modal is None:
            raise NotOffered("This form is too old to be sent; open it again.")
        modal = ModalView(opener, opener.modal)
        values = form_values(self._world, opener.channel, modal, ask.mapping("fields"))
        reply = await _answer(self._person.submit(modal, values))
        self._notebook.submit(self._person, opener, values, reply)

    async def _say(self, ask: Ask) -> None:
        channel = self._channel(ask)
        content, files = ask.text("content", default="").strip(), ask.files("files")
        if not content and not files:
            raise NotOffered("There is nothing to send.")
        _check_length(content)
        if files and Permissions.ATTACH_FILES not in self._world.permissions_in(channel, self._person.user):
            raise NotAllowed(f"{self._person.user.display_name} may not attach files in #{channel.name}.")
        message = self._person.say(content, *files, channel=ChannelView(self._world, channel))
        self._notebook.say(self._person, channel, content, files, message)

    async def _edit(self, ask: Ask) -> None:
        message = self._message(ask)
        content = ask.text("content").strip()
        if message.author is not self._person.user:
            raise NotAllowed("A message can be edited by its author only.")
        if not content and not message.attachments:
            raise NotOffered("A message cannot become empty; delete it instead.")
        _check_length(content)
        posting.edit(self._world, message, Draft(content=content))

    async def _delete(self, ask: Ask) -> None:
        message = self._message(ask)
        channel = self._world.channels[message.channel_id]
        own = message.author is self._person.user
        may_manage = Permissions.MANAGE_MESSAGES in self._world.permissions_in(channel, self._person.user)
        if message.ephemeral or not (own or may_manage):
            raise NotAllowed("Messages of others can be deleted by those who may manage messages here.")
        posting.delete(self._world, message)

    async def _dm(self, ask: Ask) -> dict[str, str]:
        """Open the direct message with the bot."""
        return {"channel": str(founding.open_dm(self._world, self._person.user).id)}

    async def _react(self, ask: Ask) -> None:
        message = MessageView(self._world, self._message(ask))
        act = self._person.react if ask.flag("on") else self._person.unreact
        emoji = ask.text("emoji")
        if not 0 < len(emoji) <= _LONGEST_EMOJI:
            raise NotOffered("This is no emoji.")
        act(message, emoji)

    async def _vote(self, ask: Ask) -> None:
        """Vote in a native poll by the texts of its answers; with none, take the vote back."""
        message = MessageView(self._world, self._message(ask))
        answers = ask.texts("answers")
        self._person.take_vote_back(message)
        if answers:
            self._person.vote(message, *answers)

    async def _typing(self, ask: Ask) -> None:
        self._person.start_typing(ChannelView(self._world, self._channel(ask)))

    def _channel(self, ask: Ask) -> Channel:
        return find_channel(self._world, ask.id("channel"))

    def _message(self, ask: Ask) -> Message:
        return find_message(self._world, self._person.user, ask.id("message"))


async def _answer(acting: Awaitable[Reply]) -> Reply | None:
    """The reply, or None where the bot asked for time and is still busy: the tab goes on showing that it thinks."""
    try:
        return await acting
    except LateAnswer:
        return None


def _check_length(content: str) -> None:
    if len(content) > _LONGEST:
        raise NotOffered(f"This is {len(content) - _LONGEST} characters too long; a message takes {_LONGEST:,}.")
