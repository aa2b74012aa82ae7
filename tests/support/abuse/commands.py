"""Application commands: one by one, and the whole list of a scope."""

from typing import Any

from abuse.case import (
    NEEDED,
    NO_LIST,
    NO_OBJECT,
    REPEATED,
    Case,
    at_most,
    between,
    kind_of,
    no_more_than,
    no_number,
    one_of,
    plain,
)

REGEX = ("STRING_TYPE_REGEX", "String value did not match validation regex.")
BAD_NAME = [("APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid"), REGEX]
FULL = (30032, "Maximum number of application commands reached (100)")
FULL_OF_MENUS = (30032, "Maximum number of application commands reached (15)")
VALUES = (3, 4, 5, 6, 7, 8, 9, 10, 11)


def command(*options: Any, **fields: Any) -> dict[str, Any]:
    """A slash command."""
    return {"name": "c", "description": "x"} | ({"options": list(options)} if options else {}) | fields


def option(name: str = "o", type: int = 3, **fields: Any) -> dict[str, Any]:
    """An option."""
    return {"type": type, "name": name, "description": "x"} | fields


def choice(name: str, value: Any) -> dict[str, Any]:
    """A choice."""
    return {"name": name, "value": value}


HUGE = [option(f"o{n}", choices=[choice(f"{c}-{'n' * 90}", "v" * 100) for c in range(5)]) for n in range(10)]

NAMES = (
    Case("no name", {"description": "x"}, {"name": NEEDED}, described=True),
    Case("an empty name", command(name=""), {"name": NEEDED}, described=True),
    Case("name over 32", command(name="x" * 33), {"name": between(1, 32)}, described=True),
    Case("a capital letter", command(name="Upper"), {"name": BAD_NAME}),
    Case("a space", command(name="two words"), {"name": BAD_NAME}),
    Case("an exclamation mark", command(name="now!"), {"name": BAD_NAME}),
    Case("an emoji", command(name="🍕"), {"name": BAD_NAME}),
    Case("no description", {"name": "c"}, {"description": NEEDED}),
    Case("an empty description", command(description=""), {"description": NEEDED}),
    Case("description over 100", command(description="x" * 101), {"description": between(1, 100)}, described=True),
    Case(
        "a description on a context menu",
        {"name": "m", "type": 3, "description": "x"},
        {
            "description": (
                "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID",
                "Context menu commands cannot have description",
            )
        },
    ),
    Case(
        "options on a context menu",
        {"name": "m", "type": 2, "options": [option()]},
        {"options": ("SANDBOX_OPTIONS_NOT_ALLOWED", "Context menu commands cannot have options.")},
    ),
    Case("an unknown type", command(type=9), {"type": one_of("(1, 2, 3)")}, described=True),
    Case(
        "permissions that are a word",
        command(default_member_permissions="many"),
        {"default_member_permissions": no_number("many")},
    ),
    Case("an unknown context", command(contexts=[7]), {"contexts.0": one_of("(0, 1, 2)")}, described=True),
    Case("a context twice", command(contexts=[0, 0]), {"contexts.1": REPEATED}, described=True),
    Case(
        "a translation with a capital letter",
        command(name_localizations={"de": "Umfrage"}),
        {"name_localizations.de": BAD_NAME},
    ),
    Case(
        "a translated description over 100",
        command(description_localizations={"de": "x" * 101}),
        {"description_localizations.de": between(1, 100)},
        described=True,
    ),
    Case(
        "more than 8000 characters",
        command(*HUGE),
        {"": ("APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)")},
    ),
)

