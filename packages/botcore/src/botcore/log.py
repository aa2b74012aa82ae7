"""What happened, for the operator: every line of every library goes through one formatter and one redactor.

`get_logger` is how botcore and features write. Until `configure` has run, lines go wherever the standard
library's logging sends them. Which values are secret is known to the configuration; which shapes are secret
is known here.
"""

import json
import logging
import re
import sys
from collections.abc import Mapping, MutableMapping, Sequence
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Protocol, TextIO, cast
from urllib.parse import quote

import orjson
import structlog
from structlog.typing import EventDict, WrappedLogger

REDACTED = "[redacted]"
_SHORTEST_SECRET = 6  # shorter ones would redact ordinary words, and protect nothing

type Logger = structlog.stdlib.BoundLogger


class HasReference(Protocol):
    """What a line can belong to: an interaction, or anything else that has a short reference."""

    @property
    def reference(self) -> str:
        """The short text that a person can quote and an operator can search for."""
        ...


current_source: ContextVar[HasReference | None] = ContextVar("botcore_current_source", default=None)
"""What this task works on now. It is read only when a line is written, so setting it is cheap."""


class Redactor:
    """Takes secrets out of finished text.

    Known by value: whatever was given to `add`, also as it looks inside JSON, `repr` and URLs. Known by
    shape: bot tokens, interaction and webhook tokens, the Authorization header, passwords in URLs.
    """

    # https://docs.discord.com/developers/reference#authentication: a bot token starts with the base64 of the
    # bot's id, a number, and base64 of digits has only these letters. So no dotted name of a module looks
    # like one. An id has at most twenty digits; the bound keeps the search linear in the text.
    _BOT_TOKEN = r"(?:[MNO][DTjz][AEIMQUYcgk][wxyz0-5]){3,6}[\w=-]{0,4}\.[\w-]{4,}\.[\w-]{6,}"  # noqa: S105 - a pattern
    # base64 of "interaction:"; followed by ids and a secret
    _INTERACTION_TOKEN = r"aW50ZXJhY3Rpb246[\w+/=-]{10,}"  # noqa: S105 - a pattern
    _IN_PATH = r"(?P<path>/(?:webhooks|interactions)/\d+/)[^\s/?#\"'\\<>(){},]+"
    _HEADER = r"(?P<header>\b(?:Bot|Bearer)\s+)[\w.~+/=-]{20,}"
    _FIELD = r"(?P<field>token\\*[\"']?\s*[:=]\s*\\*[\"']?)[\w.~+/=-]{20,}"
    _PASSWORD = r"(?P<url>://[^\s:/@\"']*:)[^\s/\"']+(?=@)"  # noqa: S105 - a pattern
    _SHAPES = re.compile(f"{_IN_PATH}|{_HEADER}|{_FIELD}|{_PASSWORD}|{_BOT_TOKEN}|{_INTERACTION_TOKEN}")

    def __init__(self) -> None:
        self._forms: set[str] = set()
        self._values: re.Pattern[str] | None = None

    def add(self, secret: str) -> None:
        """Redact this value from now on; one shorter than six characters is ignored."""
        if len(secret) < _SHORTEST_SECRET:
            return
        plain = {secret, repr(secret)[1:-1], quote(secret), quote(secret, safe="")}
        self._forms |= plain | {json.dumps(form, ensure_ascii=False)[1:-1] for form in plain}
        longest_first = sorted(self._forms, key=len, reverse=True)
        self._values = re.compile("|".join(map(re.escape, longest_first)))

    def redact(self, text: str) -> str:
        """The text without its secrets."""
        if self._values is not None:
            text = self._values.sub(REDACTED, text)
        return self._SHAPES.sub(self._blank, text)

    @staticmethod
    def _blank(match: re.Match[str]) -> str:
        kept = next((group for group in match.groups() if group is not None), "")
        return kept + REDACTED


