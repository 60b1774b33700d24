"""One cell to a number, a whole number or a percentage, exact. What Excel shows decides, not only what it stores."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.kinds import Figure, Unit
from pipeline.patterns import Pattern
from pipeline.problems import NOWHERE, Problem, error, note
from pipeline.read.values import Reading, as_text, wrong
from pipeline.sheets import Cell, fifteen_digits, shown, shows
from pipeline.text import excerpt

_NUMBER = Pattern(r"([+\-−]?)((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,15})?)")
_PERCENT = Pattern(r"(.*?)(?:%|per ?cent)", re.IGNORECASE | re.DOTALL)


def as_number(cell: Cell) -> Reading:
    """The number in the cell; None where it is none (I320). A number kept as text counts, with a note (I322)."""
    stored = cell.value if isinstance(cell.value, int | float) else None
    if cell.kind == "number" and stored is not None and (number := fifteen_digits(stored)) is not None:
        return Reading(number)
    if cell.kind != "text":
        return no_number(cell.text, Reading(), "a number", "Type the number in figures.")
    found = as_text(cell)
    number = _parse(found.value)
    if number is None:
        return no_number(found.value, found, "a number", "Type the number in figures.")
    message = f"“{excerpt(found.value)}” is kept as text; it was read as a number."
    kept = [note("I322", NOWHERE, message, "Type it again as a number.")] if cell.format else []
    return Reading(number, (*found.problems, *kept))


def no_number(text: str, found: Reading, what: str, cure: str) -> Reading:
    """I320: what a cell holds is not what its column is of."""
    return found.but(error("I320", NOWHERE, f"“{excerpt(text)}” is not {what}.", cure))


def as_whole(cell: Cell) -> Reading:
    """The whole number in the cell; None where it is not one (I321)."""
    found = as_number(cell)
    if found.value is None:
        return found
    if found.value < 0 or abs(found.value - round(found.value)) > Decimal("1e-9"):
        what = "is less than none" if found.value < 0 else "is not a whole number"
        message = f"“{excerpt(cell.text)}” {what}."
        return found.but(error("I321", NOWHERE, message, "Type a whole number, 0 or more."))
    return found._replace(value=round(found.value))


def as_figure(cell: Cell) -> Reading:
    """A number as Excel shows it; None where the cell holds none (I320, and I333 to I336)."""
    return _figure(as_number(cell), as_text(cell), Unit())


# -- percentages -------------------------------------------------------------------------------------------------------


def as_percent(cell: Cell, within: tuple[int, ...] = ()) -> Reading:
    """The percentage in the cell, of 100, as Excel shows it, with its sign; None where it is in doubt (I330), or not
    `within` the least and the most that it may be (I331, I332).

    0.97 under Excel's percent format, 97 under a format that only writes the sign, and the text "97%" are all 97. A
    bare number counts as it stands above 1; above 0 and up to 1 it is in doubt.
    """
    printed, found = as_text(cell), _percentage(cell)
    if found.value is not None and within and not within[0] <= found.value <= within[1]:
        found = found.but(_out_of(within, found.value, cell.text))
    bare = printed.value and not _PERCENT.fullmatch(printed.value)
    return _figure(found, printed._replace(value=f"{printed.value}%") if bare else printed, Unit("percent"))


def _percentage(cell: Cell) -> Reading:
    """The percentage, whatever Excel shows."""
    if cell.kind == "number":
        look, found = shows(cell.format), as_number(cell)
        if look == "number" or found.value is None:
            return _bare(found, excerpt(cell.text))
        return found._replace(value=found.value.scaleb(2)) if look == "percent" else found
    if cell.kind != "text":
        return no_number(cell.text, Reading(), "a percentage", "Type it as in 97%.")
    found = as_text(cell)
    signed = _PERCENT.fullmatch(found.value)
    number = _parse((signed[1] if signed else found.value).strip())
    if number is None:
        return no_number(found.value, found, "a percentage", "Type it as in 97%.")
    return found._replace(value=number) if signed else _bare(found._replace(value=number), found.value)


def _bare(found: Reading, text: str) -> Reading:
    """A number without a percent sign."""
    if found.value is None or not 0 < found.value <= 1:
        return found
    share = shown("General", float(found.value * 100)).text
    return wrong("I330", f"“{text}” may mean {text}% or {share}%.", f"Type {share}% (or {text}%), with the sign.")


def _out_of(within: tuple[int, ...], percent: Decimal, text: str) -> Problem:
    if percent > within[1] and text.endswith("%"):
        cure = "Type the percentage again with its sign, as in 92%."
        return error("I331", NOWHERE, f"Excel shows “{excerpt(text)}”: more than {within[1]}%.", cure)
    message = f"“{excerpt(text)}” is not between {within[0]}% and {within[1]}%."
    return error("I332", NOWHERE, message, "Correct the percentage.")


def _parse(text: str) -> Decimal | None:
    match = _NUMBER.fullmatch(text)
    if not match:
        return None
    number = Decimal(match[2].replace(",", ""))
    return -number if match[1] in ("-", "−") else number


def _figure(number: Reading, printed: Reading, unit: Unit) -> Reading:
    """A number with what is printed of it; None where either is not there."""
    if number.value is None:
        return number
    problems, text = tuple(dict.fromkeys((*number.problems, *printed.problems))), printed.value
    unit = unit._replace(decimals=len(text.rstrip("%) ").partition(".")[2]))
    return Reading(Figure(number.value, unit, text) if text else None, problems)
