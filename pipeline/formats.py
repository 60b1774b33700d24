"""How dates, numbers, ordinals and lists are written: the house rules, shared by wording and template."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Literal, NamedTuple

from pipeline.bounds import fitting
from pipeline.dates import MONTHS, When
from pipeline.kinds.figures import Figure, Unit, unit_of
from pipeline.patterns import Pattern

DateStyle = Literal["plain", "ordinal"]
Negatives = Literal["minus", "brackets"]

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
           "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty")  # fmt: skip
ORDINALS = ("zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
            "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
            "nineteenth", "twentieth")  # fmt: skip

FIELD = Pattern(r"\[([a-z]\w*)\]")


def suffix(number: int) -> str:
    """`st`, `nd`, `rd` or `th` as it follows the figure: 1st, 11th, 22nd."""
    return "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def day(date: dt.date, style: DateStyle = "plain") -> str:
    """A day in the house style: `23 January 2017`, or `23rd January 2017` in ordinal style."""
    return f"{date.day}{suffix(date.day) if style == 'ordinal' else ''} {MONTHS[date.month - 1]} {date.year}"


def long_day(date: dt.date) -> str:
    """`Friday 13 January 2017`."""
    return f"{date:%A} {day(date)}"


def month(date: dt.date) -> str:
    """The month of a day: `January 2017`."""
    return f"{MONTHS[date.month - 1]} {date.year}"


def when(value: When, style: DateStyle = "plain") -> str:
    """A date as precisely as it was given: a day, a month, or its open words."""
    if value.first is None:
        return value.words
    return month(value.first) if value.precision == "month" else day(value.first, style)


def ordinal(number: int) -> str:
    """`third`, and from 21 on in figures: `21st`."""
    return ORDINALS[number] if 0 <= number < len(ORDINALS) else f"{number}{suffix(number)}"


def words(number: int) -> str:
    """`six`, and from 21 on in figures: `21`; nought reads `no`."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else f"{number:,}"


def listed(parts: Iterable[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`; parts that hold commas of their own are parted by semicolons."""
    items = fitting(part for part in parts if part)
    if len(items) < 2:
        return "".join(items)
    comma = "; " if any("," in item for item in items) and len(items) > 2 else ", "
    return f"{comma.join(items[:-1])} {last} {items[-1]}"


def joined(parts: Iterable[str], between: str) -> str:
    """The parts, with the same words between them."""
    return between.join(fitting(parts, len(between)))


def percent(complete: int, actions: int) -> int:
    """Percent of `actions` that are complete, halves up; 100 only when all are, 0 only when none is."""
    if actions <= 0 or complete <= 0:
        return 0
    return 100 if complete >= actions else max(1, min(99, (200 * complete + actions) // (2 * actions)))


def sentence_start(text: str) -> str:
    """The text with its first letter as a capital; the rest, names and acronyms included, as it is."""
    return text[:1].upper() + text[1:]


class Formats(NamedTuple):
    """How one report writes dates and figures. What takes one value or a list answers alike.

    `change` are its words for a figure that went up, that went down, and that did neither.
    """

    dates: DateStyle = "plain"
    negatives: Negatives = "minus"
    change: tuple[str, str, str] = ("up", "down", "no change")

    def day(self, value: object) -> object:
        """A day written out; a date given as a month or in open words stays as precise as it is."""
        return over(
            value, lambda item: when(item, self.dates) if isinstance(item, When) else day(as_date(item), self.dates)
        )

    def month(self, value: object) -> object:
        """The month and year of a day."""
        return over(
            value, lambda item: when(item) if isinstance(item, When) and not item.first else month(as_date(item))
        )

    def number(self, value: Decimal | int, unit: Unit | None = None) -> str:
        """A figure as Excel shows it, or by its unit or another one; a bare whole number in plain figures."""
        if unit is None and not isinstance(value, Decimal):
            return str(value)
        if unit is None and isinstance(value, Figure) and value.shown:
            return value.shown
        return (unit or unit_of(value)).text(Decimal(value), brackets=self.negatives == "brackets")

    def changed(self, difference: Decimal | int, unit: Unit) -> str:
        """By how much a figure went up or down: `up £5,000`."""
        up, down, same = self.change
        size = unit.text(abs(Decimal(difference)))
        return f"{up} {size}" if difference > 0 else f"{down} {size}" if difference < 0 else same


PLAIN = Formats()


def over(value: object, write: Callable[[object], object]) -> object:
    """`write(value)`, or a list of it for every item of a list."""
    return [write(item) for item in value] if isinstance(value, (list, tuple)) else write(value)


def as_date(value: object) -> dt.date:
    """The day of a date value; raises ValueError for anything else."""
    if isinstance(value, When) and value.first is not None:
        return value.first
    if isinstance(value, dt.date):
        return value
    raise ValueError(f"“{value}” is not a date")


def as_number(value: object) -> int:
    """A whole number, or the length of a list; raises ValueError for anything else."""
    if isinstance(value, (list, tuple)):
        return len(value)
    if isinstance(value, int) or (isinstance(value, Decimal) and value == value.to_integral_value()):
        return int(value)
    raise ValueError(f"“{value}” is not a number")
