"""Every text that a person reads has a German one, and the catalogues are those of the source."""

import gettext
import re

import pytest
from babel.messages.catalog import Message
from tools.texts import LANGUAGES, PACKAGES, collect, po_file, updated, written

from botcore.commands.limits import is_name
from botcore.i18n import CHOICE

CATALOGUES = [(package, language) for package in PACKAGES for language in LANGUAGES]
_PLACEHOLDER = re.compile(r"\{\w*\}")


def pairs(message: Message) -> list[tuple[str, str]]:
    """Each form of a text with its translations."""
    forms = message.id if isinstance(message.id, tuple) else (message.id,)
    said = message.string if isinstance(message.string, tuple) else (message.string,)
    return [(str(form), str(translation or "")) for form, translation in zip(forms, said, strict=True)]


@pytest.mark.parametrize(("package", "language"), CATALOGUES)
def test_the_catalogue_is_that_of_the_source(package: str, language: str):
    """`nox -s texts` brings it up to date."""
    assert po_file(package, language).read_bytes() == written(updated(package, language))


@pytest.mark.parametrize(("package", "language"), CATALOGUES)
def test_no_text_lacks_a_translation(package: str, language: str):
    """Nor does one of its forms."""
    catalogue = updated(package, language)
    missing = [text for message in catalogue if message.id for text, said in pairs(message) if not said]
    assert missing == []
    assert len(catalogue) == len(collect(package)) > 20


@pytest.mark.parametrize(("package", "language"), CATALOGUES)
def test_a_translation_fills_in_the_same_values(package: str, language: str):
    """No more placeholders than the source has, and none fewer."""
    for message in updated(package, language):
        for text, said in pairs(message) if message.id else ():
            assert sorted(_PLACEHOLDER.findall(said)) == sorted(_PLACEHOLDER.findall(text)), text


@pytest.mark.parametrize(("package", "language"), CATALOGUES)
def test_names_are_names_to_discord(package: str, language: str):
    """Lower case, one word, 32 characters."""
    for message in updated(package, language):
        if message.context is not None and message.context != CHOICE:
            assert is_name(str(message.string)), message.string


@pytest.mark.parametrize(("package", "language"), CATALOGUES)
def test_the_compiled_catalogue_says_the_same(package: str, language: str):
    """It is what the bot reads."""
    with po_file(package, language).with_suffix(".mo").open("rb") as stream:
        compiled = gettext.GNUTranslations(stream)
    for message in updated(package, language):
        if not message.id:
            continue
        if message.context is not None:
            assert compiled.pgettext(message.context, str(message.id)) == message.string
        elif isinstance(message.id, str):
            assert compiled.gettext(message.id) == message.string
        else:
            singular, plural = message.id
            said = tuple(compiled.ngettext(singular, plural, n) for n in (1, 2))
            assert said == tuple(message.string or ())
