"""What goes wrong when a person tries something, said so that the way out is clear."""


class SandboxError(Exception):
    """The base of all errors that the sandbox raises to its user."""


class NoAnswer(SandboxError):
    """The bot did not answer in time."""


class LateAnswer(NoAnswer):
    """The bot acknowledged in time, and what it asked that time for did not follow."""


class CommandHidden(SandboxError):
    """The client does not show this command to this person in this place."""


class NotOffered(SandboxError):
    """There is no such command, option, button or field, or the client would not accept that value for it."""


class NotAllowed(SandboxError):
    """The client does not let this person do that here."""
