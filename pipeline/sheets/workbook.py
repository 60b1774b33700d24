"""A workbook as values: sheets of typed cells under Excel's own row and column numbers, whatever its file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from pipeline import formats
from pipeline.patterns import Pattern
from pipeline.problems import PaperError, Place, Problem, error
from pipeline.sheets.number_formats import Shown, date_letters, serial, shown
from pipeline.text import is_blank as shows_nothing

CellKind = Literal["text", "number", "date", "time", "yesno", "error", "uncalculated", "rich"]
Visibility = Literal["visible", "hidden", "very hidden"]

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
EXCEL_TEXT = 32_767
"""The most characters that one cell of Excel holds: a text of exactly this length was probably cut off."""

_FIRST_REAL_YEAR = 1900
_ADDRESS = Pattern(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")


class Limits(NamedTuple):
    """How much a workbook may hold: far beyond any council's tracker, short of what would stop an officer's computer.

    Cells with content, and characters of text in them (a text shared by many cells counted for each), in all the sheets
    that are read; different texts in the workbook; merged ranges on one sheet.
    """

    cells: int = 2_000_000
    characters: int = 200_000_000
    texts: int = 1_000_000
    merges: int = 200_000


class Text(NamedTuple):
    """A text, and whether all of it, or a part of it, is struck through."""

    text: str
    struck: bool = False
    part_struck: bool = False


class Style(NamedTuple):
    """A cell style, as far as values need it."""

    format: str = "General"
    struck: bool = False


class Cell(NamedTuple):
    """What one cell holds. A cell does not know its address, so equal cells may be one object.

    `value`: str for text and error kinds, int or float for numbers, datetime for dates, the fraction of a day (0 to 1)
    for times, bool for yesno, None for a formula that was never calculated and for what only newer versions of Excel
    show (`rich`: a picture, a linked data type, or an error of their own). `format` is Excel's number format code, and
    empty where the file has none (csv). `struck`: all of the text is struck through; `part_struck`: some of it is.
    """

    value: str | int | float | bool | dt.datetime | None
    kind: CellKind
    format: str = "General"
    struck: bool = False
    part_struck: bool = False

    @property
    def stored(self) -> float | str:
        """What Excel keeps in the cell: a number (a date's day number), or a text (TRUE and FALSE too)."""
        if isinstance(self.value, bool):
            return "TRUE" if self.value else "FALSE"
        if isinstance(self.value, dt.datetime):
            return serial(self.value)
        return "" if self.value is None else self.value

    @property
    def shown(self) -> Shown:
        """The text of the cell, and why it may not be printed; of what its format hides as if it did not."""
        if isinstance(self.value, str) and not (";" in self.format or "@" in self.format):
            return Shown(self.value)
        if isinstance(self.value, bool):
            return Shown("Yes" if self.value else "No")
        if isinstance(self.value, dt.datetime):
            return _day_shown(self.value, self.format)
        return shown("General" if self.hides else self.format, self.stored)

    @property
    def text(self) -> str:
        """What Excel shows in the cell, whether or not it may be printed: for headings and messages."""
        return str(self.value) if self.kind == "error" else self.shown.text

    @property
    def hides(self) -> bool:
        """Does the cell's format show nothing of what it holds? `;;;` is the usual way to hide a cell; a nought may
        be.
        """
        if ";" not in self.format:
            return False
        return self.stored not in ("", 0) and not shown(self.format, self.stored).text


def _day_shown(moment: dt.datetime, code: str) -> Shown:
    """A day in the house's words, or a month; a date that shows less, or more, as Excel shows it."""
    letters, real = date_letters(code), moment.year > _FIRST_REAL_YEAR
    if real and (letters == "dmy" or (letters == "dmyh" and moment.time() == dt.time())):
        return Shown(formats.day(moment))
    if real and letters == "my":
        return Shown(formats.month(moment))
    found = shown(code, serial(moment))
    return found if found.text else Shown(formats.day(moment))


def is_blank(cell: Cell | None) -> bool:
    """Does the cell show nothing?"""
    return cell is None or (cell.kind == "text" and shows_nothing(str(cell.value)))


class Merge(NamedTuple):
    """A merged range, corners included, rows and columns counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{address(self.top, self.left)}:{address(self.bottom, self.right)}"


def covered(merges: Iterable[Merge], rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The rows (given in rising order) that merged cells of one column cover, each with the first row of its cell."""
    waiting, now = sorted(merges, reverse=True), Merge(0, 0, 0, 0)
    for row in rows:
        while waiting and waiting[-1].top <= row:
            now = waiting.pop()
        if now.bottom >= row:
            yield row, now.top


def banner_rows(merges: Iterable[Merge]) -> frozenset[int]:
    """The rows that are one cell merged across columns: a heading in the midst of the table."""
    return frozenset(merge.top for merge in merges if merge.top == merge.bottom)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Sheet:
    """One sheet: row number to column number to cell (both from 1, blank cells absent, in rising order of rows).

    `filtered`: a filter is on, so that hidden rows are rows somebody filtered away. `read` is False for a sheet that
    was not asked for: its rows are empty whatever the file holds. `notes`: the texts of notes by row and column.
    `totals`: the rows that Excel itself keeps as totals of its tables. `file` is what problems call the workbook.
    """

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    state: Visibility = "visible"
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    filtered: bool = False
    read: bool = True
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)
    totals: frozenset[int] = frozenset()
    file: str = ""

    def place(self, row: int = 0, column: int = 0) -> Place:
        """The place of a cell, or of the sheet itself."""
        return Place(self.file, self.name, address(row, column) if row else "")


class Workbook(NamedTuple):
    """A file's sheets in its own order; `problems` are what its reader noticed (never errors: those are raised)."""

    name: str
    sheets: tuple[Sheet, ...]
    date_1904: bool = False
    delimited: bool = False
    problems: tuple[Problem, ...] = ()


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


def parse_address(text: str) -> tuple[int, int] | None:
    """Row and column of `G11`, None where the text is no address on a sheet."""
    match = _ADDRESS.fullmatch(text)
    if not match:
        return None
    row, column = int(match[2]), column_number(match[1])
    return (row, column) if row <= LAST_ROW and column <= LAST_COLUMN else None


@dataclass(slots=True)
class Room:
    """How much of a workbook was read so far, against its limits."""

    file: str
    limits: Limits
    cells: int = 0
    characters: int = 0

    def take(self, cell: Cell, sheet: str, row: int, column: int) -> None:
        """Count a cell. Raises PaperError (I115) where the workbook is past its limits with it."""
        self.cells += 1
        if cell.kind == "text":
            self.characters += len(cell.value)  # type: ignore[arg-type]
        if self.cells > self.limits.cells or self.characters > self.limits.characters:
            most, what = self.limits.characters, "characters of text"
            if self.cells > self.limits.cells:
                most, what = self.limits.cells, "filled cells"
            raise too_many(Place(self.file, sheet, address(row, column)), f"{most:,} {what}")


def too_many(place: Place, most: str) -> PaperError:
    """The refusal (I115) of a workbook with more of something than the limits allow, met at `place`."""
    message = f"“{place.file}” holds more than {most}; reading stopped here."
    return PaperError(error("I115", place, message, "Copy the rows that matter into a new workbook and use that one."))
