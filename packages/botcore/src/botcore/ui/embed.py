"""`EmbedBuilder`: an embed written in one breath, that Discord accepts whatever users typed.

What a user typed is escaped and shortened; what an author got wrong (a 26th field, a time without a zone, an
address that Discord does not follow) raises at the line that is wrong.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import IntEnum
from typing import Any, Self

from botcore.ui import limits
from botcore.ui.limits import LayoutError, require_url
from botcore.ui.markdown import ZERO_WIDTH_SPACE, fill, fill_plain, require_aware
from botcore.ui.shortening import shorten

type EmbedPayload = dict[str, Any]
"""An embed as Discord's REST API takes it."""


class Colour(IntEnum):
    """One colour for each kind of news, the same in every feature."""

    INFO = 0x5865F2
    SUCCESS = 0x2E9E5B
    WARNING = 0xE0A100
    ERROR = 0xD83C3E


class EmbedBuilder:
    """Builds one embed; every method answers the builder itself.

    The texts of `title`, `description` and `field` are markdown templates: keyword values are what users
    typed and are escaped (`botcore.ui.markdown.fill`). Without values a text is taken as written. Discord
    renders no markdown in `footer` and `author`, so values go in there unescaped.

    A text over Discord's limit is shortened with an ellipsis. When the embed as a whole is over 6,000
    characters, its longest texts give way first.

        EmbedBuilder().title("Dice").description("{name} rolled **{roll}**.", name=member, roll=6)
    """

    __slots__ = ("_payload",)

    def __init__(self) -> None:
        self._payload: EmbedPayload = {}

    @classmethod
    def info(cls, text: str, /, **values: object) -> Self:
        """News that needs nothing from the reader."""
        return cls().colour(Colour.INFO).description(text, **values)

    @classmethod
    def success(cls, text: str, /, **values: object) -> Self:
        """What the reader asked for was done."""
        return cls().colour(Colour.SUCCESS).description(text, **values)

    @classmethod
    def warning(cls, text: str, /, **values: object) -> Self:
        """It was done, or can be, but the reader should know something first."""
        return cls().colour(Colour.WARNING).description(text, **values)

    @classmethod
    def error(cls, text: str, /, **values: object) -> Self:
        """It was not done."""
        return cls().colour(Colour.ERROR).description(text, **values)

    def title(self, text: str, /, **values: object) -> Self:
        """Set the headline, at most 256 characters."""
        return self._set_text("title", fill(text, **values), limits.EMBED_TITLE)

    def description(self, text: str, /, **values: object) -> Self:
        """Set the main text, at most 4,096 characters."""
        return self._set_text("description", fill(text, **values), limits.EMBED_DESCRIPTION)

    def field(self, name: str, value: str, /, *, inline: bool = False, **values: object) -> Self:
        """Add a field; an empty name or value is shown as an empty line.

        Args:
            name: Its headline, at most 256 characters.
            value: Its text, at most 1,024 characters.
            inline: Whether it may stand beside its neighbours.
            values: What users typed, for the `{names}` in both texts.

        Raises:
            LayoutError: it would be the 26th.
        """
        fields = self._payload.setdefault("fields", [])
        if len(fields) == limits.EMBED_FIELDS:
            raise LayoutError(
                f"An embed holds {limits.EMBED_FIELDS} fields and {name[:40]!r} would be one more; "
                "put long lists on pages or into the description."
            )
        fields.append(
            {
                "name": shorten(fill(name, **values), limits.EMBED_FIELD_NAME) or ZERO_WIDTH_SPACE,
                "value": shorten(fill(value, **values), limits.EMBED_FIELD_VALUE) or ZERO_WIDTH_SPACE,
                "inline": inline,
            }
        )
        return self

    def footer(self, text: str, /, *, icon_url: str | None = None, **values: object) -> Self:
        """Set the small text at the bottom, at most 2,048 characters, without markdown.

        Raises:
            LayoutError: `icon_url` is not an http, https or attachment address.
        """
        text = shorten(fill_plain(text, **values), limits.EMBED_FOOTER)
        return self._set_part("footer", {"text": text, "icon_url": icon_url}, text)

    def author(self, name: str, /, *, url: str | None = None, icon_url: str | None = None, **values: object) -> Self:
        """Set the small line above the title, at most 256 characters, without markdown.

        Raises:
            LayoutError: `url` is not an http or https address, or `icon_url` one that Discord shows.
        """
        if url is not None:
            require_url("An embed author's url", url)
        name = shorten(fill_plain(name, **values), limits.EMBED_AUTHOR)
        return self._set_part("author", {"name": name, "url": url, "icon_url": icon_url}, name)

    def colour(self, colour: int) -> Self:
        """Set the colour of the edge: a `Colour`, or 0xRRGGBB.

        Raises:
            LayoutError: `colour` is outside 0 to 0xFFFFFF.
        """
        if not 0 <= colour <= limits.COLOUR_HIGHEST:
            raise LayoutError(f"A colour is 0 to 0xFFFFFF (0xRRGGBB), and {colour} is outside.")
        self._payload["color"] = int(colour)
        return self

    def color(self, color: int) -> Self:
        """The same as `colour`."""
        return self.colour(color)

    def url(self, url: str) -> Self:
        """Make the title a link.

        Raises:
            LayoutError: not an http or https address.
        """
        require_url("An embed's url", url)
        self._payload["url"] = url
        return self

    def image(self, url: str) -> Self:
        """Show a picture below the text; `attachment://name.png` is a file of the same message.

        Raises:
            LayoutError: not an http, https or attachment address.
        """
        require_url("An embed's image", url, attachment=True)
        self._payload["image"] = {"url": url}
        return self

    def thumbnail(self, url: str) -> Self:
        """Show a small picture beside the text; addresses as for `image`.

        Raises:
            LayoutError: not an http, https or attachment address.
        """
        require_url("An embed's thumbnail", url, attachment=True)
        self._payload["thumbnail"] = {"url": url}
        return self

    def timestamp(self, moment: datetime) -> Self:
        """Show a moment after the footer, to every reader in their own time zone.

        Raises:
            LayoutError: `moment` has no time zone.
        """
        self._payload["timestamp"] = require_aware(moment).astimezone(UTC).isoformat()
        return self

    def to_payload(self) -> EmbedPayload:
        """The embed as Discord's REST API takes it: a new dict, within every limit."""
        payload = copied(self._payload)
        if not payload.keys() & {"title", "description", "fields", "author", "footer", "image", "thumbnail"}:
            payload["description"] = ZERO_WIDTH_SPACE  # Discord refuses an embed that shows nothing
        return fit_together([payload])[0]

    def build(self) -> EmbedPayload:
        """The same as `to_payload`."""
        return self.to_payload()

    def _set_text(self, key: str, text: str, limit: int) -> Self:
        text = shorten(text, limit)
        if text:
            self._payload[key] = text
        else:
            self._payload.pop(key, None)
        return self

    def _set_part(self, key: str, part: dict[str, str | None], text: str) -> Self:
        icon_url = part["icon_url"]
        if icon_url is not None:
            require_url(f"An embed {key}'s icon_url", icon_url, attachment=True)
        if text:
            self._payload[key] = {name: value for name, value in part.items() if value is not None}
        else:
            self._payload.pop(key, None)
        return self