OPTIONS = (
    Case("26 options", command(*[option(f"o{n}") for n in range(26)]), {"options": at_most(25)}, described=True),
    Case("an option that is a text", command("x"), {"options.0": NO_OBJECT}, described=True),
    Case(
        "an option of an unknown type",
        command(option(type=12)),
        {"options.0": kind_of(1, 2, *VALUES)},
        described=True,
    ),
    Case("an option name with a capital", command(option("Name")), {"options.0.name": REGEX}),
    Case(
        "an option without a description",
        command({"type": 3, "name": "o"}),
        {"options.0.description": NEEDED},
        described=True,
    ),
    Case(
        "two options of one name",
        command(option("a"), option("a")),
        {"options.1.name": ("APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists")},
    ),
    Case(
        "a required option after an optional one",
        command(option("a"), option("b", required=True)),
        {
            "options.1": (
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            )
        },
    ),
    Case(
        "the same inside a sub-command",
        command(option("s", type=1, options=[option("a"), option("b", required=True)])),
        {
            "options.0.options.1": (
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            )
        },
    ),
    Case(
        "a sub-command beside an option",
        command(option("a", type=1), option("b")),
        {
            "options.1": (
                "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
                "Sub-command and sub-command group option types are mutually exclusive to all other types",
            )
        },
    ),
    Case(
        "a group in a group",
        command(option("a", type=2, options=[option("b", type=2)])),
        {"options.0.options.0": kind_of(1)},
        described=True,
    ),
    Case(
        "a sub-command in a sub-command",
        command(option("a", type=1, options=[option("b", type=1)])),
        {"options.0.options.0": kind_of(*VALUES)},
        described=True,
    ),
    Case(
        "a required sub-command",
        command(option("a", type=1, required=True)),
        {
            "options.0.required": (
                "APPLICATION_COMMAND_REQUIRED_INVALID",
                "Required cannot be configured for this type of option",
            )
        },
    ),
    Case(
        "a text of at most 6001",
        command(option(max_length=6001)),
        {"options.0.max_length": no_more_than(6000)},
        described=True,
    ),
    Case(
        "26 choices",
        command(option(choices=[choice(str(n), str(n)) for n in range(26)])),
        {"options.0.choices": at_most(25)},
        described=True,
    ),
    Case(
        "a choice name over 100",
        command(option(choices=[choice("n" * 101, "v")])),
        {"options.0.choices.0.name": between(1, 100)},
        described=True,
    ),
    Case(
        "a choice value over 100",
        command(option(choices=[choice("n", "v" * 101)])),
        {"options.0.choices.0.value": between(1, 100)},
    ),
    Case(
        "a number among texts",
        command(option(choices=[choice("n", 1)])),
        {"options.0.choices.0.value": ("STRING_TYPE_CONVERT", 'Could not interpret "1" as string.')},
        described=True,
    ),
    Case(
        "a text among numbers",
        command(option(type=4, choices=[choice("n", "x")])),
        {"options.0.choices.0.value": no_number("x")},
        described=True,
    ),
    Case(
        "two choices of one name",
        command(option(choices=[choice("n", "x"), choice("n", "y")])),
        {
            "options.0.choices.1.name": (
                "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS",
                "Option choice name already exists",
            )
        },
    ),
    Case(
        "choices and suggestions",
        command(option(choices=[choice("n", "x")], autocomplete=True)),
        {
            "options.0.autocomplete": (
                "SANDBOX_AUTOCOMPLETE_NOT_ALLOWED",
                "Autocomplete is only for string, integer and number options without choices.",
            )
        },
    ),
    Case(
        "suggestions for a yes or no",
        command(option(type=5, autocomplete=True)),
        {
            "options.0.autocomplete": (
                "SANDBOX_AUTOCOMPLETE_NOT_ALLOWED",
                "Autocomplete is only for string, integer and number options without choices.",
            )
        },
    ),
    Case(
        "an unknown type of channel",
        command(option(type=7, channel_types=[99])),
        {"options.0.channel_types.0": one_of("(0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16)")},
        described=True,
    ),
)

CASES = (*NAMES, *OPTIONS)

LISTS = (
    Case("one command instead of a list", command(), {"": NO_LIST}, described=True),
    plain("101 slash commands", [command(name=f"c{n}") for n in range(101)], *FULL),
    plain("16 context menus", [{"name": f"M{n}", "type": 2} for n in range(16)], *FULL_OF_MENUS),
    plain("131 commands", [command(name=f"c{n}") for n in range(131)], *FULL, described=True),
    Case(
        "two commands of one name",
        [command(), command()],
        {"1": ("APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")},
    ),
)
