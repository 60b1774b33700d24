"""LibreOffice as an officer's word processor: opening and saving, and typing at the keyboard."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.validators import needed

_SECONDS = 180


def saved_again(papers: Sequence[bytes]) -> list[bytes]:
    """Each paper as LibreOffice saves it; skips the test where LibreOffice is missing."""
    program = needed("soffice", "libreoffice-writer-nogui")
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder, "before"), Path(folder, "after")
        before.mkdir()
        for number, content in enumerate(papers):
            (before / f"{number}.docx").write_bytes(content)
        command = [program, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless", "--convert-to",
                   "docx:MS Word 2007 XML", "--outdir", str(after), *map(str, sorted(before.iterdir()))]  # fmt: skip
        subprocess.run(command, capture_output=True, check=True, timeout=_SECONDS)
        return [(after / f"{number}.docx").read_bytes() for number in range(len(papers))]


def typed_by_hand(content: bytes, edits: Sequence[Sequence[str]]) -> bytes:
    """The paper after edits at LibreOffice's keyboard (see typist.py); skips where its Python bridge is missing."""
    program = needed("soffice", "libreoffice-writer-nogui")
    python = _python_with_bridge()
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder, "before.docx"), Path(folder, "after.docx")
        before.write_bytes(content)
        command = [python, str(Path(__file__).with_name("typist.py")), program, str(before), str(after)]
        run = subprocess.run(
            [*command, json.dumps(edits)], capture_output=True, text=True, check=False, timeout=_SECONDS
        )
        if not after.exists():
            raise RuntimeError(f"LibreOffice did not save: {run.stderr}")
        return after.read_bytes()


def _python_with_bridge() -> str:
    for python in (sys.executable, "/usr/bin/python3"):
        if Path(python).exists():
            run = subprocess.run([python, "-c", "import uno"], capture_output=True, check=False, timeout=60)
            if run.returncode == 0:
                return python
    return pytest.skip("LibreOffice's Python bridge is missing: apt-get install python3-uno")
