"""One cell to a sum of money in full, whatever unit it is kept in: by its number format, its heading or a setting."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from pipeline.kinds import LETTERS, Figure, Unit
from pipeline.patterns import Pattern
from pipeline.problems import NOWHERE, Level, Problem
from pipeline.read.numbers import as_number, no_number
from pipeline.read.values import Reading, as_text
from pipeline.sheets import Cell
from pipeline.text import excerpt

POUNDS = "£"
_SCALE = r"['’]?000s?|k|thousand|mn?|million|bn|billion"
_POWERS = {"0": 3, "k": 3, "t": 3, "m": 6, "b": 9}
_WHOLE = r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15}|-"
_SUM = Pattern(
    rf"([-−(]?) ?([£€$]?) ?([-−]?) ?({_WHOLE})(?:\.([0-9]{{1,4}}))? ?({_SCALE})?\)?",
    re.IGNORECASE,
)
_UNIT = Pattern(rf"([£€$]) ?({_SCALE})?(?![^\W_])|\bin (thousand|million|billion)s?\b", re.IGNORECASE)


class Sum(NamedTuple):
    """What a cell shows of a sum of money: its `number` to so many `decimals`, and its unit.

    `sign` is blank where the cell shows no currency; it is `bare` where it shows no scale either. `power` of ten makes
    of the number that is stored the sum in full, `scale` is that by which it is divided where it is shown.
    """

    number: Decimal
    decimals: int
    sign: str
    scale: int
    power: int
    bare: bool


def unit_in(heading: str) -> str:
    """The unit that a heading names, as settings write it: `£k` of “Budget (£000)”; blank where it names none."""
    found = _UNIT.search(heading)
    return f"{found[1] or POUNDS}{LETTERS[power_of(found[2] or found[3])]}" if found else ""


def power_of(scale: str | None) -> int:
    """The power of ten that a word or letter behind a sum stands for."""
    return _POWERS[scale.strip("'’")[0].casefold()] if scale else 0


def sum_shown(cell: Cell, unit: str) -> Sum | None:
    """What a cell shows, `unit` being that of its column; None where it is no sum."""
    look = cell.shown
    found = matched(look.text.strip(), cell.value)
    if not found or look.power > 0:
        return None
    number = Decimal(f"{found[4].replace(',', '').replace('-', '0')}.{found[5] or 0}")
    below, scale = bool(found[1] or found[3]), power_of(found[6] or unit[1:])
    its = (found[2], scale, scale + look.power, not (found[2] or found[6]))
    return Sum(-number if below else number, len(found[5] or ""), *its)


def matched(text: str, stored: object) -> re.Match[str] | None:
    """What a sum of money consists of: a bracket or minus, a currency, a minus, figures (a dash for a nought that is
    `stored`), decimals, a scale.
    """
    found = _SUM.fullmatch(text)
    if not found or (found[1] == "(") != text.endswith(")"):
        return None
    return found if found[4] != "-" or stored == 0 else None


def has_currency(cell: Cell) -> bool:
    """Does a cell show a sum of money with its currency?"""
    found = sum_shown(cell, POUNDS)
    return bool(found and found.sign)


def as_money(cell: Cell, unit: str) -> Reading:
    """A sum of money in full; None where the cell holds none (I320), or shows what may not be printed (I333 to I336).

    It prints as Excel shows it where that has a currency, else by the unit: 412000 is “£412,000”. Thousands that the
    format leaves unsaid are known where the unit of the column says them.
    """
    found = sum_shown(cell, unit)
    printed = as_printed(cell, found)
    if printed.problems:
        return printed.but()
    if found is None:
        return no_number(cell.text, printed, "a sum of money", "Type it in figures, as in £12,500.")
    number = found.number if cell.kind == "text" else as_number(cell).value
    decimals = 2 if found.decimals and not found.scale else found.decimals
    its = Unit("money", found.sign or unit[0], found.scale, decimals)
    return Reading(Figure(number.scaleb(found.power), its, printed.value if found.sign and number else ""))


def as_printed(cell: Cell, found: Sum | None) -> Reading:
    """What Excel shows of a sum, thousands that the format leaves unsaid among it where the unit says them."""
    printed, look = as_text(cell), cell.shown
    return Reading(look.text) if look.doubt == "scale" and found and not found.power else printed


def mixed_units(cells: Mapping[int, Cell | None], unit: str) -> Iterator[tuple[int, Problem]]:
    """I329 for each sum of a column that is kept in another unit than most: an error where the cell does not say so."""
    sums = {row: (cell, found) for row, cell in cells.items() if cell and (found := sum_shown(cell, unit))}
    kept = {row: (found.sign or unit[0], found.power) for row, (_, found) in sums.items()}
    if len(counts := Counter(kept.values())) < 2:
        return
    usual = counts.most_common(1)[0][0]
    for row, (cell, found) in sums.items():
        if kept[row] != usual:
            message = f"“{excerpt(cell.text)}” is kept in {named(*kept[row])}, most of the column in {named(*usual)}."
            cure = "Keep the whole column in one unit, and name it in the heading, as in “Budget (£000)”."
            yield row, Problem("I329", message, cure, NOWHERE, Level.ERROR if found.bare else Level.WARNING)


def named(sign: str, power: int) -> str:
    """A unit as an officer would write it."""
    return f"{sign}{LETTERS[power]}" if power in LETTERS else f"{sign} times ten to the power {power}"
