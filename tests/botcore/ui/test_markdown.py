from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botcore.ui.limits import LayoutError
from botcore.ui.markdown import (
    Markdown,
    TimestampStyle,
    code_block,
    escape,
    fill,
    fill_plain,
    inline_code,
    timestamp,
)

ZERO_WIDTH_SPACE = "\u200b"


def as_discord_shows(markdown: str) -> str:
    """What a reader sees: a backslash before punctuation is dropped, the invisible character is not seen."""
    shown, characters = [], iter(markdown.replace(ZERO_WIDTH_SPACE, ""))
    for character in characters:
        if character == "\\":
            following = next(characters)
            assert not following.isalnum()
            shown.append(following)
        else:
            assert character not in "*_~`|<[]", "markdown is left unescaped"
            shown.append(character)
    return "".join(shown)


@pytest.mark.parametrize(
    ("typed", "escaped"),
    [
        ("**bold** _it_ ~~gone~~", r"\*\*bold\*\* \_it\_ \~\~gone\~\~"),
        ("||spoiler||", r"\|\|spoiler\|\|"),
        ("```code```", r"\`\`\`code\`\`\`"),
        ("[bank](https://example.org/)", r"\[bank\](https://example.org/)"),
        ("# big", r"\# big"),
        ("-# small", r"\-# small"),
        ("  - item", r"  \- item"),
        ("1. first", r"1\. first"),
        (">>> quote", r"\>>> quote"),
        ("a # b - c > d", "a # b - c > d"),
        ("@everyone", "@\u200beveryone"),
        ("@here!", "@\u200bhere!"),
        ("<@!123> <@&4> <#5>", "\\<@\u200b!123> \\<@\u200b&4> \\<#5>"),
        ("a@b.example", "a@b.example"),
        ("<:cat:1> </help:2> <t:3:R>", r"\<:cat:1> \</help:2> \<t:3:R>"),
        ("\\*", r"\\\*"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_what_users_typed_loses_its_meaning(typed: str, escaped: str) -> None:
    """Markdown, mentions and custom emoji show as they were typed."""
    assert escape(typed) == escaped


@pytest.mark.parametrize(
    ("typed", "escaped"),
    [
        ("see https://example.org/a_b_c?d=1#e.", "see https://example.org/a_b_c?d=1#e."),
        ("https://example.org/@alice", "https://example.org/%40alice"),
        ("https://example.org/A_(b)", "https://example.org/A_(b)"),
        ("**https://example.org**", r"\*\*https://example.org \*\*"),
        ("https://a.example](https://b.example", "https://a.example%5D(https://b.example"),
        ("<https://example.org>", r"\<https://example.org>"),
    ],
)
def test_a_bare_address_can_still_be_followed(typed: str, escaped: str) -> None:
    """Backslashes would be seen inside an address; its marks are percent-encoded instead."""
    assert escape(typed) == escaped


@given(st.text(alphabet=st.sampled_from("ab1 \n\\*_~`|<>[]()#-+.@!&everyonehere:/")))
def test_escaped_text_reads_as_it_was_typed(typed: str) -> None:
    """Undoing the escapes gives the text back, and no mark is left to mean anything."""
    assert as_discord_shows(escape(typed)) == typed


@given(st.text())
def test_escaping_twice_is_escaping_once(typed: str) -> None:
    """An escaped text is marked as markdown and is not escaped again."""
    assert escape(escape(typed)) == escape(typed)


def test_a_template_is_markdown_and_its_values_are_text() -> None:
    """The author's bold stays bold; the member's stars are stars."""
    assert fill("**{name}** rolled {roll}", name="*al*", roll=-3) == r"**\*al\*** rolled -3"


def test_a_value_that_is_markdown_goes_in_unchanged() -> None:
    """Times, code and the author's own markdown are not escaped."""
    when = timestamp(datetime(2030, 1, 1, tzinfo=UTC))
    filled = fill("{when} {code} {own}", when=when, code=inline_code("a*"), own=Markdown("**x**"))
    assert filled == "<t:1893456000> `a*` **x**"


def test_a_value_can_have_a_format() -> None:
    """Formats are Python's own."""
    assert fill("{price:.2f} {{x}} {name:>3}", price=1.5, name="*") == r"1.50 {x}   \*"


def test_without_values_a_template_is_taken_as_written() -> None:
    """Braces mean nothing when there is nothing to fill in."""
    assert fill("{a} **b** {") == "{a} **b** {"
    assert fill_plain("{a}") == "{a}"


def test_where_discord_renders_no_markdown_values_go_in_as_they_are() -> None:
    """A backslash in a footer would be seen."""
    assert fill_plain("by {name}", name="*al*") == "by *al*"


@pytest.mark.parametrize("template", ["{}", "{0}", "{name.__class__}", "{name[0]}", "{name!r}", "{other}", "{name"])
def test_a_template_can_only_name_its_values(template: str) -> None:
    """No attributes, no positions, and a missing name is named."""
    with pytest.raises(LayoutError, match="template"):
        fill(template, name="x")


@given(st.text(alphabet="`a\n "))
def test_code_cannot_be_ended_by_what_is_in_it(typed: str) -> None:
    """Neither three backticks in a block nor one in a line."""
    assert "```" not in code_block(typed)[3:-3]
    line = inline_code(typed)
    fence = "``" if "`" in typed else "`"
    assert fence not in line[len(fence) : -len(fence)]
    assert "\n" not in line


def test_code_block_names_its_language() -> None:
    """The name stands on the first line."""
    assert code_block("{}", "json") == "```json\n{}\n```"


def test_a_timestamp_is_shown_in_the_readers_time_zone() -> None:
    """The style is Discord's letter."""
    assert timestamp(datetime(2030, 1, 1, tzinfo=UTC), TimestampStyle.RELATIVE) == "<t:1893456000:R>"


def test_a_time_without_a_zone_is_refused() -> None:
    """It would name another moment on every machine."""
    with pytest.raises(LayoutError, match="no time zone"):
        timestamp(datetime(2030, 1, 1))  # noqa: DTZ001 - the naive value is the point
