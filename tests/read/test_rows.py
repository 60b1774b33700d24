"""Which rows of a sheet are entries: not those that Excel or a person only prepared, nor Excel's own totals."""

from __future__ import annotations

from typing import Any

import pytest
from openpyxl.worksheet.table import Table as ExcelTable

from pipeline import sheets
from pipeline.kinds import Field
from pipeline.read import Table, read_table
from tests.read.making import saved, sheet_of

COLUMNS = (
    Field(name="ref", headings=("Ref",), required=True),
    Field(name="status", headings=("Status",), type="choice", choices=("Open", "Done")),
    Field(name="seen", headings=("Seen?",), type="yes_no"),
    Field(name="share", headings=("Share",), type="number"),
)
HEADINGS = ["Ref", "Status", "Seen?", "Share"]
ENTRY = ["A1", "Done", True, 3]


def read(*rows: list[object], book: Any = None) -> Table:
    book = book or sheet_of([HEADINGS, *rows])
    return read_table(sheets.read(saved(book), "tracker.xlsx").sheets[0], COLUMNS)


def outcome(table: Table) -> tuple[list[int], list[tuple[str, str]]]:
    return [row.number for row in table.rows], [(problem.code, problem.place.cell) for problem in table.problems]


def test_rows_with_nothing_but_unticked_boxes_are_none() -> None:
    assert outcome(read(ENTRY, *[[None, None, False, None]] * 25)) == ([2], [])


def test_a_row_with_a_ticked_box_is_one() -> None:
    assert outcome(read(ENTRY, [None, None, True, None])) == ([2, 3], [("I309", "A3")])


@pytest.mark.parametrize("default", [[None, "Open", False, None], [None, "Open", None, 0], [None, None, None, 0]])
def test_rows_prepared_below_the_entries_are_left_out_with_a_note(default: list[object]) -> None:
    table = read(ENTRY, *[default] * 25)
    assert [row.number for row in table.rows] == [2]
    (note,) = table.problems
    assert note.code == "I221"
    assert note.message.startswith("Rows 3 to 27 hold nothing but ")


def test_one_such_row_or_rows_that_differ_are_entries_that_lack_something() -> None:
    assert outcome(read(ENTRY, [None, "Open", None, None])) == ([2, 3], [("I309", "A3")])
    found = read(ENTRY, [None, "Open", None, 1], [None, "Open", None, 2])
    assert outcome(found) == ([2, 3, 4], [("I309", "A3"), ("I309", "A4")])


def test_a_prepared_row_between_entries_is_one_that_lacks_something() -> None:
    found = read(ENTRY, [None, "Open", None, None], [None, "Open", None, None], ["A2", "Open", False, 4])
    assert outcome(found) == ([2, 3, 4, 5], [("I309", "A3"), ("I309", "A4")])


def with_totals(count: int) -> Any:
    book = sheet_of([HEADINGS, ENTRY, ["A2", "Open", True, 4], ["Total", None, None, 7]])
    table = ExcelTable(displayName="Actions", ref="A1:D4", totalsRowCount=count)
    book.active.add_table(table)
    return book


def test_the_totals_row_of_an_excel_table_is_left_out_with_a_note() -> None:
    assert outcome(read(book=with_totals(1))) == ([2, 3], [("I220", "A4")])


def test_a_total_that_somebody_typed_is_a_row_like_any_other() -> None:
    numbers, _ = outcome(read(book=with_totals(0)))
    assert numbers == [2, 3, 4]
