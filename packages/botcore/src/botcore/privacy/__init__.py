"""Members' data: what each table holds of a person, all of it for who asks, and its end.

Belongs here: what a feature declares of its tables, the check of that against the tables, and the service that
exports and deletes by it. Does not: what a feature does beside its tables, which is its own ``forget``, nor who may
ask, which is for whoever offers the service to people.

Read `declarations.py` first, then `planning.py` (which rows are whose) and `service.py`.
"""

from botcore.privacy.checking import problems
from botcore.privacy.declarations import (
    Anonymise,
    Declaration,
    Erase,
    ImpersonalTable,
    PersonalTable,
    RandomId,
    Retain,
    Rule,
)
from botcore.privacy.reports import Deletion, Outcome, PersonalExport, TableExport, TableOutcome, Unreached
from botcore.privacy.service import Holder, PersonalData

__all__ = [
    "Anonymise",
    "Declaration",
    "Deletion",
    "Erase",
    "Holder",
    "ImpersonalTable",
    "Outcome",
    "PersonalData",
    "PersonalExport",
    "PersonalTable",
    "RandomId",
    "Retain",
    "Rule",
    "TableExport",
    "TableOutcome",
    "Unreached",
    "problems",
]
