"""What an operator can set, in which order it counts, and what every mistake is answered with."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, Field, SecretStr

from botcore.config import (
    Config,
    LoadedConfig,
    Row,
    find_file,
    load,
    read_feature_config,
    rows,
    secrets,
    secrets_of,
)
from botcore.errors import ConfigurationError, FeatureError


@pytest.fixture
def botcore_toml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The path of the file, as an operator names it: relative."""
    monkeypatch.chdir(tmp_path)
    return Path("botcore.toml")


def refusal(
    path: Path | None = None,
    environ: Mapping[str, str] | None = None,
    overrides: Mapping[str, Any] | None = None,
) -> str:
    """The one sentence with which settings are refused."""
    with pytest.raises(ConfigurationError) as caught:
        load(path, environ, overrides)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 2
    return str(caught.value)


def test_nothing_set() -> None:
    """Nothing needs to be set to load the defaults."""
    config = load().config
    assert config.discord.api_url == "https://discord.com/api/v10"
    assert config.database.url == "sqlite:///botcore.db"
    assert (config.discord.shards, config.features.enabled, config.log.level) == (1, None, "info")
    assert set(load().origins.values()) == {"default"}


def test_later_sources_win(botcore_toml: Path) -> None:
    """File, then environment, then command line, key by key; and each remembers where it came from."""
    botcore_toml.write_text('[database]\nurl = "sqlite:///a.db"\npool_size = 1\npool_timeout = 1\n')
    loaded = load(
        botcore_toml,
        {"BOTCORE_DATABASE__URL": "sqlite:///b.db", "BOTCORE_DATABASE__POOL_SIZE": "2"},
        {"database.url": "sqlite:///c.db", "log.level": None},
    )
    database = loaded.config.database
    assert (database.url, database.pool_size, database.pool_timeout) == ("sqlite:///c.db", 2, 1)
    assert loaded.origins["database.url"] == "command line"
    assert loaded.origins["database.pool_size"] == "BOTCORE_DATABASE__POOL_SIZE"
    assert loaded.origins["database.pool_timeout"] == "botcore.toml"
    assert loaded.origins["log.level"] == "default"


def test_environment_alone() -> None:
    """A bot can be configured by three variables and no file; other programs' variables do not matter."""
    config = load(
        None,
        {
            "BOTCORE_DISCORD__TOKEN": "secret-token",
            "BOTCORE_DISCORD__API_URL": "http://127.0.0.1:8080/api/v10/",
            "BOTCORE_DATABASE__URL": "sqlite:///x.db",
            "BOTCORE_CONFIG": "elsewhere.toml",
            "BOTCORE_TEST_POSTGRES_URL": "x",
            "BOTCORE_LOG__LEVEL": "",
            "PATH": "/bin",
        },
    ).config
    assert config.discord.require_token() == "secret-token"
    assert config.discord.api_url == "http://127.0.0.1:8080/api/v10"


def test_lists_and_words_in_variables() -> None:
    """A variable can hold a list, with commas or as JSON, and words in any case."""
    config = load(
        None,
        {
            "BOTCORE_DISCORD__OWNERS": "1, 2",
            "BOTCORE_DISCORD__SHARDS": "auto",
            "BOTCORE_FEATURES__ENABLED": '["polls"]',
            "BOTCORE_LOG__LEVEL": "DEBUG",
        },
    ).config
    assert (config.discord.owners, config.discord.shards) == ((1, 2), "auto")
    assert (config.features.enabled, config.log.level) == (("polls",), "debug")


