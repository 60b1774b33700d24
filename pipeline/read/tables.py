"""A sheet as an officer keeps it, read as a table: typed rows that know their cells, and everything wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from pipeline.formats import listed
from pipeline.kinds import Field, FieldType
from pipeline.problems import NOWHERE, Place, Problem, error
from pipeline.read.dates import as_day, as_when
from pipeline.read.exports import about_dates, as_exported
from pipeline.read.headings import find_headings
from pipeline.read.money import POUNDS, as_money, mixed_units, unit_in
from pipeline.read.notices import notices
from pipeline.read.numbers import as_figure, as_percent, as_whole
from pipeline.read.rows import body_merges, rows_of
from pipeline.read.table import Ground, Headings, Places, Table, TableRow
from pipeline.read.totals import is_total
from pipeline.read.values import Reader, Reading, as_choice, as_lines, as_text, as_yes_no, read_cell
from pipeline.sheets import Cell, Merge, Sheet, address, covered, is_blank
from pipeline.text import excerpt, match_key

IN_ITS_ROW: Mapping[str, int] = {}
_NAMED = 20
Readings = Mapping[Cell | None, Reading]


class ColumnValues(NamedTuple):
    """A column read: its values row by row, what is wrong by row, the blank cells of those that must be filled, and for
    rows whose value was filled down the row that it stands in.
    """

    values: list[Any]
    problems: list[tuple[int, Problem]]
    blanks: list[int]
    moved: Mapping[int, int]


Read = Sequence[tuple[Field, ColumnValues]]


def read_table(sheet: Sheet, columns: Sequence[Field]) -> Table:
    """The rows below the headings of `sheet`, each value as its column's kind says, and all problems at once.

    Blank rows are passed over and end a filling down; hidden and struck-out rows are read, marked and told of. Nothing
    is guessed: a total or a note below the table is a row like any other. Never raises; see the codes I2xx and I3xx.
    """
    headings, wrong = find_headings(sheet, columns)
    if not headings.row:
        return Table(sheet, columns, headings, (), wrong)
    sheet, exported = as_exported(sheet, headings)
    ground = Ground(sheet, headings.columns)
    merges = list(body_merges(sheet, headings))
    numbers, left = rows_of(sheet, headings, columns, merges)
    found = [column for column in columns if column.name in headings.columns]
    read = [(column, _column(column, headings, numbers, sheet)) for column in found]
    rows = tuple(_table_rows(ground, numbers, read))
    unseen = {headings.columns[column.name] for column in found if column.leaves_unseen_out}
    problems = (
        *wrong,
        *_merged(merges, {headings.columns[column.name] for column in found if column.fill_down}, ground),
        *_in_cells(read, ground),
        *_blank_cells(read, sum(column.required for column in columns), ground),
        *notices(sheet, headings, rows, unseen),
        *left,
        *exported,
    )
    return Table(sheet, columns, headings, rows, problems)


def _table_rows(ground: Ground, numbers: Sequence[int], read: Read) -> Iterator[TableRow]:
    fields, first = [column.name for column, _ in read], min(ground.columns.values())
    moved: dict[int, dict[str, int]] = {}
    for column, values in read:
        for row, source in values.moved.items():
            moved.setdefault(row, {})[column.name] = source
    for number, *cells in zip(numbers, *(column.values for _, column in read), strict=True):
        places = Places(ground, number, moved.get(number, IN_ITS_ROW))
        struck = _is_struck(ground.sheet.rows[number], ground.columns.values())
        yield TableRow(number, dict(zip(fields, cells, strict=True)), places, ground.sheet.place(number, first), struck)


def _is_struck(cells: Mapping[int, Cell], columns: Iterable[int]) -> bool:
    return all(cells[column].struck for column in columns if column in cells)


# -- what is wrong ----------------------------------------------------------------------------------------------------


def _in_cells(read: Read, ground: Ground) -> Iterator[Problem]:
    """What is wrong in the cells, row by row."""
    found = [(row, ground.columns[column.name], problem) for column, values in read for row, problem in values.problems]
    for row, index, problem in sorted(found, key=lambda one: one[0]):
        yield replace(problem, place=ground.sheet.place(row, index))


def _merged(merges: Iterable[Merge], filled: set[int], ground: Ground) -> Iterator[Problem]:
    """I206 for each merged range that is not inside one of the columns `filled` down (the first 20)."""
    wrong = [merge for merge in merges if not (merge.left == merge.right and merge.left in filled)]
    for merge in wrong[:_NAMED]:
        message = f"Cells {merge} are merged; only the first of them holds the value."
        if merge.top == merge.bottom:
            message = f"Cells {merge} are merged across columns, so row {merge.top} was left out of the table."
        place = ground.sheet.place(merge.top, merge.left)
        yield error("I206", place, message, "Unmerge the cells and give each row its own values.")


def _blank_cells(read: Read, needed: int, ground: Ground) -> Iterator[Problem]:
    """I309 for each row with blank cells under headings that must be filled, `needed` of which the table has.

    A total or a note below a table is a row like any other to the program; a row with little in it, or with a word for
    a total, is told of as what it may be.
    """
    rows: dict[int, list[Field]] = {}
    for column, values in read:
        for row in values.blanks:
            rows.setdefault(row, []).append(column)
    for row, missing in sorted(rows.items()):
        texts = [excerpt(str(cell.value)) for _, cell in sorted(ground.sheet.rows[row].items()) if _in_words(cell)]
        stray = len(missing) * 2 >= needed or any(is_total(text) for text in texts)
        place = ground.sheet.place(row, ground.columns[missing[0].name])
        yield _blank(place, [column.headings[0] for column in missing], texts[:1] if stray else [], stray)


def _blank(place: Place, headings: Sequence[str], texts: Sequence[str], stray: bool) -> Problem:
    cells, are, them = ("cells", "are", "them") if len(headings) > 1 else ("cell", "is", "it")
    names = listed([f"“{heading}”" for heading in headings])
    has = "".join(f" The row has “{text}”." for text in texts)
    or_not = ", or take the row out of the table if it is a note or a total." if stray else "."
    return error("I309", place, f"The {cells} under {names} {are} blank.{has}", f"Fill {them} in{or_not}")


def _in_words(cell: Cell) -> bool:
    """Does the cell hold words?"""
    return cell.kind == "text" and any(letter.isalpha() for letter in str(cell.value))


# -- one column --------------------------------------------------------------------------------------------------------


_READERS: Mapping[FieldType, Reader] = {
    "text": as_text,
    "reference": as_text,
    "lines": as_lines,
    "number": as_figure,
    "whole": as_whole,
    "yes_no": as_yes_no,
}
_BLANKS: Mapping[FieldType, Any] = {"text": "", "reference": "", "lines": ()}


def reader_for(column: Field) -> Callable[[Cell | None], Reading]:
    """The function that reads a cell of this column, a blank one too: "" for a text, () for lines, else None."""
    reader: Reader
    if column.type == "choice":
        reader = partial(as_choice, choices=column.choices)
    elif column.type == "when":
        reader = partial(as_when, open_words=column.open_words, month_first=column.month_first)
    elif column.type == "day":
        reader = partial(as_day, month_first=column.month_first)
    elif column.type == "money":
        reader = partial(as_money, unit=column.unit or POUNDS)
    elif column.type == "percent":
        reader = partial(as_percent, within=column.within)
    else:
        reader = _READERS[column.type]
    return partial(read_cell, reader=reader, blank=Reading(_BLANKS.get(column.type)))


def _column(column: Field, headings: Headings, rows: Sequence[int], sheet: Sheet) -> ColumnValues:
    """The column under its heading, which may name the unit of its sums."""
    index = headings.columns[column.name]
    if column.type == "money" and (unit := unit_in(headings.texts[index])):
        column = replace(column, unit=unit)
    return read_column(column, index, rows, sheet)


def read_column(column: Field, index: int, rows: Sequence[int], sheet: Sheet) -> ColumnValues:
    """The column with the number `index` in these rows of a sheet. Equal cells are worked out once."""
    cells = _cells_of(column, index, rows, sheet)
    moved = dict(_filled_down(cells, sheet.merges, index)) if column.fill_down else {}
    own = {row: cell for row, cell in cells.items() if row not in moved}
    read = reader_for(column)
    readings = {cell: read(cell) for cell in dict.fromkeys(own.values())}
    values = [readings[cells[moved.get(row, row)]].value for row in rows]
    problems = [*_wrong(own, readings), *_of_all(column, index, own)]
    problems += _doubled(column, index, own, readings) if column.unique else ()
    blanks = [row for row, cell in own.items() if is_blank(cell)] if column.required else []
    return ColumnValues(values, problems, blanks, moved)


def _of_all(column: Field, index: int, cells: Mapping[int, Cell | None]) -> Iterator[tuple[int, Problem]]:
    """What is told of the cells of a column together."""
    if column.type in ("day", "when"):
        yield from about_dates(cells, index, column.month_first)
    if column.type == "money":
        yield from mixed_units(cells, column.unit or POUNDS)


def _cells_of(column: Field, index: int, rows: Sequence[int], sheet: Sheet) -> Mapping[int, Cell | None]:
    """The cells of a column, those that nobody sees as blank where they are to be left out."""
    cells = {row: sheet.rows[row].get(index) for row in rows}
    if not column.leaves_unseen_out:
        return cells
    return {row: None if cell is not None and cell.hides else cell for row, cell in cells.items()}


def _filled_down(cells: Mapping[int, Cell | None], merges: Sequence[Merge], index: int) -> Iterator[tuple[int, int]]:
    """The rows whose cell is blank and that have the value of one above, each with the row of that.

    A blank row between ends the filling down, but not a merged cell that reaches over it.
    """
    tops = dict(covered((merge for merge in merges if merge.left == merge.right == index), cells))
    before, carried = 0, 0
    for row, cell in cells.items():
        top, fresh = tops.get(row, 0), row == before + 1
        before = row
        if not (top or fresh):
            carried = 0
        if not is_blank(cell):
            carried = row
        elif carried and (fresh or top == carried):
            yield row, carried


def _wrong(cells: Mapping[int, Cell | None], readings: Readings) -> Iterator[tuple[int, Problem]]:
    """What is wrong with the cells, row by row; most columns have no cell with which anything is."""
    wrong = {cell: reading.problems for cell, reading in readings.items() if reading.problems}
    if wrong:
        for row, cell in cells.items():
            yield from ((row, problem) for problem in wrong.get(cell, ()))


def _doubled(
    column: Field, index: int, cells: Mapping[int, Cell | None], readings: Readings
) -> Iterator[tuple[int, Problem]]:
    """I350 for each value that stands in a row above too."""
    first: dict[str, int] = {}
    for row, cell in cells.items():
        value = readings[cell].value
        if value not in (None, "") and (above := first.setdefault(match_key(str(value)), row)) != row:
            message = f"“{excerpt(str(value))}” stands in {address(above, index)} too."
            yield row, error("I350", NOWHERE, message, f"Give each row its own “{column.headings[0]}”.")
