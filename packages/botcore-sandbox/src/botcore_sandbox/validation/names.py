"""Names of slash commands and their options.

Source: developer documentation, "Application Command Naming".
"""

import unicodedata

from botcore_sandbox.validation.problems import Problems


def check_command_name(problems: Problems, name: str) -> None:
    """The name of a slash command."""
    if not is_slash_name(name):
        problems.add("APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
        check_option_name(problems, name)


def check_option_name(problems: Problems, name: str) -> None:
    """The name of an option."""
    if not is_slash_name(name):
        problems.add("STRING_TYPE_REGEX", "String value did not match validation regex.")


def is_slash_name(name: str) -> bool:
    r"""Whether a name consists of allowed characters, in lower case where a letter has one.

    The documented pattern is `^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$`.
    """
    return name == name.lower() and all(_is_name_character(character) for character in name)


def _is_name_character(character: str) -> bool:
    scripts_with_marks = "\u0900" <= character <= "\u097f" or "\u0e00" <= character <= "\u0e7f"
    return character in "-_'" or unicodedata.category(character)[0] in "LN" or scripts_with_marks
