"""Comparing one REST call with the description."""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import jsonschema_rs

from botcore_sandbox.traffic import RestCall

_URI = "discord:///openapi.json"
_JSON = "application/json"
_REFUSED = 400
_NO_SUCH_ROUTE = (404, 405)

UNDESCRIBED = {
    ("PATCH", "/guilds/{guild_id}/members/@me/nick"): "older clients still rename themselves by it",
    (
        "POST",
        "/channels/{channel_id}/thread-members/@me",
    ): "nextcord 3.2 joins threads by POST, where PUT is documented",
    ("POST", "/channels/{channel_id}/thread-members/{user_id}"): "as above",
}
"""Routes that Discord serves and does not describe, and why the sandbox has them."""


@dataclass(slots=True)
class Score:
    """How much was compared."""

    requests: int = 0
    responses: int = 0
    undescribed: int = 0
    by_route: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class _Operation:
    name: str
    pointer: str
    described: dict[str, Any]


class Judge:
    """Judges calls one by one and counts what it has compared."""

    def __init__(self, spec: dict[str, Any]) -> None:
        self._spec = spec
        self._registry = jsonschema_rs.Registry([(_URI, spec)])
        self._validators: dict[str, jsonschema_rs.Draft202012Validator] = {}
        self.score = Score()

    def judge(self, call: RestCall) -> list[str]:
        """What is wrong with a call, one sentence each.

        A request is compared only when it was accepted: a refused one may be wrong, that is why it was refused.
        """
        operation = self._find(call.method, call.path)
        if operation is None:
            return self._without_description(call)
        found = []
        if call.status < _REFUSED:
            found += self._judge_request(operation, call)
        found += self._judge_response(operation, call)
        self.score.by_route[operation.name] += 1
        return found

    def _judge_request(self, operation: _Operation, call: RestCall) -> list[str]:
        found = self._judge_query(operation, call)
        body = operation.described.get("requestBody")
        if body is None or _JSON not in body["content"]:
            return found
        if call.request is None and not body.get("required"):
            return found
        self.score.requests += 1
        sent = {} if call.request is None else call.request  # Discord takes no body for an empty one
        pointer = f"{operation.pointer}/requestBody/content/application~1json/schema"
        return found + [f"{operation.name} was accepted with {problem}" for problem in self._problems(pointer, sent)]

    def _judge_query(self, operation: _Operation, call: RestCall) -> list[str]:
        found = []
        parameters = operation.described.get("parameters", ())
        for index, parameter in enumerate(parameters):
            value = call.query.get(parameter.get("name", ""))
            if parameter.get("in") != "query" or value is None:
                continue
            pointer = f"{operation.pointer}/parameters/{index}/schema"
            if all(self._problems(pointer, reading) for reading in _readings(value)):
                found.append(f"{operation.name} was accepted with {parameter['name']}={value!r} in the query")
        return found

    def _judge_response(self, operation: _Operation, call: RestCall) -> list[str]:
        responses = operation.described["responses"]
        key = next((key for key in (str(call.status), f"{call.status // 100}XX") if key in responses), None)
        if key is None:
            return [f"{operation.name} answered {call.status}, which is not documented: {call.response}"]
        self.score.responses += 1
        pointer = f"{operation.pointer}/responses/{key}"
        response = responses[key]
        if "$ref" in response:
            pointer = response["$ref"].removeprefix("#")
            response = self._resolve(pointer)
        content = response.get("content")
        if not content:
            return [f"{operation.name} answered {call.status} with a body"] if call.response is not None else []
        pointer += "/content/application~1json/schema"
        return [
            f"{operation.name} answered {call.status} with {problem}"
            for problem in self._problems(pointer, call.response)
        ]

    def _without_description(self, call: RestCall) -> list[str]:
        if call.status in _NO_SUCH_ROUTE and isinstance(call.response, dict) and call.response.get("code") == 0:
            return []
        self.score.undescribed += 1
        segments = call.path.split("/")
        for method, template in UNDESCRIBED:
            if method == call.method and _pattern(template).fullmatch("/".join(segments)):
                return []
        return [f"{call.method} {call.path} answered {call.status}, but Discord describes no such route"]

    def _problems(self, pointer: str, value: Any) -> list[str]:
        validator = self._validators.get(pointer)
        if validator is None:
            validator = jsonschema_rs.Draft202012Validator(
                {"$ref": f"{_URI}#{pointer}"}, registry=self._registry, validate_formats=True
            )
            self._validators[pointer] = validator
        if validator.is_valid(value):
            return []
        return [
            f"{_shown(error.instance)} at {'/'.join(map(str, error.instance_path)) or 'the top'}: {error.message[:300]}"
            for error in validator.iter_errors(value)
        ]

    def _resolve(self, pointer: str) -> dict[str, Any]:
        node: Any = self._spec
        for key in pointer.strip("/").split("/"):
            node = node[key]
        resolved: dict[str, Any] = node
        return resolved

    def _find(self, method: str, path: str) -> _Operation | None:
        for pattern, template in self._paths.get(path.count("/"), ()):
            if not pattern.fullmatch(path):
                continue
            described = self._spec["paths"][template].get(method.lower())
            if described is not None:
                escaped = template.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")
                return _Operation(f"{method} {template}", f"/paths/{escaped}/{method.lower()}", described)
        return None

    @cached_property
    def _paths(self) -> dict[int, list[tuple[re.Pattern[str], str]]]:
        """Templates by their number of segments, those with fewer parameters first."""
        found: dict[int, list[tuple[re.Pattern[str], str]]] = {}
        for template in sorted(self._spec["paths"], key=lambda path: path.count("{")):
            found.setdefault(template.count("/"), []).append((_pattern(template), template))
        return found


def _pattern(template: str) -> re.Pattern[str]:
    parts = ("[^/]+" if part.startswith("{") else re.escape(part) for part in re.split(r"(\{\w+\})", template))
    return re.compile("".join(parts))


def _readings(value: str) -> list[Any]:
    """What a value of the query may mean: itself, a number, a truth, or a list of one."""
    readings: list[Any] = [value, [value]]
    if value.removeprefix("-").isdecimal():
        readings.append(int(value))
    if value.lower() in {"true", "false", "1", "0"}:
        readings.append(value.lower() in {"true", "1"})
    return readings


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) < 200 else text[:200] + "..."
