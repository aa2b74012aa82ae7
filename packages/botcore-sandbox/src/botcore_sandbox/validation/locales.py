"""Locales, and texts given for several of them."""

from collections.abc import Callable
from typing import Any

from botcore_sandbox.validation.form import Form
from botcore_sandbox.validation.problems import Problems, bad_length

LOCALES = frozenset(
    {
        *(
            "ar",
            "bg",
            "cs",
            "da",
            "de",
            "el",
            "en-GB",
            "en-US",
            "es-419",
            "es-ES",
            "fi",
            "fr",
            "he",
            "hi",
            "hr",
        ),
        *(
            "hu",
            "id",
            "it",
            "ja",
            "ko",
            "lt",
            "nl",
            "no",
            "pl",
            "pt-BR",
            "ro",
            "ru",
            "sv-SE",
            "th",
            "tr",
            "uk",
        ),
        *("vi", "zh-CN", "zh-TW"),
    }
)
"""Developer documentation, "Locales"."""


type Check = Callable[[Problems, str], None]
"""What a text has to be beside not too long; notes the problem if it is not."""


def read_localizations(form: Form, key: str, high: int, *, check: Check | None = None) -> dict[str, str] | None:
    """A mapping of locale to text, None if it is not given."""
    inner = form.form(key)
    if inner is None:
        return None
    texts: dict[str, str] = {}
    for locale, text in inner.fields.items():
        problems = inner.problems.at(locale)
        if locale not in LOCALES:
            problems.add("BASE_TYPE_CHOICES", f"Value must be one of {_listed()}.")
        elif not isinstance(text, str):
            problems.add("STRING_TYPE_CONVERT", "Could not interpret the value as string.")
        elif not 1 <= len(text) <= high:
            bad_length(problems, 1, high)
        else:
            texts[locale] = text
            if check is not None:
                check(problems, text)
    return texts


def longest(texts: Any) -> int:
    """The length of the longest of several translations."""
    return max(map(len, texts.values()), default=0) if isinstance(texts, dict) else 0


def _listed() -> str:
    return "{" + ", ".join(f"'{locale}'" for locale in sorted(LOCALES)) + "}"
