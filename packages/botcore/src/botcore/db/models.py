"""The base class of every table, and the rule that keeps the tables of different features apart."""

import re
from typing import Any, ClassVar

from sqlalchemy import MetaData, Table, event
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.schema import SchemaItem

from botcore.errors import FeatureError

NAMING_CONVENTION: dict[str, str] = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Names for what models and migrations leave unnamed: a later migration can only change what has a name."""

_FEATURE_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")


def check_feature_name(feature: str) -> str:
    """The name itself, if it may stand in front of a table's name.

    Raises:
        FeatureError: it is anything but lower-case words joined by underscores.
    """
    if not _FEATURE_NAME.fullmatch(feature):
        raise FeatureError(feature, "a feature's name is made of lower-case letters, digits and single underscores")
    return feature


class FeatureMetaData(MetaData):
    """The tables of one feature; it takes none whose name does not start with the feature's.

    Args:
        feature: the feature's name.
    """

    def __init__(self, feature: str) -> None:
        super().__init__(naming_convention=NAMING_CONVENTION)
        self.feature = check_feature_name(feature)


@event.listens_for(Table, "after_parent_attach")
def _refuse_foreign_names(table: SchemaItem, parent: SchemaItem) -> None:
    if not isinstance(parent, FeatureMetaData) or not isinstance(table, Table):
        return
    prefix = f"{parent.feature}_"
    if not table.name.startswith(prefix):
        raise FeatureError(
            parent.feature,
            f"the table '{table.name}' must be called '{prefix}{table.name}': each feature has its "
            "own prefix, so that no two features claim one table",
        )


def models_of(feature: str, package: str) -> MetaData | None:
    """The tables that a package has declared for a feature, as far as its modules were imported.

    Args:
        feature: the feature's name.
        package: the package's name; another one may declare a feature of the same name.
    """
    for base in reversed(FeatureModel.__subclasses__()):  # the last one, should a module have been imported twice
        if base.__module__.partition(".")[0] == package and getattr(base.metadata, "feature", None) == feature:
            return base.metadata
    return None


class FeatureModel(DeclarativeBase):
    """What a feature derives its own base class from, once, by naming itself.

    ```python
    class Base(FeatureModel, feature="polls"):
        '''The tables of the polls feature.'''

    class Poll(Base):
        __tablename__ = "polls_poll"
        id: Mapped[int] = mapped_column(primary_key=True)
        closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ```

    `Base.metadata` holds this feature's tables only, and a relationship by class name finds only this
    feature's classes.

    Raises:
        FeatureError: when a class or `Table` whose name lacks the feature's prefix is defined.
    """

    metadata: ClassVar[MetaData]

    def __init_subclass__(cls, *, feature: str | None = None, **kwargs: Any) -> None:
        if feature is not None:
            cls.__abstract__ = True
            cls.metadata = FeatureMetaData(feature)
            cls.registry = registry(metadata=cls.metadata)
            # SQLAlchemy reads `registry` only in direct subclasses of DeclarativeBase; this is where it keeps
            # it.
            cls._sa_registry = cls.registry
        elif not isinstance(getattr(cls, "metadata", None), FeatureMetaData):
            raise FeatureError(
                cls.__module__.partition(".")[0],
                f"{cls.__name__} belongs to no feature: derive it from Base(FeatureModel, feature='...')",
            )
        super().__init_subclass__(**kwargs)
