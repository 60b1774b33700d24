"""What a person does not see on the screen, or reads otherwise: hidden, filtered, struck-out rows; hidden columns."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pipeline.problems import Place, Problem, warning
from pipeline.read.headings import Headings
from pipeline.sheets import Cell, Sheet, address, column_letters
from pipeline.text import excerpt, is_blank

_NAMED = 10


def notices(
    sheet: Sheet, headings: Headings, rows: Sequence[tuple[int, bool]], file: str, left_out: Collection[int] = ()
) -> list[Problem]:
    """One warning for each kind of thing, with its count; `rows` are those read: number, and whether struck.

    `left_out` are the columns of whose cells what their formats hide is left out.
    """
    found: list[Problem] = []
    if sheet.state != "visible":
        found.append(_hidden_sheet(sheet, file))
    hidden = [row for row, _ in rows if row in sheet.hidden_rows]
    if hidden:
        found.append(_hidden_rows(sheet, hidden, file))
    struck = [row for row, is_struck in rows if is_struck]
    if struck:
        found.append(_struck_rows(sheet, struck, file))
    found.extend(_struck_cells(sheet, headings, {row for row, is_struck in rows if not is_struck}, file))
    found.extend(_unseen_cells(sheet, headings, [row for row, is_struck in rows if not is_struck], file, left_out))
    found.extend(_hidden_columns(sheet, headings, file))
    found.extend(_no_heading(sheet, headings, file))
    return found


def rows_named(rows: Sequence[int]) -> str:
    """`row 7`, `rows 7 and 9`, `rows 7 to 9`, `rows 1, 3, 5 and 4 more`: for messages."""
    if len(rows) == 1:
        return f"row {rows[0]}"
    if len(rows) > 2 and rows[-1] - rows[0] == len(rows) - 1:
        return f"rows {rows[0]} to {rows[-1]}"
    if len(rows) > _NAMED:
        return f"rows {', '.join(map(str, rows[:_NAMED]))} and {len(rows) - _NAMED:,} more"
    return f"rows {', '.join(map(str, rows[:-1]))} and {rows[-1]}"


def _counted(rows: Sequence[int], what: str) -> str:
    return f"1 row is {what}" if len(rows) == 1 else f"{len(rows):,} rows are {what}"


def _hidden_sheet(sheet: Sheet, file: str) -> Problem:
    return warning(
        "I202", Place(file, sheet.name), "The sheet is hidden; it was read all the same.",
        "Unhide it, or move what is out of date to another workbook.",
    )  # fmt: skip


def _hidden_rows(sheet: Sheet, rows: Sequence[int], file: str) -> Problem:
    code, what = ("I208", "hidden by a filter") if sheet.filtered else ("I207", "hidden")
    return warning(
        code, Place(file, sheet.name, address(rows[0], 1)),
        f"{_counted(rows, what)} and read like the others: {rows_named(rows)}.",
        "Clear the filter and look at them." if sheet.filtered else "Unhide and look at them.",
    )  # fmt: skip


def _struck_rows(sheet: Sheet, rows: Sequence[int], file: str) -> Problem:
    return warning(
        "I209", Place(file, sheet.name, address(rows[0], 1)),
        f"{_counted(rows, 'struck through')} and left out: {rows_named(rows)}.",
        "Delete what no longer counts, or remove the line through it.",
    )  # fmt: skip


def _struck_cells(sheet: Sheet, headings: Headings, rows: Collection[int], file: str) -> list[Problem]:
    columns = set(headings.columns.values())
    struck = [
        (row, column)
        for row in rows
        for column, cell in sheet.rows[row].items()
        if (cell.struck or cell.part_struck) and column in columns
    ]
    return [_struck_cell(Place(file, sheet.name, address(*at))) for at in sorted(struck)[:_NAMED]]


def _struck_cell(place: Place) -> Problem:
    return warning(
        "I212", place, "Words in this cell are struck through; they were read all the same.",
        "Delete the words that no longer count, or remove the line through them.",
    )  # fmt: skip


def _unseen_cells(
    sheet: Sheet, headings: Headings, rows: Sequence[int], file: str, left_out: Collection[int]
) -> list[Problem]:
    columns = set(headings.columns.values())
    unseen = [
        (row, column) for row in rows for column, cell in sheet.rows[row].items() if column in columns and cell.hides
    ]
    return [
        _unseen_cell(Place(file, sheet.name, address(row, column)), sheet.rows[row][column], column in left_out)
        for row, column in sorted(unseen)[:_NAMED]
    ]


def _unseen_cell(place: Place, cell: Cell, left_out: bool) -> Problem:
    done = "it was left out" if left_out else "it was read all the same"
    told = f"“{excerpt(cell.text)}” stands in this cell, and the cell's format hides it; {done}."
    return warning("I219", place, told, "Delete it, or give the cell the format General.")


def _hidden_columns(sheet: Sheet, headings: Headings, file: str) -> list[Problem]:
    found = {column: excerpt(headings.texts.get(column, "")) for column in sorted(headings.columns.values())}
    return [
        warning("I210", Place(file, sheet.name, address(headings.row, column)),
                f"Column {column_letters(column)} (“{heading}”) is hidden and was read.",
                "Unhide it and look at its values.")
        for column, heading in found.items() if column in sheet.hidden_columns
    ]  # fmt: skip


def _no_heading(sheet: Sheet, headings: Headings, file: str) -> list[Problem]:
    first: dict[int, int] = {}
    for row, cells in sheet.rows.items():
        if row >= headings.first_row:
            for column in cells.keys() - headings.texts.keys():
                if not is_blank(str(cells[column].value)):
                    first.setdefault(column, row)
    return [
        warning("I211", Place(file, sheet.name, address(row, column)),
                f"Column {column_letters(column)} has values but no heading in row {headings.row}; they were not read.",
                "Give the column a heading, or remove the values.")
        for column, row in sorted(first.items())[:_NAMED]
    ]  # fmt: skip
