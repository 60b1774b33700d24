"""From what an Excel workbook stores for a cell (a kind, a style, a text) to the cell that an officer sees."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.sheets.number_formats import shows
from pipeline.sheets.workbook import Cell, Style, Text

_DAY_ZERO = dt.datetime(1899, 12, 30)
_DAY_ZERO_1904 = dt.datetime(1904, 1, 1)
_LONGEST_TIME = 1000


PLAIN_STYLE = Style()


class Stored(NamedTuple):
    """What all cells of a workbook share: texts and styles by their numbers, its system of dates, and whether its
    formulas wait for Excel to work them out.
    """

    texts: Sequence[Text]
    styles: Sequence[Style]
    date_1904: bool
    to_calculate: bool

    def style(self, number: int) -> Style:
        """The style of this number, the plain one where the workbook has none such."""
        return self.styles[number] if number < len(self.styles) else PLAIN_STYLE

    def cell(self, kind: str | None, raw: str, style: Style) -> Cell | None:
        """The cell for what is stored (ECMA-376 part 1, 18.18.11 has the kinds), None for a blank one."""
        if kind == "s":
            return self._shared(raw, style)
        if kind in ("str", "inlineStr"):
            return text_cell(Text(raw), style)
        if not raw:
            return None
        if kind == "b":
            return Cell(raw.strip() in ("1", "true"), "yesno", *style)
        if kind in ("e", "rich"):
            return Cell(None, "rich", *style) if kind == "rich" else Cell(raw.strip(), "error", *style)
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
            return Cell(raw, "text", *style)
        if not math.isfinite(number):
            return Cell(raw, "error", *style)
        kind = shows(style.format)
        if kind in ("number", "percent", "percent sign"):
            return Cell(number, "number", *style)
        if kind == "time" and 0 <= number < _LONGEST_TIME:
            return Cell(float(number), "time", *style)
        moment = from_serial(number, self.date_1904)
        return Cell(moment, "date", *style) if moment else Cell(number, "number", *style)


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
