"""What is done with tags; knows no Discord."""

from dataclasses import dataclass
from typing import Self

from sqlalchemy import func, select

import botcore as bc
from botcore.db import Database
from botcore_tags.config import TagsConfig
from botcore_tags.models import TagRow

_ = bc.translator(__name__)

MAX_NAME = 40
MAX_TEXT = 1800


@dataclass(frozen=True, slots=True)
class Tag:
    """A text and its name."""

    id: int
    name: str
    text: str
    author_id: int

    @classmethod
    def of(cls, row: TagRow) -> Self:
        """From its row."""
        return cls(row.id, row.name, row.text, row.author_id)


class Tags:
    """The tags of every server.

    Args:
        database: where they are.
        clock: tells when.
        config: the operator's limits.
    """

    def __init__(self, database: Database, clock: bc.Clock, config: TagsConfig) -> None:
        self._database = database
        self._clock = clock
        self._config = config

    async def write(self, guild_id: int, author_id: int, name: str, text: str) -> Tag:
        """Keep a text under a name; the author of a tag may write it anew.

        Raises:
            InvalidInput: the name cannot be one, or belongs to another member.
            UserError: the server has as many tags as the operator allows.
        """
        name = name.strip().casefold()
        if not name or " " in name:
            raise bc.InvalidInput("name", _("A name is one word."))
        async with self._database.transaction() as session:
            row = await session.scalar(select(TagRow).where(TagRow.guild_id == guild_id, TagRow.name == name))
            if row is not None and row.author_id != author_id:
                raise bc.InvalidInput("name", _("Somebody else has a tag of that name; choose another one."))
            if row is None:
                count = await session.scalar(select(func.count()).where(TagRow.guild_id == guild_id))
                if (count or 0) >= self._config.max_per_server:
                    raise bc.UserError(
                        _("This server has {limit} tags, and this bot allows no more.").format(
                            limit=self._config.max_per_server
                        )
                    )
                row = TagRow(guild_id=guild_id, name=name, author_id=author_id)
                session.add(row)
            row.text = text.strip()
            row.written_at = self._clock.now()
            await session.flush()
            return Tag.of(row)

    async def find(self, guild_id: int, name: str) -> Tag | None:
        """The tag of that name in that server."""
        async with self._database.session() as session:
            row = await session.scalar(
                select(TagRow).where(TagRow.guild_id == guild_id, TagRow.name == name.strip().casefold())
            )
            return None if row is None else Tag.of(row)

    async def search(self, guild_id: int, typed: str) -> list[Tag]:
        """The first 25 tags of a server whose name holds what was typed, by name."""
        async with self._database.session() as session:
            rows = await session.scalars(
                select(TagRow)
                .where(TagRow.guild_id == guild_id, TagRow.name.contains(typed.casefold(), autoescape=True))
                .order_by(TagRow.name)
                .limit(25)
            )
            return [Tag.of(row) for row in rows]

    async def remove(self, guild_id: int, tag_id: int, member_id: int, *, administrator: bool) -> str:
        """Remove a tag for good; its author may, and administrators.

        Returns:
            Its name.

        Raises:
            NotFound: there is no such tag here.
            NotAllowed: it belongs to another member.
        """
        async with self._database.transaction() as session:
            row = await session.get(TagRow, tag_id)
            if row is None or row.guild_id != guild_id:
                raise bc.NotFound(_("There is no such tag here."))
            if row.author_id != member_id and not administrator:
                raise bc.NotAllowed(_("Only the member who wrote this tag or an administrator can remove it."))
            await session.delete(row)
            return row.name
