"""The package's README tells of everything that there is."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import botcore as bc
from botcore_reminders.config import RemindersConfig
from botcore_reminders.feature import RemindersFeature

README = (Path(__file__).parents[2] / "packages" / "feature-reminders" / "README.md").read_text(encoding="utf-8")
PROSE = re.sub(r"```.*?```", "", README, flags=re.DOTALL)
CODE = set(re.findall(r"`/?([^`\n]+)`", PROSE))


def test_every_command_is_explained() -> None:
    """By its name, or by the last word of it in the line of its neighbour."""
    for command in RemindersFeature.commands:
        if issubclass(command, bc.BaseCommand):
            last = command.name.split()[-1]
            assert any(text == last or text.startswith(command.name) for text in CODE), command.name
        else:
            assert f'"{command.name}"' in README


def test_every_option_of_making_one_is_explained() -> None:
    """By its name."""
    command = next(each for each in RemindersFeature.commands if getattr(each, "name", "") == "remind me")
    words = {word for text in CODE for word in text.split()}
    assert {field.name for field in fields(command.input_type)} <= words


def test_every_setting_is_shown_with_its_default() -> None:
    """As a section that the feature accepts."""
    shown = tomllib.loads(README.partition("```toml\n")[2].partition("```")[0])
    assert RemindersConfig.model_validate(shown["features"]["reminders"]) == RemindersConfig()
    assert shown["features"]["reminders"].keys() == RemindersConfig.model_fields.keys()
