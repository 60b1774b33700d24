"""One cell to a number, a whole number or a percentage. What Excel shows decides, not only what it stores."""

from __future__ import annotations

import re

from pipeline.kinds import Figure
from pipeline.patterns import Pattern
from pipeline.problems import NOWHERE, error, note
from pipeline.read.values import Reading, as_text, wrong
from pipeline.sheets import Cell, shown, shows
from pipeline.text import excerpt

_NUMBER = Pattern(r"([+\-−]?)((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,15})?)")
_PERCENT = Pattern(r"(.*?)(?:%|per ?cent)", re.IGNORECASE | re.DOTALL)
POUNDS = "£"
_SUM = Pattern(r"([-−(]?) ?[£€$]? ?([-−]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(\.[0-9]{1,4})?\)?")
_TELLS_MORE = Pattern(r"[^-−+(), .0-9]")
"""What a figure holds that shows its unit: a currency, a letter for thousands, a percent sign."""


def as_number(cell: Cell) -> Reading:
    """The number in the cell; None where it is none (I320). A number kept as text counts, with a note (I322)."""
    if cell.kind == "number":
        return Reading(cell.value)
    if cell.kind != "text":
        return _no_number(cell.text, Reading(), "a number", "Type the number in figures.")
    found = as_text(cell)
    number = _parse(found.value)
    if number is None:
        return _no_number(found.value, found, "a number", "Type the number in figures.")
    message = f"“{excerpt(found.value)}” is kept as text; it was read as a number."
    kept = [note("I322", NOWHERE, message, "Type it again as a number.")] if cell.format else []
    return Reading(number, (*found.problems, *kept))


def _no_number(text: str, found: Reading, what: str, cure: str) -> Reading:
    return found.but(error("I320", NOWHERE, f"“{excerpt(text)}” is not {what}.", cure))


def as_whole(cell: Cell) -> Reading:
    """The whole number in the cell; None where it is not one (I321)."""
    found = as_number(cell)
    if found.value is None:
        return found
    if found.value < 0 or abs(found.value - round(found.value)) > 1e-9:
        what = "is less than none" if found.value < 0 else "is not a whole number"
        message = f"“{excerpt(cell.text)}” {what}."
        return found.but(error("I321", NOWHERE, message, "Type a whole number, 0 or more."))
    return found._replace(value=round(found.value))


def as_percent(cell: Cell) -> Reading:
    """The percentage in the cell, of 100: 97.0 for 97%. None where it is in doubt (I330, I331, I332).

    0.97 under Excel's percent format, 97 under a format that only writes the sign, and the text "97%" are all 97. A
    bare number counts as it stands above 1; above 0 and up to 1 it is in doubt.
    """
    if cell.kind == "number":
        look, value, text = shows(cell.format), float(cell.value), excerpt(cell.text)  # type: ignore[arg-type]
        if look == "number":
            return _bare(value, text)
        return _within(_hundredfold(value) if look == "percent" else value, text)
    if cell.kind != "text":
        return _no_number(cell.text, Reading(), "a percentage", "Type it as in 97%.")
    found = as_text(cell)
    signed = _PERCENT.fullmatch(found.value)
    number = _parse((signed[1] if signed else found.value).strip())
    if number is None:
        return _no_number(found.value, found, "a percentage", "Type it as in 97%.")
    share = _within(number, found.value) if signed else _bare(number, found.value)
    return Reading(share.value, (*found.problems, *share.problems))


def _hundredfold(value: float) -> float:
    return round(value * 100, 10)


def _bare(value: float, text: str) -> Reading:
    if not 0 < value <= 1:
        return _within(value, text)
    share = shown("General", _hundredfold(value)).text
    return wrong("I330", f"“{text}” may mean {text}% or {share}%.", f"Type {share}% (or {text}%), with the sign.")


def _within(percent: float, text: str) -> Reading:
    if 0 <= percent <= 100:
        return Reading(float(percent))
    if percent > 100 and text.endswith("%"):
        cure = "Type the percentage again with its sign, as in 92%."
        return wrong("I331", f"Excel shows “{text}”: more than 100%.", cure)
    return wrong("I332", f"“{text}” is not between 0% and 100%.", "Correct the percentage.")


def _parse(text: str) -> float | None:
    match = _NUMBER.fullmatch(text)
    if not match:
        return None
    digits = match[2].replace(",", "")
    number = float(digits) if "." in digits else int(digits)
    return -number if match[1] in ("-", "−") else number


def as_figure(cell: Cell) -> Reading:
    """A number as Excel shows it; None where the cell holds none (I320, and I333 to I336)."""
    return _figure(as_number(cell), as_text(cell))


def as_share(cell: Cell) -> Reading:
    """A percentage, of 100, as Excel shows it, with its sign; see `as_percent`."""
    shown = as_text(cell)
    if shown.value and not _TELLS_MORE.search(shown.value):
        shown = shown._replace(value=f"{shown.value}%")
    return _figure(as_percent(cell), shown)


def as_money(cell: Cell, unit: str = "") -> Reading:
    """A sum of money; None where the cell holds none (I320). It prints as Excel shows it where that says what it is,
    and else with `unit` before it: 412000 is “£412,000”.
    """
    shown = as_text(cell)
    number = as_number(cell)
    if cell.kind == "text":
        message, cure = f"“{excerpt(shown.value)}” is not a sum of money.", "Type it in figures, as in £12,500."
        found = sum_in(shown.value)
        number = shown.but(error("I320", NOWHERE, message, cure)) if found is None else shown._replace(value=found)
    if number.value is None or not shown.value or _TELLS_MORE.search(shown.value):
        return _figure(number, shown)
    return _figure(number, shown._replace(value=money(number.value, unit or POUNDS, 2 if "." in shown.value else 0)))


def _figure(number: Reading, shown: Reading) -> Reading:
    """A number with what is printed of it; None where either is not there."""
    if number.value is None:
        return number
    problems = tuple(dict.fromkeys((*number.problems, *shown.problems)))
    return Reading(Figure(number.value, shown.value) if shown.value else None, problems)


def money(number: float, unit: str, decimals: int) -> str:
    """A sum with its unit: “-£2,005.01”."""
    return f"{'-' if number < 0 else ''}{unit}{abs(number):,.{decimals}f}"


def sum_in(text: str) -> float | None:
    """The sum that a text is: “£1,250.50”, “-£3”, “(£3)”."""
    found = _SUM.fullmatch(text)
    if not found or (found[1] == "(") != text.endswith(")"):
        return None
    number = float(found[3].replace(",", "") + (found[4] or ""))
    return -number if found[1] or found[2] else number
