"""Texts in the language of whoever reads them: gettext catalogues, one set in each package.

A package writes `_ = translator(__name__)` and then `_("Give at least two options.")`. Its catalogues are
`<package>/locales/<language>/LC_MESSAGES/<package>.mo`, where a language is written as gettext and Babel
write it (`de`, `pt_BR`). A locale is written as Discord writes it (`de`, `en-US`, `pt-BR`, `sv-SE`, `zh-CN`);
the pipeline makes the interaction's locale the active one. `de-AT` falls back to `de`, and `de` to the text
in the source.
"""

import gettext
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from importlib.resources import files

DISCORD_LOCALES: tuple[str, ...] = (
    *("ar", "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "he", "hi", "hr"),
    *("hu", "id", "it", "ja", "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk"),
    *("vi", "zh-CN", "zh-TW"),
)
"""Every locale that Discord has (`AvailableLocalesEnum` of its published API description)."""

COMMAND, OPTION, CHOICE = "command", "option", "choice"
"""The message contexts of names: short and ambiguous, they are told apart by what they name."""

_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,4})*")
_MACROLANGUAGES = {"no": "nb"}  # translators write Bokmål as `nb`; Discord knows only `no`

_active: ContextVar[str | None] = ContextVar("botcore_locale", default=None)
_log = logging.getLogger(__name__)


def active_locale() -> str | None:
    """The locale in which this task speaks, or None for the language of the source."""
    return _active.get()


def set_locale(locale: str | None) -> None:
    """Make `locale` the active one for the rest of this task."""
    _active.set(locale)


@contextmanager
def using_locale(locale: str | None) -> Iterator[None]:
    """Make `locale` the active one inside the block."""
    token = _active.set(locale)
    try:
        yield
    finally:
        _active.reset(token)


class Translator:
    """Translates the texts of one package into the active locale; made by `translator`."""

    __slots__ = ("_package",)

    def __init__(self, package: str) -> None:
        self._package = package

    def __call__(self, text: str) -> str:
        """The text in the active locale, or as it is where there is no translation."""
        locale = _active.get()
        if locale is None or not text:  # gettext answers "" with the catalogue's header
            return text
        return _catalogue(self._package, locale).gettext(text)

    def name(self, kind: str, text: str, *, otherwise: str | None = None) -> str:
        """What Discord shows in the active locale for the name of a command, an option or a choice.

        Args:
            kind: the message's context in the catalogue.
            text: the name in the source.
            otherwise: what to answer where there is no translation; the name itself by default.
        """
        locale = _active.get()
        found = text if locale is None else _catalogue(self._package, locale).pgettext(kind, text)
        return (text if otherwise is None else otherwise) if found == text else found

    def plural(self, singular: str, plural: str, n: int) -> str:
        """The form that the active locale uses for `n` things; the text is not formatted."""
        locale = _active.get()
        if locale is None:
            return singular if n == 1 else plural
        return _catalogue(self._package, locale).ngettext(singular, plural, n)


def translator(name: str | None) -> Translator:
    """What a package binds to `_`.

    Args:
        name: `__name__` or `__package__` of any module of the package; its first part is the package whose
            catalogues are read.

    Raises:
        ValueError: `name` is empty, as `__package__` is in a script.
    """
    if not name:
        raise ValueError("translator() needs the name of a package: write _ = translator(__name__)")
    return Translator(name.partition(".")[0])


def translations_of(name: str, text: str) -> dict[str, str]:
    """Every translation that a package has of one text, by Discord's name of the locale.

    Meant for names and descriptions in the command catalogue, where Discord takes all languages at once. A
    locale whose translation is the text itself is left out.
    """
    package = name.partition(".")[0]
    found = {locale: _catalogue(package, locale).gettext(text) for locale in DISCORD_LOCALES if text}
    return {locale: translation for locale, translation in found.items() if translation != text}


def names_of(name: str, kind: str, text: str) -> dict[str, str]:
    """As `translations_of`, for a name that has ``kind`` as its message context."""
    package = name.partition(".")[0]
    found = {locale: _catalogue(package, locale).pgettext(kind, text) for locale in DISCORD_LOCALES if text}
    return {locale: translation for locale, translation in found.items() if translation != text}


@lru_cache(maxsize=4096)
def _catalogue(package: str, locale: str) -> gettext.NullTranslations:
    """The catalogue for a locale, with what it falls back to; looked for once, whether it is there or not."""
    found: gettext.NullTranslations | None = None
    for language in _languages(locale):
        catalogue = _read(package, language)
        if catalogue is None:
            continue
        if found is None:
            found = catalogue
        else:
            found.add_fallback(catalogue)
    return found or gettext.NullTranslations()


def _languages(locale: str) -> list[str]:
    """`zh-Hans-CN` gives `zh_Hans_CN`, `zh_Hans` and `zh`: the catalogues to look for, the nearest first."""
    if not _LOCALE.fullmatch(locale):  # it becomes part of a path
        return []
    parts = locale.replace("-", "_").split("_")
    languages = ["_".join(parts[:length]) for length in range(len(parts), 0, -1)]
    general = _MACROLANGUAGES.get(parts[0])
    return [*languages, general] if general else languages


def _read(package: str, language: str) -> gettext.GNUTranslations | None:
    try:
        catalogue = files(package).joinpath("locales", language, "LC_MESSAGES", f"{package}.mo")
        with catalogue.open("rb") as file:
            return gettext.GNUTranslations(file)
    except (FileNotFoundError, NotADirectoryError, ImportError, TypeError, AttributeError):
        return None  # no such catalogue, or a module (a script, say) that has no place for one
    except Exception as error:
        _log.warning("the %s catalogue of %s cannot be read and is not used: %r", language, package, error)
        return None
