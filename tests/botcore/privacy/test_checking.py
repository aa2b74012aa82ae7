"""What is wrong with declarations: each in a sentence that says what to write."""

import pytest
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData, String, Table, UniqueConstraint

from botcore import Anonymise, Erase, ImpersonalTable, PersonalTable, RandomId, Retain
from botcore.privacy import Declaration, problems

metadata = MetaData()
Table(
    "notes_note",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("owner_id", BigInteger, nullable=False),
    Column("closed_by", BigInteger),
    Column("place", Integer),
    UniqueConstraint("place"),
)
Table(
    "notes_line",
    metadata,
    Column("note_id", ForeignKey("notes_note.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("text", String(20)),
)
Table("notes_mood", metadata, Column("name", String(20), primary_key=True), Column("sort_by", String(20)))

NOTE = PersonalTable("notes_note", Erase(person="owner_id"), Anonymise(person="closed_by", becomes={"closed_by": None}))
LINE = PersonalTable("notes_line", Erase(person="note_id.owner_id"))
MOOD = ImpersonalTable("notes_mood", "moods to choose from", impersonal={"sort_by": "a column's name"})


def note(*rules: Erase | Anonymise | Retain, **more: dict[str, str]) -> list[str]:
    """What is wrong where the notes are declared like this."""
    by = Anonymise(person="closed_by", becomes={"closed_by": None})
    return problems((PersonalTable("notes_note", *rules, by, **more), LINE, MOOD), metadata)


def test_sound_declarations():
    """Have no problems; a feature without tables needs none."""
    assert problems((NOTE, LINE, MOOD), metadata) == []
    assert problems((), MetaData()) == []


@pytest.mark.parametrize(
    ("declarations", "sentence"),
    [
        (
            (LINE, MOOD),
            (
                'nothing says what notes_note holds of persons; write bc.PersonalTable("notes_note", '
                'bc.Erase(person="owner_id")) into `personal_data` of the feature, or bc.ImpersonalTable("notes_note", '
                '"...") with the reason why it holds nothing'
            ),
        ),
        (
            (NOTE, LINE),
            (
                'nothing says what notes_mood holds of persons; write bc.PersonalTable("notes_mood", '
                'bc.Erase(person="sort_by")) into `personal_data` of the feature, or bc.ImpersonalTable("notes_mood", '
                '"...") with the reason why it holds nothing'
            ),
        ),
        (
            (NOTE, LINE, MOOD, PersonalTable("notes_mod", Erase(person="user_id"))),
            "`personal_data` names notes_mod, which is no table of the models; did you mean notes_mood?",
        ),
        (
            (NOTE, LINE, LINE, MOOD),
            "`personal_data` names notes_line 2 times; put all its rules into one PersonalTable",
        ),
        (
            (NOTE, PersonalTable("notes_line"), MOOD),
            (
                "the PersonalTable notes_line says nothing of its rows; give it bc.Erase, bc.Anonymise or bc.Retain, "
                "or make it an ImpersonalTable"
            ),
        ),
        (
            (NOTE, LINE, ImpersonalTable("notes_mood", " ", impersonal={"sort_by": "a column's name"})),
            "the ImpersonalTable notes_mood has no reason; say in a sentence what it holds instead",
        ),
        (
            (NOTE, LINE, ImpersonalTable("notes_mood", "moods to choose from")),
            (
                "notes_mood.sort_by is named like a person's id, and no rule speaks of it; add "
                'bc.Erase(person="sort_by"), bc.Anonymise or bc.Retain to the PersonalTable notes_mood, or say what it '
                'holds with impersonal={"sort_by": "..."}'
            ),
        ),
        (
            (NOTE, PersonalTable("notes_line", Erase(person="note_id.author_id")), MOOD),
            'person="note_id.author_id" of notes_line leads nowhere: the table notes_note has no column author_id',
        ),
        (
            (NOTE, PersonalTable("notes_line", Erase(person="number.owner_id")), MOOD),
            (
                'person="number.owner_id" of notes_line leads nowhere: notes_line.number is no foreign key, so no way '
                "leads on from it"
            ),
        ),
        (
            (NOTE, PersonalTable("notes_line", Retain(person="note_id.owner_id", reason="x")), MOOD),
            (
                "rows of notes_note are erased, and rows of notes_line go with them; say so with "
                'bc.Erase(person="note_id.owner_id") in the PersonalTable notes_line (exported=False, if they '
                "are others' rows)"
            ),
        ),
    ],
)
def test_a_table_that_is_not_covered(declarations: tuple[Declaration, ...], sentence: str):
    """Is named with what to write."""
    assert sentence in problems(declarations, metadata)


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        (
            [Anonymise(person="owner_id", becomes={"closed_by": None})],
            (
                'Anonymise(person="owner_id") of notes_note leaves owner_id as it is, so the rows still say whose they '
                "are; put it into `becomes`"
            ),
        ),
        (
            [Anonymise(person="owner_id", becomes={"owner_id": None})],
            (
                'Anonymise(person="owner_id") of notes_note empties owner_id, which is NOT NULL; let it become a value '
                "that says nothing"
            ),
        ),
        (
            [Anonymise(person="owner_id", becomes={"owner_id": 0, "place": 0})],
            (
                'Anonymise(person="owner_id") of notes_note gives every row the same place, which is part of a key; '
                "write bc.RandomId()"
            ),
        ),
        (
            [Anonymise(person="owner_id", becomes={"owner_id": 0, "place": RandomId()})],
            'Anonymise(person="owner_id") of notes_note makes place a random id, for which only a BigInteger has room',
        ),
        (
            [Anonymise(person="owner_id", becomes={"owner_id": 0, "colour": "red"})],
            'Anonymise(person="owner_id") of notes_note changes colour, which is no column',
        ),
        (
            [Retain(person="owner_id", reason="")],
            'Retain(person="owner_id") of notes_note has no reason; say in a sentence why rows stay',
        ),
        (
            [Erase(person="owner_id", exported=False)],
            (
                'Erase(person="owner_id") of notes_note is not exported, but these are the person\'s own rows; leave '
                "`exported` out"
            ),
        ),
        (
            [Erase(person="owner_id", when="place > 3")],
            (
                'the last rule for person="owner_id" of notes_note has a `when`; add one without it, for the rows that '
                "none fits"
            ),
        ),
    ],
)
def test_a_rule_that_cannot_be_meant(rules: list[Erase | Anonymise | Retain], sentence: str):
    """Is named with its table."""
    assert note(*rules) == [sentence]


