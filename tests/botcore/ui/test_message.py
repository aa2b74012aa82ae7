import pytest

from botcore.ui.components import Button
from botcore.ui.embed import EmbedBuilder
from botcore.ui.limits import LayoutError
from botcore.ui.message import AllowedMentions, File, Message

NOBODY: dict[str, list[str]] = {"parse": []}


def test_a_message_pings_nobody_unless_it_says_so() -> None:
    """Whatever its text holds."""
    assert Message(content="@everyone").to_payload() == {"content": "@everyone", "allowed_mentions": NOBODY}
    assert AllowedMentions.none() == AllowedMentions()


def test_the_mentions_that_are_meant_are_named() -> None:
    """As strings, each id once."""
    mentions = AllowedMentions(users=[1, 2, 1], roles=[3])
    assert Message(content="hi", mentions=mentions).to_payload()["allowed_mentions"] == {
        "parse": [],
        "users": ["1", "2"],
        "roles": ["3"],
    }


def test_a_message_becomes_a_payload() -> None:
    """Builders are built and components laid out."""
    message = Message(
        content="hi",
        embeds=[EmbedBuilder().title("t"), {"title": "raw"}],
        components=[Button(custom_id="b", label="B")],
        files=[File("a.png", b"123", "a picture"), File("b.txt", b"")],
    )
    assert message.to_payload() == {
        "content": "hi",
        "embeds": [{"title": "t"}, {"title": "raw"}],
        "components": [{"type": 1, "components": [{"type": 2, "style": 2, "custom_id": "b", "label": "B"}]}],
        "attachments": [
            {"id": "0", "filename": "a.png", "description": "a picture"},
            {"id": "1", "filename": "b.txt"},
        ],
        "allowed_mentions": NOBODY,
    }


def test_an_edit_names_every_part_so_that_nothing_old_stays() -> None:
    """An empty list takes the old buttons away."""
    assert Message(content="done").to_payload(edit=True) == {
        "content": "done",
        "embeds": [],
        "components": [],
        "attachments": [],
        "allowed_mentions": NOBODY,
    }
    assert Message(embeds=[EmbedBuilder().title("t")]).to_payload(edit=True)["content"] == ""


def test_a_long_content_is_shortened_visibly() -> None:
    """At 2,000 characters."""
    content = Message(content="word " * 500).to_payload()["content"]
    assert len(content) <= 2000
    assert content.endswith("word\u2026")


def test_embeds_share_the_6000_characters_of_a_message() -> None:
    """The longest give way first."""
    long = EmbedBuilder().title("Long").description("a" * 4096)
    embeds = Message(embeds=[long, long, EmbedBuilder().description("short")]).to_payload()["embeds"]
    assert sum(len(embed.get("title", "")) + len(embed["description"]) for embed in embeds) == 6000
    assert embeds[2] == {"description": "short"}


def test_a_raw_embed_still_belongs_to_its_author() -> None:
    """A message shortens its own copy."""
    raw = {"description": "a" * 4096, "fields": [{"name": "n", "value": "v" * 4000}]}
    Message(embeds=[raw])
    assert raw == {"description": "a" * 4096, "fields": [{"name": "n", "value": "v" * 4000}]}


def test_a_message_knows_whether_it_is_empty() -> None:
    """Discord refuses to send nothing."""
    assert Message().is_empty
    assert Message(content=" ").is_empty
    assert not Message(embeds=[EmbedBuilder()]).is_empty


def test_what_discord_would_refuse_is_refused_where_it_is_written() -> None:
    """Each sentence names the number that is allowed."""
    with pytest.raises(LayoutError, match="11, and Discord allows 0 to 10"):
        Message(embeds=[EmbedBuilder()] * 11)
    with pytest.raises(LayoutError, match="11, and Discord allows 0 to 10"):
        Message(files=[File(f"{n}.txt", b"") for n in range(11)])
    with pytest.raises(LayoutError, match=r"'a\.txt' is used twice"):
        Message(files=[File("a.txt", b"1"), File("a.txt", b"2")])
    with pytest.raises(LayoutError, match="101, and Discord allows 0 to 100"):
        AllowedMentions(users=range(101))
    with pytest.raises(LayoutError, match="no folders"):
        File("../a.txt", b"")
    with pytest.raises(LayoutError, match="10485760"):
        File("a.bin", bytes(10 * 1024 * 1024 + 1))
