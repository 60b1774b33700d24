from __future__ import annotations

import re

import pytest
import tomli

from pipeline.problems import Level
from pipeline.word import WordFile, structure_problems
from tests.lint import lint
from tests.word import papers
from tests.word.papers import CONTROL, Change, at_end, changed, field, paragraph, row, run, sound_parts, swap, without

LINE = paragraph("Normal", "A line.")
W14 = "http://schemas.microsoft.com/office/word/2012/wordml"
BOOKMARK = '<w:bookmarkStart w:id="{}" w:name="{}"/>'
LINK_INSIDE = '<w:hyperlink w:anchor="{}"><w:r><w:t>there</w:t></w:r></w:hyperlink>'
SIMPLE_FIELD = '<w:fldSimple w:instr=" REF x "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
MAY = paragraph("TableText", "May 2026")
CORE = "docProps/core.xml"
NUMBERING = "word/numbering.xml"


def again(part: str, name: str) -> Change:
    return lambda parts: parts.update({name: parts[part]})


def deleted(inner: str, date: str = "2026-01-05T09:00:00Z") -> str:
    return paragraph("Normal", f'<w:del w:id="900" w:author="A" w:date="{date}">{inner}</w:del>')


FAULTS: dict[str, tuple[str, Change]] = {
    "part_that_is_no_xml": ("P551", swap("Roads &amp; paths", "Roads & paths")),
    "footer_missing": ("P552", without("word/footer1.xml")),
    "styles_missing": ("P552", without("word/styles.xml")),
    "picture_part_missing": ("P552", without("word/media/image1.png")),
    "kind_of_numbering_not_told": ("P553", swap("/word/numbering.xml", "/x", "[Content_Types].xml")),
    "kind_of_picture_not_told": ("P553", swap('Extension="png"', 'Extension="gif"', "[Content_Types].xml")),
    "two_parts_of_one_name": ("P554", again("word/styles.xml", "word/Styles.xml")),
    "made_yesterday": ("P555", swap("2026-01-05T09:00:00Z", "yesterday", CORE)),
    "made_on_no_day": ("P555", swap("2026-01-05T09:00:00Z", "2026-02-30T09:00:00Z", CORE)),
    "ignorable_prefix_unknown": ("P556", swap('mc:Ignorable="w14"', 'mc:Ignorable="w14 w16"')),
    "extension_not_ignorable": ("P556", at_end(f'<w:p xmlns:w15="{W14}" w15:x="1"><w:r><w:t>x</w:t></w:r></w:p>')),
    "picture_leads_nowhere": ("nothing is at", swap('r:embed="rId21"', 'r:embed="rId99"')),
    "link_leads_nowhere": ("nothing is at", swap('r:id="rId20"', 'r:id="rId99"')),
    "two_controls_of_one_number": ("two of one number: c", at_end(CONTROL)),
    "two_paragraphs_of_one_number": ("number: p", at_end('<w:p w14:paraId="0A0B0C0D"/><w:p w14:paraId="0a0b0c0d"/>')),
    "two_bookmarks_of_one_name": ("P560", at_end(f'{BOOKMARK.format(7, "_CP_000000000001")}<w:bookmarkEnd w:id="7"/>')),
    "two_bookmarks_of_one_number": ("P561", at_end(f'{BOOKMARK.format(101, "x")}<w:bookmarkEnd w:id="101"/>')),
    "bookmark_name_with_a_blank": ("is no name", at_end(f'{BOOKMARK.format(7, "a b")}<w:bookmarkEnd w:id="7"/>')),
    "bookmark_name_too_long": ("is no name", at_end(f'{BOOKMARK.format(7, "a" * 41)}<w:bookmarkEnd w:id="7"/>')),
    "bookmark_without_end": ("P563", at_end(BOOKMARK.format(7, "x"))),
    "bookmark_without_start": ("P563", at_end('<w:bookmarkEnd w:id="7"/>')),
    "reference_to_nothing": ("P564", at_end(paragraph("Normal", field("REF _cp_gone \\r \\h", "Appendix 3")))),
    "page_reference_to_nothing": ("P564", at_end(paragraph("Normal", field("PAGEREF _Toc1 \\h", "3")))),
    "simple_field_to_nothing": ("P564", at_end(paragraph("Normal", SIMPLE_FIELD))),
    "link_to_no_place": ("a link leads to", at_end(paragraph("Normal", LINK_INSIDE.format("x")))),
    "field_without_end": ("P565", swap(FIELD_END, "")),
    "field_without_start": ("P565", swap('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "")),
    "field_without_end_in_the_footer": ("P565", swap(FIELD_END, "", "word/footer1.xml")),
    "comment_without_words": ("P566", at_end('<w:p><w:r><w:commentReference w:id="3"/></w:r></w:p>')),
    "footnote_without_words": ("P566", at_end('<w:p><w:r><w:footnoteReference w:id="3"/></w:r></w:p>')),
    "cell_without_paragraph": ("P567", swap(MAY, "")),
    "cell_that_ends_with_a_table": ("P567", swap(MAY, papers.table(row("a", "b", "c")))),
    "row_without_cells": ("P568", swap(row("Bridges", "Paint the rails", "May 2026"), "<w:tr/>")),
    "table_without_rows": ("P569", at_end(papers.table() + LINE)),
    "row_of_few_cells": ("columns", swap(row("Bridges", "Paint the rails", "May 2026"), row("Bridges", "May 2026"))),
    "style_missing": ("the style", at_end(paragraph("Nope", "x"))),
    "run_style_missing": ("the style", at_end(paragraph("Normal", run("x", '<w:rStyle w:val="Nope"/>')))),
    "table_style_missing": ("the style", swap('w:tblStyle w:val="CouncilTable"', 'w:tblStyle w:val="Nope"')),
    "list_missing": ("P572", at_end(paragraph("Normal", "x", '<w:numPr><w:numId w:val="9"/></w:numPr>'))),
    "list_of_a_style_missing": ("P572", swap('<w:numId w:val="3"/>', '<w:numId w:val="9"/>', papers.STYLES)),
    "list_without_design": ("P572", swap('<w:abstractNumId w:val="2"/>', '<w:abstractNumId w:val="9"/>', NUMBERING)),
    "numbering_missing": ("P572", without(NUMBERING)),
    "field_of_the_template_left": ("was left in", at_end(paragraph("Normal", run("{") + run("{ date }") + run("}")))),
    "tag_left_in_the_footer": ("was left in", swap("Page ", "{% if x %}", "word/footer1.xml")),
    "remark_left": ("was left in", at_end(paragraph("Normal", "{# look again #}"))),
    "tag_never_closed": ("was left in", at_end(paragraph("Normal", "Due {{ day"))),
    "mark_left": ("was left in", at_end(paragraph("Normal", "see [[_cp_000000000002]]"))),
    "deleted_and_not": ("both deleted", at_end(deleted(run("the Panel")))),
    "change_dated_yesterday": ("is dated", at_end(deleted("<w:r><w:delText>x</w:delText></w:r>", "yesterday"))),
    "text_after_the_page_settings": ("after the settings", swap("</w:body>", LINE + "</w:body>")),
}  # fmt: skip

CODE = re.compile(r"P5\d\d")
BRINGS_MORE = re.compile("missing|part|two_bookmarks_of_one_number")
FINE: dict[str, Change] = {
    "a_field_in_a_field": at_end(paragraph("Normal", field("IF 1 = 1", "x").replace(run("x"), field("PAGE", "1")))),
    "an_empty_paragraph_last_in_a_cell": swap(MAY, papers.table(row("a", "b", "c")) + "<w:p/>"),
    "braces_in_the_text": at_end(paragraph("Normal", "f(x) = {x} { {")),
    "a_wide_cell": swap(
        row("Bridges", "Paint the rails", "May 2026"),
        row("Bridges", "May 2026").replace("</w:tcPr>", '<w:gridSpan w:val="2"/></w:tcPr>', 1),
    ),
    "a_link_to_the_top": at_end(paragraph("Normal", LINK_INSIDE.format("_top"))),
    "a_tracked_deletion": at_end(deleted("<w:r><w:delText>x</w:delText></w:r>")),
    "a_drawing_kept_twice": at_end(
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"w14\"><w:t>x</w:t></mc:Choice><mc:Fallback><w:pict>"
        f'<w:p w14:paraId="0A0B0C0D">{papers.marked(101, "_cp_000000000001", run("x"))}</w:p>'
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    ),
}  # fmt: skip


def faults(*changes: Change) -> list[str]:
    return lint(changed(*changes))


def test_a_sound_paper_has_no_problem() -> None:
    assert structure_problems(WordFile(sound_parts(), "paper.docx")) == []
    assert lint(sound_parts()) == []


@pytest.mark.parametrize(("told", "change"), FAULTS.values(), ids=FAULTS)
def test_each_fault_is_found_and_told_as_itself(told: str, change: Change) -> None:
    assert any(told in fault for fault in faults(change))


@pytest.mark.parametrize(
    ("told", "change"),
    [each for name, each in FAULTS.items() if not BRINGS_MORE.search(name)],
    ids=[name for name in FAULTS if not BRINGS_MORE.search(name)],
)
def test_a_fault_that_brings_no_other_is_told_alone(told: str, change: Change) -> None:
    assert all(told in fault for fault in faults(change))


@pytest.mark.parametrize("change", FINE.values(), ids=FINE)
def test_what_word_accepts_is_no_fault(change: Change) -> None:
    assert faults(change) == []


def test_a_problem_is_placed_by_heading_table_and_row() -> None:
    parts = changed(swap(MAY, ""))
    (problem,) = structure_problems(WordFile(parts, "Paper (draft 2).docx"))
    assert str(problem.place) == "Paper (draft 2).docx, under “Progress”, table 1, row 2"


def test_a_problem_of_the_footer_is_placed_there() -> None:
    (problem,) = structure_problems(WordFile(changed(FAULTS["field_without_end_in_the_footer"][1]), "paper.docx"))
    assert problem.place.near == "page footer"
    assert problem.message == "The field “PAGE” has no end: text after it may be lost."


def test_all_faults_come_at_once_and_each_is_an_error() -> None:
    found = structure_problems(
        WordFile(changed(FAULTS["reference_to_nothing"][1], FAULTS["made_yesterday"][1]), "paper.docx")
    )
    assert {(problem.code, problem.level) for problem in found} == {("P555", Level.ERROR), ("P564", Level.ERROR)}


def test_every_fault_is_explained_in_the_catalogue() -> None:
    rules = tomli.loads((papers.TEMPLATES.parent / "pipeline/catalogue/P5.toml").read_text("utf-8"))
    assert {code for code, _ in FAULTS.values() if CODE.fullmatch(code)} == {code for code in rules if code > "P550"}


def test_a_long_table_of_faulty_rows_is_placed_row_by_row() -> None:
    parts = changed(swap(row("Paths", "Cut the hedges", "June 2026"), "<w:tr/>" * 3000))
    problems = structure_problems(WordFile(parts, "paper.docx"))
    assert [problem.place.near for problem in problems[-2:]] == [
        "under “Progress”, table 1, row 3001",
        "under “Progress”, table 1, row 3002",
    ]
