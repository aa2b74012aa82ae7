"""What members type when they make a poll: the question and, in one text, the options."""

import re
import unicodedata
from collections.abc import Sequence

import botcore as bc

_ = bc.translator(__name__)

MAX_QUESTION = 300
MAX_OPTION = 80
"""An option stands on a button, whose label has at most 80 characters.

Source: https://discord.com/developers/docs/components/reference#button
"""
MIN_OPTIONS = 2

_SHOWN_OF_A_MISTAKE = 30  # characters of an option that an error repeats

# A quotation stands between two separators. The curly marks are what phones write by themselves.
_QUOTED = re.compile(
    r"""
    (?: (?<=[;,\n]) | \A ) [^\S\n]*
    (?P<quoted> "(?P<straight>(?:[^"]|"")*)" | “(?P<curly>[^”]*)” | „(?P<low>[^“”]*)[“”] )
    (?= [^\S\n]* (?: [;,\n] | \Z ) )
    """,
    re.VERBOSE,
)
_UNENDED = re.compile(r'[^\S\n]*["“„][^"“”;,\n]*')
_HIDDEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}


def read_question(typed: str) -> str:
    """The question of a poll on one line.

    Raises:
        InvalidInput: it is empty or too long.
    """
    question = _on_one_line(typed)
    if not _is_visible(question):
        raise bc.InvalidInput("question", _("Write the question, for example: Where do we eat?"))
    if len(question) > MAX_QUESTION:
        raise bc.InvalidInput(
            "question",
            _("A question has at most {limit} characters and this one has {length}; shorten it.").format(
                limit=MAX_QUESTION, length=len(question)
            ),
        )
    return question


def read_options(typed: str, max_options: int) -> tuple[str, ...]:
    """The options of a poll, in the order in which they were typed.

    Where the text has a ``;`` or a line break, these separate the options, and otherwise commas do. Quoted text
    (``"a, b"; c``) is not separated, and what is empty between two separators is left out.

    Args:
        typed: all options in one text.
        max_options: the most that the operator allows.

    Raises:
        InvalidInput: options are too few, too many, empty, too long, given twice, or a quotation has no end.
    """
    options = tuple(_split(typed.replace("\r\n", "\n").replace("\r", "\n")))
    _check_count(options, max_options)
    for option in options:
        _check_option(option)
    _check_different(options)
    return options


def searchable(text: str) -> str:
    """A question, or what was typed to find one, with case and white space folded."""
    return _on_one_line(text).casefold()


def _split(text: str) -> list[str]:
    quotations = list(_QUOTED.finditer(text))
    inside = {index for found in quotations for index in range(*found.span("quoted"))}
    separators = ";\n" if any(text[i] in ";\n" for i in range(len(text)) if i not in inside) else ","
    cuts = [i for i, character in enumerate(text) if character in separators and i not in inside]
    whole = {found.span("quoted"): _unquoted(found) for found in quotations}
    options = []
    for start, end in zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(text)], strict=True):
        part = text[start:end]
        first = start + len(part) - len(part.lstrip())
        quoted = whole.get((first, first + len(part.strip())))
        if quoted is not None:
            options.append(_on_one_line(quoted))
        elif part.strip():
            _check_quotation_ends(part)
            options.append(_on_one_line(part))
    return options


def _unquoted(found: re.Match[str]) -> str:
    text = next(found[kind] for kind in ("straight", "curly", "low") if found[kind] is not None)
    return text.replace('""', '"') if found["straight"] is not None else text


def _on_one_line(text: str) -> str:
    """Without what no database and no client takes well: control characters and halves of surrogate pairs."""
    kept = (c for c in text if c.isspace() or unicodedata.category(c) not in {"Cc", "Cs"})
    return " ".join("".join(kept).split())


def _is_visible(text: str) -> bool:
    return any(unicodedata.category(character) not in _HIDDEN for character in text)


def _check_quotation_ends(part: str) -> None:
    """Refuse a quotation without an end; a mark that has a partner further on, as in `"Alien" (1979)`, is text."""
    if _UNENDED.fullmatch(part):
        raise bc.InvalidInput(
            "options",
            _('The quotation {option} has no end. Write "…" around the whole option, or leave the mark out.').format(
                option=_named(part.strip())
            ),
        )


def _check_count(options: Sequence[str], max_options: int) -> None:
    if len(options) < MIN_OPTIONS:
        raise bc.InvalidInput("options", _("Give at least two options, separated by semicolons or commas: pizza; soup"))
    if len(options) > max_options:
        raise bc.InvalidInput(
            "options",
            _("A poll has at most {limit} options here and you gave {count}; leave some out.").format(
                limit=max_options, count=len(options)
            ),
        )


def _check_option(option: str) -> None:
    if not _is_visible(option):
        raise bc.InvalidInput("options", _("One of the options is empty; write something between its quotation marks."))
    if len(option) > MAX_OPTION:
        raise bc.InvalidInput(
            "options",
            _("An option has at most {limit} characters, and {option} has {length}; shorten it.").format(
                limit=MAX_OPTION, option=_named(option), length=len(option)
            ),
        )


def _check_different(options: Sequence[str]) -> None:
    seen: set[str] = set()
    for option in options:
        key = unicodedata.normalize("NFKC", option).casefold()
        if key in seen:
            raise bc.InvalidInput(
                "options", _("{option} is there twice; give each option once.").format(option=_named(option))
            )
        seen.add(key)


def _named(option: str) -> str:
    """An option in an error, which is markdown."""
    shown = option if len(option) <= _SHOWN_OF_A_MISTAKE else f"{option[:_SHOWN_OF_A_MISTAKE].rstrip()}…"
    return f"“{bc.escape(shown)}”"
