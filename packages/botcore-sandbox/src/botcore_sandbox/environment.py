"""The environment of a bot that talks to a sandbox: its own token, database and time, none of ``botcore.toml``."""

from collections.abc import Collection
from pathlib import Path

from botcore_sandbox.server import Sandbox


def bot_environment(sandbox: Sandbox, database: Path, features: Collection[str] | None = None) -> dict[str, str]:
    """The variables that make any botcore bot one of this sandbox.

    Args:
        sandbox: a running sandbox.
        database: the SQLite file.
        features: the only features to use; all that are installed by default.
    """
    environment = {
        "BOTCORE_DISCORD__TOKEN": sandbox.token,
        "BOTCORE_DISCORD__API_URL": sandbox.api_url,
        "BOTCORE_DATABASE__URL": f"sqlite:///{database}",
        "SANDBOX_CLOCK_URL": sandbox.clock_url,
    }
    if features is not None:
        environment["BOTCORE_FEATURES__ENABLED"] = ",".join(features)
    return environment
