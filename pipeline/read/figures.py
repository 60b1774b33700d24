"""One cell to a figure: a number, a percentage or a sum of money, with what is printed of it."""

from __future__ import annotations

import re

from pipeline.kinds import Figure
from pipeline.problems import NOWHERE, error
from pipeline.read.numbers import as_number, as_percent
from pipeline.read.values import Reading, as_text
from pipeline.sheets import Cell
from pipeline.text import excerpt

POUNDS = "£"
_SUM = re.compile(r"([-−(]?) ?[£€$]? ?([-−]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(\.[0-9]{1,4})?\)?")
_TELLS_MORE = re.compile(r"[^-−+(), .0-9]")
"""What a figure holds that shows its unit: a currency, a letter for thousands, a percent sign."""


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
        told, cure = f"“{excerpt(shown.value)}” is not a sum of money.", "Type it in figures, as in £12,500."
        found = sum_in(shown.value)
        number = shown.but(error("I320", NOWHERE, told, cure)) if found is None else shown._replace(value=found)
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
