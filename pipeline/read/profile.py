"""How any workbook looks to the reader: the headings it finds, what each column holds, what is merged or hidden."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, islice

from pipeline.problems import Problem
from pipeline.read.column_summary import LOOKED_AT, ColumnSummary, summary
from pipeline.read.exports import about_dates, as_exported
from pipeline.read.headings import SEARCHED_ROWS, headings_told_apart
from pipeline.read.table import Headings
from pipeline.read.values import cell_text
from pipeline.read.withholding import Body, withheld_rows
from pipeline.sheets import Cell, Sheet, Visibility, Workbook, column_letters, column_number, is_blank
from pipeline.text import excerpt

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


@dataclass(frozen=True, slots=True)
class SheetProfile:
    """One sheet. `heading_row` is 0 where no row looks like headings; `titles` are the texts above it.

    `rows` counts the rows below the headings that hold anything, `blank_rows` those between them that hold nothing.
    `more_columns` counts columns past the first 200, which are not described.
    """

    name: str
    state: Visibility
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
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkbookProfile:
    """A file's sheets as the reader sees them, and what it noticed."""

    name: str
    sheets: tuple[SheetProfile, ...]
    date_1904: bool
    delimited: bool
    problems: tuple[Problem, ...]


def profile_of(workbook: Workbook) -> WorkbookProfile:
    """What `inspect` shows of a workbook. Never raises; the work is bounded by the first 5,000 cells of each column."""
    sheets = tuple(profile_sheet(sheet) for sheet in workbook.sheets)
    problems = (*workbook.problems, *chain.from_iterable(sheet.problems for sheet in sheets))
    return WorkbookProfile(workbook.name, sheets, workbook.date_1904, workbook.delimited, problems)


def profile_sheet(sheet: Sheet) -> SheetProfile:
    """One sheet's part of `profile`."""
    row = likely_heading_row(sheet)
    headings = headings_told_apart(sheet, row) if row else {}
    sheet, exported = as_exported(sheet, Headings(row, {}, {}, row + 1, headings))
    body = {number: cells for number, cells in sheet.rows.items() if number > row}
    private = withheld_rows(Body(sheet, Headings(row, {}, {}, row + 1, headings), frozenset(), frozenset()))
    wanted = sorted(set(headings).union(*(body_row.keys() for body_row in islice(body.values(), LOOKED_AT))))
    merged = _merged_cells(sheet, row)
    columns = tuple(
        _column(sheet, body, column, headings.get(column, ""), merged.get(column, 0), private)
        for column in wanted[:_MOST_COLUMNS]
    )
    public = {number: cells for number, cells in body.items() if number not in private}
    problems = (*exported, *_of_dates(sheet, public, columns))
    blank_rows = max(body, default=row) - row - len(body)
    struck = sum(map(_is_struck, body.values()))
    hidden = sum(number in sheet.hidden_rows for number in body)
    return SheetProfile(
        sheet.name, sheet.state, row, tuple(_titles(sheet, row)), columns, len(body), blank_rows, hidden, struck,
        sheet.filtered, len(sheet.merges), max(len(wanted) - _MOST_COLUMNS, 0), problems,
    )  # fmt: skip


def _is_struck(cells: Mapping[int, Cell]) -> bool:
    return all(cell.struck for cell in cells.values())


def _of_dates(
    sheet: Sheet, body: Mapping[int, Mapping[int, Cell]], columns: Iterable[ColumnProfile]
) -> Iterator[Problem]:
    """What is told of columns that may be dates as a whole."""
    for index in (
        column_number(column.letters) for column in columns if column.summary.kind in ("day", "when", "text")
    ):
        cells = {row: cells.get(index) for row, cells in body.items()}
        for row, problem in about_dates(cells, index):
            yield replace(problem, place=sheet.place(row, index))


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
        if width * 2 >= enough and (width > 1 or enough == 1) and _are_headings(sheet, row):
            return row
    return 0


def _are_headings(sheet: Sheet, row: int) -> bool:
    cells, told_apart = sheet.rows[row], headings_told_apart(sheet, row)
    texts = [told_apart.get(column, "") for column, cell in cells.items() if cell.kind == "text"]
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
        column in sheet.hidden_columns, summary(cell for cell in public if not is_blank(cell)),
    )  # fmt: skip


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
        yield excerpt(" ".join(cell_text(cell).value for cell in list(cells.values())[:5]), 80)
