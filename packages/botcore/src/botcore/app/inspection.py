"""What can be known of a bot without starting it."""

from collections.abc import Sequence
from dataclasses import dataclass

from botcore.commands import Payload
from botcore.config import Config
from botcore.contracts.status import FeatureRecord
from botcore.features.registration import Registered


@dataclass(frozen=True, slots=True)
class Inspection:
    """A bot whose features were registered, and neither started nor connected.

    Args:
        config: the settings of the core.
        records: every installed feature and what became of it, by name.
        registered: the features that work, in the order in which they are taken up.
        catalogue: their commands as Discord's command objects.
    """

    config: Config
    records: Sequence[FeatureRecord]
    registered: Sequence[Registered]
    catalogue: Sequence[Payload]
