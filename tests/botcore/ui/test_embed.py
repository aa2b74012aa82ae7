from datetime import UTC, datetime, timedelta, timezone
from typing import Any, assert_type

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botcore.ui.embed import Colour, EmbedBuilder, EmbedPayload
from botcore.ui.limits import LayoutError


def counted(payload: dict[str, Any]) -> int:
    """The characters that Discord counts against the 6,000 of a message."""
    texts = [
        payload.get("title", ""),
        payload.get("description", ""),
        payload.get("author", {}).get("name", ""),
        payload.get("footer", {}).get("text", ""),
    ]
    texts += [text for field in payload.get("fields", []) for text in (field["name"], field["value"])]
    return sum(len(text.strip()) for text in texts)


def test_an_embed_is_written_in_one_breath() -> None:
    """Every part lands where Discord wants it."""
    embed = (
        EmbedBuilder()
        .title("Dice")
        .description("You rolled **{roll}**.", roll=6)
        .field("Faces", "6", inline=True)
        .footer("fair", icon_url="https://example.org/f.png")
        .author("alice", url="https://example.org", icon_url="attachment://a.png")
        .colour(Colour.SUCCESS)
        .url("https://example.org/dice")
        .image("attachment://dice.png")
        .thumbnail("https://example.org/t.png")
        .timestamp(datetime(2030, 1, 1, 12, tzinfo=timezone(timedelta(hours=2))))
    )
    assert_type(embed, EmbedBuilder)
    assert_type(embed.build(), EmbedPayload)
    assert embed.build() == embed.to_payload() == {
        "title": "Dice",
        "description": "You rolled **6**.",
        "fields": [{"name": "Faces", "value": "6", "inline": True}],
        "footer": {"text": "fair", "icon_url": "https://example.org/f.png"},
        "author": {"name": "alice", "url": "https://example.org", "icon_url": "attachment://a.png"},
        "color": 0x2E9E5B,
        "url": "https://example.org/dice",
        "image": {"url": "attachment://dice.png"},
        "thumbnail": {"url": "https://example.org/t.png"},
        "timestamp": "2030-01-01T10:00:00+00:00",
    }  # fmt: skip


def test_what_users_typed_is_escaped_where_discord_renders_markdown() -> None:
    """Title, description and fields are markdown; footer and author are not."""
    embed = EmbedBuilder().title("{x}", x="*").description("**{x}**", x="*").field("{x}", "_{x}_", x="*")
    assert embed.footer("{x}", x="*").author("{x}", x="*").to_payload() == {
        "title": r"\*",
        "description": r"**\***",
        "fields": [{"name": r"\*", "value": r"_\*_", "inline": False}],
        "footer": {"text": "*"},
        "author": {"name": "*"},
    }


@pytest.mark.parametrize(("part", "limit"), [("title", 256), ("description", 4096), ("footer", 2048), ("author", 256)])
def test_a_text_that_is_too_long_is_shortened_visibly(part: str, limit: int) -> None:
    """Never an error while sending."""
    exact: EmbedPayload = getattr(EmbedBuilder(), part)("a" * limit).to_payload()
    longer: EmbedPayload = getattr(EmbedBuilder(), part)("a" * (limit + 1)).to_payload()
    for payload, text in ((exact, "a" * limit), (longer, "a" * (limit - 1) + "\u2026")):
        found = payload[part]
        assert (found if isinstance(found, str) else next(iter(found.values()))) == text


def test_a_field_that_is_too_long_is_shortened_and_an_empty_one_is_an_empty_line() -> None:
    """Discord refuses empty names and values."""
    fields = EmbedBuilder().field("n" * 257, "v" * 1025).field("", " ").to_payload()["fields"]
    assert [(len(field["name"]), len(field["value"])) for field in fields] == [(256, 1024), (1, 1)]
    assert fields[1] == {"name": "\u200b", "value": "\u200b", "inline": False}


def test_over_6000_characters_the_longest_texts_give_way() -> None:
    """The title and short fields stay whole."""
    embed = EmbedBuilder().title("Minutes").description("word " * 800).field("Topic", "tea")
    for number in range(5):
        embed.field(f"Part {number}", "text " * 150)
    payload = embed.to_payload()
    assert 5900 < counted(payload) <= 6000
    assert payload["title"] == "Minutes"
    assert payload["fields"][0] == {"name": "Topic", "value": "tea", "inline": False}
    assert payload["fields"][1]["value"] == ("text " * 150).strip()
    assert payload["description"].endswith("\u2026")


