"""The one error of this package, and what it grows from while a phrase is resolved."""

from botcore.errors import Unreadable


class NotUnderstood(Unreadable):
    """A phrase that was not wholly understood, or that names something that does not exist.

    Args:
        message: the finished sentence, in the language of the person who typed.
        word: the word that was not understood, as it was typed; ``None`` where every word was.
        expected: what could have stood in its place, in the same language.
    """

    def __init__(self, message: str, word: str | None = None, expected: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.word = word
        self.expected = expected


class Impossible(Exception):
    """Every word was understood, but there is no such thing.

    Args:
        sentence: the key of the sentence in the language file.
        values: what fills its places; an aware or naive datetime, a date or a time is written in that language.
    """

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.values = values
