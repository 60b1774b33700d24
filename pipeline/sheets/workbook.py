"""A workbook as values: sheets of typed cells under Excel's own row and column numbers, whatever its file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from pipeline.problems import Place, Problem

Kind = Literal["text", "number", "date", "time", "yesno", "error", "uncalculated"]
State = Literal["visible", "hidden", "very hidden"]

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384


class Cell(NamedTuple):
    """What one cell holds. A cell does not know its address, so equal cells may be one object.

    `value`: str for text and error kinds, int or float for numbers, datetime for dates, the fraction of a day (0 to 1)
    for times, bool for yesno, None for a formula that was never calculated. `format` is Excel's number format code, and
    empty where the file has none (csv). `struck`: all of the text is struck through; `part_struck`: some of it is.
    """

    value: str | int | float | bool | dt.datetime | None
    kind: Kind
    format: str = "General"
    struck: bool = False
    part_struck: bool = False


class Merge(NamedTuple):
    """A merged range, corners included, rows and columns counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{address(self.top, self.left)}:{address(self.bottom, self.right)}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: row number to column number to cell (both from 1, blank cells absent, in rising order of rows).

    `filtered`: a filter is on, so that hidden rows are rows somebody filtered away. `read` is False for a sheet that
    was not asked for: its rows are empty whatever the file holds. `notes`: the texts of notes by row and column.
    """

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    state: State = "visible"
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    filtered: bool = False
    read: bool = True
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file's sheets in its own order; `problems` are what its reader noticed (never errors: those are raised)."""

    name: str
    sheets: tuple[Sheet, ...]
    date_1904: bool = False
    delimited: bool = False
    problems: tuple[Problem, ...] = field(default=())

    def place(self, sheet: Sheet, row: int = 0, column: int = 0) -> Place:
        """The place of a cell of this workbook, or of the sheet where no row is given."""
        return Place(self.name, sheet.name, address(row, column) if row else "")


@lru_cache(maxsize=2048)
def column_letters(column: int) -> str:
    """Excel's letters for a column counted from 1: 1 is A, 28 is AB."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=32768)
def column_number(letters: str) -> int:
    """The column counted from 1 that these letters (A to XFD, either case) name."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def address(row: int, column: int) -> str:
    """`G11` for row 11, column 7."""
    return f"{column_letters(column)}{row}"
