"""How any workbook looks to the reader: the headings it finds, what each column holds, what is merged or hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, islice

from pipeline.kinds import FieldType
from pipeline.patterns import Pattern
from pipeline.problems import Problem
from pipeline.read.dates import Written, parse_date
from pipeline.read.exports import about_dates, as_exported
from pipeline.read.headings import SEARCHED_ROWS, heading_texts
from pipeline.read.money import has_currency
from pipeline.read.table import Headings
from pipeline.read.values import cell_text
from pipeline.read.withholding import Body, withheld_rows
from pipeline.sheets import Cell, Sheet, Visibility, Workbook, column_letters, column_number, is_blank, shows
from pipeline.text import excerpt, match_key, without_edges

LOOKED_AT = 5_000
_LONGEST_WORD = 40
_MOST_CHOICES = 15
_YES_NO = frozenset(("yes", "no", "y", "n", "true", "false"))
_LONGEST_DATE = 60
_EXPORTED = Pattern(r"-?(?:0|[1-9][0-9]{0,14}|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?%?")
"""A number as a delimited file has it; one that begins with noughts is a reference."""
_MOST_COLUMNS = 200
_LONGEST_HEADING = 120


@dataclass(frozen=True, slots=True)
class ColumnSummary:
    """A column's cells: how many of each sort, the kind they suggest, and the words where they come from a short list.
    Are they all `different`?

    Sorts are text, lines, date, month, time, number, whole, money, percent, yes or no, date as text, error,
    uncalculated and rich.
    """

    sorts: Mapping[str, int]
    kind: FieldType
    words: tuple[str, ...] = ()
    different: bool = False


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
    headings = heading_texts(sheet, row) if row else {}
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
    struck = sum(all(cell.struck for cell in cells.values()) for cells in body.values())
    hidden = sum(number in sheet.hidden_rows for number in body)
    return SheetProfile(
        sheet.name, sheet.state, row, tuple(_titles(sheet, row)), columns, len(body), blank_rows, hidden, struck,
        sheet.filtered, len(sheet.merges), max(len(wanted) - _MOST_COLUMNS, 0), problems,
    )  # fmt: skip


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


# -- what the cells of a column are ------------------------------------------------------------------------------------


def summary(cells: Iterable[Cell]) -> ColumnSummary:
    """The summary of a column, from its first 5,000 cells that hold anything."""
    sorts: Counter[str] = Counter()
    texts: Counter[str] = Counter()
    values = set[str]()
    for cell in islice(cells, LOOKED_AT):
        values.add(match_key(str(cell.value)))
        sorts[sort_of(cell)] += 1
        if isinstance(cell.value, str) and cell.kind == "text":
            texts[without_edges(cell.value)] += 1
    words = _words(texts)
    return ColumnSummary(dict(sorts), _kind(sorts, bool(words)), words, 0 < len(values) == sorts.total())


def sort_of(cell: Cell) -> str:
    """What one cell is, as the person at the screen sees it."""
    if cell.kind in ("error", "uncalculated", "rich", "time"):
        return cell.kind
    if cell.kind == "yesno":
        return "yes or no"
    if cell.kind == "date":
        return "month" if shows(cell.format) == "month" else "date"
    exported = _EXPORTED.fullmatch(str(cell.value)) if not cell.format else None
    if cell.kind == "number" or exported or has_currency(cell):
        return _sort_of_number(cell)
    return _sort_of_text(str(cell.value)[: _LONGEST_WORD * 5])


def _sort_of_number(cell: Cell) -> str:
    """What sort of number a cell shows."""
    if has_currency(cell):
        return "money"
    if str(cell.value).endswith("%") or shows(cell.format) != "number":
        return "percent"
    number = float(str(cell.value).replace(",", ""))
    return "whole" if number.is_integer() and number >= 0 else "number"


@lru_cache(maxsize=8192)
def _sort_of_text(text: str) -> str:
    if "\n" in text.strip():
        return "lines"
    if match_key(text) in _YES_NO:
        return "yes or no"
    if len(text) <= _LONGEST_DATE and isinstance(found := parse_date(text), Written):
        return "month as text" if found.when.precision == "month" else "date as text"
    return "text"


_DATES = frozenset(("date", "date as text", "month", "month as text"))
_KINDS: tuple[tuple[FieldType, frozenset[str]], ...] = (
    ("day", frozenset(("date", "date as text"))),
    ("when", _DATES),
    ("yes_no", frozenset(("yes or no",))),
    ("percent", frozenset(("percent",))),
    ("whole", frozenset(("whole",))),
    ("number", frozenset(("whole", "number", "percent"))),
    ("money", frozenset(("money", "whole", "number"))),
)


def _kind(sorts: Mapping[str, int], few_words: bool) -> FieldType:
    known = +Counter({**sorts, "error": 0, "uncalculated": 0, "rich": 0})
    if kind := next((kind for kind, members in _KINDS if known and known.keys() <= members), None):
        return kind
    if _is_mostly_dates(known):
        return "when"
    if known["lines"] * 4 > known.total():
        return "lines"
    return "choice" if few_words and known.keys() <= {"text", "yes or no"} else "text"


def _is_mostly_dates(sorts: Counter[str]) -> bool:
    """Are half of the cells dates, and the rest words that may stand for one?"""
    dates = sum(sorts[sort] for sort in _DATES)
    return bool(sorts) and sorts.keys() <= _DATES | {"text"} and dates * 2 >= sorts.total()


def _words(texts: Counter[str]) -> tuple[str, ...]:
    """The words of a short list: few, short, and most of them used more than once."""
    filled = Counter({text: count for text, count in texts.items() if text})
    keys = {match_key(text): text for text, _ in reversed(filled.most_common())}
    short = all(len(text) <= _LONGEST_WORD and "\n" not in text for text in filled)
    if not short or not 1 <= len(keys) <= _MOST_CHOICES or filled.total() < 2 * len(keys):
        return ()
    return tuple(sorted(excerpt(text) for text in keys.values()))
