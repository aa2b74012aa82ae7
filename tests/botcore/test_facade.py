"""The facade: names that are loaded when they are used, and a stub that says the same."""

import ast
import subprocess
import sys
from importlib import import_module
from operator import attrgetter
from pathlib import Path

import pytest

import botcore as bc

HOME: dict[str, str] = vars(bc)["_HOME"]


def test_every_name_of_the_facade_is_there():
    """And is what its home module calls by that name."""
    for name in bc.__all__:
        home = HOME[name]
        assert getattr(bc, name) is getattr(import_module(home), name)


def test_the_names_are_sorted():
    """So that a reader finds one, and a diff shows what is new."""
    assert bc.__all__ == sorted(bc.__all__)
    assert dir(bc) == bc.__all__


def test_the_stub_says_the_same():
    """Type checkers see each name from the same module."""
    assert bc.__file__ is not None
    stub = ast.parse(Path(bc.__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
    imported = {
        alias.asname: node.module for node in stub.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    assert imported == HOME
    (exported,) = (node.value for node in stub.body if isinstance(node, ast.Assign))
    assert ast.literal_eval(exported) == bc.__all__


def test_importing_the_facade_imports_nothing_else():
    """It costs what an empty module costs."""
    code = "import sys, botcore; print([name for name in sys.modules if name.startswith('botcore.')])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_help_imports_nothing_heavy():
    """`botcore --help` is asked for often."""
    code = (
        "import sys\nfrom botcore.cli.main import main\nsys.argv = ['botcore', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'nextcord', 'sqlalchemy', 'alembic', 'pydantic', 'punq', 'aiohttp', 'uvloop'}\n"
        "heavy |= {'asyncio', 'structlog'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.splitlines()[-1] == "[]"


def test_a_name_that_is_not_there():
    """Says where the public names are."""
    with pytest.raises(AttributeError, match=r"botcore\.__all__"):
        attrgetter("BaseFeatur")(bc)
