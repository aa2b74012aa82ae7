"""Why one feature's tables could not be brought to where its package needs them."""

from botcore.errors import FeatureError


class SchemaTooNew(FeatureError):
    """The database was migrated by a newer version of the feature's package.

    Args:
        feature: the feature's name.
        current: the revision in the database.
        head: the newest revision that the installed package knows; None if it has none.
    """

    def __init__(self, feature: str, current: str, head: str | None) -> None:
        known = f"knows revisions up to {head}" if head else "has no revisions"
        super().__init__(
            feature,
            f"the database is at revision {current}, but the installed package {known}; "
            "install the version that wrote it, or go back to the copy made before the upgrade",
        )
        self.current = current
        self.head = head


class MigrationFailed(FeatureError):
    """A migration raised and was rolled back whole; the error that stopped it is the cause (`__cause__`)."""
