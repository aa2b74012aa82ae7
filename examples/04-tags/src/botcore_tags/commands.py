"""What members can do: commands, a form, and a button."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import botcore as bc
from botcore_tags.services import MAX_NAME, MAX_TEXT, Tag, Tags

_ = bc.translator(__name__)


class TagRef(bc.Ref[Tag]):
    """A tag of this server, named by its name."""

    def __init__(self, tags: Tags) -> None:
        self._tags = tags

    async def search(self, ctx: bc.CommandContext, typed: str) -> Sequence[bc.Choice]:
        """What autocomplete shows."""
        if ctx.guild_id is None:
            return ()
        return [bc.Choice(tag.name, tag.name) for tag in await self._tags.search(ctx.guild_id, typed)]

    async def load(self, ctx: bc.CommandContext, value: str) -> Tag:
        """Look only in the server where the member is."""
        tag = None if ctx.guild_id is None else await self._tags.find(ctx.guild_id, value)
        if tag is None:
            raise bc.NotFound(_("There is no such tag here."))
        return tag


@dataclass(frozen=True, slots=True)
class ShowInput:
    """The options of /tag show."""

    tag: Annotated[Tag, TagRef, bc.Option(_("Which text"))]


class ShowTag(bc.BaseCommand[ShowInput]):
    """Shows a text to everybody."""

    name = "tag show"
    description = _("Show a text that this server keeps")
    permission = bc.PermissionLevel.USER

    async def process_command(self, ctx: bc.CommandContext, data: ShowInput) -> bc.CommandResult:
        """Answer with the text; nobody is pinged, whatever it says."""
        return bc.CommandResult.ok(data.tag.text)


@dataclass(frozen=True, slots=True)
class WriteInput:
    """The fields of the form."""

    name: Annotated[str, bc.FormField(_("Name, one word"), max_length=MAX_NAME)]
    text: Annotated[str, bc.FormField(_("Text"), paragraph=True, max_length=MAX_TEXT)]


class WriteForm(bc.BaseModal[WriteInput]):
    """The form in which a tag is written."""

    id = "tags.write"
    title = _("A text for this server")
    private = True
    permission = bc.PermissionLevel.USER
    rate_limit = "10/minute"

    def __init__(self, tags: Tags) -> None:
        self._tags = tags

    async def process_submit(self, ctx: bc.CommandContext, data: WriteInput) -> bc.CommandResult:
        """Keep it, and offer to take it back."""
        tag = await self._tags.write(ctx.guild_id or 0, ctx.user.id, data.name, data.text)
        kept = bc.EmbedBuilder().title(_("Kept")).description(_("/tag show {name} shows it."), name=tag.name)
        return bc.CommandResult.ok(kept, components=[RemoveTag.button(tag.id, label=_("Remove it"))])


class WriteTag(bc.BaseCommand[bc.NoInput]):
    """Opens the form."""

    name = "tag write"
    description = _("Write a text for this server, or write yours anew")
    permission = bc.PermissionLevel.USER
    opens = WriteForm


@dataclass(frozen=True, slots=True)
class RemoveInput:
    """What the button carries."""

    tag_id: int


class RemoveTag(bc.BaseButton[RemoveInput]):
    """Removes a tag; who may is asked again at every click, because a custom id is a claim by a stranger."""

    id = "tags.remove"
    permission = bc.PermissionLevel.USER

    def __init__(self, tags: Tags) -> None:
        self._tags = tags

    async def process_click(self, ctx: bc.CommandContext, data: RemoveInput) -> bc.CommandResult:
        """Remove it, and say so in place of the receipt."""
        name = await self._tags.remove(ctx.guild_id or 0, data.tag_id, ctx.user.id, administrator=ctx.is_administrator)
        return bc.CommandResult.ok(bc.EmbedBuilder().title(_("Removed")).description("{name}", name=name))
