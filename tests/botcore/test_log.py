"""What the operator reads, and what must never be in it."""

import base64
import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import structlog

from botcore import log

SECRET = "correct-horse"
INTERACTION_TOKEN = base64.b64encode(b"interaction:123456789012345678:aBcDeFgHiJkLmNoPqRsTuVwXyZ").decode()


def bot_token(identity: int, rest: str = ".GhIjKl.aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789_-") -> str:
    """A token of the shape that Discord gives out."""
    return base64.b64encode(str(identity).encode()).decode().rstrip("=") + rest


@dataclass
class Source:
    """Whatever a line belongs to."""

    reference: str


@contextmanager
def lines(
    level: int | str = "debug", *, as_json: bool = True, redactor: log.Redactor | None = None
) -> Iterator[io.StringIO]:
    """Everything that is logged inside the block."""
    stream = io.StringIO()
    if redactor is None:
        redactor = log.Redactor()
        redactor.add(SECRET)
    log.configure(level, json=as_json, redactor=redactor, stream=stream)
    try:
        yield stream
    finally:
        log.reset()


def parsed(stream: io.StringIO) -> list[dict[str, Any]]:
    """The JSON objects, one a line."""
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_json_lines() -> None:
    """A line is one object: when, how bad, where, what, and what the caller added."""
    with lines() as stream:
        log.get_logger("botcore_polls.tally").info("poll closed", poll=3)
    (line,) = parsed(stream)
    assert list(line) == ["timestamp", "level", "logger", "message", "poll"]
    assert line["timestamp"].endswith("+00:00")
    assert (line["level"], line["logger"], line["message"]) == ("info", "botcore_polls.tally", "poll closed")


def test_every_library_writes_alike() -> None:
    """A line of the standard library's logging looks like one of ours."""
    with lines() as stream:
        logging.getLogger("nextcord.gateway").warning("shard %s is gone", 2)
        structlog.get_logger("other").info("by its own structlog")
    first, second = parsed(stream)
    assert (first["level"], first["logger"], first["message"]) == (
        "warning",
        "nextcord.gateway",
        "shard 2 is gone",
    )
    assert (second["level"], second["message"]) == ("info", "by its own structlog")


def test_text_lines() -> None:
    """A person reads one plain line, and tracebacks below it without any local variable."""

    def fail() -> None:
        hidden = "a local value"
        raise RuntimeError(f"no {hidden[:1]}")

    with lines(as_json=False) as stream:
        try:
            fail()
        except RuntimeError:
            log.get_logger("polls").exception("it broke", poll=3)
    text = stream.getvalue()
    assert "it broke" in text
    assert "poll=3" in text
    assert "RuntimeError: no a" in text
    assert "a local value'" not in text


def test_level() -> None:
    """What lies below the level is not written."""
    with lines("warning") as stream:
        log.get_logger("polls").info("unimportant")
        log.get_logger("polls").warning("important")
    assert [line["message"] for line in parsed(stream)] == ["important"]


def test_values_that_json_cannot_hold() -> None:
    """A line is worth more than its form: what JSON cannot hold is written as its repr."""
    with lines() as stream:
        log.get_logger("polls").info("odd", thing={1}, big=2**70, key={1: 2}, text="\ud800")
    (line,) = parsed(stream)
    assert (line["thing"], line["big"]) == ("{1}", 2**70)


def test_reference() -> None:
    """Each line says what it belongs to, whoever writes it."""
    with lines() as stream:
        token = log.current_source.set(Source("K7F2"))
        log.get_logger("polls").info("ours")
        logging.getLogger("aiohttp").info("theirs")
        log.current_source.reset(token)
        log.get_logger("polls").info("nobody's")
    assert [line.get("reference") for line in parsed(stream)] == ["K7F2", "K7F2", None]


def log_in() -> None:
    """Fail with the secret in the exception's text."""
    raise ValueError(f"cannot log in with {SECRET}")


def fail_with_secret_in_a_chain() -> None:
    """Raise an exception whose cause holds the secret."""
    try:
        log_in()
    except ValueError as error:
        raise RuntimeError("the request failed") from error


@pytest.mark.parametrize("as_json", [True, False])
def test_secret_in_a_chained_exception(as_json: bool) -> None:
    """The line is there once, with its whole traceback and without the secret."""
    with lines(as_json=as_json) as stream:
        try:
            fail_with_secret_in_a_chain()
        except RuntimeError:
            log.get_logger("polls").exception("it broke")
    text = stream.getvalue()
    assert text.count("it broke") == 1
    assert text.count("cannot log in with [redacted]") == 1
    assert SECRET not in text


