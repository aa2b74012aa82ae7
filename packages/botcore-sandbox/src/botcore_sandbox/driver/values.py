"""Option values: what the client accepts for an option, and the form in which it sends it."""

from collections.abc import Callable, Mapping
from typing import Any

from botcore_sandbox.driver.errors import NotOffered
from botcore_sandbox.driver.listing import Invocation
from botcore_sandbox.driver.resolving import Resolved, kind_of
from botcore_sandbox.validation.options import OptionType

_MAX_SAFE_INTEGER = 2**53
_MAX_TEXT = 6_000

_THINGS = {
    OptionType.USER: ("user",),
    OptionType.CHANNEL: ("channel",),
    OptionType.ROLE: ("role",),
    OptionType.MENTIONABLE: ("user", "role"),
    OptionType.ATTACHMENT: ("file",),
}


def fill_in(
    invocation: Invocation, values: Mapping[str, Any], resolved: Resolved, *, focused: str | None = None
) -> list[dict[str, Any]]:
    """The options as the client sends them; with `focused`, the person is still typing in that one.

    Raises:
        NotOffered: An option does not exist, is missing, or does not take that value.
    """
    known = {option["name"]: option for option in invocation.options}
    unknown = [name for name in values if name not in known]
    if unknown:
        listed = ", ".join(known) or "none"
        raise NotOffered(f"/{invocation.name} has no option {unknown[0]!r}; its options are: {listed}.")
    sent = []
    for name, option in known.items():
        if name == focused:
            partly = {
                "name": name,
                "type": option["type"],
                "value": str(values.get(name, "")),
                "focused": True,
            }
            sent.append(partly)
        elif values.get(name) is not None:
            value = _convert(invocation, option, values[name], resolved)
            sent.append({"name": name, "type": option["type"], "value": value})
        elif option.get("required") and focused is None:
            raise NotOffered(f"/{invocation.name} needs the option {name!r} ({option['description']}).")
    return sent


def nest(invocation: Invocation, options: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Options wrapped into the sub-command and group that they belong to."""
    for step in reversed(invocation.path):
        options = [{"name": step["name"], "type": step["type"], "options": options}]
    return options


def require_autocomplete(invocation: Invocation, focused: str) -> None:
    """The option has to exist and to ask the bot for suggestions.

    Raises:
        NotOffered: It does not.
    """
    with_suggestions = [option["name"] for option in invocation.options if option.get("autocomplete")]
    if focused not in with_suggestions:
        listed = ", ".join(with_suggestions) or "none"
        raise NotOffered(f"/{invocation.name} has no autocomplete on {focused!r}; options with autocomplete: {listed}.")


def _convert(invocation: Invocation, option: dict[str, Any], value: Any, resolved: Resolved) -> Any:
    kind = OptionType(option["type"])

    def refuse(reason: str) -> NotOffered:
        return NotOffered(
            f"The client does not accept {value!r} for {option['name']!r} of /{invocation.name}: {reason}."
        )

    if kind in _THINGS:
        if kind_of(value) not in _THINGS[kind]:
            raise refuse(f"it takes a {' or '.join(_THINGS[kind])}")
        return resolved.add(value)
    if option.get("choices"):
        for choice in option["choices"]:
            if value in {choice["name"], choice["value"]}:
                return choice["value"]
        listed = ", ".join(str(choice["name"]) for choice in option["choices"])
        raise refuse(f"its choices are {listed}")
    return _CONVERTERS[kind](option, value, refuse)


type _Refuse = Callable[[str], NotOffered]


def _text(option: dict[str, Any], value: Any, refuse: _Refuse) -> str:
    if not isinstance(value, str):
        raise refuse("it takes text")
    low, high = option.get("min_length", 0), option.get("max_length", _MAX_TEXT)
    if not low <= len(value) <= high:
        raise refuse(f"it takes {low} to {high} characters")
    return value


def _integer(option: dict[str, Any], value: Any, refuse: _Refuse) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > _MAX_SAFE_INTEGER:
        raise refuse("it takes a whole number between -2^53 and 2^53")
    _check_range(option, value, refuse)
    return value


def _number(option: dict[str, Any], value: Any, refuse: _Refuse) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise refuse("it takes a number")
    _check_range(option, value, refuse)
    return value


def _yes_or_no(option: dict[str, Any], value: Any, refuse: _Refuse) -> bool:
    if not isinstance(value, bool):
        raise refuse("it takes True or False")
    return value


def _check_range(option: dict[str, Any], value: float, refuse: _Refuse) -> None:
    if "min_value" in option and value < option["min_value"]:
        raise refuse(f"the least is {option['min_value']}")
    if "max_value" in option and value > option["max_value"]:
        raise refuse(f"the most is {option['max_value']}")


_CONVERTERS: dict[OptionType, Callable[[dict[str, Any], Any, _Refuse], Any]] = {
    OptionType.STRING: _text,
    OptionType.INTEGER: _integer,
    OptionType.NUMBER: _number,
    OptionType.BOOLEAN: _yes_or_no,
}
