"""The feature: everything that this package brings to a bot."""

import botcore as bc
from botcore_tags.commands import RemoveTag, ShowTag, WriteForm, WriteTag
from botcore_tags.config import TagsConfig
from botcore_tags.listeners import ShowByPrefix
from botcore_tags.services import Tags

_ = bc.translator(__name__)


class TagsFeature(bc.BaseFeature):
    """Texts that a server keeps under a name."""

    name = "tags"
    config = TagsConfig
    services = (Tags,)
    commands = (ShowTag, WriteTag)
    components = (WriteForm, RemoveTag)
    listeners = (ShowByPrefix,)
    personal_data = (bc.PersonalTable("tags_tag", bc.Erase(person="author_id")),)
    groups = {"tag": _("Texts that this server keeps under a name")}  # noqa: RUF012 - read once, never changed
    intents = ("guild_messages",)
    privileged_intents = ("message_content",)
