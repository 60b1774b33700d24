"""How a workbook looks to the reader, for whoever sets up a report: headings, kinds of columns, words."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pipeline import sheets
from pipeline.read import SheetProfile, profile_of, sort_of, summary
from pipeline.sheets import Cell, Sheet, Workbook
from tests.read.making import saved, sheet_of

TRACKER: list[list[object]] = [
    ["London Borough"],
    ["Outstanding actions"],
    [],
    ["Ref", "Area of\nFocus", "Activities", "Deadline", "Status", "Done?", "%", "Spend", "Points", "Lead officer/EM"],
    ["A1", "Grants", "First thing to do", dt.datetime(2017, 1, 31), "In progress", "No", 0.5, 1.5, "one\ntwo", "DM"],
    ["A2", None, "Second thing to do", "January 2017", "in progress", "Yes", 1, 2, "three\nfour", "PL"],
    ["A3", None, "Third thing to do", "On-going", "Complete", "Yes", 0, 3, "x", "KL"],
    [],
    ["A4", "Property", "Fourth thing to do", dt.datetime(2017, 2, 28), "Complete", "No", 0.25, 4, None, "DM"],
]


def looked_at(rows: list[list[object]], change: Any = None) -> SheetProfile:
    book = sheet_of(rows, "Actions")
    if change:
        change(book.active)
    return profile_of(sheets.read(saved(book), "tracker.xlsx")).sheets[0]


def untidy(sheet: Any) -> None:
    sheet.merge_cells("B5:B7")
    sheet.row_dimensions[6].hidden = True
    sheet.column_dimensions["H"].hidden = True
    for row in range(5, 10):
        sheet.cell(row, 7).number_format = "0%"


def test_a_tracker_is_described_column_by_column() -> None:
    found = looked_at(TRACKER, untidy)
    assert (found.heading_row, found.titles) == (4, ("London Borough", "Outstanding actions"))
    assert (found.rows, found.blank_rows, found.hidden_rows, found.merges) == (4, 1, 1, 1)
    kinds = {column.heading: column.summary.kind for column in found.columns}
    assert kinds == {
        "Ref": "text",
        "Area of Focus": "text",
        "Activities": "text",
        "Deadline": "when",
        "Status": "choice",
        "Done?": "yes_no",
        "%": "percent",
        "Spend": "number",
        "Points": "lines",
        "Lead officer/EM": "text",
    }
    by_heading = {column.heading: column for column in found.columns}
    assert by_heading["Area of Focus"].merged > 0
    assert by_heading["Ref"].merged == 0
    assert by_heading["Spend"].hidden
    assert by_heading["Status"].summary.words == ("Complete", "In progress")
    assert (by_heading["Area of Focus"].filled, by_heading["Area of Focus"].blank) == (2, 2)


@pytest.mark.parametrize(
    ("cell", "sort"),
    [
        (Cell("x", "text"), "text"),
        (Cell("a\nb", "text"), "lines"),
        (Cell("23/01/2017", "text"), "date as text"),
        (Cell("Jan 2017", "text"), "month as text"),
        (Cell("YES", "text"), "yes or no"),
        (Cell(True, "yesno"), "yes or no"),
        (Cell(1, "number"), "whole"),
        (Cell(1.5, "number"), "number"),
        (Cell(0.5, "number", "0%"), "percent"),
        (Cell(dt.datetime(2017, 1, 1), "date", "dd/mm/yy"), "date"),
        (Cell(dt.datetime(2017, 1, 1), "date", "mmm yy"), "month"),
        (Cell(0.5, "time", "h:mm"), "time"),
        (Cell("#N/A", "error"), "error"),
        (Cell(None, "uncalculated"), "uncalculated"),
    ],
)
def test_a_cell_is_of_the_sort_the_person_at_the_screen_sees(cell: Cell, sort: str) -> None:
    assert sort_of(cell) == sort


def test_faulty_cells_do_not_hide_the_kind_of_their_column() -> None:
    cells = [Cell(1, "number")] * 5 + [Cell("#N/A", "error"), Cell(None, "uncalculated")]
    assert summary(cells).kind == "whole"
    assert dict(summary(cells).sorts) == {"whole": 5, "error": 1, "uncalculated": 1}


@pytest.mark.parametrize("rows", [[], [[None]], [["only one cell"]], [[1, 2], [3, 4]], [["a"], ["b"], ["c"]]])
def test_any_sheet_has_a_profile(rows: list[list[object]]) -> None:
    found = looked_at(rows)
    assert found.rows + (1 if found.heading_row else 0) == len(
        [row for row in rows if any(cell is not None for cell in row)]
    )


def test_a_sheet_of_figures_without_headings_is_named_by_its_letters() -> None:
    found = looked_at([[1, 2], [3, 4]])
    assert (found.heading_row, [column.heading for column in found.columns]) == (0, ["A", "B"])


def test_a_very_wide_sheet_is_described_to_its_two_hundredth_column() -> None:
    rows = {1: {column: Cell(f"h{column}", "text") for column in range(1, 2001)}}
    found = profile_of(Workbook("a.xlsx", (Sheet("S", rows),))).sheets[0]
    assert (len(found.columns), found.more_columns) == (200, 1800)
