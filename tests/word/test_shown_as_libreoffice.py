"""What is read of a paragraph, beside what LibreOffice writes of it as plain text."""

from __future__ import annotations

import datetime as dt
import subprocess
import unicodedata
from pathlib import Path

import pytest

from pipeline.publish import libreoffice
from pipeline.word import WordFile, read_parts
from tests.office import office
from tests.publish.papers import public_copy, text
from tests.publish.private_places import draft_with
from tests.word.fields import FIELDS, FORMS, SIGNS, SILENT

pytestmark = [
    pytest.mark.deep,
    pytest.mark.libreoffice,
    pytest.mark.skipif(libreoffice() is None, reason="LibreOffice is not on this machine"),
]
WHEN = dt.datetime(2017, 1, 13, 9, tzinfo=dt.UTC)


def as_text(content: bytes, folder: Path) -> list[str]:
    """The lines with words that LibreOffice writes of a Word file, blanks aside."""
    (folder / "paper.docx").write_bytes(content)
    profile = (folder / "profile").as_uri()
    command = [
        str(libreoffice()),
        f"-env:UserInstallation={profile}",
        "--headless",
        "--norestore",
        "--convert-to",
        "txt:Text (encoded):UTF8",
    ]
    subprocess.run([*command, "--outdir", str(folder), str(folder / "paper.docx")], check=True, capture_output=True)
    lines = (folder / "paper.txt").read_text("utf-8-sig").splitlines()
    return [words for each in lines if (words := plain(each))]


def plain(line: str) -> str:
    return "".join(unicodedata.normalize("NFKC", line).replace("\u2010", "-").replace("\xad", "").split())


def as_shown(content: bytes) -> list[str]:
    parts = read_parts(content, "paper")
    found = WordFile(parts, "x").text.paragraphs.values()
    return [words for shown in found for line in shown.text.splitlines() if (words := plain(line))]


def pieces(*kinds: list[tuple[str, str]]) -> bytes:
    draft = draft_with([], "x")
    for number, (piece, _) in enumerate(each for kind in kinds for each in kind):
        draft.add(text(f"Number {number} ") + piece + text(" after."))
    return draft.bytes()


@pytest.mark.parametrize("report", ["best-value-board", "recommendation-tracker"])
def test_a_sample_paper_reads_the_same(report: str, tmp_path: Path) -> None:
    meeting = {"best-value-board": "2017-01-23", "recommendation-tracker": "2027-01-19"}[report]
    built = office(tmp_path, report).build(meeting).path.read_bytes()
    copy = public_copy(built, title="T", when=WHEN)
    for each, folder in ((built, tmp_path / "draft"), (copy, tmp_path / "copy")):
        folder.mkdir()
        read = "\n".join(as_text(each, folder))
        assert [line for line in as_shown(each) if line not in read] == []


def test_a_public_copy_of_every_kind_of_field_reads_the_same(tmp_path: Path) -> None:
    """But for numbers that a page decides, or that are counted through the whole text."""
    kinds = [each for each in (*FORMS, *SIGNS, *FIELDS) if "AUTONUM" not in each[0] and "PAGE" not in each[0]]
    copy = public_copy(pieces(kinds, [(each, "") for each in SILENT if "w:id=" not in each]), title="T", when=WHEN)
    assert as_text(copy, tmp_path) == as_shown(copy)
