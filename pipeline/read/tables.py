"""A sheet as an officer keeps it, read as a table: typed rows that know their cells, and everything wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from pipeline.problems import Place, Problem
from pipeline.read.blank_cells import blank_cells
from pipeline.read.columns import Column
from pipeline.read.fill_down import banner_rows, body_merges, merge_problems
from pipeline.read.headings import Headings, find_headings
from pipeline.read.notices import notices
from pipeline.read.table_fields import FieldReader
from pipeline.sheets import Sheet, address, is_blank

IN_ITS_ROW: Mapping[str, int] = {}
NO_OTHERS: Mapping[str, str] = {}


class Ground(NamedTuple):
    """Where a table stands, the same for all its rows: the file, the sheet, and the column of each field."""

    file: str
    sheet: str
    columns: Mapping[str, int]


class Places(Mapping[str, Place]):
    """Field names to the cells that hold a row's values; the places are made when they are asked for."""

    __slots__ = ("_ground", "_row", "_rows")

    def __init__(self, ground: Ground, row: int, rows: Mapping[str, int]) -> None:
        self._ground, self._row, self._rows = ground, row, rows

    def __getitem__(self, name: str) -> Place:
        file, sheet, columns = self._ground
        return Place(file, sheet, address(self._rows.get(name, self._row), columns[name]))

    def __iter__(self) -> Iterator[str]:
        return iter(self._ground.columns)

    def __len__(self) -> int:
        return len(self._ground.columns)


class TableRow(NamedTuple):
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
        try:
            return self.places[name]
        except KeyError:
            return self.source


@dataclass(frozen=True, slots=True)
class TableRows:
    """All rows of a table in order, where it stands, and every problem found. No rows where no headings were found."""

    rows: tuple[TableRow, ...]
    problems: tuple[Problem, ...]
    headings: Headings


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
    found = [column for column in columns if column.field in headings.columns]
    filled = {headings.columns[column.field] for column in found if column.fill_down}
    problems.extend(merge_problems(merges, filled, workbook_name, sheet.name))
    fields = [FieldReader(one, headings.columns[one.field], sheet, workbook_name, problems) for one in found]
    others = [
        FieldReader(Column(field=heading, headings=(heading,)), index, sheet, workbook_name, problems)
        for heading, index in headings.others.items()
    ]
    rows = tuple(_rows(sheet, headings, (fields, others), banner_rows(merges), workbook_name))
    blanks = [(row, one.index, one.column.headings[0]) for one in fields for row in one.blanks]
    problems.extend(blank_cells(blanks, sum(column.filled for column in columns), sheet, workbook_name))
    left_out = {one.index for one in fields if one.column.leaves_unseen_out}
    problems.extend(notices(sheet, headings, [(row.number, row.struck) for row in rows], workbook_name, left_out))
    return TableRows(rows, tuple(problems), headings)


def _rows(
    sheet: Sheet,
    headings: Headings,
    readers: tuple[list[FieldReader], list[FieldReader]],
    skipped: frozenset[int],
    file: str,
) -> Iterator[TableRow]:
    fields, others = readers
    before, first = headings.first_row - 1, min(headings.columns.values())
    ground, indexes = Ground(file, sheet.name, headings.columns), [one.index for one in fields]
    for number, cells in sheet.rows.items():
        if number < headings.first_row or number in skipped:
            continue
        here = [cells.get(index) for index in indexes]
        filled = [cell for cell in here if cell is not None]
        if not filled or all(map(is_blank, filled)):
            continue
        fresh, before = number == before + 1, number
        moved: dict[str, int] = {}
        values = {
            one.column.field: one.value(cell, number, fresh, moved) for one, cell in zip(fields, here, strict=True)
        }
        yield TableRow(
            number,
            values,
            Places(ground, number, moved or IN_ITS_ROW),
            {
                one.column.field: str(one.value(cells[one.index], number, False, moved))
                for one in others
                if one.index in cells
            }
            or NO_OTHERS,
            Place(file, sheet.name, address(number, first)),
            number in sheet.hidden_rows,
            all(cell.struck for cell in filled),
        )
