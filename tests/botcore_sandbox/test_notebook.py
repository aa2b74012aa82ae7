"""What people did on the page, as a script."""

from datetime import timedelta

import pytest

from botcore_sandbox import Sandbox
from botcore_sandbox.page.notebook import Notebook


@pytest.mark.parametrize(
    ("by", "line"),
    [
        (timedelta(minutes=10), "await bot.advance(timedelta(minutes=10))"),
        (timedelta(hours=1), "await bot.advance(timedelta(hours=1))"),
        (timedelta(weeks=2), "await bot.advance(timedelta(days=14))"),
        (timedelta(minutes=1, seconds=0.5), "await bot.advance(timedelta(seconds=60.5))"),
    ],
)
async def test_a_move_of_the_clock_is_a_line(sandbox: Sandbox, by: timedelta, line: str):
    """In the unit in which somebody would write it; the script imports what it needs, and compiles."""
    notebook = Notebook(sandbox.world)
    notebook.advance(by)
    script = notebook.script()
    assert f"    {line}\n" in script
    assert "from datetime import timedelta\n" in script
    compile(script, "script", "exec")


async def test_a_script_without_moves_imports_no_time(sandbox: Sandbox):
    """A linter would object."""
    notebook = Notebook(sandbox.world)
    notebook.advance_to_next_timer()
    assert "await bot.advance_to_next_timer()" in notebook.script()
    assert "timedelta" not in notebook.script()