def test_columns_that_are_named_with_a_reason():
    """Exist, and the reason is one."""
    assert note(Erase(person="owner_id"), hidden={"colour": "x", "place": ""}) == [
        "`hidden` of notes_note names colour, which is no column",
        "`hidden` of notes_note gives no reason for place; say it in a few words",
    ]
    assert note(Erase(person="owner_id"), impersonal={"color": "x"}) == [
        "`impersonal` of notes_note names color, which is no column"
    ]


def test_a_column_that_looks_like_a_persons_id():
    """Needs a rule; that another column of the table has one is not enough."""
    [problem] = problems((PersonalTable("notes_note", Erase(person="owner_id")), LINE, MOOD), metadata)
    assert problem.startswith("notes_note.closed_by is named like a person's id, and no rule speaks of it; add ")


@pytest.mark.parametrize(
    ("name", "looks"),
    [
        ("user_id", True),
        ("member_id", True),
        ("author_id", True),
        ("owner", True),
        ("created_by", True),
        ("last_edited_by_id", True),
        ("recipient_id", True),
        ("guild_id", False),
        ("message_id", False),
        ("user_count", False),
        ("authority_id", False),
        ("by", False),
    ],
)
def test_which_names_look_like_a_persons_id(name: str, looks: bool):
    """Those that people give such columns."""
    tables = MetaData()
    Table("x_y", tables, Column("id", Integer, primary_key=True), Column(name, BigInteger))
    assert bool(problems((ImpersonalTable("x_y", "nothing of anybody"),), tables)) is looks


def test_a_table_that_only_migrations_know():
    """Is named as well; so is one without a primary key."""
    [problem] = problems((), MetaData(), ["notes_old"])
    assert problem.startswith("nothing says what notes_old holds of persons; ")
    tables = MetaData()
    Table("x_y", tables, Column("user_id", BigInteger))
    assert problems((PersonalTable("x_y", Erase(person="user_id")),), tables) == [
        "x_y has no primary key, so that its rows cannot be told apart; give it one"
    ]


def test_a_table_that_only_migrations_know_and_is_declared():
    """Is no problem where it holds nothing of persons; there is nothing to export or delete."""
    old = (ImpersonalTable("notes_old", "what a former version kept"),)
    assert problems(old, MetaData(), ["notes_old"]) == problems(old, MetaData()) == []
    gone = "`personal_data` names notes_old, which is no table of the models"
    assert problems(old, MetaData(), []) == [gone]
    assert problems((PersonalTable("notes_old", Erase(person="user_id")),), MetaData(), ["notes_old"]) == [gone]
