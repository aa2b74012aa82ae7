"""What a step can do: let people act on the stage, and tell the audience of it."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from botcore_sandbox.driver.person import Person
from botcore_sandbox.driver.reply import Reply
from botcore_sandbox.driver.views import MessageView, ModalView
from botcore_sandbox.tour.audience import Audience, Suggestion
from botcore_sandbox.tour.stage import Stage

type Given = str | int | Suggestion
"""A value for an option: as typed, or one that was offered."""


class Scene:
    """The people of a visit, and everything they can do.

    Args:
        stage: where it happens.
        audience: is told of it.
    """

    def __init__(self, stage: Stage, audience: Audience) -> None:
        self.stage = stage
        self.audience = audience
        self.features: set[str] = {"core"}
        """The features that the bot works with; the first step finds out."""
        self.last_act = "the visit begins"
        """What somebody did last, for the case that nothing comes of it."""

    @property
    def alice(self) -> Person:
        """A member."""
        return self.stage.sandbox.member("alice")

    @property
    def bob(self) -> Person:
        """Another member."""
        return self.stage.sandbox.member("bob")

    @property
    def carol(self) -> Person:
        """One more member."""
        return self.stage.sandbox.member("carol")

    @property
    def developer(self) -> Person:
        """The owner of the bot."""
        return self.stage.sandbox.application_owner

    def tell(self, text: str) -> None:
        """Say what cannot be seen on a screen."""
        self.audience.tells(text)

    async def slash(self, person: Person, command: str, /, **options: Given) -> Reply:
        """Somebody uses a slash command."""
        self.last_act = f"{_called(person)} sends /{command}"
        self.audience.uses(_called(person), command, _shown(options))
        return self._answered(person, await person.slash(command, _sent(options)))

    async def typing(self, person: Person, command: str, /, focused: str, **options: Given) -> list[Suggestion]:
        """Somebody types into one of the options and reads what is offered."""
        self.last_act = f"{_called(person)} types in {focused!r} of /{command}"
        offered = [
            Suggestion(name, str(value))
            for name, value in await person.autocomplete(command, _sent(options), focused=focused)
        ]
        self.audience.types(_called(person), command, _shown(options), focused, offered)
        return offered

    async def click(self, person: Person, where: Reply | MessageView, button: str) -> Reply:
        """Somebody presses a button, which is named by its label."""
        self.last_act = f"{_called(person)} presses {button!r}"
        self.audience.clicks(_called(person), button)
        return self._answered(person, await person.click(where, button))

    async def submit(self, person: Person, form: ModalView, /, **values: str) -> Reply:
        """Somebody changes fields of a form, named by their custom ids, and sends it."""
        self.last_act = f"{_called(person)} sends the form {form.title!r}"
        filled = {field.label: values.get(field.custom_id, field.value) for field in form.fields}
        self.audience.submits(_called(person), form, filled)
        return self._answered(person, await person.submit(form, values))

    async def pass_time(self, by: timedelta, words: str) -> None:
        """Move the clock of the sandbox and of the bot, and wait for what became due."""
        self.last_act = f"{words} pass"
        await self.stage.sandbox.time.advance(by)

    async def until(self, holds: Callable[[MessageView], bool], what: str) -> MessageView:
        """Wait for a message in the channel of which something holds, and show it."""
        message = await self.find(holds, what)
        self.audience.shows(message, f"#{self.stage.channel.name}")
        return message

    async def find(self, holds: Callable[[MessageView], bool], what: str) -> MessageView:
        """Wait for a message in the channel of which something holds; the newest counts first.

        Raises:
            TimeoutError: there was none in time.
        """
        self.last_act = f"the channel is to show {what}"
        return await self.stage.channel.until_message(holds)

    def _answered(self, person: Person, reply: Reply) -> Reply:
        if reply.modal is not None:
            self.audience.sees_form(_called(person), reply.modal)
        elif reply.message is not None:
            self.audience.answers(reply.message, _called(person), reply.acknowledged_after, changed=reply.updated)
        return reply


def _called(person: Person) -> str:
    return person.user.display_name


def _shown(options: Mapping[str, Given]) -> dict[str, str]:
    return {name: given.name if isinstance(given, Suggestion) else str(given) for name, given in options.items()}


def _sent(options: Mapping[str, Given]) -> dict[str, str | int]:
    return {name: given.value if isinstance(given, Suggestion) else given for name, given in options.items()}
