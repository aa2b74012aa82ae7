"""Hands what a feature declares of its tables to the service that works by it."""

from sqlalchemy import MetaData
from sqlalchemy.ext.asyncio import AsyncSession

from botcore.container import ServiceContainer
from botcore.features.base import BaseFeature
from botcore.i18n import translator
from botcore.log import get_logger
from botcore.privacy import Holder, PersonalData

_log = get_logger(__name__)


def take_up_tables(
    feature: BaseFeature, metadata: MetaData | None, services: ServiceContainer, personal_data: PersonalData
) -> None:
    """Let a feature's tables be part of exports and deletions.

    A feature that says too little of them runs all the same: `botcore features check` refuses its package, every export
    and deletion names it, and leaving it out would help nobody whose rows it has.

    Args:
        feature: the feature.
        metadata: its tables, if it has some.
        services: what its `forget` may ask for.
        personal_data: takes them up.
    """

    async def forget(tx: AsyncSession, user_id: int) -> None:
        await feature.forget(services, tx, user_id)

    holder = Holder(
        name=feature.name,
        declarations=feature.personal_data,
        metadata=MetaData() if metadata is None else metadata,
        forget=forget,
        translate=translator(type(feature).__module__),
    )
    for problem in personal_data.add(holder):
        _log.warning("a feature's tables are left out of exports and deletions", feature=feature.name, problem=problem)
