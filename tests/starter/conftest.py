"""A starter folder that is made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.starter import make_starter


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[Path, ...]]:
    """A starter folder and the files that were written; no test may change it."""
    folder = tmp_path_factory.mktemp("made") / "papers"
    return folder, make_starter(folder)