@pytest.mark.parametrize("as_json", [True, False])
def test_secret_in_another_librarys_line(as_json: bool) -> None:
    """It makes no difference who writes the secret, or at which level."""
    with lines(as_json=as_json) as stream:
        logging.getLogger("aiohttp.client").debug("sending %r", {"password": SECRET})
        log.get_logger("polls").debug("sent", password=SECRET, stack_info=True)
    text = stream.getvalue()
    assert text.count("[redacted]") == 2
    assert SECRET not in text


@pytest.mark.parametrize("as_json", [True, False])
def test_secret_that_is_written_differently(as_json: bool) -> None:
    """Quotes, backslashes and percent signs do not save a secret from being found."""
    secret = "pa\"ss\\wo/rd 1'"
    redactor = log.Redactor()
    redactor.add(secret)
    with lines(as_json=as_json, redactor=redactor) as stream:
        logging.getLogger("x").info("plain %s repr %r", secret, secret)
        logging.getLogger("x").info("sent as pa%22ss%5Cwo%2Frd%201%27")
    text = stream.getvalue()
    assert text.count("[redacted]") == 3
    assert "wo" not in text


def test_short_secrets_are_ignored() -> None:
    """A value that is part of ordinary words would make the log unreadable and protect nothing."""
    redactor = log.Redactor()
    redactor.add("")
    redactor.add("bot")
    assert redactor.redact("the bot works") == "the bot works"


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        (f"token {bot_token(80351110224678912)} refused", "token [redacted] refused"),
        (f"Authorization: Bot {bot_token(1234567890123456789)}", "Authorization: Bot [redacted]"),
        (f"'{bot_token(123456789, '.abcd.efghij')}'", "'[redacted]'"),
        (f"{bot_token(2**64 - 1)}", "[redacted]"),
        (
            "POST https://discord.com/api/v10/webhooks/123/aBc-D_e/messages/@original?wait=true failed",
            "POST https://discord.com/api/v10/webhooks/123/[redacted]/messages/@original?wait=true failed",
        ),
        (f"/interactions/123/{INTERACTION_TOKEN}/callback", "/interactions/123/[redacted]/callback"),
        (f"<Interaction id=1 token='{INTERACTION_TOKEN}'>", "<Interaction id=1 token='[redacted]'>"),
        (f'{{"token": "{"x" * 30}", "id": 1}}', '{"token": "[redacted]", "id": 1}'),
        (f'"{{\\"token\\": \\"{"x" * 30}\\"}}"', '"{\\"token\\": \\"[redacted]\\"}"'),
        ("postgresql+asyncpg://bot:p@ss:w0rd@db/bot", "postgresql+asyncpg://bot:[redacted]@db/bot"),
        ("redis://:hunter22@cache:6379/0", "redis://:[redacted]@cache:6379/0"),
    ],
)
def test_known_shapes(text: str, redacted: str) -> None:
    """Tokens and passwords are found by their shape, in the text and inside quotes."""
    assert log.Redactor().redact(text) == redacted


@pytest.mark.parametrize(
    "text",
    [
        "botcore_reminders_with_a_long_name.services.reminder_service.ReminderService",
        "http://127.0.0.1:8080/api/v10/gateway/bot",
        "listening on http://localhost:8080, ask alice@example.com",
        "/interactions/{interaction_id}/{interaction_token}/callback",
        "token=None, token='short'",
        "2026-01-01T12:00:00.000000+00:00 1.2.3",
    ],
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    """Names of modules, addresses and times are not mistaken for secrets."""
    assert log.Redactor().redact(text) == text


def test_line_that_cannot_be_written(capsys: pytest.CaptureFixture[str]) -> None:
    """A library's wrong format string costs one redacted line, and nothing goes to standard error."""
    with lines() as stream:
        logging.getLogger("careless").info("%d", SECRET)
    assert "a log line of careless could not be written" in stream.getvalue()
    assert SECRET not in stream.getvalue()
    assert capsys.readouterr().err == ""


def test_configuring_twice_and_undoing() -> None:
    """The last call counts, no line is written twice, and afterwards all is as before."""
    root = logging.getLogger()
    before = (root.level, root.handlers[:], logging.getLogger("aiosqlite").level)
    with lines() as first, lines() as second:
        log.get_logger("polls").info("once")
    assert first.getvalue() == ""
    assert len(parsed(second)) == 1
    assert (root.level, root.handlers, logging.getLogger("aiosqlite").level) == before
    log.reset()
