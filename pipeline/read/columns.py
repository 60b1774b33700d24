"""The columns in which a report keeps each kind of record, and the values that a column of a sheet has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from pipeline.kinds import EXEMPT, EXEMPT_HEADINGS, Choice, Field, FieldType, Kind
from pipeline.problems import NOWHERE, Problem, error
from pipeline.read.dates import as_day, as_when
from pipeline.read.headings import Headings, heading_key
from pipeline.read.numbers import as_figure, as_money, as_share, as_whole
from pipeline.read.values import Reader, Reading, as_choice, as_lines, as_text, as_yes_no, read_cell
from pipeline.report import Report, SourceSettings
from pipeline.sheets import Cell, Merge, Sheet, address, is_blank
from pipeline.text import excerpt, match_key

Meant = Mapping[str, tuple[str, ...]]
"""A table of words: what is meant, and the words for it."""
NONE: Mapping[str, Any] = {}


def columns_for(report: Report, kind: str) -> tuple[Field, ...]:
    """The columns of one kind of record as this report keeps them: its own headings first, its own words."""
    settings = report.sources.get(kind, SourceSettings(""))
    return columns_of(report.kinds[kind], settings.headings, report.words)


def columns_of(
    kind: Kind, headings: Mapping[str, tuple[str, ...]] = NONE, words: Mapping[str, Meant] = NONE
) -> tuple[Field, ...]:
    """The columns of a kind of record; `headings` and `words` are a report's own, by field and by table."""
    return tuple(column_of(each, headings.get(name, ()), words) for name, each in kind.columns.items())


def column_of(field: Field, headings: tuple[str, ...], words: Mapping[str, Meant]) -> Field:
    """A field with a report's own headings before the plain ones, and with its words."""
    own: dict[str, Any] = {"headings": (*headings, *field.headings)} if headings else {}
    if field.words:
        own["choices"] = choices(words.get(field.words, NONE))
    if field.type == "when":
        own["open_words"] = open_words(words.get("open_dates", NONE))
    return replace(field, **own) if own else field


def choices(meant: Meant) -> Mapping[str, Choice]:
    """The words of a choice, each to what is kept of it."""
    return {word: Choice(word, meaning) for meaning, words in meant.items() for word in words}


def open_words(dates: Meant) -> Mapping[str, str]:
    """The words that may stand in place of a date, each to how the paper writes it."""
    return {word: house for house, words in dates.items() for word in (house, *words)}


def own_columns(report: Report, kind: str, headings: Headings) -> frozenset[int]:
    """The columns of a table that fill fields of a standard kind, but for the one of exempt rows: what they hold is
    known, so that no heading makes a mark of them. Of columns that a report adds it is not.
    """
    fields = report.kinds[kind].fields
    known = headings.columns.items()
    return frozenset(index for name, index in known if name != EXEMPT and not fields[name].added)


def exempt_headings(report: Report, kind: str) -> frozenset[str]:
    """The headings of the column for exempt rows, the report's own first, as headings are compared; of every kind."""
    own = report.sources[kind].headings.get(EXEMPT, ()) if kind in report.sources else ()
    return frozenset(map(heading_key, (*own, *EXEMPT_HEADINGS)))


_READERS: Mapping[FieldType, Reader] = {
    "text": as_text,
    "lines": as_lines,
    "day": as_day,
    "number": as_figure,
    "percent": as_share,
    "whole": as_whole,
    "yes_no": as_yes_no,
}
_BLANKS: Mapping[FieldType, Any] = {"text": "", "lines": ()}


def reader_for(column: Field) -> Callable[[Cell | None], Reading]:
    """The function that reads a cell of this column, a blank one too: "" for a text, () for lines, else None."""
    reader: Reader
    if column.type == "choice":
        reader = partial(as_choice, choices=column.choices)
    elif column.type == "when":
        reader = partial(as_when, open_words=column.open_words)
    elif column.type == "money":
        reader = partial(as_money, unit=column.unit)
    else:
        reader = _READERS[column.type]
    return partial(read_cell, reader=reader, blank=Reading(_BLANKS.get(column.type)))


Readings = Mapping[Cell | None, Reading]


class ColumnValues(NamedTuple):
    """A column read: its values row by row, what is wrong by row, the blank cells of those that must be filled, and for
    rows whose value was filled down the row that it stands in.
    """

    values: list[Any]
    problems: list[tuple[int, Problem]]
    blanks: list[int]
    moved: Mapping[int, int]


def read_column(column: Field, index: int, rows: Sequence[int], sheet: Sheet) -> ColumnValues:
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
    blanks = [row for row, cell in own.items() if is_blank(cell)] if column.required else []
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
    column: Field, index: int, cells: Mapping[int, Cell | None], readings: Readings
) -> Iterator[tuple[int, Problem]]:
    """I350 for each value that stands in a row above too."""
    first: dict[str, int] = {}
    for row, cell in cells.items():
        value = readings[cell].value
        if value not in (None, "") and (above := first.setdefault(match_key(str(value)), row)) != row:
            told = f"“{excerpt(str(value))}” stands in {address(above, index)} too."
            yield row, error("I350", NOWHERE, told, f"Give each row its own “{column.headings[0]}”.")
