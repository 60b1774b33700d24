"""How any workbook looks to the reader: the headings it finds, what each column holds, what is merged or hidden."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from pipeline.problems import NOWHERE, Problem
from pipeline.read.cells import as_text
from pipeline.read.column_kinds import LOOKED_AT, ColumnSummary, summary
from pipeline.read.headings import SEARCHED_ROWS, Headings, heading_texts
from pipeline.read.withholding import Body, withheld_rows
from pipeline.sheets import Cell, Sheet, State, Workbook, column_letters
from pipeline.text import excerpt, is_blank

_MOST_COLUMNS = 200
_LONGEST_HEADING = 120


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """One column below the headings. `heading` is its letters where it has none; `merged` counts cells merged below."""

    letters: str
    heading: str
    filled: int
    blank: int
    merged: int
    hidden: bool
    summary: ColumnSummary

    @property
    def fills_down(self) -> bool:
        """Does it look like a column whose blank cells mean the value above them?"""
        return self.merged > 0


@dataclass(frozen=True, slots=True)
class SheetProfile:
    """One sheet. `heading_row` is 0 where no row looks like headings; `titles` are the texts above it.

    `rows` counts the rows below the headings that hold anything, `blank_rows` those between them that hold nothing.
    `more_columns` counts columns past the first 200, which are not described.
    """

    name: str
    state: State
    heading_row: int
    titles: tuple[str, ...]
    columns: tuple[ColumnProfile, ...]
    rows: int
    blank_rows: int
    hidden_rows: int
    struck_rows: int
    filtered: bool
    merges: int
    more_columns: int = 0


@dataclass(frozen=True, slots=True)
class WorkbookProfile:
    """A file's sheets as the reader sees them, and what it noticed."""

    name: str
    sheets: tuple[SheetProfile, ...]
    date_1904: bool
    delimited: bool
    problems: tuple[Problem, ...]


def profile(workbook: Workbook) -> WorkbookProfile:
    """What `inspect` shows of a workbook. Never raises; the work is bounded by the first 5,000 cells of each column."""
    sheets = tuple(profile_sheet(sheet) for sheet in workbook.sheets)
    return WorkbookProfile(workbook.name, sheets, workbook.date_1904, workbook.delimited, workbook.problems)


def profile_sheet(sheet: Sheet) -> SheetProfile:
    """One sheet's part of `profile`."""
    row = likely_heading_row(sheet)
    headings = heading_texts(sheet, row) if row else {}
    body = {number: cells for number, cells in sheet.rows.items() if number > row}
    private = withheld_rows(Body("", sheet, Headings(row, {}, {}, row + 1, headings), frozenset(), frozenset()))
    wanted = sorted(set(headings).union(*(body_row.keys() for body_row in islice(body.values(), LOOKED_AT))))
    merged = _merged_cells(sheet, row)
    columns = tuple(
        _column(sheet, body, column, headings.get(column, ""), merged.get(column, 0), private)
        for column in wanted[:_MOST_COLUMNS]
    )
    return SheetProfile(
        sheet.name, sheet.state, row, tuple(_titles(sheet, row)), columns, len(body), _blank_rows(row, body),
        sum(number in sheet.hidden_rows for number in body), sum(map(_is_struck, body.values())), sheet.filtered,
        len(sheet.merges), max(len(wanted) - _MOST_COLUMNS, 0),
    )  # fmt: skip


def likely_heading_row(sheet: Sheet) -> int:
    """The row, among the first 20 that hold anything, that looks like headings; 0 where none does.

    Headings are short texts, all different, that fill most of the width of the rows after them.
    """
    first = list(islice(sheet.rows, SEARCHED_ROWS + 10))
    widths = [len(sheet.rows[row]) for row in first]
    if not widths:
        return 0
    usual = sorted(widths)[len(widths) // 2]
    for place, row in enumerate(first[:SEARCHED_ROWS]):
        width = widths[place]
        later = widths[place + 1 : place + 6]
        enough = max(usual, *later, 1) if later else usual
        if width * 2 >= enough and (width > 1 or enough == 1) and _are_headings(sheet.rows[row]):
            return row
    return 0


def _are_headings(cells: Mapping[int, Cell]) -> bool:
    texts = [str(cell.value).strip() for cell in cells.values() if cell.kind == "text"]
    short = all(0 < len(text) <= _LONGEST_HEADING for text in texts)
    different = len({text.casefold() for text in texts}) * 10 >= len(texts) * 8
    return bool(texts) and short and different and len(texts) * 10 >= len(cells) * 7


def _column(
    sheet: Sheet,
    body: Mapping[int, Mapping[int, Cell]],
    column: int,
    heading: str,
    merged: int,
    private: Container[int],
) -> ColumnProfile:
    """A column. Cells of rows that may not be public are counted, and nothing is told of what they hold."""
    public = (cells[column] for row, cells in body.items() if column in cells and row not in private)
    cells = [cells[column] for cells in body.values() if column in cells]
    letters = column_letters(column)
    return ColumnProfile(
        letters, excerpt(heading, 60) or letters, len(cells), len(body) - len(cells), merged,
        column in sheet.hidden_columns, summary(_filled(public)),
    )  # fmt: skip


def _filled(cells: Iterable[Cell]) -> Iterator[Cell]:
    return (cell for cell in cells if not (cell.kind == "text" and is_blank(str(cell.value))))


def _merged_cells(sheet: Sheet, row: int) -> dict[int, int]:
    """How many cells of each column, below the headings, are covered by a cell merged downwards."""
    counts: dict[int, int] = {}
    for merge in sheet.merges:
        if merge.left == merge.right and merge.top > row:
            counts[merge.left] = counts.get(merge.left, 0) + merge.bottom - merge.top
    return counts


def _titles(sheet: Sheet, row: int) -> Iterator[str]:
    for number, cells in sheet.rows.items():
        if number >= row:
            return
        yield excerpt(" ".join(as_text(cell, NOWHERE, []) for cell in list(cells.values())[:5]), 80)


def _blank_rows(row: int, body: Mapping[int, object]) -> int:
    return max(body, default=row) - row - len(body)


def _is_struck(cells: Mapping[int, Cell]) -> bool:
    return all(cell.struck for cell in cells.values())
