"""One cell to a number, a whole number or a percentage. What Excel shows decides, not only what it stores."""

from __future__ import annotations

import re
from typing import Literal

from pipeline.problems import Place, Problem, error, note
from pipeline.read.cells import as_text, unusable
from pipeline.sheets import Cell, shows
from pipeline.sheets import shown as shown_by
from pipeline.text import excerpt

Unit = Literal["", "percent", "fraction"]

_NUMBER = re.compile(r"([+\-−]?)((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,15})?)")
_PERCENT = re.compile(r"(.*?)(?:%|per ?cent)", re.IGNORECASE | re.DOTALL)


def as_number(cell: Cell | None, place: Place, problems: list[Problem]) -> float | None:
    """The number in the cell; None where it is blank or no number (I320). A number kept as text counts, with a note."""
    if cell is None or unusable(cell, place, problems):
        return None
    if cell.kind == "number" and isinstance(cell.value, (int, float)):
        return cell.value
    text = as_text(cell, place, problems) if cell.kind == "text" else cell.text
    number = _parse(text) if cell.kind == "text" else None
    if number is None:
        problems.append(error("I320", place, f"“{excerpt(text)}” is not a number.", "Type the number in figures."))
    elif cell.format:
        problems.append(_kept_as_text(text, place))
    return number


def as_whole(cell: Cell | None, place: Place, problems: list[Problem]) -> int | None:
    """The whole number in the cell; None where it is blank or not one (I321)."""
    number = as_number(cell, place, problems)
    if cell is None or number is None:
        return None
    if number < 0 or abs(number - round(number)) > 1e-9:
        what = "is less than none" if number < 0 else "is not a whole number"
        cure = "Type a whole number, 0 or more."
        problems.append(error("I321", place, f"“{excerpt(cell.text)}” {what}.", cure))
        return None
    return round(number)


def as_percent(cell: Cell | None, place: Place, problems: list[Problem], unit: Unit = "") -> float | None:
    """The percentage in the cell, of 100: 97.0 for 97%. None where it is blank or in doubt (I330, I331, I332).

    0.97 under Excel's percent format, 97 under a format that only writes the sign, and the text "97%" are all 97. A
    bare number counts as it stands above 1; from 0 to 1 it is in doubt unless `unit` says what the column holds.
    """
    if cell is None or unusable(cell, place, problems):
        return None
    if cell.kind == "number" and isinstance(cell.value, (int, float)):
        return _typed(cell, cell.value, unit, place, problems)
    text = as_text(cell, place, problems) if cell.kind == "text" else cell.text
    signed = _PERCENT.fullmatch(text) if cell.kind == "text" else None
    number = _parse((signed[1] if signed else text).strip()) if cell.kind == "text" else None
    if number is None:
        problems.append(error("I320", place, f"“{excerpt(text)}” is not a percentage.", "Type it as in 97%."))
        return None
    return _within(number, text, place, problems) if signed else _bare(number, text, unit, place, problems)


def _typed(cell: Cell, value: float, unit: Unit, place: Place, problems: list[Problem]) -> float | None:
    look, text = shows(cell.format), excerpt(cell.text)
    if look == "number":
        return _bare(value, text, unit, place, problems)
    return _within(_hundredfold(value) if look == "percent" else value, text, place, problems)


def _hundredfold(value: float) -> float:
    return round(value * 100, 10)


def _bare(value: float, text: str, unit: Unit, place: Place, problems: list[Problem]) -> float | None:
    if unit == "fraction":
        return _within(_hundredfold(value), text, place, problems)
    if unit == "percent" or value == 0 or not 0 < value <= 1:
        return _within(value, text, place, problems)
    whole = shown_by("General", _hundredfold(value)).text
    problems.append(
        error("I330", place, f"“{text}” may mean {text}% or {whole}%.", f"Type {whole}% (or {text}%), with the sign.")
    )
    return None


def _within(percent: float, text: str, place: Place, problems: list[Problem]) -> float | None:
    if 0 <= percent <= 100:
        return float(percent)
    if percent > 100 and text.endswith("%"):
        cure = "Type the percentage again with its sign, as in 92%."
        problems.append(error("I331", place, f"Excel shows “{text}”: more than 100%.", cure))
    else:
        problems.append(error("I332", place, f"“{text}” is not between 0% and 100%.", "Correct the percentage."))
    return None


def _parse(text: str) -> float | None:
    match = _NUMBER.fullmatch(text)
    if not match:
        return None
    digits = match[2].replace(",", "")
    number = float(digits) if "." in digits else int(digits)
    return -number if match[1] in ("-", "−") else number


def _kept_as_text(text: str, place: Place) -> Problem:
    return note(
        "I322", place, f"“{excerpt(text)}” is kept as text; it was read as a number.", "Type it again as a number."
    )
