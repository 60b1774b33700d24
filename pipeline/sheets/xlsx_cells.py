"""From what the file stores for a cell (a kind, a style, a text) to the value that an officer sees."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.problems import PaperError, Place, Problem
from pipeline.read import limits
from pipeline.read.refusals import too_many
from pipeline.sheets.number_formats import shows
from pipeline.sheets.workbook import Cell, address
from pipeline.sheets.xlsx_strings import Strings, decode
from pipeline.sheets.xlsx_styles import PLAIN, Style

_DAY_ZERO = dt.datetime(1899, 12, 30)
_DAY_ZERO_1904 = dt.datetime(1904, 1, 1)
_LONGEST_TIME = 1000


@dataclass(slots=True)
class Budget:
    """How many cells and characters one workbook has given so far."""

    name: str
    cells: int = 0
    characters: int = 0

    def spend(self, sheet: str, row: int, column: int, cells: int, characters: int) -> None:
        """Count these. Raises PaperError (I115) naming the cell where the limits are passed."""
        self.cells += cells
        self.characters += characters
        if self.cells > limits.CELLS:
            raise PaperError(self._past(sheet, row, column, f"{limits.CELLS:,} filled cells"))
        if self.characters > limits.CHARACTERS:
            raise PaperError(self._past(sheet, row, column, f"{limits.CHARACTERS:,} characters of text"))

    def _past(self, sheet: str, row: int, column: int, what: str) -> Problem:
        return too_many(self.name, Place(self.name, sheet, address(row, column)), what)


@dataclass(frozen=True, slots=True)
class CellMaker:
    """Makes cells of one workbook. Cells of shared texts are made once for each text and style."""

    strings: Strings
    styles: Sequence[Style]
    date_1904: bool
    shared: dict[tuple[int, int], Cell | None] = field(default_factory=dict)

    def style(self, number: int) -> Style:
        """The style of this number, the plain one where the workbook has none such."""
        return self.styles[number] if number < len(self.styles) else PLAIN

    def make(self, kind: str, style: int, raw: str | None, formula: bool) -> Cell | None:
        """The cell, or None for a blank one. `raw` is the stored value, None where the file stores none."""
        if kind == "s":
            return self.of_string(raw or "", style)
        look = self.style(style)
        if raw is None or (raw == "" and kind != "str"):
            return Cell(None, "uncalculated", *look) if formula else None
        if kind in ("str", "inlineStr"):
            return self.of_text(raw, style)
        if kind == "b":
            return Cell(raw.strip() in ("1", "true"), "yesno", *look)
        if kind == "e":
            return Cell(raw.strip(), "error", *look)
        return self.of_iso(raw, look) if kind == "d" else self.of_number(raw, look)

    def of_text(self, raw: str, style: int, struck: bool = False, part_struck: bool = False) -> Cell | None:
        """The cell of a text that stands in the sheet itself."""
        look = self.style(style)
        return Cell(decode(raw), "text", look.format, look.struck or struck, part_struck) if raw else None

    def of_string(self, raw: str, style: int) -> Cell | None:
        """The cell of the shared text whose number is `raw`; a number that is none gives an error cell."""
        try:
            index = int(raw)
            text = self.strings.texts[index] if index >= 0 else ""
        except (ValueError, IndexError):
            return Cell("#REF!", "error", *self.style(style)) if raw.strip() else None
        key = (index, style)
        if key not in self.shared:
            look = self.style(style)
            struck = look.struck or index in self.strings.struck
            part = index in self.strings.part_struck
            self.shared[key] = Cell(text, "text", look.format, struck, part) if text else None
        return self.shared[key]

    def of_number(self, raw: str, look: Style) -> Cell:
        """A number, or the date or time that its format makes of it; text where it is no number after all."""
        try:
            number = int(raw) if raw.isdigit() and len(raw) < 16 else float(raw)
        except ValueError:
            return Cell(decode(raw), "text", *look)
        if not math.isfinite(number):
            return Cell(raw, "error", *look)
        kind = shows(look.format)
        if kind in ("number", "percent", "percent sign"):
            return Cell(number, "number", *look)
        if kind == "time" and 0 <= number < _LONGEST_TIME:
            return Cell(float(number), "time", *look)
        moment = from_serial(number, self.date_1904)
        return Cell(moment, "date", *look) if moment else Cell(number, "number", *look)

    def of_iso(self, raw: str, look: Style) -> Cell:
        """A date stored as text (strict workbooks)."""
        try:
            return Cell(dt.datetime.fromisoformat(raw.strip()).replace(tzinfo=None), "date", *look)
        except ValueError:
            return Cell(raw, "text", *look)


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
