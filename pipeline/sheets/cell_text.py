"""The text that Excel shows in a cell, and why it may not be printed."""

from __future__ import annotations

import datetime as dt

from pipeline import formats
from pipeline.problems import Place, Problem, error
from pipeline.sheets.number_formats import HASHES, Shown, date_letters
from pipeline.sheets.number_formats import shown as shown_by
from pipeline.sheets.number_formats.moments import serial
from pipeline.sheets.workbook import Cell
from pipeline.text import excerpt

_FIRST_REAL_YEAR = 1900


def text_of(cell: Cell) -> str:
    """What Excel shows in a cell, whether or not it may be printed: for headings and messages."""
    return str(cell.value) if cell.kind == "error" else what_excel_shows(cell).text


def what_excel_shows(cell: Cell) -> Shown:
    """The text of a cell, and why it may not be printed; of what its format hides as if it did not."""
    value = cell.value
    if isinstance(value, bool):
        return Shown("Yes" if value else "No")
    if isinstance(value, dt.datetime):
        return _day_shown(value, cell.format)
    return shown_by("General" if is_hidden(cell) else cell.format, stored(cell))


def _day_shown(moment: dt.datetime, code: str) -> Shown:
    """A day in the house's words, or a month; a date that shows less, or more, as Excel shows it."""
    letters, real = date_letters(code), moment.year > _FIRST_REAL_YEAR
    if real and (letters == "dmy" or (letters == "dmyh" and moment.time() == dt.time())):
        return Shown(formats.day(moment))
    if real and letters == "my":
        return Shown(formats.month(moment))
    told = shown_by(code, serial(moment))
    return told if told.text else Shown(formats.day(moment))


def is_hidden(cell: Cell) -> bool:
    """Does the cell's format show nothing of what it holds? `;;;` is the usual way to hide a cell; a nought may be."""
    if ";" not in cell.format:
        return False
    value = stored(cell)
    return value not in ("", 0) and not shown_by(cell.format, value).text


def stored(cell: Cell) -> float | str:
    """What Excel keeps in the cell: a number (a date's day number), or a text (TRUE and FALSE too)."""
    value = cell.value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime):
        return serial(value)
    return "" if value is None else value


def unprintable(cell: Cell, told: Shown, place: Place) -> Problem:
    """I333 to I336: what the cell shows is not what may be printed."""
    text = excerpt(told.text)
    if told.doubt == "cut":
        return error(
            "I333",
            place,
            f"Excel shows as much of this number as the cell has room for: “{text}”.",
            "Give the cell a number format that says how many decimals it shows, such as 0.00.",
        )
    if told.doubt == "sign":
        return error(
            "I334",
            place,
            f"Excel shows “{text}” for a number below nought: at most its colour tells.",
            "Give the cell a number format with a minus, such as #,##0;-#,##0.",
        )
    if told.doubt == "scale":
        return error(
            "I335",
            place,
            f"Excel shows “{text}” for {shown_by('#,##0.##', stored(cell)).text}, and nothing "
            "beside it says that it is in thousands or millions.",
            'Write the unit into the number format, as in #,##0,"k", or show the number in full.',
        )
    why = f"Excel shows “{HASHES}” here: its number format cannot show this number"
    if told.doubt == "format":
        why = f"What Excel shows here cannot be told from its number format “{excerpt(cell.format, 80)}”: {told.why}"
    return error("I336", place, f"{why}.", "Give the cell another number format, or type it as text.")
