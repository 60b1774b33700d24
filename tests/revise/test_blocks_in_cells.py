"""A block in a table's cell, edited by an officer: found by its mark, merged like any paragraph, and kept."""

from __future__ import annotations

import copy
import datetime as dt
import io

import pytest
from docx import Document

from pipeline.blocks import Context
from pipeline.render import render
from pipeline.revise import Revision, Terms, open_paper, revised
from pipeline.word import ROW, TEXT, cells, paragraphs
from tests.reader import tables_of
from tests.render.made import PROPERTIES, paragraph
from tests.render.test_blocks_anywhere import LINES, paper, template, whole

WHEN = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)


def written(*asked: str, below: str = "") -> bytes:
    """The paper of a form whose cells hold blocks, and of a table below it."""
    context, world = paper(LINES, *asked)
    sections = {**context.sections, "asked": context.sections["asked"] if asked else ()}
    if below:
        sections["position"] = (*sections["position"], paragraph("position/below", below))
    document = whole()
    end = document.paragraphs[-1]
    for text in ("{%p if block.list == '' %}", "{{r block.text }}", "{%p endif %}"):
        end.insert_paragraph_before(text)
    return render(template(document), Context(context.fields, sections), PROPERTIES, world).content


def typed(content: bytes, old: str, new: str) -> bytes:
    """The paper after an officer typed over some words."""
    opened = open_paper(content, "the draft")
    leaf = next(each for each in opened.body.iter(TEXT) if old in (each.text or ""))
    leaf.text = (leaf.text or "").replace(old, new)
    return opened.content()


def merged(edited: bytes, *asked: str) -> Revision:
    return revised(edited, written(*asked), None, Terms(WHEN, "Clerk"))


def asked_in(content: bytes) -> list[str]:
    """The lines of the cell, as a reader sees them with all tracked changes taken in."""
    return [line for line in tables_of(content)[0][0][1].split("\n") if line]


NOTE, AGREE = "Note the report.", "Agree the plan for 2016."


def test_what_nobody_touched_takes_the_fact() -> None:
    after = merged(typed(written(NOTE, AGREE), "Note the report", "Note this report"), NOTE, "Agree the plan for 2017.")
    assert asked_in(after.content) == ["Note this report.", "Agree the plan for 2017."]
    assert [each.key for each in after.baseline.blocks if each.key.startswith("asked/")] == ["asked/0", "asked/1"]


def test_an_edited_block_keeps_its_words_and_is_offered_the_fact() -> None:
    after = merged(typed(written(NOTE, AGREE), "Agree", "Agree and adopt"), NOTE, "Agree the plan for 2017.")
    body = open_paper(after.content, "the draft").body
    texts = ["".join(each.itertext("{*}t", "{*}delText")) for each in paragraphs(body)]
    assert any("Agree and adopt the plan for 2016" in each and "2017" in each for each in texts)
    assert all("Note" not in each or each == NOTE for each in texts)


def test_a_block_that_comes_stands_in_the_cell_of_its_section() -> None:
    after = merged(typed(written(NOTE), "Note the report", "Note this report"), NOTE, AGREE)
    assert asked_in(after.content) == ["Note this report.", AGREE]


def test_a_block_that_goes_leaves_the_cell_and_its_line() -> None:
    after = merged(typed(written(NOTE, AGREE), "Note the report", "Note this report"), NOTE)
    assert asked_in(after.content) == ["Note this report."]


def test_the_first_block_of_a_section_comes_into_its_cell_and_text_below_a_form_stays_below_it() -> None:
    edited = typed(written(), "Asked of you", "Asked of the board")
    after = merged(edited, NOTE)
    assert asked_in(after.content) == [NOTE]
    grown = revised(edited, written(NOTE, below="A new line below."), None, Terms(WHEN, "Clerk")).content
    assert asked_in(grown) == [NOTE]
    assert "A new line below." in [p.text for p in Document(io.BytesIO(grown)).paragraphs]


@pytest.mark.parametrize("number", [1, 3])
def test_the_first_block_of_a_section_comes_into_its_row_whatever_cells_that_has_by_now(number: int) -> None:
    opened = open_paper(typed(written(), "Asked of you", "Asked of the board"), "the draft")
    row = next(row for row in opened.body.iter(ROW) if "Asked of the board" in "".join(row.itertext()))
    first, last = cells(row)
    if number == 1:
        row.remove(last)
    else:
        first.addnext(copy.deepcopy(first))
    after = merged(opened.content(), NOTE)
    (there,) = (row for row in tables_of(after.content)[0] if "Asked of the board" in row[0])
    assert NOTE in there[-1]
    assert NOTE not in [p.text for p in Document(io.BytesIO(after.content)).paragraphs]


def test_control_nothing_is_changed_where_nothing_moved() -> None:
    edited = typed(written(NOTE, AGREE), "Note the report", "Note this report")
    assert merged(edited, NOTE, AGREE).content == edited


def test_the_label_beside_a_block_is_the_rows_own() -> None:
    edited = typed(written(NOTE, AGREE), "Asked of you", "Asked of the board")
    after = merged(edited, NOTE, "Agree the plan for 2017.")
    assert tables_of(after.content)[0][0][0] == "Asked of the board"
    assert asked_in(after.content) == [NOTE, "Agree the plan for 2017."]
