"""Who is told what happens in a visit: the port between the play and how it is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from botcore_sandbox.driver.views import MessageView, ModalView


class Suggestion(NamedTuple):
    """A line of an autocomplete list: what a person reads, and what is sent when they choose it."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A step that went wrong.

    Args:
        step: its title.
        expected: what should have been there.
        seen: what was there instead.
        log: the last lines that the bot wrote.
    """

    step: str
    expected: str
    seen: str
    log: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A visit, in numbers.

    Args:
        played: the steps that were played.
        left_out: the steps whose feature is not there.
        seconds: how long it took.
        requests: REST requests that the sandbox answered.
        frames: gateway frames, in both directions.
        starts: how many times the bot was started.
    """

    played: int
    left_out: int
    seconds: float
    requests: int
    frames: int
    starts: int


class Audience(Protocol):
    """Is told of everything, at the moment when it happens."""

    def curtain(self, address: str) -> None:
        """The visit begins; ``address`` is where the local Discord listens."""
        ...

    def begins(self, number: int, title: str) -> None:
        """A step begins."""
        ...

    def ends(self, seconds: float) -> None:
        """The step went well."""
        ...

    def left_out(self, title: str, feature: str) -> None:
        """A step is not played, because there is no such feature."""
        ...

    def tells(self, text: str) -> None:
        """What nobody says and nobody sees on a screen, and a reader should know."""
        ...

    def uses(self, who: str, command: str, options: Mapping[str, str]) -> None:
        """Somebody sends a slash command."""
        ...

    def types(
        self, who: str, command: str, options: Mapping[str, str], focused: str, offered: Sequence[Suggestion]
    ) -> None:
        """Somebody is typing in an option and reads what is offered; ``options`` ends with that one."""
        ...

    def clicks(self, who: str, button: str) -> None:
        """Somebody presses a button."""
        ...

    def sees_form(self, who: str, form: ModalView) -> None:
        """A form opens for somebody."""
        ...

    def submits(self, who: str, form: ModalView, values: Mapping[str, str]) -> None:
        """Somebody has filled in a form, and sends it; values by the fields' labels."""
        ...

    def answers(self, message: MessageView, who: str, seconds: float | None, *, changed: bool) -> None:
        """The bot answers somebody; ``changed`` is a message that was there and looks different now."""
        ...

    def shows(self, message: MessageView, where: str) -> None:
        """What a channel shows now."""
        ...

    def fails(self, failure: Failure) -> None:
        """A step went wrong; nothing comes after it."""
        ...

    def closes(self, summary: Summary) -> None:
        """The visit is over, and everything went well."""
        ...
