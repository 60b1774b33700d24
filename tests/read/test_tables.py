"""Sheets as officers keep them, read as tables: untidiness is understood or named with its cell."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Font

from pipeline import sheets
from pipeline.kinds import Field
from pipeline.problems import PaperError, Place
from pipeline.read import Table, heading_key, labelled_value, read_table, sheet_named
from pipeline.sheets import Cell, Merge, Sheet, Workbook
from tests.read.making import codes, saved, sheet_of

COLUMNS = (
    Field(name="ref", headings=("Ref", "Reference"), required=True, unique=True),
    Field(name="area", headings=("Area of focus",), required=True, fill_down=True),
    Field(name="activity", headings=("Activity", "Activities"), required=True),
    Field(name="deadline", headings=("Deadline",), type="when", open_words={"ongoing": "On-going"}),
    Field(name="status", headings=("Status",), type="choice", choices=("In progress", "Complete")),
)
HEADINGS = ["Ref", "Area of\nFocus", "ACTIVITIES", " Deadline:", "Status", "Notes"]
FIRST = ["A1", "Grants", "Do this", dt.datetime(2017, 1, 31), "in progress ", "n"]
SECOND = ["A2", "Property", "Do that", "Ongoing", "Complete", None]


def read(book: Any, columns: tuple[Field, ...] = COLUMNS) -> Table:
    workbook = sheets.read(saved(book), "tracker.xlsx")
    return read_table(workbook.sheets[0], columns)


def of_rows(*rows: list[object], columns: tuple[Field, ...] = COLUMNS) -> Table:
    return read(sheet_of(rows, "Actions"), columns)


def said(table: Table) -> list[str]:
    return [f"{problem.code} {problem.place.cell}" for problem in table.problems]


def test_a_table_below_titles_reads_with_its_own_row_numbers_and_cells() -> None:
    table = of_rows(["Some council"], ["Outstanding actions"], [], HEADINGS, FIRST, SECOND)
    assert table.problems == ()
    assert [row.number for row in table.rows] == [5, 6]
    assert table.rows[0].values | {"deadline": None} == {
        "ref": "A1",
        "area": "Grants",
        "activity": "Do this",
        "deadline": None,
        "status": "In progress",
    }
    assert table.rows[1].values["deadline"].words == "On-going"
    assert table.rows[0].places["deadline"] == Place("tracker.xlsx", "Actions", "D5")
    assert (table.rows[0].source.cell, table.rows[0].place("nothing such").cell) == ("A5", "A5")
    assert (table.headings.row, table.headings.columns["status"], dict(table.headings.others)) == (4, 5, {"Notes": 6})


def test_a_row_knows_all_its_cells_as_any_mapping_does() -> None:
    row = of_rows(HEADINGS, FIRST).rows[0]
    assert {field: place.cell for field, place in row.places.items()} == {
        "ref": "A2",
        "area": "B2",
        "activity": "C2",
        "deadline": "D2",
        "status": "E2",
    }
    assert len(row.places) == 5
    assert row.places.get("lead") is None


@pytest.mark.parametrize(
    "heading", ["REF.", " ref ", "Ref\n", "Reference", "Ref (as in plan)", "reference:", "Ref\u00a0"]
)
def test_headings_match_whatever_their_case_blanks_and_punctuation(heading: str) -> None:
    assert of_rows([heading, *HEADINGS[1:]], FIRST).rows[0].values["ref"] == "A1"


def test_signs_in_headings_are_words_of_their_own() -> None:
    assert heading_key("% complete") != heading_key("Complete")
    assert heading_key("Roles & names") == heading_key("roles and names")
    columns = (Field(name="percent", headings=("% complete",)), Field(name="complete", headings=("Complete",)))
    row = of_rows(["Complete", "% complete"], [34, "97%"], columns=columns).rows[0]
    assert dict(row.values) == {"complete": "34", "percent": "97%"}


def test_merged_and_blank_cells_of_an_area_have_the_value_above_and_its_cell() -> None:
    book = sheet_of([HEADINGS, FIRST, ["A2", None, "x"], ["A3", None, "y"], SECOND, ["A5", " ", "z"]], "Actions")
    book.active.merge_cells("B2:B4")
    table = read(book)
    assert [row.values["area"] for row in table.rows] == ["Grants"] * 3 + ["Property"] * 2
    assert [row.place("area").cell for row in table.rows] == ["B2", "B2", "B2", "B5", "B5"]
    assert codes(table.problems) == ["I350"]


def test_a_blank_row_ends_the_filling_down_but_not_a_merged_cell() -> None:
    book = sheet_of([HEADINGS, FIRST, [], ["A2", None, "x"], ["A3", "Property", "y"], [], ["A4", None, "z"]], "Actions")
    book.active.merge_cells("B5:B7")
    table = read(book)
    assert [row.values["area"] for row in table.rows] == ["Grants", "", "Property", "Property"]
    assert said(table) == ["I309 B4"]


def test_the_first_row_of_all_has_nothing_above_it_to_fill_down() -> None:
    table = of_rows(HEADINGS, ["A1", None, "x"], SECOND)
    assert table.rows[0].values["area"] == ""
    assert said(table) == ["I309 B2"]


def test_a_fault_in_a_filled_down_cell_is_told_once() -> None:
    columns = (COLUMNS[0], Field(name="number", headings=("No",), type="whole", fill_down=True))
    table = of_rows(["Ref", "No"], ["A1", "many"], ["A2", None], ["A3", None], columns=columns)
    assert said(table) == ["I320 B2"]
    assert [row.values["number"] for row in table.rows] == [None, None, None]


def test_other_merged_cells_are_errors_and_a_row_merged_across_is_left_out() -> None:
    book = sheet_of([HEADINGS, FIRST, ["Everything about grants"], SECOND, ["A3", "Grants"]], "Actions")
    book.active.merge_cells("A3:F3")
    book.active.merge_cells("C4:C5")
    table = read(book)
    assert said(table) == ["I206 A3", "I206 C4", "I309 C5"]
    assert [row.number for row in table.rows] == [2, 4, 5]


def test_merged_cells_beside_or_above_the_table_are_no_matter() -> None:
    book = sheet_of([["Title"], HEADINGS, FIRST], "Actions")
    book.active.merge_cells("A1:F1")
    book.active.merge_cells("H3:J5")
    assert read(book).problems == ()


def test_headings_merged_downwards_over_two_rows_are_found() -> None:
    book = sheet_of(
        [["Ref", "Area of focus", "Activity", "When", None], [None, None, None, "Deadline", "Status"], FIRST[:5]],
        "Actions",
    )
    for letter in "ABC":
        book.active.merge_cells(f"{letter}1:{letter}2")
    table = read(book)
    assert (table.problems, table.rows[0].number, table.rows[0].values["ref"]) == ((), 3, "A1")


def test_without_headings_nothing_is_read_and_the_headings_looked_for_are_named() -> None:
    table = of_rows(["a", "b"], ["c", "d"])
    assert (table.rows, codes(table.problems)) == ((), ["I203"])
    assert "“Ref”, “Area of focus”" in table.problems[0].cure
    assert codes(of_rows().problems) == ["I203"]


def test_a_table_may_be_left_with_the_one_column_that_it_must_have() -> None:
    columns = (
        Field(name="date", headings=("Date",), type="day", required=True),
        Field(name="reason", headings=("Reason",)),
    )
    table = of_rows(["Date"], ["24/12/2026"], columns=columns)
    assert (codes(table.problems), [row.values for row in table.rows]) == ([], [{"date": dt.date(2026, 12, 24)}])


def test_headings_far_below_the_first_rows_are_not_looked_for() -> None:
    titles = [[f"title {number}"] for number in range(20)]
    assert codes(of_rows(*titles, HEADINGS, FIRST).problems) == ["I203"]
    assert codes(of_rows(*titles[:19], HEADINGS, FIRST).problems) == []


def test_a_missing_heading_is_told_with_the_nearest_and_its_cell() -> None:
    table = of_rows(["Ref", "Focus area", "Activity"], ["A1", "Grants", "x"])
    (problem,) = table.problems
    assert str(problem) == (
        "error I204  tracker.xlsx, sheet Actions, cell A1: No heading “Area of focus” in row 1. "
        "Did you mean “Focus area” in B1? Rename the heading in B1 to “Area of focus”, or list it among the headings "
        "in report.toml."
    )
    assert table.rows[0].values["activity"] == "x"
    assert "area" not in table.rows[0].values


def test_a_heading_that_stands_twice_is_an_error_naming_both() -> None:
    table = of_rows([*HEADINGS, "Reference"], [*FIRST, "B9"])
    assert said(table) == ["I205 G1"]
    assert "as A1 does" in table.problems[0].message
    assert table.rows[0].values["ref"] == "A1"


def test_two_other_columns_of_one_heading_are_told_apart() -> None:
    table = of_rows([*HEADINGS, "Notes"], [*FIRST, "m"])
    assert dict(table.headings.others) == {"Notes": 6, "Notes (G)": 7}


def test_values_without_a_heading_are_told_and_not_read() -> None:
    table = of_rows(HEADINGS, [*FIRST, "stray"], SECOND)
    assert said(table) == ["I211 G2"]


def test_every_fault_of_every_row_is_told_at_once() -> None:
    table = of_rows(
        HEADINGS,
        ["A1", "Grants", "x", "31/02/2017", "Finished"],
        ["A1", "Grants", "=1/0", 42758, "Inprogress"],
        [None, "Grants", "y", "#N/A", "Complete"],
    )
    assert said(table) == ["I311 D2", "I341 E2", "I350 A3", "I302 C3", "I313 D3", "I341 E3", "I301 D4", "I309 A4"]
    assert all(problem.place.file == "tracker.xlsx" and problem.place.sheet == "Actions" for problem in table.problems)


def test_hidden_filtered_and_struck_rows_are_read_marked_and_counted() -> None:
    rows = [HEADINGS, *([f"A{number}", "Grants", "x"] for number in range(2, 8))]
    book = sheet_of(rows, "Actions")
    for number in (3, 4, 5):
        book.active.row_dimensions[number].hidden = True
    for cell in book.active[7]:
        cell.font = Font(strike=True)
    book.active["A6"].font = Font(strike=True)
    book.active.column_dimensions["C"].hidden = True
    table = read(book)
    assert [(row.number, row.struck) for row in table.rows] == [(number, number == 7) for number in range(2, 8)]
    assert said(table) == ["I207 A3", "I209 A7", "I212 A6", "I210 C1"]
    assert table.problems[0].message == "3 rows are hidden and read like the others: rows 3 to 5."
    assert table.problems[1].message == "1 row is struck through and left out: row 7."
    book.active.auto_filter.ref = "A1:F7"
    book.active.auto_filter.add_filter_column(0, ["A2"])
    book.create_sheet("Other")
    book.active.sheet_state = "hidden"
    assert codes(read(book).problems) == ["I202", "I208", "I209", "I212", "I210"]


def test_blank_rows_and_rows_outside_the_columns_are_passed_over() -> None:
    table = of_rows(HEADINGS, FIRST, [], [None, None, None, None, None, "only a note"], [" ", "\u00a0"], SECOND)
    assert [row.number for row in table.rows] == [2, 6]
    assert table.problems == ()


def test_a_stray_cell_far_away_is_one_warning_and_no_work() -> None:
    book = sheet_of([HEADINGS, FIRST], "Actions")
    book.active["XFD1048576"] = "stray"
    assert said(read(book)) == ["I211 XFD1048576"]


def test_a_hundred_thousand_hostile_merges_take_no_time() -> None:
    rows = {1: {c: Cell(h, "text") for c, h in enumerate(HEADINGS, 1)}}
    rows |= {r: {1: Cell(f"A{r}", "text"), 2: Cell("x", "text"), 3: Cell("y", "text")} for r in range(2, 3000)}
    merges = tuple(Merge(2, 2, 1_048_576, 2) for _ in range(100_000))
    assert len(read_table(Sheet("S", rows, merges=merges), COLUMNS).rows) == 2998


@given(st.lists(st.tuples(st.sampled_from(["", "Grants", "Property", " "]), st.booleans()), min_size=1, max_size=12))
def test_filling_down_gives_the_nearest_value_above_since_the_last_blank_row(rows: list[tuple[str, bool]]) -> None:
    cells: dict[int, dict[int, Cell]] = {1: {1: Cell("Ref", "text"), 2: Cell("Area of focus", "text")}}
    expected, above = [], ""
    for number, (area, blank) in enumerate(rows, 2):
        if blank:
            above = ""
            continue
        cells[number] = {1: Cell(f"A{number}", "text"), 2: Cell(area, "text")}
        above = area.strip() or above
        expected.append(above)
    table = read_table(Sheet("S", cells), COLUMNS[:2])
    assert [row.values["area"] for row in table.rows] == expected


def book_with(*names: str, delimited: bool = False) -> Workbook:
    return Workbook("tracker.xlsx", tuple(Sheet(name, {}) for name in names), delimited=delimited)


def test_a_sheet_is_found_by_name_or_told_with_the_nearest() -> None:
    assert sheet_named(book_with("Log", " actions "), "Actions").name == " actions "
    with pytest.raises(PaperError, match=r"I201 .*Did you mean “Acton”\?"):
        sheet_named(book_with("Acton", "Log"), "Actions")
    with pytest.raises(PaperError, match=r"I201 .*It has “Xyz”\."):
        sheet_named(book_with("Xyz"), "Actions")
    assert sheet_named(book_with("log", delimited=True), "Actions").name == "log"


@pytest.mark.parametrize(
    ("row", "value", "cell"),
    [
        (["Position at", None, dt.datetime(2017, 1, 12)], dt.datetime(2017, 1, 12), "C1"),
        (["POSITION AT:", "12/01/2017"], "12/01/2017", "B1"),
        (["Position at: 12 January 2017"], "12 January 2017", "A1"),
    ],
)
def test_a_value_beside_its_label_is_found(row: list[object], value: object, cell: str) -> None:
    workbook = sheets.read(saved(sheet_of([row, HEADINGS, FIRST], "Actions")), "tracker.xlsx")
    found = labelled_value(workbook.sheets[0], ("Position as at", "Position at"))
    assert found is not None
    assert (found.cell.value, found.place.cell) == (value, cell)


def test_a_label_that_is_not_there_or_has_nothing_beside_it_gives_none() -> None:
    workbook = sheets.read(saved(sheet_of([["Position at"], HEADINGS], "Actions")), "tracker.xlsx")
    assert labelled_value(workbook.sheets[0], ("Position at",)) is None
    assert labelled_value(workbook.sheets[0], ("Owner",)) is None


UNDER_ANOTHER = (
    ["Some council", None, None, None, None, None],
    ["Work", None, None, "Deadline", None, None],
    ["Ref", "Area of focus", "Activity", "Original", "Revised", "Status"],
    ["A1", "Grants", "Do this", dt.datetime(2017, 1, 31), dt.datetime(2017, 2, 28), "Complete"],
)


def under_another(*headings: str, merged: bool = True) -> Table:
    book = sheet_of(UNDER_ANOTHER, "Actions")
    if merged:
        book.active.merge_cells("D2:E2")
    columns = [
        replace(column, headings=(*headings, *column.headings)) if column.name == "deadline" else column
        for column in COLUMNS
    ]
    return read(book, tuple(columns))


def test_a_heading_under_another_goes_by_both() -> None:
    assert dict(under_another().headings.others) == {"Deadline Original": 4, "Deadline Revised": 5}
    assert dict(under_another(merged=False).headings.others) == {"Original": 4, "Revised": 5}


def test_a_report_says_which_of_the_headings_under_another_it_means() -> None:
    table = under_another("Deadline Revised")
    assert table.rows[0].values["deadline"].first == dt.date(2017, 2, 28)
    assert table.rows[0].places["deadline"].cell == "E4"


def test_a_title_over_the_whole_table_is_no_part_of_its_headings() -> None:
    book = sheet_of([["Outstanding actions"], HEADINGS, FIRST], "Actions")
    book.active.merge_cells("A1:F1")
    assert dict(read(book).headings.others) == {"Notes": 6}
