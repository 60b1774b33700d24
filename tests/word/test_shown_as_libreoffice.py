"""What is read of a paragraph, beside what LibreOffice writes of it as plain text."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from pipeline.publish import libreoffice
from pipeline.read import read_comment
from pipeline.word import WordFile, read_parts
from tests.office import ROOT, office
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
    convert([folder / "paper.docx"], folder)
    lines = (folder / "paper.txt").read_text("utf-8-sig").splitlines()
    return [words for each in lines if (words := plain(each))]


def convert(papers: list[Path], folder: Path) -> None:
    """Has LibreOffice write the text of Word files into a folder."""
    profile = (folder / "profile").as_uri()
    command = [
        str(libreoffice()),
        f"-env:UserInstallation={profile}",
        "--headless",
        "--norestore",
        "--convert-to",
        "txt:Text (encoded):UTF8",
    ]
    subprocess.run([*command, "--outdir", str(folder), *map(str, papers)], check=True, capture_output=True)


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


OTHERS = ROOT.parent / "shared" / "corpora" / "docxtpl"


def words_of(text: str) -> Counter[str]:
    """Its words and how often each stands there; the numbers of notes, which LibreOffice joins to them, are none."""
    return Counter(re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", text)))


def lost(path: Path, text: str) -> tuple[Counter[str], Counter[str]]:
    """The words of LibreOffice's text that a file lacks when it is read as a comment, and as a draft. None where what
    is lacking is told as a problem.
    """
    wanted, content = words_of(text), path.read_bytes()
    comment, problems = read_comment(content, path.name, "finance")
    printed = words_of("\n".join("".join(run.text for run in each.runs) for each in comment.paragraphs))
    stories = WordFile.opened(content, path.name).stories
    seen = words_of("\n".join(each.text for story in stories for each in story.paragraphs.values()))
    return (Counter() if problems else wanted - printed), wanted - seen


@pytest.mark.skipif(not OTHERS.is_dir(), reason="documents of others are not kept beside this repository")
def test_no_word_of_others_documents_is_lost_without_a_problem(tmp_path: Path) -> None:
    papers = sorted(OTHERS.glob("*.docx"))
    convert(papers, tmp_path)
    texts = {each: (tmp_path / f"{each.stem}.txt").read_text("utf-8-sig") for each in papers}
    found = {each.name: lost(each, text) for each, text in texts.items()}
    assert {name: each for name, each in found.items() if any(each)} == {}
    assert lost(papers[0], f"{texts[papers[0]]} zebra")[1] == Counter({"zebra": 1})