def get_logger(name: str) -> Logger:
    """The logger of one module, made with `__name__`; write `log.info("poll closed", poll=poll.id)`."""
    logger = structlog.wrap_logger(
        logging.getLogger(name),
        processors=_BEFORE_THE_FORMATTER,
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return cast("Logger", logger)


def configure(
    level: int | str = logging.INFO,
    *,
    json: bool | None = None,
    redactor: Redactor | None = None,
    stream: TextIO | None = None,
) -> None:
    """Send every line of this process to one stream. Calling it again replaces what the last call set up.

    Args:
        level: a level of the standard library, by number or name.
        json: one JSON object a line, or text for people; None chooses text if the stream is a terminal.
        redactor: takes secrets out of every line, tracebacks included; without it, only the known shapes.
        stream: where the lines go; standard error by default.
    """
    reset()
    out = sys.stderr if stream is None else stream
    as_json = not out.isatty() if json is None else json
    handler = _Handler(out, redactor or Redactor(), as_json=as_json)
    root = logging.getLogger()
    _installed.append(_Installation(handler, root.handlers[:], root.level, _levels_of((*_CHATTERING, *_LIBRARIES))))
    root.handlers[:] = [handler]
    root.setLevel(level.upper() if isinstance(level, str) else level)
    for name in _CHATTERING:
        logging.getLogger(name).setLevel(logging.INFO)
    if root.level == logging.INFO:
        for name in _LIBRARIES:
            logging.getLogger(name).setLevel(logging.WARNING)
    # for libraries that use structlog by themselves: its default prints local variables, and so secrets
    structlog.configure(
        processors=_BEFORE_THE_FORMATTER,
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def reset() -> None:
    """Undo `configure`: the root logger is as it was before."""
    while _installed:
        _installed.pop().undo()
        structlog.reset_defaults()


_CHATTERING = ("aiosqlite",)  # two lines a statement at DEBUG, and none of them says anything
_LIBRARIES = ("aiohttp", "alembic", "nextcord")  # what an operator wants to know of them at INFO, botcore says itself

_BEFORE_THE_FORMATTER: Sequence[structlog.typing.Processor] = (
    structlog.stdlib.filter_by_level,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
)


def _from_record(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Time, level, logger and reference, in the same way for structlog's lines and everybody else's."""
    record: logging.LogRecord = event["_record"]
    event["timestamp"] = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    event["level"] = record.levelname.lower()
    event["logger"] = record.name
    source = current_source.get()
    if source is not None:
        event.setdefault("reference", source.reference)
    return event


def _in_reading_order(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """When, how bad, where and what come first; the rest of a line differs from line to line."""
    first = {name: event.pop(name) for name in ("timestamp", "level", "logger")}
    return {**first, "message": event.pop("event", None), **event}


def _to_json(value: Any, **_: Any) -> str:
    try:
        return orjson.dumps(value, default=repr, option=orjson.OPT_NON_STR_KEYS).decode()
    except TypeError:  # an integer beyond 64 bits, or text that is not Unicode: rare, and still worth a line
        return json.dumps(value, default=repr, skipkeys=True)


def _time_of_day(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """On a terminal the day is today, and the reader's clock shows local time."""
    event["timestamp"] = datetime.fromisoformat(event["timestamp"]).astimezone().strftime("%H:%M:%S")
    return event


class _Handler(logging.StreamHandler[TextIO]):
    def __init__(self, stream: TextIO, redactor: Redactor, *, as_json: bool) -> None:
        super().__init__(stream)
        self._redactor = redactor
        renderers: list[structlog.typing.Processor]
        if as_json:
            renderers = [
                structlog.processors.format_exc_info,
                _in_reading_order,
                structlog.processors.JSONRenderer(serializer=_to_json),
            ]
        else:
            renderers = [
                _time_of_day,
                structlog.dev.ConsoleRenderer(
                    colors=stream.isatty(), exception_formatter=structlog.dev.plain_traceback
                ),
            ]
        self.setFormatter(
            structlog.stdlib.ProcessorFormatter(
                processors=[
                    _from_record,
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.StackInfoRenderer(),
                    *renderers,
                ],
                foreign_pre_chain=[],
            )
        )

    def format(self, record: logging.LogRecord) -> str:
        """The finished line; redaction is the last thing that happens to it."""
        return self._redactor.redact(super().format(record))

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the standard library's name
        """Say that a line could not be written; the default would print its arguments, secrets included."""
        problem = self._redactor.redact(f"{record.pathname}:{record.lineno}: {sys.exception()!r}")
        try:
            self.stream.write(f"a log line of {record.name} could not be written: {problem}\n")
        except (OSError, ValueError):  # the stream itself is gone: there is nobody left to tell
            return


class _Installation:
    """What `configure` changed, and how it was before."""

    def __init__(
        self, handler: logging.Handler, handlers: list[logging.Handler], level: int, levels: Mapping[str, int]
    ) -> None:
        self._handler, self._handlers, self._level, self._levels = handler, handlers, level, levels

    def undo(self) -> None:
        root = logging.getLogger()
        # Handlers that somebody added in the meantime stay.
        added = [each for each in root.handlers if each is not self._handler and each not in self._handlers]
        root.handlers[:] = [*self._handlers, *added]
        root.setLevel(self._level)
        for name, level in self._levels.items():
            logging.getLogger(name).setLevel(level)
        self._handler.close()


def _levels_of(names: Sequence[str]) -> MutableMapping[str, int]:
    return {name: logging.getLogger(name).level for name in names}


_installed: list[_Installation] = []
