"""The snippets of the READMEs, as one feature that works; a region is what a README shows."""

# region imports
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel

import botcore as bc

# endregion


# region service
class Settings(BaseModel):
    """The section [features.notes] of botcore.toml."""

    most: int = 3


@dataclass(frozen=True, slots=True)
class Note:
    """What a member keeps."""

    id: int
    owner: int
    text: str


class Notebook:
    """Keeps the notes; knows no Discord."""

    def __init__(self, settings: Settings) -> None:
        self._most = settings.most
        self._notes: list[Note] = []

    def keep(self, owner: int, text: str) -> Note:
        """Keep a text."""
        if len(self.of(owner)) >= self._most:
            raise bc.UserError(f"You have {self._most} notes, which is as many as I keep.")
        note = Note(len(self._notes) + 1, owner, text)
        self._notes.append(note)
        return note

    def of(self, owner: int) -> list[Note]:
        """The notes of one member."""
        return [note for note in self._notes if note.owner == owner]


# endregion


# region ports
@dataclass(frozen=True, slots=True)
class NoteKept:
    """Something that happened; any feature may subscribe to it."""

    owner: int
    text: str


class Courier:
    """Sends who kept a note a copy; everything outside of it comes through ports."""

    def __init__(self, events: bc.EventBus, messenger: bc.Messenger, cache: bc.Cache, notebook: Notebook) -> None:
        self.cache = cache
        self._messenger = messenger
        self._notebook = notebook
        events.subscribe(NoteKept, self.deliver)

    async def deliver(self, kept: NoteKept) -> None:
        """Runs once the transaction that published it is committed."""
        nonce = bc.make_nonce("notes", kept.owner, kept.text)  # of one nonce, Discord makes one message
        answer = await self._messenger.dm(kept.owner, bc.Message(content=bc.escape(kept.text)), nonce=nonce)
        if isinstance(answer, bc.Refused) and not answer.transient:
            bc.get_logger(__name__).info("a copy will never arrive", code=answer.code)
        await self.summary.forget(kept.owner)

    @bc.cached(ttl=timedelta(minutes=5))
    async def summary(self, owner: int) -> list[str]:
        """Made once, however many ask for it at once."""
        return [note.text for note in self._notebook.of(owner)]


# endregion


# region command
@dataclass(frozen=True, slots=True)
class KeepInput:
    """The options of /note keep."""

    text: Annotated[str, bc.Option("What to keep", max=200)]
    mood: Annotated[Literal["happy", "thoughtful"], bc.Option("How you feel about it")] = "happy"


class Keep(bc.BaseCommand[KeepInput]):
    """Keeps a note."""

    name, description = "note keep", "Keep a note"
    permission = bc.PermissionLevel.USER
    rate_limit = "5/minute"
    reply = bc.Reply.PRIVATE

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook

    async def validate_input(self, ctx: bc.CommandContext, data: KeepInput) -> KeepInput:
        """Refuse what is no note."""
        if not data.text.strip():
            raise bc.InvalidInput("text", "Write something.")
        return data

    async def process_command(self, ctx: bc.CommandContext, data: KeepInput) -> bc.CommandResult:
        """Keep it, and offer to read it."""
        note = self._notebook.keep(ctx.user.id, data.text)
        embed = bc.EmbedBuilder().title("Kept").description("{text}", text=note.text)
        return bc.CommandResult.ok(embed, components=[Read.button(note.id, label="Read it")])


# endregion


# region reference
class NoteRef(bc.Ref[Note]):
    """One of the asking member's own notes."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook

    async def search(self, ctx: bc.CommandContext, typed: str) -> Sequence[bc.Choice]:
        """What autocomplete shows."""
        return [bc.Choice(note.text, str(note.id)) for note in self._notebook.of(ctx.user.id) if typed in note.text]

    async def load(self, ctx: bc.CommandContext, value: str) -> Note:
        """A value is a claim by a stranger: look only where this member may look."""
        for note in self._notebook.of(ctx.user.id):
            if str(note.id) == value:
                return note
        raise bc.NotFound("You have no such note.")


# endregion


# region button
@dataclass(frozen=True, slots=True)
class ReadInput:
    """What the button carries in its custom id."""

    note: Annotated[Note, NoteRef]


class Read(bc.BaseButton[ReadInput]):
    """Reads a note out; works after any restart."""

    id = "notes.read"
    answers = bc.Answers.NEW_PRIVATE

    async def process_click(self, ctx: bc.CommandContext, data: ReadInput) -> bc.CommandResult:
        """Show the note."""
        return bc.CommandResult.ok(bc.escape(data.note.text))


# endregion


# region modal
@dataclass(frozen=True, slots=True)
class WriteInput:
    """The fields of the form."""

    text: Annotated[str, bc.FormField("Your note", paragraph=True, max_length=200)]


class Write(bc.BaseModal[WriteInput]):
    """A form; a refusal keeps what was typed and offers to edit it."""

    id, title, private = "notes.write", "Write a note", True

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook

    async def process_submit(self, ctx: bc.CommandContext, data: WriteInput) -> bc.CommandResult:
        """Keep it."""
        self._notebook.keep(ctx.user.id, data.text)
        return bc.CommandResult.ok("Kept.")


class WriteCommand(bc.BaseCommand[bc.NoInput]):
    """Opens the form."""

    name, description, opens = "note write", "Write a longer note", Write


# endregion


# region listener
class Welcome(bc.BaseListener):
    """Runs when a member joins; needs the intent `members`."""

    event = "member_join"

    async def handle(self, *args: Any) -> None:
        """Note it."""
        bc.get_logger(__name__).info("somebody joined", guild=args[0].guild.id)


# endregion


# region feature
class NotesFeature(bc.BaseFeature):
    """What a bot finds through the entry point."""

    name = "notes"
    config = Settings
    services = (Notebook,)
    commands = (Keep, WriteCommand)
    components = (Read, Write)
    listeners = (Welcome,)
    groups = {"note": "Keep and read notes"}  # noqa: RUF012 - read once, never changed
    privileged_intents = ("members",)


# endregion
