"""What a check says."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self


class Verdict(StrEnum):
    """How a check ended; only ``FAILED`` makes the whole fail."""

    PASSED = "passed"
    WARNED = "warned"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence of one check.

    Args:
        check: what was checked: ``wheel``, ``metadata``, ``entry point``, ``names``, ``migrations``, ``texts`` or
            ``data``.
        verdict: how it ended.
        text: what was found, and the way out where something is wrong.
    """

    check: str
    verdict: Verdict
    text: str

    @classmethod
    def passed(cls, check: str, text: str) -> Self:
        """All is well."""
        return cls(check, Verdict.PASSED, text)

    @classmethod
    def warned(cls, check: str, text: str) -> Self:
        """It works, and could be better."""
        return cls(check, Verdict.WARNED, text)

    @classmethod
    def failed(cls, check: str, text: str) -> Self:
        """It does not work, or harms others."""
        return cls(check, Verdict.FAILED, text)

    @classmethod
    def skipped(cls, check: str, text: str) -> Self:
        """It could not be checked, or there is nothing to check."""
        return cls(check, Verdict.SKIPPED, text)

    @classmethod
    def read(cls, data: dict[str, Any]) -> Self:
        """From the JSON object that another process wrote."""
        return cls(data["check"], Verdict(data["verdict"]), data["text"])
