# ruff: noqa: E501
from __future__ import annotations

import datetime as dt
import io
import sys
from pathlib import Path

import pytest
from lxml import etree

from pipeline.opc import write
from pipeline.problems import BrokenInstallation, Level, PaperError
from pipeline.publish import libreoffice, missing_lines, pdf_of, text_of_pdf
from pipeline.word import paragraphs, read_parts, seen
from tests.publish.papers import Draft, complex_field, drawing, png, public_copy, text
from tests.publish.private_places import draft_with
from tests.word.fields import bare, sign

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
    draft = draft_with(["hidden text and a tip in a link", "a picture's names and notes"], "Qz1")
    draft.numbering.append(NUMBERS)
    draft.add(text("See ") + complex_field("REF plan \\r \\h", "2") + text(" below"))
    for words in ("First, note it.", "Second, agree it — with “care”.", "Third: £1,250 & more."):
        number = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        start, end = (
            ('<w:bookmarkStart w:id="8" w:name="plan"/>', '<w:bookmarkEnd w:id="8"/>') if "agree" in words else ("", "")
        )
        draft.body.append(f"<w:p>{number}{start}{text(words.replace('&', '&amp;'))}{end}</w:p>")
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr><w:p>{text(each)}</w:p></w:tc>'
        for each in ("Area", "Done")
    )
    border = '<w:tblBorders><w:top w:val="single" w:sz="4"/><w:insideH w:val="single" w:sz="4"/></w:tblBorders>'
    draft.body.append(
        f'<w:tbl><w:tblPr>{border}</w:tblPr><w:tblGrid><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/></w:tblGrid>'
        f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl><w:p>{text('After.')}</w:p>"
    )
    draft.add(sign("Wingdings", "F0FE") + text(" Agreed at 20") + bare("SYMBOL 176") + text("C"))
    draft.add(
        text("Page ") + complex_field("PAGE", "99") + text(" of ") + complex_field("NUMPAGES", "99") + text(" here")
    )
    draft.add(
        "<w:r><w:t>Total</w:t><w:tab/><w:t>£9</w:t><w:br/><w:t>in non</w:t><w:noBreakHyphen/><w:t>stop</w:t></w:r>"
    )
    return draft


@pytest.fixture(scope="module")
def copy() -> bytes:
    return public_copy(_paper().bytes(), title=TITLE, when=WHEN)


@pytest.fixture(scope="module")
def made(copy: bytes) -> bytes:
    return pdf_of(copy, title=TITLE, when=WHEN)


class TestWithLibreOffice:
    pytestmark = needs_libreoffice

    def test_it_passes_a_check_of_pdf_ua(self, made: bytes) -> None:
        page = pytest.importorskip("page", reason="page-validation is not installed")
        report = page.validate_pdf_bytes(made, profile="ua1")
        assert [(each.rule_id, each.message) for each in report.failures] == []

    def test_words_that_only_the_pages_hide_are_refused_with_their_page(self) -> None:
        draft = _paper()
        draft.part("word/media/a.png", png(), "image/png")
        floats = (
            '<wp:anchor behindDoc="0" simplePos="0" relativeHeight="2" locked="0" layoutInCell="1" allowOverlap="1">'
        )
        places = (
            '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionH>'
            '<wp:positionV relativeFrom="page"><wp:posOffset>600000</wp:posOffset></wp:positionV>'
        )
        picture = drawing(draft.link("image", "media/a.png")).replace(
            'cx="9525" cy="9525"', 'cx="7000000" cy="1200000"'
        )
        picture = picture.replace("<wp:inline >", floats + places).replace("</wp:inline>", "</wp:anchor>")
        draft.add(picture.replace("<wp:docPr", "<wp:wrapNone/><wp:docPr"))
        with pytest.raises(PaperError) as refused:
            pdf_of(public_copy(draft.bytes(), title=TITLE, when=WHEN), title=TITLE, when=WHEN)
        (told,) = refused.value.problems
        assert (told.code, told.level) == ("C194", Level.ERROR)
        assert told.message == "In the PDF of this paper, words stand under a picture on page 1."

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
        assert "Third: £1,250 & more." in text_of_pdf(made)

    def test_a_paragraph_that_is_lost_is_noticed(self, made: bytes) -> None:
        draft = _paper()
        draft.add(text("Unprinted words."))
        other = public_copy(draft.bytes(), title=TITLE, when=WHEN)
        assert missing_lines(other, made) == ["Unprinted words."]

    @pytest.mark.parametrize(
        ("was", "now", "lost"),
        [
            (b"First, note it.", b"First, note this.", ["1. First, note this."]),
            (b"First, note it.", b"First note it.", ["1. First note it."]),
            (b"Agreed at 20", b"Agreed \xe2\x98\x90 at 20", ["☐"]),
            (b"After.", b"Area Done. After.", ["Area Done. After."]),
            (b">Page <", b">Leaf <", ["Leaf 99 of 99 here"]),
        ],
    )
    def test_other_words_are_noticed(self, copy: bytes, made: bytes, was: bytes, now: bytes, lost: list[str]) -> None:
        parts = read_parts(copy, "copy")
        parts["word/document.xml"] = parts["word/document.xml"].replace(was, now)
        assert missing_lines(write(parts), made) == lost

    def test_another_number_before_a_paragraph_is_noticed(self, copy: bytes, made: bytes) -> None:
        parts = read_parts(copy, "copy")
        parts["word/numbering.xml"] = parts["word/numbering.xml"].replace(
            b'<w:start w:val="1"/>', b'<w:start w:val="5"/>'
        )
        lost = missing_lines(write(parts), made)
        assert [each[:2] for each in lost] == ["5.", "6.", "7."]

    def test_another_order_is_noticed(self, copy: bytes, made: bytes) -> None:
        parts = read_parts(copy, "copy")
        body = etree.fromstring(parts["word/document.xml"])
        first = next(each for each in paragraphs(body) if seen(each).text.startswith("Words for"))
        last = next(each for each in paragraphs(body) if seen(each).text.startswith("Total"))
        last.addnext(first)
        parts["word/document.xml"] = etree.tostring(body)
        assert missing_lines(write(parts), made) == ["Words for everybody."]

    def test_a_header_that_is_lost_is_noticed(self, copy: bytes, made: bytes) -> None:
        parts = read_parts(copy, "copy")
        parts["word/header1.xml"] = parts["word/header1.xml"].replace(b">Page ", b">Council page ")
        assert missing_lines(write(parts), made) == ["Council page 1"]

    @pytest.mark.deep
    def test_the_same_copy_gives_the_same_pdf(self, copy: bytes, made: bytes) -> None:
        assert pdf_of(copy, title=TITLE, when=WHEN) == made


def test_a_pdf_that_lacks_something_is_not_kept_and_word_is_to_make_it(
    monkeypatch: pytest.MonkeyPatch, copy: bytes
) -> None:
    monkeypatch.setattr("pipeline.publish.pdf.converted", lambda *_: b"")
    monkeypatch.setattr("pipeline.publish.pdf_tags.finished", lambda *_: b"")
    monkeypatch.setattr(
        "pipeline.publish.pdf_words.missing_lines", lambda *_: ["1. One", "2. Two", "3. Three", "4. Four"]
    )
    with pytest.raises(BrokenInstallation) as told:
        pdf_of(copy, title=TITLE, when=WHEN, program=Path("soffice"))
    (found,) = told.value.problems
    assert (found.code, found.level) == ("C119", Level.WARNING)
    assert "“1. One”, “2. Two”, “3. Three” and 1 more" in found.message
    assert "Save As" in found.cure


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
