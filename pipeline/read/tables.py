"""A sheet as an officer keeps it, read as a table: typed rows that know their cells, and everything wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from pipeline.formats import listed
from pipeline.kinds import Field
from pipeline.problems import Place, Problem, error
from pipeline.read.columns import ColumnValues, read_column
from pipeline.read.headings import Headings, find_headings
from pipeline.read.notices import notices
from pipeline.sheets import Cell, Merge, Sheet, is_blank
from pipeline.text import excerpt, match_key

IN_ITS_ROW: Mapping[str, int] = {}
TOTALS = frozenset(("total", "totals", "grand total", "overall", "sum"))
_NAMED = 20


class Ground(NamedTuple):
    """Where a table stands, the same for all its rows: the sheet, and the column of each field."""

    sheet: Sheet
    columns: Mapping[str, int]


class Places(Mapping[str, Place]):
    """Field names to the cells that hold a row's values; the places are made when they are asked for."""

    __slots__ = ("_ground", "_row", "_rows")

    def __init__(self, ground: Ground, row: int, rows: Mapping[str, int]) -> None:
        self._ground, self._row, self._rows = ground, row, rows

    def __getitem__(self, name: str) -> Place:
        return self._ground.sheet.place(self._rows.get(name, self._row), self._ground.columns[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._ground.columns)

    def __len__(self) -> int:
        return len(self._ground.columns)


class TableRow(NamedTuple):
    """One row. `number` is Excel's own; `values` has every field whose column was found.

    `places` has the cell of each field: for a value filled down, the cell it stands in. `source` is the row's first
    cell. `struck`: every cell of it that holds something is struck through.
    """

    number: int
    values: Mapping[str, Any]
    places: Mapping[str, Place]
    source: Place
    struck: bool = False

    def place(self, name: str) -> Place:
        """The cell of a field; the row's first cell for a field whose column is not there."""
        return self.places.get(name, self.source)


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was read: its sheet, the columns asked for, the headings found, all rows in order, and all
    problems. No rows where no headings were found.
    """

    sheet: Sheet
    columns: Sequence[Field]
    headings: Headings
    rows: tuple[TableRow, ...]
    problems: tuple[Problem, ...]


def read_table(sheet: Sheet, columns: Sequence[Field]) -> Table:
    """The rows below the headings of `sheet`, each value as its column's kind says, and all problems at once.

    Blank rows are passed over and end a filling down; hidden and struck-out rows are read, marked and told of. Nothing
    is guessed: a total or a note below the table is a row like any other. Never raises; see the codes I2xx and I3xx.
    """
    headings, wrong = find_headings(sheet, columns)
    if not headings.row:
        return Table(sheet, columns, headings, (), wrong)
    ground = Ground(sheet, headings.columns)
    merges = list(_body_merges(sheet, headings))
    numbers = list(_rows(sheet, headings, banner_rows(merges)))
    found = [column for column in columns if column.name in headings.columns]
    read = [(column, read_column(column, headings.columns[column.name], numbers, sheet)) for column in found]
    rows = tuple(_table_rows(ground, numbers, read))
    left_out = {headings.columns[column.name] for column in found if column.leaves_unseen_out}
    problems = (
        *wrong,
        *_merged(merges, {headings.columns[column.name] for column in found if column.fill_down}, ground),
        *_in_cells(read, ground),
        *_blank_cells(read, sum(column.required for column in columns), ground),
        *notices(sheet, headings, [(row.number, row.struck) for row in rows], left_out),
    )
    return Table(sheet, columns, headings, rows, problems)


def _body_merges(sheet: Sheet, headings: Headings) -> Iterator[Merge]:
    """The merged ranges that touch rows of the table and any of its columns."""
    last, columns = max(sheet.rows, default=0), sorted(headings.columns.values())
    for merge in sheet.merges:
        inside = merge.bottom >= headings.first_row and merge.top <= last
        if inside and any(merge.left <= column <= merge.right for column in columns):
            yield merge


def banner_rows(merges: Iterable[Merge]) -> frozenset[int]:
    """The rows that are one cell merged across columns: a heading in the midst of the table."""
    return frozenset(merge.top for merge in merges if merge.top == merge.bottom)


def _rows(sheet: Sheet, headings: Headings, banners: frozenset[int]) -> Iterator[int]:
    """The numbers of the rows in which a column of the table holds something."""
    columns = list(headings.columns.values())
    for number, cells in sheet.rows.items():
        inside = number >= headings.first_row and number not in banners
        if inside and not all(is_blank(cells.get(column)) for column in columns):
            yield number


Read = Sequence[tuple[Field, ColumnValues]]


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
        told = f"Cells {merge} are merged; only the first of them holds the value."
        if merge.top == merge.bottom:
            told = f"Cells {merge} are merged across columns, so row {merge.top} was left out of the table."
        place = ground.sheet.place(merge.top, merge.left)
        yield error("I206", place, told, "Unmerge the cells and give each row its own values.")


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
        stray = len(missing) * 2 >= needed or any(match_key(text) in TOTALS for text in texts)
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
