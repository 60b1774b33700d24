"""Which rows a sheet's marks withhold: in exports, below banners, beside a word that the row is open."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.comments import Comment

from pipeline import sheets
from pipeline.kinds import STANDARD
from pipeline.read import Body, Mark, columns_of, own_columns, read_table, withheld_rows


def marks(text: str, kind: str = "workstreams") -> dict[int, Mark]:
    """The rows that an export withholds."""
    sheet = sheets.read(text.encode(), "export.csv").sheets[0]
    table = read_table(sheet, columns_of(STANDARD[kind]))
    own = own_columns(STANDARD[kind], table.headings)
    return dict(withheld_rows(Body(sheet, table.headings, own, frozenset())))


HEAD = "Workstream,Position,Live?"


@pytest.mark.parametrize(("lines", "rows"), [
    ([HEAD, "One,going on,Yes", "Two,going on,Yes,EXEMPT"], {3}),
    ([HEAD, "One,going on,Yes", "Two,EXEMPT,Yes"], {3}),
    ([HEAD, "EXEMPT: Two,going on,Yes", "One,going on,Yes"], {2}),
    ([HEAD, "One,going on,Yes", "NOT FOR PUBLICATION,,", "Two,going on,Yes", "Three,going on,Yes"], {3, 4, 5}),
    ([HEAD, "Exempt (para 3),,", "Two,going on,Yes", "Open items,,", "Three,going on,Yes"], {2, 3}),
    (["Report,,,Exempt", HEAD + ",", "One,going on,Yes,3", "Two,going on,Yes,"], {3}),
    (["Work,,,Exempt,", HEAD + ",Para,Reason", "One,going on,Yes,3,x", "Two,going on,Yes,,"], {3}),
    (["NOT FOR PUBLICATION", HEAD + ",Exempt", "One,going on,Yes,", "Two,going on,Yes,No"], {3}),
    (["Work that is not for publication elsewhere", HEAD, "One,going on,Yes"], set()),
    ([HEAD + ",Exempt,Exempt", "One,x,Yes,No,3", "Two,x,Yes,3,", "Three,x,Yes,,No"], {2, 3}),
    ([HEAD + ",Classification", "One,x,Yes,Private", "Two,x,Yes,Official"], {2}),
    ([HEAD + ",Public?", "One,x,Yes,Yes", "Two,x,Yes,No", "Three,x,Yes,"], {3, 4}),
    ([HEAD + ",Exempt", "EXEMPT: Two,x,Yes,No", "One,x,Yes,"], set()),
    ([HEAD + ",Tax exempt", "One,x,Yes,Yes", "Two,confidential waste collected,Yes,"], set()),
    ([HEAD, "Private sector housing,going on,Yes", "Part 2,going on,Yes"], set()),
    ([HEAD, "One,going on,Yes", "PART 2,,", "Two,going on,Yes"], {3, 4}),
    ([HEAD, "One,going on,Yes", "Closed,,", "Two,going on,Yes"], set()),
    (["Work,,,Not for", HEAD + ",publication", "One,going on,Yes,Yes", "Two,going on,Yes,"], {3}),
])  # fmt: skip
def test_the_rows_that_an_export_withholds(lines: list[str], rows: set[int]) -> None:
    assert set(marks("\n".join(lines))) == rows


@pytest.mark.parametrize(("note", "rows"), [
    ("EXEMPT para 3", {2}), ("Jane Smith:\nNot for publication", {2}), ("Jane Smith:\nask Legal", set()),
])  # fmt: skip
def test_a_note_on_a_cell_marks_its_row(note: str, rows: set[int]) -> None:
    book = openpyxl.Workbook()
    for line in ([*HEAD.split(",")], ["One", "going on", "Yes"], ["Two", "going on", "Yes"]):
        book.active.append(line)
    book.active["B2"].comment = Comment(note, "Jane Smith")
    book.active["A1"].comment = Comment("Exempt", "Jane Smith")
    out = io.BytesIO()
    book.save(out)
    sheet = sheets.read(out.getvalue(), "book.xlsx").sheets[0]
    table = read_table(sheet, columns_of(STANDARD["workstreams"]))
    body = Body(sheet, table.headings, own_columns(STANDARD["workstreams"], table.headings), frozenset())
    assert set(withheld_rows(body)) == rows
    assert withheld_rows(replace(body, sheet=replace(sheet, notes={}))) == {}


def test_a_paragraph_that_is_told_leaves_nothing_in_doubt() -> None:
    found = marks(f"{HEAD},Exempt,Confidential\nOne,x,Yes,3,Yes\nTwo,x,Yes,No,Yes")
    assert (found[2].paragraph, found[2].problems) == ("3", ())
    assert [(each.code, each.place.cell) for each in found[3].problems] == [("I602", "E3")]


def test_a_message_quotes_words_of_marking_and_no_others() -> None:
    found = marks(f"{HEAD},Exempt\nOne,x,Yes,see the Kestrel advice\nTwo,x,Yes,not for publication")
    assert "“…”" in found[2].problems[0].message
    assert "“not for publication”" in found[3].problems[0].message


def test_a_banner_is_told_of_once() -> None:
    found = marks(f"{HEAD}\nEXEMPT,,\nOne,x,Yes\nTwo,x,Yes")
    assert len({problem for mark in found.values() for problem in mark.problems}) == 1
