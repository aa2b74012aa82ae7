"""``botcore config init``, ``show`` and ``check``."""

import re
import stat
import sys
from pathlib import Path

import pytest

from botcore.config import Config, leaf_keys, load, meanings_of
from command_line import run_here


def set_everything(text: str) -> str:
    """The file with every setting that has a default taken out of its comment."""
    return re.sub(r"^#(\w[\w.]* = )(?!\.\.\.$)", r"\1", text, flags=re.MULTILINE)


def test_init_writes_a_file_that_changes_nothing(folder: Path):
    """It is sound as it is, and everything in it has its default."""
    ran = run_here("config", "init")
    assert ran.code == 0, ran.err
    assert load(folder / "botcore.toml").config == Config()


def test_init_writes_every_setting_with_its_default(folder: Path):
    """Taking the comments away changes nothing either; features' settings are among them."""
    run_here("config", "init")
    text = (folder / "botcore.toml").read_text(encoding="utf-8")
    (folder / "all.toml").write_text(set_everything(text), encoding="utf-8")
    loaded = load(folder / "all.toml").config
    assert loaded.model_copy(update={"features": Config().features}) == Config()
    assert loaded.feature_section("polls") == {"max_options": 25, "max_open_per_guild": 200}
    for key, _field in leaf_keys(Config):
        assert f"#{key.rpartition('.')[2]} = " in text


def test_every_setting_of_the_core_has_a_meaning():
    """Which stands above it in the file."""
    meanings = meanings_of(Config)
    assert [key for key, _field in leaf_keys(Config) if key not in meanings] == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_init_keeps_the_file_private(folder: Path):
    """A token may come into it."""
    run_here("config", "init", "mine.toml")
    assert stat.S_IMODE((folder / "mine.toml").stat().st_mode) == 0o600


def test_init_replaces_nothing_unless_it_is_told_to(folder: Path):
    """And says how to tell it."""
    (folder / "botcore.toml").write_text("# mine\n", encoding="utf-8")
    ran = run_here("config", "init")
    assert ran.code == 2
    assert "botcore.toml is there already; name another file, or replace it with --force" in ran.err
    assert (folder / "botcore.toml").read_text(encoding="utf-8") == "# mine\n"
    assert run_here("config", "init", "--force", "--json").data["file"] == "botcore.toml"
    assert "[discord]" in (folder / "botcore.toml").read_text(encoding="utf-8")


def test_init_where_nothing_can_be_written(folder: Path):
    """One sentence, and 2."""
    ran = run_here("config", "init", "absent/botcore.toml")
    assert ran.code == 2
    assert ran.err == "absent/botcore.toml cannot be written: No such file or directory\n"


def test_show_as_json_masks_secrets(monkeypatch: pytest.MonkeyPatch):
    """Each setting with its origin."""
    monkeypatch.setenv("BOTCORE_DISCORD__TOKEN", "a-token-that-nobody-sees")
    ran = run_here("config", "show", "--json")
    rows = {row["key"]: row for row in ran.data}
    assert rows["discord.token"] == {
        "key": "discord.token",
        "value": "[redacted]",
        "origin": "BOTCORE_DISCORD__TOKEN",
    }
    assert "a-token-that-nobody-sees" not in ran.out


def test_check_as_json(monkeypatch: pytest.MonkeyPatch):
    """Sound or not, the exit code says it too."""
    ran = run_here("config", "check", "--json")
    assert ran.code == 2
    assert not ran.data["sound"]
    assert "there is no token" in ran.data["mistakes"][0]
    monkeypatch.setenv("BOTCORE_DISCORD__TOKEN", "a-token-that-nobody-sees")
    assert run_here("config", "check", "--json") == (0, '{\n  "sound": true,\n  "mistakes": []\n}\n', "")


def test_check_names_every_feature_that_would_be_left_out(monkeypatch: pytest.MonkeyPatch):
    """For a setting of its own that is misspelt, for example."""
    monkeypatch.setenv("BOTCORE_DISCORD__TOKEN", "a-token-that-nobody-sees")
    monkeypatch.setenv("BOTCORE_FEATURES__POLLS__MAX_OPTION", "5")
    ran = run_here("config", "check")
    assert ran.code == 2
    assert "The feature polls would be left out: there is no setting features.polls.max_option" in ran.err
    assert "did you mean BOTCORE_FEATURES__POLLS__MAX_OPTIONS" in ran.err
