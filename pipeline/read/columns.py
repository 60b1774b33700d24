"""The values that a column of a sheet has: each cell read by the kind of column, and what the rows above say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from pipeline.problems import NOWHERE, Problem, error
from pipeline.read.dates import as_day, as_when
from pipeline.read.headings import Column, ColumnKind
from pipeline.read.numbers import as_figure, as_money, as_share, as_whole
from pipeline.read.values import Reader, Reading, as_choice, as_lines, as_text, as_yes_no, read_cell
from pipeline.sheets import Cell, Merge, Sheet, address, is_blank
from pipeline.text import excerpt, match_key

_READERS: Mapping[ColumnKind, Reader] = {
    "text": as_text,
    "lines": as_lines,
    "day": as_day,
    "number": as_figure,
    "percent": as_share,
    "whole": as_whole,
    "yes_no": as_yes_no,
}
_BLANKS: Mapping[ColumnKind, Any] = {"text": "", "lines": ()}


def reader_for(column: Column) -> Callable[[Cell | None], Reading]:
    """The function that reads a cell of this column, a blank one too: "" for a text, () for lines, else None."""
    reader: Reader
    if column.kind == "choice":
        reader = partial(as_choice, choices=column.choices)
    elif column.kind == "when":
        reader = partial(as_when, open_words=column.open_words)
    elif column.kind == "money":
        reader = partial(as_money, unit=column.unit)
    else:
        reader = _READERS[column.kind]
    return partial(read_cell, reader=reader, blank=Reading(_BLANKS.get(column.kind)))


Readings = Mapping[Cell | None, Reading]


class ColumnValues(NamedTuple):
    """A column read: its values row by row, what is wrong by row, the blank cells of those that must be filled, and for
    rows whose value was filled down the row that it stands in.
    """

    values: list[Any]
    problems: list[tuple[int, Problem]]
    blanks: list[int]
    moved: Mapping[int, int]


def read_column(column: Column, index: int, rows: Sequence[int], sheet: Sheet) -> ColumnValues:
    """The column with the number `index` in these rows of a sheet. Equal cells are worked out once."""
    cells = {row: sheet.rows[row].get(index) for row in rows}
    if column.leaves_unseen_out:
        cells = {row: None if cell is not None and cell.hides else cell for row, cell in cells.items()}
    moved = dict(_filled_down(cells, sheet.merges, index)) if column.fill_down else {}
    own = {row: cell for row, cell in cells.items() if row not in moved}
    read = reader_for(column)
    readings = {cell: read(cell) for cell in dict.fromkeys(own.values())}
    values = [readings[cells[moved.get(row, row)]].value for row in rows]
    problems = list(_wrong(own, readings))
    if column.unique:
        problems += _doubled(column, index, own, readings)
    blanks = [row for row, cell in own.items() if is_blank(cell)] if column.filled else []
    return ColumnValues(values, problems, blanks, moved)


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


def covered(merges: Iterable[Merge], rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The rows (given in rising order) that merged cells of one column cover, each with the first row of its cell."""
    waiting, now = sorted(merges, reverse=True), Merge(0, 0, 0, 0)
    for row in rows:
        while waiting and waiting[-1].top <= row:
            now = waiting.pop()
        if now.bottom >= row:
            yield row, now.top


def _wrong(cells: Mapping[int, Cell | None], readings: Readings) -> Iterator[tuple[int, Problem]]:
    """What is wrong with the cells, row by row; most columns have no cell with which anything is."""
    wrong = {cell: reading.problems for cell, reading in readings.items() if reading.problems}
    if wrong:
        for row, cell in cells.items():
            yield from ((row, problem) for problem in wrong.get(cell, ()))


def _doubled(
    column: Column, index: int, cells: Mapping[int, Cell | None], readings: Readings
) -> Iterator[tuple[int, Problem]]:
    """I350 for each value that stands in a row above too."""
    first: dict[str, int] = {}
    for row, cell in cells.items():
        value = readings[cell].value
        if value not in (None, "") and (above := first.setdefault(match_key(str(value)), row)) != row:
            told = f"“{excerpt(str(value))}” stands in {address(above, index)} too."
            yield row, error("I350", NOWHERE, told, f"Give each row its own “{column.headings[0]}”.")
