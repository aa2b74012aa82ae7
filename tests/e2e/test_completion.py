"""What a shell offers after Tab."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BASH = shutil.which("bash")
ENVIRONMENT = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


def offered(*words: str) -> list[str]:
    """What bash completes the last of these words to, by the script that `botcore --show-completion` prints."""
    assert BASH is not None
    typed = " ".join(f"'{word}'" for word in words)
    script = f"""
        source <(_BOTCORE_COMPLETE=source_bash botcore)
        complete -p botcore >/dev/null || exit 3
        COMP_WORDS=({typed}) COMP_CWORD={len(words) - 1}
        _botcore_completion botcore
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    run = subprocess.run(
        [BASH, "--noprofile", "--norc", "-c", script], env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.split()


@pytest.mark.skipif(BASH is None, reason="there is no bash")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("botcore", "fea"), ["features"]),
        (("botcore", "features", "l"), ["list"]),
        (("botcore", "features", "info", "po"), ["polls"]),
        (("botcore", "db", "downgrade", "po"), ["polls"]),
        (("botcore", "commands", "sync", "--gu"), ["--guild"]),
        (("botcore", "sandbox", "to"), ["tour"]),
    ],
)
def test_bash_completes(words: tuple[str, ...], expected: list[str]):
    """Commands, those of plug-ins too, options, and the names of installed features."""
    assert offered(*words) == expected


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_is_printed_for_each_shell(shell: str):
    """It names the program that it completes."""
    run = subprocess.run(
        [sys.executable, "-m", "botcore"],
        env={**ENVIRONMENT, "_BOTCORE_COMPLETE": f"source_{shell}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert "_BOTCORE_COMPLETE" in run.stdout
    assert "botcore" in run.stdout
