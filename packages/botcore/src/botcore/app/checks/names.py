"""The names: what Discord shows of commands, in every language; what registration refuses is not asked again."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from botcore.app.checks.findings import Finding
from botcore.commands import Payload
from botcore.commands.interaction import CHAT_INPUT
from botcore.commands.limits import MAX_DESCRIPTION, is_name
from botcore.features.registration import Registered
from botcore.i18n import COMMAND, names_of, translations_of


def check_names(registered: Registered, catalogue: Sequence[Payload]) -> Iterator[Finding]:
    """Check the commands of one feature."""
    commands = registered.commands
    groups = sorted({" ".join(command.path[:length]) for command in commands for length in range(1, len(command.path))})
    silent = [group for group in groups if not registered.feature.groups.get(group)]
    if silent:
        yield Finding.warned(
            "names",
            f"nobody says what the group /{silent[0]} is for; put {{{silent[0]!r}: ...}} into `groups` of the feature",
        )
    refused = list(_refused_translations(registered, groups))
    yield from (Finding.failed("names", text) for text in refused)
    if not refused:
        of_cogs = [command for command in registered.cog_commands if command.menu is None]
        roots = {*(command.path[0] for command in commands), *(command.name for command in of_cogs)}
        offered = [each for each in catalogue if each["type"] == CHAT_INPUT and each["name"] in roots]
        total = len(commands) + sum(len(list(each.leaves())) for each in of_cogs)
        menus = len(registered.menus) + len(registered.cog_commands) - len(of_cogs)
        others = len(registered.handlers) - len(commands) - len(registered.menus)
        sizes = {each["name"]: _longest(each) for each in offered}
        yield Finding.passed(
            "names",
            f"commands: {total}; context menus: {menus}; buttons, selects and forms: {others}"
            + (f"; the longest description has {max(sizes.values())} characters" if sizes else ""),
        )


def _longest(entry: Mapping[str, Any]) -> int:
    return max(len(entry["description"]), *(_longest(option) for option in entry.get("options", ())), 0)


def _refused_translations(registered: Registered, groups: Sequence[str]) -> Iterator[str]:
    """Translations that Discord would refuse; a bot leaves them out, which nobody sees."""
    package = type(registered.feature).__module__
    for name in [*groups, *(command.name for command in registered.commands)]:
        for locale, text in names_of(package, COMMAND, name).items():
            if not is_name(text):
                yield f"{text!r}, in {locale} for /{name}, is no name for Discord, which takes one lower-case word"
    for command in registered.commands:
        for locale, text in translations_of(package, command.description).items():
            if len(text) > MAX_DESCRIPTION:
                yield f"the description of /{command.name} in {locale} has {len(text)} of {MAX_DESCRIPTION} characters"