def test_settings_do_not_change() -> None:
    """What was read cannot be assigned to."""
    with pytest.raises(ValueError, match="frozen"):
        load().config.database.__setattr__("url", "x")


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        (
            '[discord]\ntokn = "x"',
            "there is no setting discord.tokn (from botcore.toml); did you mean discord.token?",
        ),
        ('token = "x"', "there is no setting token (from botcore.toml); did you mean discord.token?"),
        ("[discord]\nshards = 0", "discord.shards (from botcore.toml) must be 'auto' or at least 1, not 0"),
        (
            "[database]\npool_size = 'many'",
            "database.pool_size (from botcore.toml) must be a whole number, not 'many'",
        ),
        (
            "[discord]\nowners = [1, 'alice']",
            "entry 2 of discord.owners (from botcore.toml) must be a whole number, not 'alice'",
        ),
        ("[discord]\ntoken = 5", "discord.token (from botcore.toml) must be text"),
        (
            "[discord.token]\nx = 5",
            "there is no setting discord.token.x (from botcore.toml); did you mean discord.token?",
        ),
        ("[discord", "botcore.toml, line 1: Expected ']' at the end of a table declaration"),
        ('[log]\nlevel = "info"\nformat =\n', "botcore.toml, line 3: Invalid value"),
        (
            "[features]\nenabeld = ['polls']",
            "there is no setting features.enabeld (from botcore.toml); did you mean features.enabled?",
        ),
        (
            "[log]\nlevel = 'loud'",
            "log.level (from botcore.toml) must be 'debug', 'info', 'warning', 'error' or",
        ),
        ("[features]\ndisabled = 3", "features.disabled (from botcore.toml) must be a list, not 3"),
    ],
)
def test_mistakes_in_the_file(botcore_toml: Path, toml: str, sentence: str) -> None:
    """Each names the key, the file and the way out."""
    botcore_toml.write_text(toml)
    assert refusal(botcore_toml).startswith(sentence)


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        (
            "BOTCORE_TOKEN",
            "x",
            "there is no setting token (from {variable}); did you mean BOTCORE_DISCORD__TOKEN?",
        ),
        (
            "BOTCORE_DATABASE__POOL_SIZE",
            "many",
            "database.pool_size (from {variable}) must be a whole number, not 'many'",
        ),
        (
            "BOTCORE_DISCORD__ALLOW_INSECURE",
            "perhaps",
            "discord.allow_insecure (from {variable}) must be true or false, not 'perhaps'",
        ),
        ("BOTCORE_FEATURES__POLLS", "3", "there is no setting features.polls (from {variable})"),
    ],
)
def test_mistakes_in_the_environment(variable: str, value: str, sentence: str) -> None:
    """Each names the key, the variable and the way out."""
    assert refusal(None, {variable: value}).startswith(sentence.format(variable=variable))


def test_mistakes_on_the_command_line() -> None:
    """The command line is named as such."""
    assert refusal(None, None, {"database.pool_size": 0}).startswith(
        "database.pool_size (from command line) must be at least 1"
    )


def test_file_that_cannot_be_read(tmp_path: Path) -> None:
    """A file that was asked for must be there, and be text."""
    assert refusal(tmp_path / "x.toml").endswith("x.toml cannot be read: No such file or directory")
    (tmp_path / "y.toml").write_bytes(b"\xff\xfe")
    assert refusal(tmp_path / "y.toml").endswith("y.toml is not UTF-8 text")


def test_which_file(tmp_path: Path) -> None:
    """BOTCORE_CONFIG names the file, there or not; otherwise botcore.toml counts if it is there."""
    assert find_file({}, tmp_path) is None
    (tmp_path / "botcore.toml").touch()
    assert find_file({}, tmp_path) == tmp_path / "botcore.toml"
    assert find_file({"BOTCORE_CONFIG": "/etc/bot.toml"}, tmp_path) == Path("/etc/bot.toml")


@pytest.mark.parametrize(
    "url", ["http://localhost:1/api/v10", "http://127.1.2.3/x", "http://[::1]:5/x", "https://proxy/x"]
)
def test_api_address(url: str) -> None:
    """Plain http is fine on this machine, and any address with https."""
    assert load(None, {"BOTCORE_DISCORD__API_URL": url}).config.discord.api_url == url


def test_plain_http_to_another_machine() -> None:
    """The token must not cross a network in plain text, unless the operator says that it may."""
    environ = {"BOTCORE_DISCORD__API_URL": "http://proxy.example/api/v10"}
    assert "set discord.allow_insecure" in refusal(None, environ)
    load(None, {**environ, "BOTCORE_DISCORD__ALLOW_INSECURE": "true"})
    assert "must be an address such as https://discord.com" in refusal(None, {"BOTCORE_DISCORD__API_URL": "proxy"})


def test_missing_token() -> None:
    """A token is asked for only when it is needed, with both ways to give one."""
    with pytest.raises(ConfigurationError, match=r"BOTCORE_DISCORD__TOKEN .* \[discord\]"):
        load().config.discord.require_token()


def test_token_from_a_file(tmp_path: Path) -> None:
    """A token can be in a file of its own, as container platforms mount secrets."""
    file = tmp_path / "token"
    config = load(None, {"BOTCORE_DISCORD__TOKEN_FILE": str(file)}).config
    with pytest.raises(ConfigurationError, match="cannot be read: No such file"):
        config.discord.require_token()
    file.write_text(" \n")
    with pytest.raises(ConfigurationError, match="which is empty"):
        config.discord.require_token()
    file.write_text("from-a-file\n")
    assert config.discord.require_token() == "from-a-file"
    assert secrets(config) == ["from-a-file"]


class Limits(BaseModel):
    """A table inside a feature's table."""

    a_day: int = 5


