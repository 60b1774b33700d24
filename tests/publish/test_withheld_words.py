"""What a row that may not be public says is in no public file, whoever typed it into the draft, and wherever."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from pipeline.kinds import Withheld
from pipeline.problems import NOWHERE, PaperError, Place
from pipeline.publish import as_read, fence_round, leaks, withheld_passages
from tests import hands
from tests.faults.letters import letter
from tests.office import Office, check, day, office, publish, supplement, without_pdf
from tests.publish import papers
from tests.word.fields import bare, drop_down, sign

MEETING = "2017-01-23"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOW = dt.datetime(2017, 1, 12, 9, tzinfo=dt.UTC)
SAID = "an offer to buy back the lease of Wren Yard for £45,000"
SECRET = {
    "ref": "COR-077", "sender": "Kestrel Holdings", "subject": "Offer", "points": SAID, "exempt": "3",
    "date": day("2017-01-06"),
}  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """An office with an exempt letter, and a draft of the paper."""
    without_pdf(monkeypatch)
    made = office(tmp_path)
    letter(made, **SECRET)
    made.build(MEETING, now=NOW)
    return made


def typed(desk: Office, change: Callable[[Any], object]) -> None:
    """The newest draft as an officer changes it."""
    path = desk.build(MEETING, now=NOW).path
    paper = docx.Document(str(path))
    change(paper)
    paper.save(str(path))


def paragraph(text: str) -> Callable[[Any], object]:
    return lambda paper: paper.add_paragraph(text)


def in_header(paper: Any) -> None:
    paper.sections[0].header.paragraphs[0].text = "Kestrel Holdings"


def in_caption(paper: Any) -> None:
    table = paper.tables[0]._tbl.tblPr
    table.append(parse_xml(f'<w:tblCaption {nsdecls("w")} w:val="Kestrel Holdings"/>'))


def in_address(paper: Any) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    link = paper.part.relate_to("https://example.org/Kestrel%20Holdings.pdf", kind, is_external=True)
    shown = f'<w:hyperlink {nsdecls("w", "r")} r:id="{link}"><w:r><w:t>page</w:t></w:r></w:hyperlink>'
    paper.paragraphs[8]._p.append(parse_xml(shown))


def in_two_paragraphs(paper: Any) -> None:
    paper.paragraphs[8]._p.addnext(paper.add_paragraph("Holdings yesterday")._p)
    paper.paragraphs[8]._p.addnext(paper.add_paragraph("Members met Kestrel")._p)


def in_a_change(paper: Any) -> None:
    change = f'<w:ins {nsdecls("w")} w:id="900" w:author="A"><w:r><w:t>Kestrel Holdings</w:t></w:r></w:ins>'
    paper.paragraphs[8]._p.append(parse_xml(change))


@pytest.mark.deep
@pytest.mark.parametrize("edit", [in_caption, in_address, in_two_paragraphs, in_a_change])
def test_it_is_told_wherever_it_stands_and_no_other_message_quotes_it(edit: Any, desk: Office) -> None:
    typed(desk, edit)
    found = check(desk.order(MEETING, now=NOW))
    assert [each.level for each in found if each.code == "C160"] == ["error"]
    assert not any("Kestrel" in str(each) for each in found)
    assert "C160" in codes(desk)


def test_a_name_split_between_two_paragraphs_of_a_public_file_is_found() -> None:
    row = Withheld(
        kind="letters", key="", source=NOWHERE, mark=NOWHERE, paragraph="3", texts={"From": "Kestrel Holdings"}
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", "<d><p><t>Members met Kestrel</t></p><p><t>Holdings</t></p></d>")
    assert leaks({"a.docx": out.getvalue()}, fence_round([row], lambda: ("open",)))
    assert not leaks({"a.docx": out.getvalue()}, fence_round([row], lambda: ("Kestrel Holdings",)))


def in_table(paper: Any) -> None:
    paper.tables[-1].rows[-1].cells[0].paragraphs[0].add_run(" COR-077")


TYPED = (
    f"Members heard of {SAID}.", "Members heard of AN OFFER to buy\u00a0back the lease, that is.",
    "The Mayor met Kestrel Holdings.", "See COR\u2011077.", "It will cost £45,000.00.",
)  # fmt: skip


def codes(desk: Office) -> list[str]:
    """What stands against publication, as `publish` says."""
    try:
        publish(desk.order(MEETING, now=NOW))
    except PaperError as refused:
        return [each.code for each in refused.problems if each.level == "error"]
    return []


def test_a_draft_that_says_it_is_refused_by_its_places_and_quoted_nowhere(desk: Office) -> None:
    def everywhere(paper: Any) -> None:
        for text in TYPED:
            paper.add_paragraph(text)
        in_header(paper)
        in_table(paper)

    typed(desk, everywhere)
    told = [str(each) for each in check(desk.order(MEETING, now=NOW)) if each.code == "C160"]
    assert len(told) == len(set(told)) == len(TYPED) + 2
    assert all("row 6 of the sheet “Log” in “correspondence.xlsx” marks exempt" in each for each in told)
    assert not any(word in each for each in told for word in ("Kestrel", "077", "45", "lease"))
    assert "C160" in codes(desk)
    assert not (desk.folder / "outputs" / desk.report / MEETING / "published").exists()


def test_words_that_show_without_being_stored_are_looked_through_too() -> None:
    """The choice of an old drop-down, and a figure kept as the number of a sign."""
    cell, said = Place("correspondence.xlsx", "Log", "A6"), {"From": "Kestrel Holdings Limited", "Sum": "£45,678"}
    row = Withheld(kind="letters", key="COR-077", source=cell, mark=cell, paragraph="3", texts=said)
    draft = papers.Draft()
    chosen = bare("FORMDROPDOWN", drop_down("Choose", "Kestrel Holdings Limited", result="1"))
    draft.add(papers.text("Held by ") + chosen)
    draft.add(papers.text("It costs £4") + sign("Symbol", "F035") + papers.text("678."))
    draft.add(papers.text("It costs £45,679."))
    told = withheld_passages(as_read(draft.bytes(), "draft 1.docx"), fence_round([row], list))
    assert [(each.told.code, each.told.place.near) for each in told] == [
        ("C160", "paragraph 1"), ("C160", "paragraph 2"),
    ]  # fmt: skip


def test_the_files_are_looked_through_once_more_as_written(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(desk, paragraph(f"Members heard of {SAID}."))
    monkeypatch.setattr("pipeline.office.gate.withheld_words", lambda *_: [])
    assert codes(desk) == ["C161"]
    assert not (desk.folder / "outputs" / desk.report / MEETING / "published").exists()
    monkeypatch.setattr("pipeline.office.publication.leaks", lambda *_: [])
    assert SAID in public_words(publish(desk.order(MEETING, now=NOW)).folder)


def in_a_label(paper: Any) -> None:
    """In what Word prints before the paragraphs of a list."""
    label = paper.part.numbering_part.element.find(f".//{W}lvlText")
    label.set(f"{W}val", f"Kestrel Holdings {label.get(f'{W}val')}")


def test_what_stands_in_no_paragraph_is_told_by_check_as_by_publish(desk: Office) -> None:
    typed(desk, in_a_label)
    told = [each.code for each in check(desk.order(MEETING, now=NOW)) if each.level == "error"]
    assert told == codes(desk) == ["C161"]


@pytest.mark.deep
def test_what_is_openly_known_stops_nothing(desk: Office) -> None:
    letter(desk, ref="COR-078", sender="Kestrel Holdings", points=SAID, date=day("2017-01-07"))
    typed(desk, paragraph(f"Members heard of {SAID} by Kestrel Holdings."))
    assert codes(desk) == []


@pytest.mark.deep
def test_neither_settings_nor_acceptances_make_less_of_it(desk: Office) -> None:
    typed(desk, paragraph(f"Members heard of {SAID}."))
    settings = desk.folder / "templates" / desk.report / "report.toml"
    settings.write_text(settings.read_text() + '\n[checks.levels]\nC160 = "note"\nC161 = "note"\n')
    assert {"C160", "S113"} <= set(codes(desk))


def test_a_supplement_that_quotes_what_has_become_exempt_is_not_written(
    desk: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.office.supplementing.with_pdf", lambda *_: ({}, []))
    draft = desk.build(MEETING, now=NOW).path
    hands.typed(draft, "A second workshop is", "A second workshop, on the Communication Strategy & Action Plan, is")
    publish(desk.order(MEETING, now=NOW))
    desk.put("tracker.xlsx", "Actions", K5="Exempt", K7="3")
    before = {*desk.folder.rglob("*")}
    later = desk.order(MEETING, now=dt.datetime(2017, 1, 18, 9, tzinfo=dt.UTC))
    with pytest.raises(PaperError) as refused:
        supplement(later)
    assert {each.code for each in refused.value.problems} == {"C161"}
    assert {*desk.folder.rglob("*")} == before
    monkeypatch.setattr("pipeline.office.supplementing.leaks", lambda *_: [])
    assert supplement(later).files


def test_the_hash_of_a_file_says_nothing_of_a_row_whose_reference_it_happens_to_hold() -> None:
    row = Withheld(kind="actions", key="A-14", source=NOWHERE, mark=NOWHERE, paragraph="3", texts={"Ref": "A-14"})
    digest, around = f"a14{'f0' * 30}f", fence_round([row], lambda: ("open",))
    assert leaks({"agenda item.json": json.dumps({"sha256": digest}).encode()}, around) == []
    assert leaks({"agenda item.json": json.dumps({"title": "On A-14"}).encode()}, around)


def test_an_appendix_that_names_it_is_found(tmp_path: Path) -> None:
    pikepdf = pytest.importorskip("pikepdf", reason="PDFs are read with pikepdf")
    pdf = pikepdf.new()
    pdf.add_blank_page()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    pdf.pages[0].Contents = pdf.make_stream(b"BT /F1 12 Tf (A letter from Kestrel) Tj 0 -14 Td (Holdings) Tj ET")
    out = io.BytesIO()
    pdf.save(out)
    row = Withheld(
        kind="letters", key="", source=NOWHERE, mark=NOWHERE, paragraph="3", texts={"From": "Kestrel Holdings"}
    )
    around = fence_round([row], lambda: ("A letter",))
    assert [each.code for each in leaks({"Appendix 1.pdf": out.getvalue()}, around)] == ["C161"]


def public_words(folder: Path) -> str:
    """All that the published Word file says."""
    content = next(folder.glob("*.docx")).read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "".join(docx.Document(io.BytesIO(content)).element.body.itertext()) + package.comment.decode()
