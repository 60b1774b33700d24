"""Reading costs no heavy library: an officer's machine should not wait for what is not used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.read.making import saved, sheet_of, word_file

HEAVY = ("openpyxl", "pandas", "numpy", "docx", "docxtpl", "jinja2", "click", "rich", "difflib")
SCRIPT = """
import sys
from pathlib import Path
from pipeline.kinds import Field
from pipeline.read import read_comment
from pipeline.read import open_source
from pipeline.read import profile_of
from pipeline.read import read_table
from pipeline import sheets

book = sheets.read(open_source(Path(sys.argv[1])).content, "tracker.xlsx")
table = read_table(book.sheets[0], (Field(name="ref", headings=("Ref",)),))
comment, _ = read_comment(open_source(Path(sys.argv[2])).content, "finance.docx", "finance")
assert table.rows[0].values["ref"] == "A1" and comment.paragraphs and profile_of(book).sheets
print(*(name for name in sys.argv[3].split() if name in sys.modules))
"""


def test_reading_loads_no_heavy_library(tmp_path: Path) -> None:
    (tmp_path / "tracker.xlsx").write_bytes(saved(sheet_of([["Ref", "Note"], ["A1", "x"]])))
    (tmp_path / "finance.docx").write_bytes(word_file("<w:p><w:r><w:t>None.</w:t></w:r></w:p>"))
    names = [str(tmp_path / "tracker.xlsx"), str(tmp_path / "finance.docx")]
    found = subprocess.run(
        [sys.executable, "-c", SCRIPT, *names, " ".join((*HEAVY, "zipfile"))],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert found.stdout.split() == ["zipfile"]
