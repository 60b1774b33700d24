"""A context and a template become a paper: what a reader sees, what Word needs, and what the next draft needs."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.baseline import FORMAT
from pipeline.blocks import Block, Row, Run, Table, mark_name
from pipeline.problems import PaperError, Place
from pipeline.render import Template, render, render_unproven
from pipeline.word import read_baseline, read_parts
from tests.render.made import (
    OPEN,
    PROPERTIES,
    board,
    board_template,
    compiled,
    context,
    filled,
    open_rows,
    paragraph,
    saved,
)


@pytest.fixture(scope="module")
def template() -> Template:
    return board_template()


def body(template: Template, *blocks: Block | Table, **fields: str) -> etree._Element:
    """The document element of a paper whose background is these blocks."""
    made = context(**fields)
    made = replace(made, sections={**made.sections, "background": (*made.sections["background"][:1], *blocks)})
    parts = read_parts(render(template, made, PROPERTIES).content, "paper.docx")
    return etree.fromstring(parts["word/document.xml"])


def texts(element: etree._Element) -> list[str]:
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in element.iter(qn("w:p"))]


def paragraph_of(element: etree._Element, text: str) -> etree._Element:
    return next(p for p in element.iter(qn("w:p")) if text in "".join(t.text or "" for t in p.iter(qn("w:t"))))


def test_every_word_of_the_context_is_in_the_paper_in_order(template: Template) -> None:
    made = render(template, context(), PROPERTIES)
    document = Document(io.BytesIO(made.content))
    said = [p.text for p in document.paragraphs]
    assert said == [
        "Programme Board", "Introduction", "This report tells the board of progress.", "Background",
        "A letter was sent (Appendix 1).", "After the table.", "A point.", "The open actions are:", "Appendices",
        "Letter of 3 October",
    ]  # fmt: skip
    assert [[cell.text for cell in row.cells] for row in document.tables[-1].rows][1] == [
        "Area 0", "Activity 0 & more", "1 May 2017",
    ]  # fmt: skip
    assert document.sections[0].header.paragraphs[0].text == "Programme Board: 5.1"


def test_the_same_arguments_give_the_same_bytes(template: Template) -> None:
    assert render(template, context(), PROPERTIES) == render(board_template(), context(), PROPERTIES)


def test_another_fact_gives_other_bytes(template: Template) -> None:
    first, second = (render(template, context(item=item), PROPERTIES).content for item in ("5.1", "5.2"))
    assert first != second


def test_bold_and_italic_runs_keep_their_look(template: Template) -> None:
    mixed = paragraph("background/x", Run("plain "), Run("bold", bold=True), Run("both", bold=True, italic=True))
    runs = list(paragraph_of(body(template, mixed), "plain ").iter(qn("w:r")))
    looks = [[child.tag.rpartition("}")[2] for child in run.iterfind(f"{qn('w:rPr')}/*")] for run in runs]
    assert looks == [[], ["b"], ["b", "i"]]


def test_line_breaks_and_tabs_are_words_own(template: Template) -> None:
    found = paragraph_of(body(template, paragraph("background/x", "first\nsecond\tthird")), "first")
    assert [child.tag.rpartition("}")[2] for child in found.find(qn("w:r"))] == ["t", "br", "t", "tab", "t"]


def test_a_reference_to_an_appendix_is_a_field_that_leads_to_its_mark(template: Template) -> None:
    document = body(template)
    (code,) = [one.text for one in document.iter(qn("w:instrText"))]
    assert code == f" REF {mark_name('appendix/COR-1')} \\r \\h "
    names = [one.get(qn("w:name")) for one in document.iter(qn("w:bookmarkStart"))]
    assert mark_name("appendix/COR-1") in names
    assert [one.get(qn("w:fldCharType")) for one in document.iter(qn("w:fldChar"))] == ["begin", "separate", "end"]


def test_every_paragraph_and_row_has_one_mark_and_every_mark_its_own_number(template: Template) -> None:
    document = etree.fromstring(filled(template, context())["word/document.xml"])
    starts = list(document.iter(qn("w:bookmarkStart")))
    assert len({one.get(qn("w:id")) for one in starts}) == len({one.get(qn("w:name")) for one in starts}) == len(starts)
    outside = document.findall(f"{qn('w:body')}/{qn('w:p')}")
    rows = list(document.iter(qn("w:tr")))
    assert len(starts) == len(outside) + len(rows)
    assert all(one.find(qn("w:bookmarkStart")) is not None for one in outside)
    assert all(one.find(f"{qn('w:tc')}/{qn('w:p')}/{qn('w:bookmarkStart')}") is not None for one in rows)


def test_the_baseline_is_what_the_paper_says_with_its_sources(template: Template) -> None:
    made = render(template, context(), PROPERTIES)
    assert read_baseline(made.content) == made.baseline
    assert dict(made.baseline.about) == {"as_at": "2017-01-13", "format": FORMAT}
    blocks = {block.key: block for block in made.baseline.blocks}
    letter = blocks["background/letter"]
    assert letter.texts == (f"A letter was sent ([[{mark_name('appendix/COR-1')}]]).",)
    assert letter.sources == (Place("log.xlsx", "Log", "A4"),)
    row = blocks["table/open/BV-1"]
    assert (row.texts, row.table, row.sources) == (
        ("Area 0", "Activity 1 & more", "2 May 2017"), "table/open", (Place("tracker.xlsx", "Actions", "B3"),),
    )  # fmt: skip
    assert "template/1-background" in blocks
    assert blocks["template/1-area-of-focus-activity-deadline/table/open"].table == "table/open"


def test_keys_stay_when_rows_come_and_go(template: Template) -> None:
    keys = [{block.key for block in render(template, context(rows), PROPERTIES).baseline.blocks} for rows in (3, 5)]
    assert keys[1] - keys[0] == {"table/open/BV-3", "table/open/BV-4"}
    assert keys[0] <= keys[1]


def kept(document: etree._Element, table: int) -> list[bool]:
    rows = list(document.iter(qn("w:tbl")))[table].findall(qn("w:tr"))
    return [all(p.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None for p in row.iter(qn("w:p"))) for row in rows]


def test_rows_of_one_group_are_kept_together_and_the_heading_with_the_first(template: Template) -> None:
    document = body(template, Table("table/open", OPEN, open_rows(5, 2)))
    assert kept(document, 1) == [True, True, False, True, False, False]


def test_a_group_longer_than_a_page_is_let_go(template: Template) -> None:
    assert kept(body(template, Table("t", OPEN, open_rows(12, 12))), 1) == [True] * 12 + [False]
    assert kept(body(template, Table("t", OPEN, open_rows(13, 13))), 1) == [True] + [False] * 13


def test_a_lead_in_stays_with_its_table_and_the_text_below_has_its_space(template: Template) -> None:
    document = body(template, paragraph("a", "Lead-in"), Table("t", OPEN, open_rows()), paragraph("b", "Below"),
                    paragraph("c", "Further down"))  # fmt: skip
    assert paragraph_of(document, "Lead-in").find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None
    assert paragraph_of(document, "Below").find(f"{qn('w:pPr')}/{qn('w:spacing')}").get(qn("w:before")) == "240"
    assert paragraph_of(document, "Further down").find(f"{qn('w:pPr')}/{qn('w:spacing')}") is None


def test_no_paragraph_and_no_run_is_left_blank(template: Template) -> None:
    document = etree.fromstring(filled(template, context())["word/document.xml"])
    assert all(text.strip() for text in texts(document))
    assert all(run.find(qn("w:t")) is None or run.findtext(qn("w:t")) for run in document.iter(qn("w:r")))


def test_a_table_across_has_a_grid_of_its_own_with_room_for_the_longest_word(template: Template) -> None:
    document = etree.fromstring(filled(template, context())["word/document.xml"])
    table = list(document.iter(qn("w:tbl")))[1]
    widths = [int(one.get(qn("w:w"))) for one in table.iter(qn("w:gridCol"))]
    assert len(widths) == 6
    assert widths[3] > widths[1]  # Communications against Property
    assert [int(one.get(qn("w:w"))) for one in table.find(qn("w:tr")).iter(qn("w:tcW"))] == widths


def test_a_table_across_keeps_its_width_whatever_the_columns(template: Template) -> None:
    totals = []
    for count in (1, 3, 7):
        rows = tuple(Row(str(n), {"heading": f"Heading{n}", "figure": "1%"}) for n in range(count))
        document = body(template, Table("t", "areas", rows))
        table = list(document.iter(qn("w:tbl")))[1]
        totals.append(sum(int(one.get(qn("w:w"))) for one in table.iter(qn("w:gridCol"))))
    assert len(set(totals)) == 1


def test_a_list_with_nothing_in_it_prints_no_table(template: Template) -> None:
    document = body(template, Table("table/open", OPEN, ()))
    assert len(list(document.iter(qn("w:tbl")))) == 1


def test_properties_are_ours_and_none_of_the_templates(template: Template) -> None:
    source = board()
    source.core_properties.author, source.core_properties.comments = "A. Former", "{{ secret }}"
    made = render(compiled(saved(source)), context(),
                  PROPERTIES._replace(title="Plan & <update>"))  # fmt: skip
    core = Document(io.BytesIO(made.content)).core_properties
    assert (core.title, core.subject, core.author) == ("Plan & <update>", "Programme board", "Policy team")
    assert b"<cp:revision>1</cp:revision>" in read_parts(made.content, "paper.docx")["docProps/core.xml"]
    assert core.language == "en-GB"
    assert f"{core.created:%Y-%m-%d}" == f"{core.modified:%Y-%m-%d}" == "2017-01-13"
    assert not any(b"Former" in part or b"secret" in part for part in read_parts(made.content, "p.docx").values())


def test_headings_in_capitals_are_a_matter_of_style_only(template: Template) -> None:
    plain, capitals = (render(template, context(), PROPERTIES._replace(heading_style=style)).content
                       for style in ("sentence", "capitals"))  # fmt: skip
    documents = [Document(io.BytesIO(content)) for content in (plain, capitals)]
    assert [one.styles["Heading 1"].font.all_caps for one in documents] == [None, True]
    assert [bool(one.styles["Heading 1"].font.underline) for one in documents] == [False, True]
    parts = [read_parts(content, "p.docx") for content in (plain, capitals)]
    assert [name for name in parts[0] if parts[0][name] != parts[1][name]] == ["word/styles.xml"]


def test_word_is_not_told_to_ask_about_fields(template: Template) -> None:
    parts = read_parts(render(template, context(), PROPERTIES).content, "p.docx")
    assert not any(b"updateFields" in part for part in parts.values())


def test_without_the_proof_the_paper_differs_in_its_baseline_only(template: Template) -> None:
    proven = read_parts(render(template, context(), PROPERTIES).content, "p.docx")
    bare = read_parts(render_unproven(template, context(), PROPERTIES), "p.docx")
    assert [name for name in proven if proven[name] != bare[name]] == [template.patched.baseline]


def test_a_paper_made_into_a_template_gets_a_fresh_baseline(template: Template) -> None:
    made = replace(context(), sections={**context().sections, "background": (paragraph("b", "No reference"),)})
    paper = render(template, made, PROPERTIES).content
    again = render(compiled(paper), replace(context(), fields={}, sections={}),
                   PROPERTIES._replace(about={"as_at": "2018-01-01"}))  # fmt: skip
    found = read_baseline(again.content)
    assert found is not None
    assert dict(found.about) == {"as_at": "2018-01-01", "format": FORMAT}


def test_thousands_of_rows_are_all_there(template: Template) -> None:
    made = render(template, context(2_000), PROPERTIES)
    assert sum(block.table == "table/open" for block in made.baseline.blocks) == 2_001


AWKWARD = st.one_of(
    st.text(min_size=1, max_size=60),
    st.sampled_from(["{{ x }}", "{% for a in b %}", "{_{", "}_}", "{#", "&amp;", "<w:p>", "]]>", "a\nb\tc", "\u202eabc",
                     "\x07", "\f", "\r", "\ud800", "\ufffe", "😀 👩‍👩‍👧", "x" * 10_000, " padded ", "None",
                     "nan", "\u00ad",
                     "\ufb01", "\ue000", "[[_cp_0123456789ab]]"]),
)  # fmt: skip


@given(AWKWARD, AWKWARD, AWKWARD)
def test_any_text_arrives_to_the_character_or_is_named(template: Template, field: str, block: str, cell: str) -> None:
    rows = (Row("r", {"area": cell, "activity": "a", "deadline": "d"}),)
    made = context(title=field)
    made = replace(made, sections={**made.sections, "background": (paragraph("b", block), Table("t", OPEN, rows))})
    if re.search("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]", field + block + cell):
        with pytest.raises(PaperError) as caught:
            render(template, made, PROPERTIES)
        assert {problem.code for problem in caught.value.problems} == {"T156"}
        return
    paper = render(template, made, PROPERTIES)
    document = Document(io.BytesIO(paper.content))
    assert document.tables[0].rows[1].cells[0].text == field
    assert document.tables[1].rows[1].cells[0].text == cell
    assert block in [p.text for p in document.paragraphs]
    blocks = {one.key: one.texts for one in paper.baseline.blocks}
    assert blocks["b"] == (block,)
    assert blocks["t/r"][0] == cell


def test_every_row_of_a_long_table_is_laid_out_as_the_first(template: Template) -> None:
    document = etree.fromstring(filled(template, context(rows=1000))["word/document.xml"])
    long = max(document.iter(qn("w:tbl")), key=len)
    looks = set()
    for row in list(long.iter(qn("w:tr")))[2:]:
        for text in row.iter(qn("w:t"), qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
            text.attrib.clear()
            text.text = None
        looks.add(etree.tostring(row))
    assert len(looks) <= 2, "the first row of a group keeps with the next"


CONTROL = (
    '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:sdt><w:sdtPr><w:showingPlcHdr/>'
    '</w:sdtPr><w:sdtContent><w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>{}</w:t></w:r></w:sdtContent>'
    "</w:sdt></w:p>"
)


@pytest.mark.parametrize(("text", "asks"), [("{{ title }}", False), ("Click to enter a date", True)])
def test_a_control_with_a_tag_asks_for_nothing_once_it_is_filled(text: str, asks: bool) -> None:
    made = Document()
    made.add_paragraph("{{ title }}")
    made.element.body.insert(0, etree.fromstring(CONTROL.format(text)))
    whole = filled(compiled(saved(made)), context())["word/document.xml"]
    assert (b"showingPlcHdr" in whole, b"PlaceholderText" in whole) == (asks, asks)
