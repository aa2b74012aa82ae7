"""What a feature holds of persons: its declarations, with the tables that they speak of."""

from sqlalchemy import MetaData
from sqlalchemy.ext.asyncio import AsyncSession

from botcore.container import ServiceContainer
from botcore.features.base import BaseFeature
from botcore.features.tables import tables_of
from botcore.privacy import Holder


def holder_of(feature: BaseFeature, services: ServiceContainer) -> Holder:
    """A feature as the service for members' data knows it."""

    async def forget(tx: AsyncSession, user_id: int) -> None:
        await feature.forget(services, tx, user_id)

    metadata = tables_of(type(feature))
    return Holder(feature.name, feature.personal_data, MetaData() if metadata is None else metadata, forget)