class PollsConfig(BaseModel):
    """The settings of a feature."""

    max_options: int = Field(default=25, le=25)
    emojis: list[str] = []
    limits: Limits = Limits()
    api_key: SecretStr | None = None


class NeedyConfig(BaseModel):
    """A feature that cannot work without a setting."""

    calendar: str


def polls(loaded: LoadedConfig) -> PollsConfig:
    """The settings of the feature, as the application reads them."""
    return read_feature_config(PollsConfig, loaded.config.feature_section("polls"), "polls", loaded.origins)


def test_feature_settings(botcore_toml: Path) -> None:
    """A feature's table can come from all sources, nested tables included."""
    botcore_toml.write_text(
        "[features.polls]\nmax_options = 9\n[features.polls.limits]\na_day = 3\n[features.gone]\nx = 1"
    )
    loaded = load(botcore_toml, {"BOTCORE_FEATURES__POLLS__MAX_OPTIONS": "5", "BOTCORE_FEATURES__POLLS__EMOJIS": "a,b"})
    assert polls(loaded) == PollsConfig(max_options=5, emojis=["a", "b"], limits=Limits(a_day=3))
    assert set(loaded.config.features.sections) == {"polls", "gone"}
    assert loaded.config.feature_section("other") == {}


def test_a_table_and_a_text_for_the_same_setting(botcore_toml: Path) -> None:
    """The later source wins, also where one gives a whole table and the other one key of it."""
    botcore_toml.write_text("[features.polls.limits]\na_day = 3\n")
    assert polls(load(botcore_toml, {"BOTCORE_FEATURES__POLLS__LIMITS__A_DAY": "4"})).limits.a_day == 4
    with pytest.raises(FeatureError, match=r"features\.polls\.limits \(from .*\) must be a table, not 'x'"):
        polls(load(botcore_toml, {"BOTCORE_FEATURES__POLLS__LIMITS": "x"}))


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("MAX_OPTOINS", "5", "there is no setting {key} (from {variable}); did you mean {polls}MAX_OPTIONS?"),
        ("MAX_OPTIONS", "99", "{key} (from {variable}) must be at most 25, not '99'"),
        (
            "LIMITS__A_DAI",
            "1",
            "there is no setting {key} (from {variable}); did you mean {polls}LIMITS__A_DAY?",
        ),
    ],
)
def test_mistakes_in_a_features_settings(name: str, value: str, sentence: str) -> None:
    """They concern that feature only, and name the key, where it came from and the way out."""
    variable = f"BOTCORE_FEATURES__POLLS__{name}"
    with pytest.raises(FeatureError) as caught:
        polls(load(None, {variable: value}))
    key = "features.polls." + name.lower().replace("__", ".")
    assert caught.value.feature == "polls"
    assert caught.value.reason == sentence.format(key=key, variable=variable, polls="BOTCORE_FEATURES__POLLS__")


def test_missing_feature_setting() -> None:
    """A setting that a feature needs is named with both ways to give it."""
    with pytest.raises(FeatureError) as caught:
        read_feature_config(NeedyConfig, {}, "needy")
    assert caught.value.reason == (
        "features.needy.calendar is missing; set it under [features.needy] in botcore.toml, "
        "or as BOTCORE_FEATURES__NEEDY__CALENDAR"
    )


SECRETS = {
    "BOTCORE_DISCORD__TOKEN": "token-of-the-bot",
    "BOTCORE_DATABASE__URL": "postgresql://bot:p%40ssword@host/bot",
    "BOTCORE_FEATURES__POLLS__API_KEY": "key-of-polls",
}


def test_secrets_are_masked() -> None:
    """What is shown holds no secret, and says where each value came from."""
    shown = rows(load(None, SECRETS))
    assert Row("discord.token", "[redacted]", "BOTCORE_DISCORD__TOKEN") in shown
    assert Row("database.url", "postgresql://bot:[redacted]@host/bot", "BOTCORE_DATABASE__URL") in shown
    assert Row("features.polls.api_key", "[redacted]", "BOTCORE_FEATURES__POLLS__API_KEY") in shown
    assert Row("discord.shards", "1", "default") in shown
    assert Row("discord.allow_insecure", "false", "default") in shown
    text = repr(load(None, SECRETS).config.discord)
    assert "token-of-the-bot" not in text


def test_secrets_are_known() -> None:
    """The log can be told every secret, as it is written and as it is sent."""
    loaded = load(None, SECRETS)
    assert secrets(loaded.config) == ["token-of-the-bot", "p%40ssword", "p@ssword", "key-of-polls"]
    assert secrets_of(polls(loaded)) == ["key-of-polls"]
    assert secrets(Config()) == []