def copied(embed: EmbedPayload) -> EmbedPayload:
    """A copy that can be changed without changing `embed`; an embed is three levels deep at most."""
    copy = {key: value.copy() if isinstance(value, dict) else value for key, value in embed.items()}
    if "fields" in copy:
        copy["fields"] = [field.copy() for field in copy["fields"]]
    return copy


def fit_together(embeds: Sequence[EmbedPayload]) -> list[EmbedPayload]:
    """Make the texts of one message's embeds at most 6,000 characters together.

    Short texts stay whole: every text longer than a common length, the greatest that does it, is shortened
    to that length. The payloads are changed in place.

    Args:
        embeds: Payloads that are each within their own limits and belong to the caller alone.

    Returns:
        The same payloads.
    """
    left = limits.EMBED_TEXT_IN_TOTAL
    if sum(map(_text_length, embeds)) > left:
        slots = [slot for embed in embeds for slot in _texts(embed)]
        slots.sort(key=lambda slot: len(slot[0][slot[1]]))
        for done, (holder, key) in enumerate(slots):
            holder[key] = shorten(holder[key], left // (len(slots) - done))
            left -= len(holder[key])
    return list(embeds)


def _text_length(embed: EmbedPayload) -> int:
    """The characters that count; nearly every message asks only this, so it is spelled out."""
    length = len(embed.get("title") or "") + len(embed.get("description") or "")
    if embed.get("footer"):
        length += len(embed["footer"]["text"])
    if embed.get("author"):
        length += len(embed["author"]["name"])
    for field in embed.get("fields", ()):
        length += len(field["name"]) + len(field["value"])
    return length


def _texts(embed: EmbedPayload) -> list[tuple[dict[str, str], str]]:
    """Where an embed's counted texts are: the dict that holds each and its key there."""
    fields = embed.get("fields", ())
    return [
        *((embed, key) for key in ("title", "description") if embed.get(key)),
        *((embed[part], key) for part, key in (("author", "name"), ("footer", "text")) if embed.get(part)),
        *((field, key) for field in fields for key in ("name", "value")),
    ]
