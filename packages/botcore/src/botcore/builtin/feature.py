"""The feature itself."""

import botcore as bc
from botcore.builtin.features import FeaturesCommand
from botcore.builtin.help import HelpCommand, HelpPage
from botcore.builtin.status import StatusCommand


class CoreFeature(bc.BaseFeature):
    """Help, status and the list of features."""

    name = "core"
    commands = (HelpCommand, StatusCommand, FeaturesCommand)
    components = (HelpPage,)
