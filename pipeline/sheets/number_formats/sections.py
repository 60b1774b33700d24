"""What a number format consists of.

It has up to four sections: for numbers above nought, below it, nought, and texts; or sections with conditions.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Literal, NamedTuple

Shape = Literal["general", "text", "literal", "number", "scientific", "fraction", "moment"]
Operator = Literal["<", "<=", ">", ">=", "=", "<>"]


_HOLDS: Mapping[Operator, Callable[[Decimal, Decimal], object]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip


TIMED = ("moment", "minute", "elapsed", "half")
"""The kinds of part that a date or time fills."""


class Token(NamedTuple):
    """A part of a section: what it is, and its characters in the code."""

    kind: str
    text: str = ""


class Condition(NamedTuple):
    """Which numbers a section is for."""

    operator: Operator
    bound: Decimal

    def holds(self, number: Decimal) -> bool:
        """Is the section for this number?"""
        return bool(_HOLDS[self.operator](number, self.bound))

    def below_nought_only(self) -> bool:
        """Is it for numbers below nought alone?"""
        return (self.bound < 0 and self.operator in ("<", "<=", "=")) or (self.bound == 0 and self.operator == "<")

    def leaves_both(self) -> bool:
        """Are there numbers above and below nought among all others, so that the last section needs a minus?"""
        return self.operator == "=" or (self.operator[0] == ">" and self.bound >= 0)


class Section(NamedTuple):
    """One section, ready to be filled.

    `power` of ten, by which the stored number is multiplied: 2 for a percent sign, -3 for each comma that divides.
    `unsure`: why what Excel shows under it may not be what is worked out here, blank where it is sure.
    """

    parts: tuple[Token, ...]
    kind: Shape
    condition: Condition | None = None
    power: int = 0
    grouped: bool = False
    unsure: str = ""

    def places(self, kind: str) -> str:
        """The places (0, # and ?) of one kind: "whole", "decimal" or "power"."""
        return "".join(part.text for part in self.parts if part.kind == kind)

    def words(self) -> str:
        """What stands in it as it is, whatever the number."""
        return "".join(part.text for part in self.parts if part.kind == "literal")


class Choice(NamedTuple):
    """A section, the numbers it is for (None: all others), and whether a minus is put before those below nought."""

    condition: Condition | None
    section: Section
    minus: bool


class Format(NamedTuple):
    """A number format: the first choice whose condition holds shows a number; `text` shows texts, None as they are."""

    choices: tuple[Choice, ...]
    text: Section | None = None
    unsure: str = ""

    def choice(self, number: Decimal) -> Choice | None:
        """The choice for a number; None where the format has none, so that Excel fills the cell with #."""
        return next((choice for choice in self.choices if not choice.condition or choice.condition.holds(number)), None)


GENERAL = Section((Token("general"),), "general")
ROOM = Context(prec=1500, Emax=99_999, Emin=-99_999)
"""For the largest of Excel's numbers, whatever a code multiplies it by."""


def rounded(number: Decimal, decimals: int) -> Decimal:
    """The number to so many decimals, a half away from nought."""
    return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, ROOM)


def fifteen_digits(value: float) -> Decimal | None:
    """The number to the 15 digits that Excel keeps; None where it is none, or too large for Excel."""
    try:
        number = Decimal(f"{float(value):.15g}")
    except OverflowError:
        return None
    return number if number.is_finite() and number.adjusted() < 308 else None


def scaled(number: Decimal, power: int) -> Decimal:
    """The number times ten to a power, exactly."""
    return number.scaleb(power, ROOM)
