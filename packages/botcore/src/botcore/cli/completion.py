"""What a shell offers after Tab: names that are installed, without importing any feature."""


def feature_names(incomplete: str) -> list[str]:
    """The installed features whose names begin with what was typed."""
    from botcore.features.discovery import FEATURES_GROUP, installed

    return sorted({entry.name for entry in installed(FEATURES_GROUP) if entry.name.startswith(incomplete)})
