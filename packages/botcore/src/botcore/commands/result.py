"""What a command, component or modal gives back to the pipeline."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from botcore.ui import Button, EmbedBuilder, File, Message, Modal, Select

type Body = str | EmbedBuilder | Message


@dataclass(frozen=True, slots=True)
class CommandResult:
    """The outcome of one execution.

    Args:
        success: whether what the person asked for was done.
        error: the sentence shown to them, privately, where it was not.
        message: what is answered where it was.
        modal: the form to open instead of a message.
    """

    success: bool
    error: str | None = None
    message: Message | None = None
    modal: Modal | None = None

    @classmethod
    def ok(
        cls,
        body: Body | None = None,
        *,
        components: Iterable[Button | Select] = (),
        files: Sequence[File] = (),
    ) -> Self:
        """A success, answered with a text, an embed or a whole message.

        Without a body a component or modal is acknowledged and nothing changes; a command says "Done."
        """
        return cls(success=True, message=None if body is None else _message(body, components, files))

    @classmethod
    def fail(cls, error: str) -> Self:
        """A refusal: ``error`` is a finished sentence for the person, who sees it privately."""
        return cls(success=False, error=error)

    @classmethod
    def open(cls, modal: Modal) -> Self:
        """A success that opens a form."""
        return cls(success=True, modal=modal)


def _message(body: Body, components: Iterable[Button | Select], files: Sequence[File]) -> Message:
    if isinstance(body, Message):
        return body
    if isinstance(body, str):
        return Message(content=body, components=tuple(components), files=tuple(files))
    return Message(embeds=(body,), components=tuple(components), files=tuple(files))
