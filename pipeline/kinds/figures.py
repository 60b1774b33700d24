"""Figures: numbers, percentages (of 100) and sums of money, exact, each with its unit and what Excel shows of it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, Literal, NamedTuple, Self

from pipeline.patterns import Pattern

EXACT = Context(prec=400)
"""For whatever comes of numbers of 15 digits, as Excel keeps them."""
LETTERS = {0: "", 3: "k", 6: "m", 9: "bn"}
"""What stands behind a figure that is divided by ten to a power."""


class Unit(NamedTuple):
    """What a figure is of, and how it is written: with a currency's `sign` before it, divided by ten to the `power`, to
    so many `decimals`; `signed` with a plus where it is above nought. A share is a percentage that reads as all or as
    none only where it is.
    """

    kind: Literal["number", "money", "percent", "share"] = "number"
    sign: str = ""
    power: int = 0
    decimals: int = 0
    signed: bool = False

    def rounded(self, number: Decimal) -> Decimal:
        """The number to its last decimal, a half away from nought."""
        last = Decimal(1).scaleb(self.power - self.decimals)
        found = number.quantize(last, ROUND_HALF_UP, EXACT)
        return min(max(found, last), 100 - last) if self.kind == "share" and 0 < number < 100 else found

    def text(self, number: Decimal, *, brackets: bool = False) -> str:
        """`£412,000`, `£0.4m`, `40%`; below nought with a minus, or in brackets. No money is £0 in any unit."""
        if self.kind == "money" and not number:
            return f"{self.sign}0"
        size = self.rounded(abs(number))
        behind = LETTERS[self.power] + ("%" if self.kind in ("percent", "share") else "")
        text = f"{self.sign}{size.scaleb(-self.power, EXACT):,.{self.decimals}f}{behind}"
        if number < 0 and size:
            return f"({text})" if brackets else f"-{text}"
        return f"+{text}" if self.signed and size else text


BARE = Unit()
_WRITTEN = Pattern(
    r"(?P<below>[(-])?\+?(?P<sign>[£€$])?(?P<size>\d[\d,]*(?:\.(?P<decimals>\d+))?)"
    r"(?P<letter>k|m|bn)?(?P<percent>%)?\)?"
)


class Figure(Decimal):
    """A number with its unit; `shown` is what a paper prints of it, where that is not simply written by the unit."""

    __slots__ = ("shown", "unit")
    unit: Unit
    shown: str

    def __new__(cls, number: Decimal | int | str, unit: Unit = BARE, shown: str = "") -> Self:
        """The number with its unit, and what is printed of it."""
        made = super().__new__(cls, number)
        made.unit, made.shown = unit, shown
        return made

    def __str__(self) -> str:
        return self.shown or self.unit.text(self)

    def __format__(self, how: str, context: Context | None = None, /) -> str:
        return super().__format__(how, context) if how else str(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return Figure, (Decimal(self), self.unit, self.shown)


def figure_in(text: str) -> Figure | None:
    """The figure that a text is, as `Unit.text` writes one; None where it is another text."""
    if (found := _WRITTEN.fullmatch(text.strip())) is None:
        return None
    kind: Literal["money", "percent", "number"] = (
        "money" if found["sign"] else "percent" if found["percent"] else "number"
    )
    power = next(power for power, letter in LETTERS.items() if letter == (found["letter"] or ""))
    size = Decimal(found["size"].replace(",", "")).scaleb(power)
    unit = Unit(kind, found["sign"] or "", power, len(found["decimals"] or ""))
    return Figure(-size if found["below"] else size, unit, text)


def unit_of(number: Decimal | int) -> Unit:
    """The unit of a figure; a bare number has as many decimals as it is written with."""
    if isinstance(number, Figure):
        return number.unit
    exponent = number.as_tuple().exponent if isinstance(number, Decimal) else 0
    return Unit(decimals=max(0, -exponent) if isinstance(exponent, int) else 0)


def unit_of_all(units: Iterable[Unit]) -> Unit:
    """The unit in which what is reckoned of figures is written: theirs where they have one, else in full."""
    met = dict.fromkeys(units)
    first = next((each for each in met if each.kind != "number"), Unit())
    kind, powers = "percent" if first.kind == "share" else first.kind, {each.power for each in met}
    power = powers.pop() if len(powers) == 1 else 0
    decimals = max((each.decimals for each in met if each.power == power), default=0)
    return Unit(kind, first.sign, power, decimals)
