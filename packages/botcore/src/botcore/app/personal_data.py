"""A person's data, without running the bot."""

from pathlib import Path

from botcore.app.bot import BotCore
from botcore.app.options import BotOptions
from botcore.privacy import Deletion, PersonalExport


async def export_personal_data(config_file: Path | None, user_id: int) -> PersonalExport:
    """Everything that the configured bot keeps of a person.

    Raises:
        StartupError: if the configuration or the database cannot be used.
    """
    async with BotCore(BotOptions(config_file=config_file)).at_rest() as parts:
        return await parts.personal_data.export(user_id)


async def delete_personal_data(config_file: Path | None, user_id: int, *, really: bool) -> Deletion:
    """Delete what the configured bot keeps of a person, or say what that would do.

    Raises:
        StartupError: if the configuration or the database cannot be used.
    """
    async with BotCore(BotOptions(config_file=config_file)).at_rest() as parts:
        service = parts.personal_data
        return await (service.delete(user_id) if really else service.preview_deletion(user_id))
