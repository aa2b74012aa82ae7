"""Embeds."""

from abuse.case import (
    NEEDED,
    NO_LIST,
    NO_OBJECT,
    NO_URL,
    Case,
    at_most,
    no_less_than,
    no_more_than,
    scheme,
)

TOO_MUCH = ("MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000")
FIELD = {"name": "n", "value": "v"}


def embed(**fields: object) -> dict[str, object]:
    """A message with one embed."""
    return {"embeds": [fields]}


CASES = (
    Case("a list that is a text", {"embeds": "x"}, {"embeds": NO_LIST}, described=True),
    Case("an embed that is a text", {"embeds": ["x"]}, {"embeds.0": NO_OBJECT}, described=True),
    Case("eleven embeds", {"embeds": [{"title": "x"}] * 11}, {"embeds": at_most(10)}, described=True),
    Case("an empty embed", embed(), {"embeds.0.description": NEEDED}),
    Case("a colour and no text", embed(color=1), {"embeds.0.description": NEEDED}),
    Case("title over 256", embed(title="x" * 257), {"embeds.0.title": at_most(256)}, described=True),
    Case(
        "description over 4096",
        embed(description="x" * 4097),
        {"embeds.0.description": at_most(4096)},
        described=True,
    ),
    Case("26 fields", embed(fields=[FIELD] * 26), {"embeds.0.fields": at_most(25)}, described=True),
    Case(
        "field name over 256",
        embed(fields=[FIELD | {"name": "x" * 257}]),
        {"embeds.0.fields.0.name": at_most(256)},
        described=True,
    ),
    Case(
        "field value over 1024",
        embed(fields=[FIELD | {"value": "x" * 1025}]),
        {"embeds.0.fields.0.value": at_most(1024)},
        described=True,
    ),
    Case("empty field name", embed(fields=[FIELD | {"name": ""}]), {"embeds.0.fields.0.name": NEEDED}),
    Case("field name of spaces", embed(fields=[FIELD | {"name": " "}]), {"embeds.0.fields.0.name": NEEDED}),
    Case("empty field value", embed(fields=[FIELD | {"value": ""}]), {"embeds.0.fields.0.value": NEEDED}),
    Case("no field value", embed(fields=[{"name": "n"}]), {"embeds.0.fields.0.value": NEEDED}, described=True),
    Case(
        "footer over 2048",
        embed(footer={"text": "x" * 2049}),
        {"embeds.0.footer.text": at_most(2048)},
        described=True,
    ),
    Case(
        "author over 256",
        embed(author={"name": "x" * 257}),
        {"embeds.0.author.name": at_most(256)},
        described=True,
    ),
    Case("author without a name", embed(author={"url": "https://example.org"}), {"embeds.0.author.name": NEEDED}),
    Case(
        "a colour of 25 bits",
        embed(title="x", color=2**24),
        {"embeds.0.color": no_more_than(2**24 - 1)},
        described=True,
    ),
    Case("a negative colour", embed(title="x", color=-1), {"embeds.0.color": no_less_than(0)}, described=True),
    Case(
        "a time that is none",
        embed(title="x", timestamp="soon"),
        {"embeds.0.timestamp": ("DATE_TIME_TYPE_PARSE", "Could not parse soon. Should be ISO8601.")},
        described=True,
    ),
    Case(
        "6001 characters in one embed",
        embed(description="x" * 4096, footer={"text": "x" * 1905}),
        {"embeds": TOO_MUCH},
    ),
    Case("6002 characters in two embeds", {"embeds": [{"description": "x" * 3001}] * 2}, {"embeds": TOO_MUCH}),
    Case(
        "a link by FTP",
        embed(title="x", url="ftp://example.org"),
        {"embeds.0.url": scheme("ftp", "http", "https")},
    ),
    Case(
        "a link with a space",
        embed(title="x", url="https://example .org"),
        {"embeds.0.url": NO_URL},
        described=True,
    ),
    Case("a link to nowhere", embed(title="x", url="https://"), {"embeds.0.url": NO_URL}),
    Case(
        "a picture that is a script",
        embed(image={"url": "javascript:x"}),
        {"embeds.0.image.url": scheme("javascript", "http", "https", "attachment")},
    ),
)
