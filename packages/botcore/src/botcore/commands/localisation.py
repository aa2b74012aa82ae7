"""Names and descriptions of commands in every language that their package speaks.

Descriptions are ordinary texts of the package's catalogues. Names have a message context: ``command`` with the whole
name (``poll create`` is translated by the one word for ``create``), ``option`` and ``choice``.
"""

from botcore.commands.interaction import Payload
from botcore.commands.limits import MAX_CHOICE, MAX_DESCRIPTION, is_name
from botcore.i18n import CHOICE, COMMAND, OPTION, names_of, translations_of
from botcore.log import get_logger

_log = get_logger(__name__)


def localise(payload: Payload, package: str, name: str) -> Payload:
    """Add the translations to a command or sub-command, its options and their choices.

    A translation that Discord would refuse is left out and logged: it must not cost the whole catalogue.

    Args:
        payload: Discord's command or option object.
        package: whose catalogues to read.
        name: the whole name, such as ``poll create``.
    """
    _localise_named(payload, package, COMMAND, name)
    for option in payload.get("options", ()):
        if option["type"] > 2:  # noqa: PLR2004 - 1 and 2 are sub-commands and groups, which are localised as commands
            _localise_named(option, package, OPTION, option["name"])
            for choice in option.get("choices", ()):
                found = names_of(package, CHOICE, choice["name"])
                _put(choice, "name_localizations", {k: v for k, v in found.items() if len(v) <= MAX_CHOICE}, found)
    return payload


def _localise_named(payload: Payload, package: str, kind: str, name: str) -> None:
    names = names_of(package, kind, name)
    _put(payload, "name_localizations", {k: v for k, v in names.items() if is_name(v)}, names)
    texts = translations_of(package, payload["description"])
    _put(
        payload, "description_localizations", {k: v for k, v in texts.items() if 1 <= len(v) <= MAX_DESCRIPTION}, texts
    )


def _put(payload: Payload, key: str, usable: dict[str, str], found: dict[str, str]) -> None:
    for locale in found.keys() - usable.keys():
        _log.warning("Discord would refuse a translation", text=found[locale], locale=locale, of=payload["name"])
    if usable:
        payload[key] = usable
