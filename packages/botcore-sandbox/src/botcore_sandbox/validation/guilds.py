"""Settings of a guild.

Source: developer documentation, "Modify Guild".
"""

from typing import Any

from botcore_sandbox.errors import ApiError
from botcore_sandbox.state.guilds import Guild
from botcore_sandbox.validation.form import Form
from botcore_sandbox.validation.locales import LOCALES
from botcore_sandbox.validation.pictures import read_picture
from botcore_sandbox.validation.problems import Problems, not_among

_LEVELS = {
    "verification_level": range(5),
    "default_message_notifications": range(2),
    "explicit_content_filter": range(3),
    "afk_timeout": (60, 300, 900, 1_800, 3_600),
}
_CHANNELS = (
    "afk_channel_id",
    "system_channel_id",
    "rules_channel_id",
    "public_updates_channel_id",
    "safety_alerts_channel_id",
)
_FEATURES = ("COMMUNITY", "DISCOVERABLE", "INVITES_DISABLED", "RAID_ALERTS_DISABLED")
"""What a bot can switch (developer documentation, "Mutable Guild Features")."""
_BOOSTED = ("splash", "banner", "discovery_splash", "home_header")


def read_guild(body: dict[str, Any], guild: Guild) -> tuple[str | None, dict[str, Any]]:
    """A new name, if given, and the settings that were given.

    Raises:
        ApiError: 50035 with the tree of what is wrong, or 50101 for a picture that needs boosts.
    """
    problems = Problems()
    form = Form(body, problems)
    settings: dict[str, Any] = {}
    name = form.text("name", low=2, high=100, strip=True)
    if form.mentions("description"):
        settings["description"] = form.text("description", high=300) or None
    for key, levels in _LEVELS.items():
        level = form.choice(key, levels)
        if level is not None:
            settings[key] = level
    for key in _CHANNELS:
        if form.mentions(key):
            channel_id = form.snowflake(key)
            if channel_id is not None and channel_id not in guild.channels:
                problems.at(key).add("SANDBOX_UNKNOWN_CHANNEL", "The guild has no such channel.")
            settings[key] = None if channel_id is None else str(channel_id)
    flags = form.integer("system_channel_flags", low=0)
    if flags is not None:
        settings["system_channel_flags"] = flags
    bar = form.flag("premium_progress_bar_enabled")
    if bar is not None:
        settings["premium_progress_bar_enabled"] = bar
    locale = form.text("preferred_locale", high=20)
    if locale is not None and locale not in LOCALES:
        not_among(problems.at("preferred_locale"), f"({', '.join(sorted(LOCALES))})")
    elif locale is not None:
        settings["preferred_locale"] = locale
    _read_features(form, settings)
    read_picture(form, "icon")
    problems.raise_if_found()
    if any(form.raw(key) for key in _BOOSTED):
        raise ApiError.known(50101)
    return name, settings


def _read_features(form: Form, settings: dict[str, Any]) -> None:
    features = form.items("features", high=100)
    if features is None:
        return
    for index, feature in enumerate(features):
        if feature not in _FEATURES:
            not_among(form.problems.at("features", index), f"({', '.join(_FEATURES)})")
    settings["features"] = [feature for feature in _FEATURES if feature in features]
