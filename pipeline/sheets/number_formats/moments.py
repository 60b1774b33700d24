"""Dates, times and spans of time as a section of a number format shows them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from pipeline.dates import MONTHS
from pipeline.sheets.number_formats.sections import Part, Section, rounded

_WEEKDAYS = ("Saturday", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_AFTER_9999 = 2_958_466
_DAY_ZERO = dt.date(1899, 12, 30)
_NO_29_FEBRUARY = 60
_DAY = 86_400
_SECONDS = {"h": 3600, "m": 60, "s": 1}


def moment(section: Section, number: Decimal) -> str | None:
    """What is shown of a day number (days since 1900 as Excel counts them); None where Excel has no such day.

    Seconds are rounded to what is shown, and carried; a date without a clock is never rounded up to the next day.
    """
    clock = any(part.kind in ("minute", "elapsed", "half") or part.text[0] in "hs" for part in timed(section))
    decimals = max((len(part.text) - 1 for part in section.parts if part.kind == "tenths"), default=0 if clock else 4)
    seconds = rounded(number * _DAY, min(decimals, 9))
    if number < 0 or seconds >= _AFTER_9999 * _DAY:
        return None
    shown = _Moment(int(seconds), f"{seconds % 1:.9f}"[2:], any(part.kind == "half" for part in section.parts))
    return "".join(shown.part(part.kind, part.text) for part in section.parts)


def timed(section: Section) -> list[Part]:
    """The parts of a section that a date or time fills."""
    return [part for part in section.parts if part.kind in ("moment", "minute", "elapsed", "half")]


@dataclass(frozen=True, slots=True)
class _Moment:
    seconds: int
    tenths: str
    twelve_hours: bool

    def part(self, kind: str, text: str) -> str:
        clock = self.seconds % _DAY
        if kind == "minute":
            return f"{clock // 60 % 60:0{len(text)}}"
        if kind == "elapsed":
            return f"{self.seconds // _SECONDS[text[0]]:0{len(text)}}"
        if kind == "half":
            half = text.split("/")[clock >= _DAY // 2]
            return half.upper() if len(half) == 2 else half
        if kind == "tenths":
            return "." + self.tenths.ljust(len(text), "0")[: len(text) - 1]
        return self.of_calendar(text[0], len(text), clock) if kind == "moment" else text

    def of_calendar(self, letter: str, length: int, clock: int) -> str:
        year, month, day = self.day()
        if letter in "md" and length > 2:
            name = MONTHS[month - 1] if letter == "m" else _WEEKDAYS[self.seconds // _DAY % 7]
            return name[:3] if length == 3 else name[:1] if letter == "m" and length == 5 else name
        if letter in "yeb":
            year += 543 if letter == "b" else 0
            return str(year) if letter == "e" or length > 2 else f"{year % 100:02}"
        hours = clock // 3600
        number = {"m": month, "d": day, "s": clock % 60, "h": (hours + 11) % 12 + 1 if self.twelve_hours else hours}
        return f"{number[letter]:0{min(length, 2)}}" if letter in number else ""

    def day(self) -> tuple[int, int, int]:
        """Year, month and day as Excel counts: it has a 29 February 1900, and a day nought of January before it."""
        number = self.seconds // _DAY
        if number in (0, _NO_29_FEBRUARY):
            return (1900, 2, 29) if number else (1900, 1, 0)
        date = _DAY_ZERO + dt.timedelta(number + (number < _NO_29_FEBRUARY))
        return date.year, date.month, date.day


def serial(moment: dt.datetime) -> float:
    """The day number of a moment, days before March 1900 as Excel counts them."""
    days = (moment - dt.datetime.combine(_DAY_ZERO, dt.time())) / dt.timedelta(days=1)
    return days if days > _NO_29_FEBRUARY else days - 1
