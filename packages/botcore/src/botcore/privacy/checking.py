"""What is wrong with a feature's declarations, each in a sentence with the way out."""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from sqlalchemy import BigInteger, MetaData, PrimaryKeyConstraint, Table, UniqueConstraint

from botcore.privacy.declarations import Anonymise, Declaration, Erase, PersonalTable, RandomId, Retain, Rule
from botcore.privacy.paths import NoSuchPath, steps

_PERSON = re.compile(
    r"(?:^|_)(?:user|member|author|owner|creator|voter|invoker|sender|recipient|moderator|participant|attendee"
    r"|organi[sz]er|host|person)(?:_id)?$|_by(?:_id)?$"
)


def problems(declarations: Sequence[Declaration], metadata: MetaData, tables: Sequence[str] | None = None) -> list[str]:
    """What keeps a feature's declarations from covering its tables.

    Args:
        declarations: what the feature says.
        metadata: its tables, from its models.
        tables: names of tables that its migrations make; ``None`` where they were not run.

    Returns:
        Sentences without a full stop; empty if all is well.
    """
    found = list(_names(declarations, metadata, tables))
    for each in declarations:
        table = metadata.tables.get(each.name)
        if table is None:
            continue
        if isinstance(each, PersonalTable):
            ways = list(_ways(each, table))
            found += ways or [*_personal(each, table), *_goes_along(each, table, declarations, metadata)]
        elif not each.reason.strip():
            found.append(f"the ImpersonalTable {each.name} has no reason; say in a sentence what it holds instead")
        found += _columns(each, table)
    return found


def _names(declarations: Sequence[Declaration], metadata: MetaData, tables: Sequence[str] | None) -> Iterator[str]:
    names = [each.name for each in declarations]
    existing = dict.fromkeys([*metadata.tables, *(tables or ())])
    for name in existing:
        if name not in names:
            columns = metadata.tables[name].columns.keys() if name in metadata.tables else []
            person = next(filter(_PERSON.search, columns), "...")
            yield (
                f'nothing says what {name} holds of persons; write bc.PersonalTable("{name}", '
                f'bc.Erase(person="{person}")) into `personal_data` of the feature, or bc.ImpersonalTable("{name}", '
                f'"...") with the reason why it holds nothing'
            )
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            yield f"`personal_data` names {name} {names.count(name)} times; put all its rules into one PersonalTable"
    for each in declarations:
        # A table that only migrations know can be declared impersonal, and there is nothing else to do with it.
        if each.name not in metadata.tables and (isinstance(each, PersonalTable) or not _may_be(each.name, tables)):
            near = get_close_matches(each.name, existing, n=1)
            hint = f"; did you mean {near[0]}?" if near and near[0] != each.name else ""
            yield f"`personal_data` names {each.name}, which is no table of the models{hint}"


def _may_be(table: str, tables: Sequence[str] | None) -> bool:
    return tables is None or table in tables


def _ways(declared: PersonalTable, table: Table) -> Iterator[str]:
    if not declared.rules:
        yield (
            f"the PersonalTable {table.name} says nothing of its rows; give it bc.Erase, bc.Anonymise or bc.Retain, or "
            "make it an ImpersonalTable"
        )
    for person in dict.fromkeys(rule.person for rule in declared.rules):
        try:
            list(steps(table, person))
        except NoSuchPath as error:
            yield f'person="{person}" of {table.name} leads nowhere: {error}'


def _personal(declared: PersonalTable, table: Table) -> Iterator[str]:
    if not table.primary_key.columns:
        yield f"{table.name} has no primary key, so that its rows cannot be told apart; give it one"
    for rule in declared.rules:
        match rule:
            case Anonymise():
                yield from _anonymise(rule, table)
            case Retain(reason=reason) if not reason.strip():
                yield f'Retain(person="{rule.person}") of {table.name} has no reason; say in a sentence why rows stay'
            case Erase(exported=False) if "." not in rule.person:
                yield (
                    f'Erase(person="{rule.person}") of {table.name} is not exported, but these are the person\'s own '
                    "rows; leave `exported` out"
                )
    last = {rule.person: rule for rule in declared.rules}
    for person, rule in last.items():
        if rule.when is not None:
            yield (
                f'the last rule for person="{person}" of {table.name} has a `when`; add one without it, for the rows '
                "that none fits"
            )


def _anonymise(rule: Anonymise, table: Table) -> Iterator[str]:
    where = f'Anonymise(person="{rule.person}") of {table.name}'
    if "." not in rule.person and rule.person not in rule.becomes:
        yield f"{where} leaves {rule.person} as it is, so the rows still say whose they are; put it into `becomes`"
    for name, value in rule.becomes.items():
        column = table.c.get(name)
        if column is None:
            yield f"{where} changes {name}, which is no column"
        elif value is None and not column.nullable:
            yield f"{where} empties {name}, which is NOT NULL; let it become a value that says nothing"
        elif isinstance(value, RandomId) and not isinstance(column.type, BigInteger):
            yield f"{where} makes {name} a random id, for which only a BigInteger has room"
        elif not isinstance(value, RandomId) and value is not None and _is_unique(table, name):
            yield f"{where} gives every row the same {name}, which is part of a key; write bc.RandomId()"


def _is_unique(table: Table, column: str) -> bool:
    constraints = (each for each in table.constraints if isinstance(each, PrimaryKeyConstraint | UniqueConstraint))
    indexes = (each for each in table.indexes if each.unique)
    return any(column in each.columns for each in (*constraints, *indexes))


def _goes_along(
    declared: PersonalTable, table: Table, declarations: Sequence[Declaration], metadata: MetaData
) -> Iterator[str]:
    """Rows that refer to erased ones cannot stay; whoever reads a dry run must see them in it."""
    erased = list(dict.fromkeys(rule.person for rule in declared.rules if isinstance(rule, Erase)))
    rules: dict[str, Sequence[Rule]] = {
        each.name: each.rules for each in declarations if isinstance(each, PersonalTable)
    }
    for child in metadata.sorted_tables:
        for key in child.foreign_key_constraints:
            if key.referred_table is not table or (key.ondelete or "").upper() in {"SET NULL", "SET DEFAULT"}:
                continue
            for person in erased:
                ways = {f"{column}.{person}" for column in key.column_keys}
                if not any(isinstance(rule, Erase) and rule.person in ways for rule in rules.get(child.name, ())):
                    yield (
                        f"rows of {table.name} are erased, and rows of {child.name} go with them; say so with "
                        f'bc.Erase(person="{min(ways)}") in the PersonalTable {child.name} (exported=False, if they '
                        "are others' rows)"
                    )


def _columns(declared: Declaration, table: Table) -> Iterator[str]:
    personal = declared if isinstance(declared, PersonalTable) else None
    hidden = personal.hidden if personal is not None else {}
    for what, columns in (("hidden", hidden), ("impersonal", declared.impersonal)):
        for name, reason in columns.items():
            if name not in table.c:
                yield f"`{what}` of {table.name} names {name}, which is no column"
            elif not reason.strip():
                yield f"`{what}` of {table.name} gives no reason for {name}; say it in a few words"
    covered = {*declared.impersonal, *(personal.person_columns if personal is not None else ())}
    for column in table.columns:
        if _PERSON.search(column.name) and column.name not in covered:
            yield (
                f"{table.name}.{column.name} is named like a person's id, and no rule speaks of it; add "
                f'bc.Erase(person="{column.name}"), bc.Anonymise or bc.Retain to the PersonalTable {table.name}, or '
                f'say what it holds with impersonal={{"{column.name}": "..."}}'
            )
