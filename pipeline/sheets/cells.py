"""The cells of one sheet of an Excel workbook: any valid spelling, any producer."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from pipeline.opc import Attributes
from pipeline.problems import PaperError, Place, error
from pipeline.sheets.elements import Text, Texts, decode, is_true, whole
from pipeline.sheets.number_formats import shows
from pipeline.sheets.workbook import LAST_COLUMN, LAST_ROW, Cell, Limits, Merge, Sheet, State, address, column_number

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")
_DAY_ZERO = dt.datetime(1899, 12, 30)
_DAY_ZERO_1904 = dt.datetime(1904, 1, 1)
_LONGEST_TIME = 1000
_KNOWN = 1 << 16


class Style(NamedTuple):
    """A cell style, as far as values need it."""

    format: str = "General"
    struck: bool = False


PLAIN = Style()


@dataclass(slots=True)
class Book:
    """What all sheets of a workbook share, and how many cells and characters they have given so far."""

    file: str
    texts: Sequence[Text]
    styles: Sequence[Style]
    date_1904: bool
    limits: Limits
    cells: int = 0
    characters: int = 0

    def spend(self, cell: Cell, sheet: str, row: int, column: int) -> None:
        """Count a cell. Raises PaperError (I115) where the workbook is past its limits with it."""
        self.cells += 1
        if cell.kind == "text":
            self.characters += len(cell.value)  # type: ignore[arg-type]
        if self.cells > self.limits.cells:
            raise too_many(Place(self.file, sheet, address(row, column)), f"{self.limits.cells:,} filled cells")
        if self.characters > self.limits.characters:
            most = f"{self.limits.characters:,} characters of text"
            raise too_many(Place(self.file, sheet, address(row, column)), most)

    def style(self, number: str | None) -> Style:
        """The style of this number, the plain one where the workbook has none such."""
        at = whole(number)
        return self.styles[at] if at < len(self.styles) else PLAIN

    def cell(self, kind: str | None, raw: str, style: Style) -> Cell | None:
        """The cell for what is stored (ECMA-376 part 1, 18.18.11 has the kinds), None for a blank one."""
        if kind == "s":
            return self._shared(raw, style)
        if kind in ("str", "inlineStr"):
            return text_cell(Text(decode(raw)), style)
        if not raw:
            return None
        if kind == "b":
            return Cell(raw.strip() in ("1", "true"), "yesno", *style)
        if kind == "e":
            return Cell(raw.strip(), "error", *style)
        return _iso_date(raw, style) if kind == "d" else self._number(raw, style)

    def _shared(self, raw: str, style: Style) -> Cell | None:
        try:
            index = int(raw)
            return text_cell(self.texts[index], style) if index >= 0 else None
        except (ValueError, IndexError):
            return Cell("#REF!", "error", *style) if raw.strip() else None

    def _number(self, raw: str, style: Style) -> Cell:
        """A number, or the date or time that its format makes of it; text where it is no number after all."""
        try:
            number = int(raw) if raw.isdigit() and len(raw) < 16 else float(raw)
        except ValueError:
            return Cell(decode(raw), "text", *style)
        if not math.isfinite(number):
            return Cell(raw, "error", *style)
        kind = shows(style.format)
        if kind in ("number", "percent", "percent sign"):
            return Cell(number, "number", *style)
        if kind == "time" and 0 <= number < _LONGEST_TIME:
            return Cell(float(number), "time", *style)
        moment = from_serial(number, self.date_1904)
        return Cell(moment, "date", *style) if moment else Cell(number, "number", *style)


def too_many(place: Place, most: str) -> PaperError:
    """The refusal (I115) of a workbook with more of something than the limits allow, met at `place`."""
    told = f"“{place.file}” holds more than {most}; reading stopped here."
    return PaperError(error("I115", place, told, "Copy the rows that matter into a new workbook and use that one."))


def text_cell(text: Text, style: Style) -> Cell | None:
    """The cell of a text, None for an empty one."""
    words, struck, part_struck = text
    return Cell(words, "text", style.format, style.struck or struck, part_struck) if words else None


def _iso_date(raw: str, style: Style) -> Cell:
    """A date stored as text, as strict workbooks may."""
    try:
        return Cell(dt.datetime.fromisoformat(raw.strip()).replace(tzinfo=None), "date", *style)
    except ValueError:
        return Cell(raw, "text", *style)


def from_serial(number: float, date_1904: bool) -> dt.datetime | None:
    """The moment of an Excel day number, None where Excel itself could show no date (negative, or after 9999).

    Day numbers below 60 are a day later than those after, since Excel has a 29 February 1900.
    """
    if number < 0:
        return None
    epoch = _DAY_ZERO_1904 if date_1904 else _DAY_ZERO
    days, fraction = divmod(number, 1)
    early = 0 if date_1904 or number >= 60 else 1
    try:
        day = epoch + dt.timedelta(days + early)
        return day + dt.timedelta(milliseconds=round(fraction * 86_400_000)) if fraction else day
    except OverflowError:
        return None


def parse_address(text: str) -> tuple[int, int] | None:
    """Row and column of `G11`, None where the text is no address on a sheet."""
    match = _ADDRESS.fullmatch(text)
    if not match:
        return None
    row, column = int(match[2]), column_number(match[1])
    return (row, column) if row <= LAST_ROW and column <= LAST_COLUMN else None


class SheetPart(Texts):
    """Gathers a sheet. A row or cell without an address stands after the one before it; equal cells are one object.

    Raises PaperError (I115) past the limits, naming the cell.
    """

    def __init__(self, title: str, book: Book) -> None:
        super().__init__()
        self.title, self.book = title, book
        self.rows: dict[int, dict[int, Cell]] = {}
        self.merges: list[Merge] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.filtered = False
        self._row = self._column = 0
        self._digits = ""
        self._letters: dict[str, int] = {}
        self._cell: Attributes = {}
        self._stored = self._formula = self._inline = False
        self._known: dict[tuple[str | None, str | None, str], Cell] = {}

    def sheet(self, state: State, notes: dict[tuple[int, int], str]) -> Sheet:
        """The finished sheet, its rows in rising order."""
        rows = self.rows if list(self.rows) == sorted(self.rows) else dict(sorted(self.rows.items()))
        hidden = frozenset(self.hidden_rows), frozenset(self.hidden_columns)
        return Sheet(self.title, rows, state, tuple(self.merges), *hidden, self.filtered, notes=notes)

    def _open_row(self, attributes: Attributes) -> None:
        given = whole(attributes.get("r"))
        self._row, self._column = given if 0 < given <= LAST_ROW else self._row + 1, 0
        self._digits = str(self._row)
        if is_true(attributes.get("hidden")):
            self.hidden_rows.add(self._row)

    def _open_cell(self, attributes: Attributes) -> None:
        self._cell = attributes
        self._stored = self._formula = self._inline = False
        at = attributes.get("r", "")
        self._column = self._letters.get(at.removesuffix(self._digits)) or self._located(at)

    def _located(self, at: str) -> int:
        """The column of an address whose letters were not met before; the row that it names counts."""
        found = parse_address(at)
        if found is None:
            self._row = max(self._row, 1)
            return self._column + 1
        self._row, column = found
        self._digits = str(self._row)
        self._letters[at.removesuffix(self._digits)] = column
        return column

    def _open_value(self, _: Attributes) -> None:
        self.taking = self._stored = True

    def _close_value(self) -> None:
        self.taking = False

    def _open_formula(self, _: Attributes) -> None:
        self._formula = True

    def _open_inline(self, _: Attributes) -> None:
        self._stored = self._inline = True

    def _close_cell(self) -> None:
        if not (self._stored or self._formula):
            return
        key = self._cell.get("t"), self._cell.get("s"), "".join(self.pieces)
        cell = None if True in self.runs else self._known.get(key)
        if cell is None:
            cell = self._made(*key)
        self.pieces.clear()
        self.runs.clear()
        if cell is not None and self._column <= LAST_COLUMN:
            self.rows.setdefault(self._row, {})[self._column] = cell
            self.book.spend(cell, self.title, self._row, self._column)

    def _made(self, kind: str | None, style: str | None, raw: str) -> Cell | None:
        look = self.book.style(style)
        if self._inline and True in self.runs:
            return text_cell(self.take(), look)
        if self._formula and not raw and (kind != "str" or not self._stored):
            return Cell(None, "uncalculated", *look)
        cell = self.book.cell("inlineStr" if self._inline else kind, raw, look)
        if cell is not None:
            if len(self._known) > _KNOWN:
                self._known.clear()
            self._known[kind, style, raw] = cell
        return cell

    def _merge(self, attributes: Attributes) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        start, end = parse_address(first), parse_address(last or first)
        if start and end and start <= end and start != end:
            self.merges.append(Merge(*start, *end))
        if len(self.merges) > self.book.limits.merges:
            raise too_many(Place(self.book.file, self.title), f"{self.book.limits.merges:,} merged ranges")

    def _hide(self, attributes: Attributes) -> None:
        if is_true(attributes.get("hidden")) and len(self.hidden_columns) < LAST_COLUMN:
            first, last = whole(attributes.get("min")), whole(attributes.get("max"))
            self.hidden_columns.update(range(max(first, 1), min(last, LAST_COLUMN) + 1))

    def _filter(self, _: Attributes) -> None:
        self.filtered = True

    def _properties(self, attributes: Attributes) -> None:
        self.filtered = self.filtered or is_true(attributes.get("filterMode"))

    opens: ClassVar = Texts.opens | {
        "row": _open_row,
        "c": _open_cell,
        "v": _open_value,
        "f": _open_formula,
        "is": _open_inline,
        "mergeCell": _merge,
        "col": _hide,
        "filterColumn": _filter,
        "sheetPr": _properties,
    }
    closes: ClassVar = Texts.closes | {"c": _close_cell, "v": _close_value}
