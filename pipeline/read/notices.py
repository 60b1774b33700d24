"""What a person does not see on the screen, or reads otherwise: hidden, filtered, struck-out rows; hidden columns."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from pipeline.problems import Problem, error, warning
from pipeline.read.table import Headings, TableRow
from pipeline.sheets import Sheet, column_letters, is_blank
from pipeline.text import excerpt

_NAMED = 10


def notices(
    sheet: Sheet, headings: Headings, rows: Sequence[TableRow], left_out: Collection[int] = ()
) -> Iterator[Problem]:
    """One warning for each kind of thing, with its count; `rows` are those read.

    `left_out` are the columns of whose cells what their formats hide is left out.
    """
    if sheet.state != "visible":
        cure = "Unhide it, or move what is out of date to another workbook."
        yield warning("I202", sheet.place(), "The sheet is hidden; it was read all the same.", cure)
    if hidden := [row.number for row in rows if row.number in sheet.hidden_rows]:
        yield _hidden_rows(sheet, hidden)
    if struck := [row.number for row in rows if row.struck]:
        message = f"{_counted(struck, 'struck through')} and left out: {rows_named(struck)}."
        cure = "Delete what no longer counts, or remove the line through it."
        yield warning("I209", sheet.place(struck[0], 1), message, cure)
    kept = [row.number for row in rows if not row.struck]
    yield from _struck_cells(sheet, headings, kept)
    yield from _unseen_cells(sheet, headings, kept, left_out)
    yield from _hidden_columns(sheet, headings)
    yield from _no_heading(sheet, headings)


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


def _hidden_rows(sheet: Sheet, rows: Sequence[int]) -> Problem:
    code, what = ("I208", "hidden by a filter") if sheet.filtered else ("I207", "hidden")
    message = f"{_counted(rows, what)} and read like the others: {rows_named(rows)}."
    cure = "Clear the filter and look at them." if sheet.filtered else "Unhide and look at them."
    return warning(code, sheet.place(rows[0], 1), message, cure)


def _struck_cells(sheet: Sheet, headings: Headings, rows: Sequence[int]) -> Iterator[Problem]:
    columns = set(headings.columns.values())
    struck = sorted(
        (row, column)
        for row in rows
        for column, cell in sheet.rows[row].items()
        if (cell.struck or cell.part_struck) and column in columns
    )
    for row, column in struck[:_NAMED]:
        message = "Words in this cell are struck through, and would be printed all the same."
        cure = "Delete the words that no longer count, or remove the line through them."
        yield error("I212", sheet.place(row, column), message, cure)


def _unseen_cells(
    sheet: Sheet, headings: Headings, rows: Sequence[int], left_out: Collection[int]
) -> Iterator[Problem]:
    columns = set(headings.columns.values())
    unseen = sorted(
        (row, column) for row in rows for column, cell in sheet.rows[row].items() if column in columns and cell.hides
    )
    for row, column in unseen[:_NAMED]:
        done = "it was left out" if column in left_out else "it was read all the same"
        text = excerpt(sheet.rows[row][column].text)
        message = f"“{text}” stands in this cell, and the cell's format hides it; {done}."
        yield warning("I219", sheet.place(row, column), message, "Delete it, or give the cell the format General.")


def _hidden_columns(sheet: Sheet, headings: Headings) -> Iterator[Problem]:
    for column in sorted(sheet.hidden_columns.intersection(headings.columns.values())):
        heading = excerpt(headings.texts.get(column, ""))
        message = f"Column {column_letters(column)} (“{heading}”) is hidden and was read."
        yield warning("I210", sheet.place(headings.row, column), message, "Unhide it and look at its values.")


def _no_heading(sheet: Sheet, headings: Headings) -> Iterator[Problem]:
    first: dict[int, int] = {}
    for row, cells in sheet.rows.items():
        if row >= headings.first_row:
            for column in cells.keys() - headings.texts.keys():
                if not is_blank(cells[column]):
                    first.setdefault(column, row)
    for column, row in sorted(first.items())[:_NAMED]:
        letters = column_letters(column)
        message = f"Column {letters} has values but no heading in row {headings.row}; they were not read."
        yield warning("I211", sheet.place(row, column), message, "Give the column a heading, or remove the values.")
