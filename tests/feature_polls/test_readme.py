"""The package's README tells of everything that there is."""

import tomllib
from dataclasses import fields
from pathlib import Path

import botcore as bc
from botcore_polls.config import PollsConfig
from botcore_polls.feature import PollsFeature

README = (Path(__file__).parents[2] / "packages" / "feature-polls" / "README.md").read_text(encoding="utf-8")


def test_every_command_is_explained() -> None:
    """By its name and options."""
    for command in PollsFeature.commands:
        assert issubclass(command, bc.BaseCommand)
        options = (field.name for field in fields(command.input_type))
        assert f"`{' '.join([f'/{command.name}', *options])}`" in README


def test_every_setting_is_shown_with_its_default() -> None:
    """As a section that the feature accepts."""
    shown = README.partition("```toml\n")[2].partition("```")[0]
    assert tomllib.loads(shown) == {"features": {"polls": PollsConfig().model_dump()}}
