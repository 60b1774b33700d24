"""A sheet as an officer keeps it, read as a table: typed rows that know their cells, and everything wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.problems import Place, Problem, error
from pipeline.read.cells import as_text
from pipeline.read.columns import Column, Reader, reader_for
from pipeline.read.fill_down import Covered, banner_rows, body_merges, merge_problems
from pipeline.read.headings import Headings, find_headings
from pipeline.read.notices import notices
from pipeline.read.text import is_blank, match_key, shown
from pipeline.read.workbook import Cell, Sheet, address

_MISSING = object()


class Places(Mapping[str, Place]):
    """Field names to the cells that hold a row's values; the places are made when they are asked for."""

    __slots__ = ("_columns", "_file", "_row", "_rows", "_sheet")

    def __init__(self, at: tuple[str, str, int], columns: Mapping[str, int], rows: Mapping[str, int]) -> None:
        self._file, self._sheet, self._row = at
        self._columns, self._rows = columns, rows

    def __getitem__(self, name: str) -> Place:
        return Place(self._file, self._sheet, address(self._rows.get(name, self._row), self._columns[name]))

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row. `number` is Excel's own; `values` has every field whose column was found.

    `places` has the cell of each field: for a value filled down, the cell it stands in. `others` has the texts of
    columns that were not asked for, by heading. `source` is the row's first cell.
    """

    number: int
    values: Mapping[str, Any]
    places: Mapping[str, Place]
    others: Mapping[str, str]
    source: Place
    hidden: bool = False
    struck: bool = False

    def place(self, name: str) -> Place:
        """The cell of a field; the row's first cell for a field whose column is not there."""
        return self.places.get(name, self.source)


@dataclass(frozen=True, slots=True)
class TableRows:
    """All rows of a table in order, where it stands, and every problem found. No rows where no headings were found."""

    rows: tuple[TableRow, ...]
    problems: tuple[Problem, ...]
    headings: Headings


@dataclass(slots=True)
class _Field:
    """One column being read: what it needs to know of the rows above."""

    column: Column
    index: int
    read: Reader
    covered: Covered | None
    known: dict[Cell, object] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    carried: object = _MISSING
    carried_row: int = 0


def read_table(sheet: Sheet, columns: Sequence[Column], workbook_name: str) -> TableRows:
    """The rows below the headings of `sheet`, each value as its column's kind says, and all problems at once.

    Blank rows are passed over and end a filling down; hidden and struck-out rows are read, marked and told of. Nothing
    is guessed: a total or a note below the table is a row like any other. Never raises; see the codes I2xx and I3xx.
    """
    problems: list[Problem] = []
    headings = find_headings(sheet, columns, workbook_name, problems)
    if not headings.row:
        return TableRows((), tuple(problems), headings)
    merges = list(body_merges(sheet, headings.first_row, headings.columns.values()))
    fields = _fields(columns, headings, sheet)
    filled = {one.index for one in fields if one.column.fill_down}
    problems.extend(merge_problems(merges, filled, workbook_name, sheet.name))
    rows = tuple(_rows(sheet, headings, fields, banner_rows(merges), (workbook_name, problems)))
    problems.extend(notices(sheet, headings, [(row.number, row.struck) for row in rows], workbook_name))
    return TableRows(rows, tuple(problems), headings)


def _fields(columns: Sequence[Column], headings: Headings, sheet: Sheet) -> list[_Field]:
    found = [(column, headings.columns[column.field]) for column in columns if column.field in headings.columns]
    return [
        _Field(column, index, reader_for(column), Covered(sheet.merges, index) if column.fill_down else None)
        for column, index in found
    ]


def _rows(
    sheet: Sheet, headings: Headings, fields: list[_Field], skipped: frozenset[int], report: tuple[str, list[Problem]]
) -> Iterator[TableRow]:
    file, problems = report
    before = headings.first_row - 1
    for number, cells in sheet.rows.items():
        if number < headings.first_row or number in skipped or not _has_content(cells, fields):
            continue
        fresh, before = number == before + 1, number
        values: dict[str, Any] = {}
        moved: dict[str, int] = {}
        for one in fields:
            place = Place(file, sheet.name, address(number, one.index))
            values[one.column.field] = _value(one, cells.get(one.index), (number, fresh, place), problems, moved)
        places = Places((file, sheet.name, number), headings.columns, moved)
        source = Place(file, sheet.name, address(number, min(headings.columns.values())))
        others = {
            name: as_text(cells[index], Place(file, sheet.name, address(number, index)), problems)
            for name, index in headings.others.items()
            if index in cells
        }
        struck = all(cell.struck for cell in (cells.get(one.index) for one in fields) if cell is not None)
        yield TableRow(number, values, places, others, source, number in sheet.hidden_rows, struck)


def _has_content(cells: Mapping[int, Cell], fields: list[_Field]) -> bool:
    return any(not (cell.kind == "text" and is_blank(str(cell.value)))
               for one in fields if (cell := cells.get(one.index)) is not None)  # fmt: skip


def _value(
    one: _Field, cell: Cell | None, at: tuple[int, bool, Place], problems: list[Problem], moved: dict[str, int]
) -> object:
    row, fresh, place = at
    if one.covered is not None:
        top = one.covered.top(row)
        if not (top or fresh):
            one.carried = _MISSING
        if _blank(cell) and one.carried is not _MISSING and (fresh or top == one.carried_row):
            moved[one.column.field] = one.carried_row
            return one.carried
    value = _read(one, cell, place, problems)
    if one.column.filled and _blank(cell):
        problems.append(_blank_cell(one.column, place))
    if one.column.unique and value not in (None, ""):
        _once(one, str(value), place, problems)
    if one.covered is not None and not _blank(cell):
        one.carried, one.carried_row = value, row
    return value


def _blank(cell: Cell | None) -> bool:
    return cell is None or (cell.kind == "text" and is_blank(str(cell.value)))


def _read(one: _Field, cell: Cell | None, place: Place, problems: list[Problem]) -> object:
    """Equal cells give equal values, unless something is wrong with them: so each is worked out once."""
    if cell is None:
        return one.read(None, place, problems)
    value = one.known.get(cell, _MISSING)
    if value is _MISSING:
        before = len(problems)
        value = one.read(cell, place, problems)
        if len(problems) == before:
            one.known[cell] = value
    return value


def _once(one: _Field, text: str, place: Place, problems: list[Problem]) -> None:
    first = one.seen.setdefault(match_key(text), place.cell)
    if first != place.cell:
        problems.append(
            error(
                "I350",
                place,
                f"“{shown(text)}” stands in {first} too.",
                f"Give each row its own “{one.column.headings[0]}”.",
            )
        )


def _blank_cell(column: Column, place: Place) -> Problem:
    return error("I309", place, f"The cell under “{column.headings[0]}” is blank.", "Fill it in.")