@given(st.lists(st.tuples(st.text(), st.text()), max_size=25), st.text(), st.integers(1, 900))
@settings(max_examples=50)
def test_every_embed_is_within_every_limit(fields: list[tuple[str, str]], text: str, times: int) -> None:
    """Whatever was typed, Discord accepts the embed."""
    embed = EmbedBuilder().title("{x}", x=text * times).description("{x}", x=text * times)
    embed.footer("{x}", x=text * times).author("{x}", x=text * times)
    for name, value in fields:
        embed.field("{n}", "{v}", n=name * times, v=value * times)
    payload = embed.to_payload()
    assert counted(payload) <= 6000
    assert len(payload.get("title", "")) <= 256
    assert len(payload.get("description", "")) <= 4096
    for field in payload.get("fields", []):
        assert 1 <= len(field["name"].strip()) <= 256
        assert 1 <= len(field["value"].strip()) <= 1024


def test_an_embed_that_shows_nothing_is_an_empty_line() -> None:
    """Discord refuses an embed without anything in it."""
    assert EmbedBuilder().description(" ").to_payload() == {"description": "\u200b"}


def test_a_builder_can_go_on_after_a_payload_was_taken() -> None:
    """A payload belongs to whoever took it."""
    embed = EmbedBuilder().field("a", "b")
    first = embed.to_payload()
    first["fields"][0]["name"] = "changed"
    assert embed.field("c", "d").to_payload()["fields"][0]["name"] == "a"


@pytest.mark.parametrize("kind", ["info", "success", "warning", "error"])
def test_every_kind_of_news_has_its_colour(kind: str) -> None:
    """The same in every feature."""
    payload = getattr(EmbedBuilder, kind)("Saved {name}.", name="*").to_payload()
    assert payload == {"description": r"Saved \*.", "color": Colour[kind.upper()].value}


def test_a_26th_field_is_the_authors_mistake() -> None:
    """The sentence names the field and the way out."""
    embed = EmbedBuilder()
    for number in range(25):
        embed.field(str(number), "x")
    with pytest.raises(LayoutError, match="25 fields and 'late' would be one more; put long lists on pages"):
        embed.field("late", "x")


def test_a_time_without_a_zone_is_the_authors_mistake() -> None:
    """It is refused where it is written."""
    with pytest.raises(LayoutError, match="no time zone"):
        EmbedBuilder().timestamp(datetime(2030, 1, 1))  # noqa: DTZ001 - the naive value is the point


@pytest.mark.parametrize("url", ["javascript:alert(1)", "example.org", "file:///etc/hosts", "https://", "http://["])
@pytest.mark.parametrize("part", ["url", "image", "thumbnail"])
def test_an_address_that_discord_does_not_follow_is_the_authors_mistake(part: str, url: str) -> None:
    """Only http and https, and attachment for pictures."""
    with pytest.raises(LayoutError):
        getattr(EmbedBuilder(), part)(url)


def test_only_pictures_can_be_attachments() -> None:
    """A title cannot link to a file of its own message."""
    with pytest.raises(LayoutError, match="http:// or https://"):
        EmbedBuilder().url("attachment://a.png")


def test_a_colour_is_three_bytes() -> None:
    """And both spellings work."""
    assert EmbedBuilder().title("x").color(0xFFFFFF).to_payload()["color"] == 0xFFFFFF
    with pytest.raises(LayoutError, match="0xFFFFFF"):
        EmbedBuilder().colour(0x1000000)


def test_a_picture_alone_is_an_embed() -> None:
    """Nothing is added to it."""
    assert EmbedBuilder().image("https://example.org/a.png").to_payload() == {
        "image": {"url": "https://example.org/a.png"}
    }


def test_times_are_sent_as_utc() -> None:
    """Whatever zone they came in."""
    moment = datetime(2030, 1, 1, tzinfo=UTC)
    assert EmbedBuilder().timestamp(moment).to_payload()["timestamp"] == "2030-01-01T00:00:00+00:00"
