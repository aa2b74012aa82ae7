"""From a typed phrase to what it means, wholly understood or refused with the word that was not.

An error names that word as it was typed, says what could have stood there, and guesses at a slip of the finger.
"""

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any

from botcore.when.errors import Impossible, NotUnderstood
from botcore.when.language import DEFAULT, Language, read_language
from botcore.when.parsing import Parse
from botcore.when.saying import written
from botcore.when.tokens import Kind, Token, TooLong, tokenize

_MAX_OPTIONS = 4
_MAX_ECHO = 40
_MAX_GUESSED = 24  # characters of a word for which a neighbour is looked for


def read[T](text: str, rule: str, language: Language, resolve: Callable[[Any, Language], T]) -> T:
    """Read ``text`` in this language, and in English where it makes no sense in it.

    Args:
        text: what was typed.
        rule: the grammar's rule for it.
        language: the person's own.
        resolve: makes the result of what was understood; may raise `Impossible`.

    Raises:
        NotUnderstood: with a sentence in ``language``.
    """
    for each in dict.fromkeys((language.code, DEFAULT)):
        candidate = read_language(each) if each != language.code else language
        phrase = _parse(text, rule, candidate)
        if phrase is not None:
            try:
                return resolve(phrase, candidate)
            except Impossible as error:
                raise impossible(error, candidate) from None
    raise _not_understood(text, rule, language)


def impossible(error: Impossible, language: Language) -> NotUnderstood:
    """The error with its sentence."""
    return NotUnderstood(written(language.sentences[error.sentence], error.values, language))


def completions(text: str, rule: str, language: Language) -> list[str]:
    """The phrases that this one could become by finishing its last word, at most 25."""
    try:
        tokens = tokenize(text)
    except TooLong:
        return []
    if not tokens or tokens[-1].kind is not Kind.WORD or text != text.rstrip():
        return []
    last = tokens[-1]
    attempt = Parse(language, tokens[:-1], explain=True)
    attempt.whole(rule)
    words = [
        word for word in attempt.words.get(len(tokens) - 1, ()) if word.startswith(last.text) and word != last.text
    ]
    begin = text[: len(text) - len(last.written)]
    return [begin + word for word in sorted(words, key=len)[:25]]


def _parse(text: str, rule: str, language: Language) -> Any:
    try:
        tokens = tokenize(text)
    except TooLong:
        raise NotUnderstood(_with_examples(language, "too_long", rule)) from None
    if not tokens:
        raise NotUnderstood(_with_examples(language, "empty", rule))
    return Parse(language, tokens).whole(rule)


def _not_understood(text: str, rule: str, language: Language) -> NotUnderstood:
    tokens = tokenize(text)
    attempt = Parse(language, tokens, explain=True)
    attempt.whole(rule)
    if rule == "moment" and [token.kind for token in tokens] == [Kind.DIGITS]:
        number = tokens[0].written[:_MAX_ECHO]
        return NotUnderstood(language.sentences["bare_number"].format(word=number), number)
    place = attempt.furthest
    expected = tuple(_options(attempt.labels.get(place, ())))
    sentences = language.sentences
    if place >= len(tokens):
        message = sentences["unfinished"].format(text=_echo(tokens))
        word = None
    else:
        word = tokens[place].written[:_MAX_ECHO]
        before = _echo(tokens[:place])
        message = sentences["extra" if place else "unknown"].format(word=word, before=before)
        guess = _guess(tokens[place], attempt.words.get(place, ()))
        if guess is not None:
            return NotUnderstood(message + sentences["suggestion"].format(word=guess), word, (guess,))
    if expected:
        options = sentences["or"].join([", ".join(expected[:-1]), expected[-1]] if expected[1:] else expected)
        message += sentences["options" if place else "options_first"].format(options=options)
    if not place:
        message += _with_examples(language, "for_example", rule)
    return NotUnderstood(message, word, expected)


def _options(labels: Iterable[str]) -> list[str]:
    """What could stand there: kinds of things first, then single words; punctuation helps nobody."""
    words = [label for label in labels if any(character.isalpha() for character in label)]
    kinds = [label for label in words if not (label.startswith('"') and label.endswith('"') and label.count('"') == 2)]
    return (kinds + [label for label in words if label not in kinds])[:_MAX_OPTIONS]


def _guess(token: Token, words: Iterable[str]) -> str | None:
    if token.kind is not Kind.WORD or not 4 <= len(token.text) <= _MAX_GUESSED:
        return None
    close = get_close_matches(token.text, [word for word in words if len(word) >= 3], 1, 0.72)
    return close[0] if close else None


def _echo(tokens: list[Token]) -> str:
    text = " ".join(token.written for token in tokens)
    return text if len(text) <= _MAX_ECHO else f"...{text[-_MAX_ECHO:]}"


def _with_examples(language: Language, sentence: str, rule: str) -> str:
    examples = ", ".join(f'"{example}"' for example in language.examples[rule][:4])
    return language.sentences[sentence].format(examples=examples)
