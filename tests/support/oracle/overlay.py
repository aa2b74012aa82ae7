"""Where the description is wrong or too narrow, each correction with the reason for it."""

from typing import Any

_BIT_SETS = ("permissions", "allow", "deny", "default_member_permissions")


def correct(spec: dict[str, Any]) -> dict[str, Any]:
    """The description with every correction made."""
    _permissions_travel_as_strings(spec["paths"])
    _a_deferral_creates_a_message(spec["components"]["schemas"])
    return spec


def _a_deferral_creates_a_message(schemas: dict[str, Any]) -> None:
    """`response_message_loading` is documented, so a deferral (type 5) has a message for a resource, as type 4 has."""
    schemas["CreateMessageInteractionCallbackResponse"]["properties"]["type"]["enum"] = [4, 5]


def _permissions_travel_as_strings(node: Any) -> None:
    """Bodies that are described in place say integer, too, where the documentation and every client say string."""
    if isinstance(node, dict):
        for name, schema in node.get("properties", {}).items():
            if name in _BIT_SETS and "integer" in schema.get("type", ()) and "string" not in schema["type"]:
                types = schema["type"]
                schema["type"] = [*([types] if isinstance(types, str) else types), "string"]
        for value in node.values():
            _permissions_travel_as_strings(value)
    elif isinstance(node, list):
        for value in node:
            _permissions_travel_as_strings(value)
