"""What a feature says of each of its tables: whose rows they are, and what becomes of them when that person asks.

Tables and columns are named, not imported: a feature's class knows no models.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class RandomId:
    """In `Anonymise.becomes`: another negative number for each row, which is nobody's id and leads back to nobody."""


@dataclass(frozen=True, slots=True)
class Erase:
    """Rows that are deleted with the person.

    Args:
        person: the column that holds their id; or a way to it over foreign keys, with dots: ``"reminder_id.owner_id"``
            is the ``owner_id`` of the row that ``reminder_id`` refers to.
        when: a condition on the row, as SQL that both databases understand: ``"closed_at IS NULL"``. Of the rules that
            name the same person, the first that fits counts. Rows that go with this one need a condition of their own.
        exported: whether the rows are part of what the person gets. ``False`` for rows of others that go only because
            what they refer to goes.
    """

    person: str
    when: str | None = None
    exported: bool = True


@dataclass(frozen=True, slots=True)
class Anonymise:
    """Rows that stay, and no longer say whose they were.

    Args:
        person: as of `Erase`.
        becomes: the new value of each column that would tell, the person's id first of all. `RandomId()` where ids
            must stay different from one another.
        when: as of `Erase`.
    """

    person: str
    becomes: Mapping[str, Any]
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Retain:
    """Rows that stay as they are.

    Args:
        person: as of `Erase`.
        reason: why, in a sentence that the person reads; ``_("...")``, as every text.
        when: as of `Erase`.
    """

    person: str
    reason: str
    when: str | None = None


type Rule = Erase | Anonymise | Retain


class PersonalTable:
    """A table with rows of persons.

    ```python
    bc.PersonalTable("notes_note", bc.Erase(person="owner_id"), hidden={"folded": "the text again, for searches"})
    ```

    Args:
        name: the table.
        rules: what becomes of the rows of a person, for every column that names one. A row that one rule erases is
            erased, whatever the others say.
        hidden: columns that are not part of what a person gets, each with the reason. The ids of other persons never
            are, and need not be named.
        impersonal: columns that are named like a person's id and hold none, each with what they hold.
    """

    def __init__(
        self,
        name: str,
        *rules: Rule,
        hidden: Mapping[str, str] | None = None,
        impersonal: Mapping[str, str] | None = None,
    ) -> None:
        self.name = name
        self.rules = rules
        self.hidden = dict(hidden or {})
        self.impersonal = dict(impersonal or {})

    @property
    def person_columns(self) -> frozenset[str]:
        """The columns of the table itself that hold a person's id."""
        return frozenset(rule.person for rule in self.rules if "." not in rule.person)


class ImpersonalTable:
    """A table that says nothing of any person.

    ```python
    bc.ImpersonalTable("notes_setting", "what a server has chosen; nobody's name is on it")
    ```

    Args:
        name: the table.
        reason: what it holds instead, in a sentence.
        impersonal: columns that are named like a person's id and hold none, each with what they hold.
    """

    def __init__(self, name: str, reason: str, *, impersonal: Mapping[str, str] | None = None) -> None:
        self.name = name
        self.reason = reason
        self.impersonal = dict(impersonal or {})


type Declaration = PersonalTable | ImpersonalTable
