"""One cell to a figure: a number, a percentage or a sum of money, with what is printed of it."""

from __future__ import annotations

import re

from pipeline.kinds import Figure
from pipeline.problems import Place, Problem, error
from pipeline.read.cells import as_text, unusable
from pipeline.read.numbers import as_number, as_percent
from pipeline.sheets import Cell
from pipeline.text import excerpt

POUNDS = "£"
_SUM = re.compile(r"([-−(]?) ?[£€$]? ?([-−]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(\.[0-9]{1,4})?\)?")
_TELLS_MORE = re.compile(r"[^-−+(), .0-9]")
"""What a figure holds that shows its unit: a currency, a letter for thousands, a percent sign."""


def as_figure(cell: Cell | None, place: Place, problems: list[Problem]) -> Figure | None:
    """A number as Excel shows it; None where the cell is blank or holds none (I320, and I333 to I336)."""
    return figure(as_number(cell, place, problems), as_text(cell, place, problems))


def as_share(cell: Cell | None, place: Place, problems: list[Problem]) -> Figure | None:
    """A percentage, of 100, as Excel shows it, with its sign; see `as_percent`."""
    share = as_percent(cell, place, problems)
    shown = as_text(cell, place, problems) if share is not None else ""
    return figure(share, shown if not shown or _TELLS_MORE.search(shown) else f"{shown}%")


def as_money(cell: Cell | None, place: Place, problems: list[Problem], unit: str = "") -> Figure | None:
    """A sum of money; None where the cell is blank or holds none (I320). It prints as Excel shows it where that says
    what it is, and else with `unit` before it: 412000 is “£412,000”.
    """
    if cell is None or unusable(cell, place, problems):
        return None
    shown = as_text(cell, place, problems)
    number = sum_in(shown) if cell.kind == "text" else as_number(cell, place, problems)
    if number is None and cell.kind == "text":
        problems.append(
            error("I320", place, f"“{excerpt(shown)}” is not a sum of money.", "Type it in figures, as in £12,500.")
        )
    if number is None or not shown or _TELLS_MORE.search(shown):
        return figure(number, shown)
    return Figure(number, money(number, unit or POUNDS, 2 if "." in shown else 0))


def figure(number: float | None, shown: str) -> Figure | None:
    """A number with what is printed of it; None where either is not there."""
    return None if number is None or not shown else Figure(number, shown)


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
