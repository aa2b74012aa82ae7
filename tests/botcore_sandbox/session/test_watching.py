"""Noticing that a feature's files changed."""

import asyncio
from pathlib import Path

import botcore_dice
from botcore_sandbox.session import watching


async def test_every_installed_feature_is_watched():
    """The folders come from entry points, so nothing is listed by hand."""
    assert Path(botcore_dice.__file__).parent in watching.feature_folders()


async def test_a_changed_file_is_noticed_and_a_compiled_one_is_not(tmp_path: Path):
    """Source counts; what Python writes beside it does not."""
    source = tmp_path / "feature.py"
    source.write_text("one = 1\n")
    watch = watching.Watch([tmp_path])
    compiled = tmp_path / "__pycache__"
    compiled.mkdir()
    (compiled / "feature.py").write_text("compiled")
    added = tmp_path / "added.py"
    added.write_text("two = 2\n")
    async with asyncio.timeout(10):
        assert await watch.changed() == added
