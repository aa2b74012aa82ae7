"""Discord's REST errors: a status, a numeric code, a sentence, and for form errors a tree of fields.

Source of numbers and sentences: developer documentation, "JSON Error Codes"; statuses as measured on Discord.
"""

from typing import Any, Final

_KNOWN: Final[dict[int, tuple[int, str]]] = {
    10002: (404, "Unknown Application"),
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10011: (404, "Unknown Role"),
    10013: (404, "Unknown User"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    10063: (404, "Unknown application command"),
    20012: (403, "You are not authorized to perform this action on this application"),
    30015: (400, "Maximum number of attachments in a message reached (10)"),
    30032: (400, "Maximum number of application commands reached (100)"),
    40005: (413, "Request entity too large"),
    40060: (400, "Interaction has already been acknowledged."),
    50001: (403, "Missing Access"),
    50003: (403, "Cannot execute action on a DM channel"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50013: (403, "Missing Permissions"),
    50027: (401, "Invalid Webhook Token"),
    50035: (400, "Invalid Form Body"),
    50109: (400, "The request body contains invalid JSON."),
    50278: (403, "Cannot send messages to this user due to having no mutual guilds"),
    160002: (400, "Cannot reply without permission to read message history"),
}


class ApiError(Exception):
    """A refusal as Discord words it.

    Attributes:
        status: The HTTP status.
        code: Discord's JSON error code, 0 for plain HTTP errors.
        message: Discord's sentence.
        errors: The tree of field errors of an "Invalid Form Body", else None.
    """

    def __init__(self, status: int, code: int, message: str, errors: dict[str, Any] | None = None) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors

    @classmethod
    def known(cls, code: int, *, status: int | None = None, message: str | None = None) -> "ApiError":
        """The error of a documented code; some routes give it another status or number in the sentence."""
        usual_status, usual_message = _KNOWN[code]
        return cls(status or usual_status, code, message or usual_message)

    @classmethod
    def plain(cls, status: int, reason: str) -> "ApiError":
        """An error of the HTTP layer, such as `{"message": "404: Not Found", "code": 0}`."""
        return cls(status, 0, f"{status}: {reason}")

    @classmethod
    def invalid_form(cls, errors: dict[str, Any]) -> "ApiError":
        """Field errors."""
        status, message = _KNOWN[50035]
        return cls(status, 50035, message, errors)

    def payload(self) -> dict[str, Any]:
        """The body of the answer."""
        body: dict[str, Any] = {"message": self.message, "code": self.code}
        if self.errors is not None:
            body["errors"] = self.errors
        return body
