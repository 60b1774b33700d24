# ruff: noqa: E501
from __future__ import annotations

import datetime as dt
import io
import sys
from pathlib import Path

import pytest

from pipeline.problems import BrokenInstallation
from pipeline.publish.pdf import libreoffice, pdf_of
from pipeline.publish.pdf_lines import missing_lines
from pipeline.publish.pdf_text import pdf_text
from pipeline.publish.public_copy import public_copy
from tests.publish.papers import Draft, text
from tests.publish.private_places import draft_with

WHEN = dt.datetime(2017, 1, 13, 9, tzinfo=dt.UTC)
TITLE = "Best practice – an update"
needs_libreoffice = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(libreoffice() is None, reason="LibreOffice is not on this machine"),
]
NUMBERS = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'
    '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


def _paper() -> Draft:
    draft = draft_with(
        ["hidden text and a tip in a link", "a picture's names and notes", "a bookmark pointed at"], "Qz1"
    )
    for words in ("First, note it.", "Second, agree it — with “care”.", "Third: £1,250 & more."):
        number = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        draft.body.append(f"<w:p>{number}{text(words.replace('&', '&amp;'))}</w:p>")
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr><w:p>{text(each)}</w:p></w:tc>'
        for each in ("Area", "Done")
    )
    border = '<w:tblBorders><w:top w:val="single" w:sz="4"/><w:insideH w:val="single" w:sz="4"/></w:tblBorders>'
    draft.body.append(
        f'<w:tbl><w:tblPr>{border}</w:tblPr><w:tblGrid><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/></w:tblGrid>'
        f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl><w:p>{text('After.')}</w:p>"
    )
    return draft


@pytest.fixture(scope="module")
def copy() -> bytes:
    content = _paper()
    bytes_ = content.bytes()
    return public_copy(_with_numbers(bytes_), title=TITLE, when=WHEN)


def _with_numbers(content: bytes) -> bytes:
    from pipeline.word.package import read_parts, write_parts

    parts = read_parts(content, "x")
    parts["word/numbering.xml"] = parts["word/numbering.xml"].replace(b"/>", f">{NUMBERS}</w:numbering>".encode())
    return write_parts(parts)


@pytest.fixture(scope="module")
def made(copy: bytes) -> bytes:
    return pdf_of(copy, title=TITLE, when=WHEN)


class TestWithLibreOffice:
    pytestmark = needs_libreoffice

    def test_it_passes_a_check_of_pdf_ua(self, made: bytes) -> None:
        page = pytest.importorskip("page", reason="page-validation is not installed")
        report = page.validate_pdf_bytes(made, profile="ua1")
        assert [(each.rule_id, each.message) for each in report.failures] == []

    def test_it_has_title_language_bookmarks_tags_and_nobodys_name(self, made: bytes) -> None:
        import pikepdf

        with pikepdf.open(io.BytesIO(made)) as pdf:
            assert str(pdf.docinfo["/Title"]) == TITLE
            assert set(pdf.docinfo.keys()) == {"/Title", "/CreationDate", "/ModDate"}
            assert str(pdf.Root["/Lang"]) == "en-GB"
            assert pdf.Root["/MarkInfo"]["/Marked"]
            assert all(page["/Tabs"] == "/S" for page in pdf.pages)
            with pdf.open_outline() as outline:
                assert [each.title for each in outline.root] == ["Introduction", "Recommendations"]

    def test_it_shows_every_paragraph_with_its_number(self, copy: bytes, made: bytes) -> None:
        assert missing_lines(copy, made) == []
        assert "Third: £1,250 & more." in pdf_text(made)[0]

    def test_a_paragraph_that_is_lost_is_noticed(self, made: bytes) -> None:
        draft = _paper()
        draft.add(text("Unprinted words."))
        other = public_copy(draft.bytes(), title=TITLE, when=WHEN)
        assert missing_lines(other, made) == ["Unprinted words."]

    def test_the_same_copy_gives_the_same_pdf(self, copy: bytes, made: bytes) -> None:
        assert pdf_of(copy, title=TITLE, when=WHEN) == made


def test_without_libreoffice_it_is_told_how_word_makes_the_pdf(monkeypatch: pytest.MonkeyPatch, copy: bytes) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("pipeline.publish.pdf._USUAL_PLACES", ())
    with pytest.raises(BrokenInstallation) as told:
        pdf_of(copy, title=TITLE, when=WHEN)
    assert told.value.problems[0].code == "C116"
    assert "Save As" in told.value.problems[0].cure


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell script")
def test_a_program_that_makes_nothing_is_told_plainly(tmp_path: Path, copy: bytes) -> None:
    broken = tmp_path / "soffice"
    broken.write_text("#!/bin/sh\necho 'no display'\nexit 1\n")
    broken.chmod(0o755)
    with pytest.raises(BrokenInstallation) as told:
        pdf_of(copy, title=TITLE, when=WHEN, program=broken)
    assert told.value.problems[0].code == "C117"
    assert "no display" in told.value.problems[0].message


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell script")
def test_a_program_that_never_answers_is_ended_with_all_it_started(
    tmp_path: Path, copy: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "soffice"
    slow.write_text(f"#!/bin/sh\nsleep 600 & echo $! > {tmp_path}/child\nwait\n")
    slow.chmod(0o755)
    monkeypatch.setattr("pipeline.publish.pdf.TIMEOUT_SECONDS", 1)
    with pytest.raises(BrokenInstallation) as told:
        pdf_of(copy, title=TITLE, when=WHEN, program=slow)
    assert "no answer" in told.value.problems[0].message
    child = int((tmp_path / "child").read_text())
    status = Path(f"/proc/{child}/stat")
    assert not status.exists() or status.read_text().split()[2] == "Z"
