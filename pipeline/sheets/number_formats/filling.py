"""What a section of a number format shows of a number: General, in figures, with a power of ten, as a fraction, as a
date or time.

All but dates take a number that is not below nought; whether a minus is put before the text is not theirs to say.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from pipeline.dates import MONTHS
from pipeline.sheets.number_formats.sections import TIMED, Section, Token, rounded, scaled

_LONGEST_GENERAL = 11
_SAME = 1e-13
_LARGEST_WITH_FRACTION = 10**15
_WEEKDAYS = ("Saturday", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_AFTER_9999 = 2_958_466
_DAY_ZERO = dt.date(1899, 12, 30)
_NO_29_FEBRUARY = 60
_DAY = 86_400
_SECONDS = {"h": 3600, "m": 60, "s": 1}


def general(number: Decimal) -> str:
    """A number under General: in a wide cell at most 11 characters, else with a power of ten (`1.23457E+11`)."""
    if not number:
        return "0"
    place = number.adjusted()
    decimals = min(9, max(0, 9 - place))
    text = _trimmed(number if -_LONGEST_GENERAL < place < -4 else rounded(number, decimals))
    if -_LONGEST_GENERAL < place < _LONGEST_GENERAL and len(text) <= _LONGEST_GENERAL:
        return text
    mantissa = rounded(scaled(number, -place), 5)
    if mantissa >= 10:
        mantissa, place = mantissa / 10, place + 1
    return f"{_trimmed(mantissa)}E{'-' if place < 0 else '+'}{abs(place):02}"


def _trimmed(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def in_figures(section: Section, number: Decimal) -> str:
    """A number under a section such as `£#,##0.00` or `0.0,,"m"`."""
    return _placed(section, rounded(scaled(number, section.power), len(section.places("decimal"))))


def is_nought(section: Section, number: Decimal) -> bool:
    """Is nothing but noughts shown of a number, so that Excel puts no minus before it?"""
    return section.kind == "number" and not rounded(scaled(number, section.power), len(section.places("decimal")))


def with_power(section: Section, number: Decimal) -> str:
    """A number under a section such as `0.00E+00`: several places before the point make the power go by as many."""
    places, decimals = len(section.places("whole")), len(section.places("decimal"))
    step = max(1, places)
    power = number.adjusted() // step * step + (not places) if number else 0
    if rounded(scaled(number, -power), decimals) >= 10**places:
        power += step
    return _placed(section, rounded(scaled(number, -power), decimals), power)


def _placed(section: Section, figures: Decimal, power: int = 0) -> str:
    """The digits of a rounded number put into the section's places, its words and signs between them."""
    whole, _, decimals = f"{figures:f}".partition(".")
    places = section.places("whole")
    if whole == "0":
        whole = "0" * len(places) if section.kind == "scientific" and not figures else ""
    tenths = _after_the_point(section.places("decimal"), decimals)
    letter, sign = (*section.places("exponent"), "", "")[:2]
    return _put_together(
        section,
        whole=_before_the_point(places, whole, section.grouped),
        decimal=tenths,
        power=_before_the_point(section.places("power"), str(abs(power)), False),
        point=[("" if places else whole) + ("." if any(tenths) else "")],
        exponent=[letter + ("-" if power < 0 else sign.replace("-", ""))],
    )


def _put_together(section: Section, **fills: list[str]) -> str:
    """The parts of a section one after the other: those of a kind that is filled by what fills them, in turn."""
    left: Mapping[str, Iterator[str]] = {kind: iter(texts) for kind, texts in fills.items()}
    return "".join(next(left[part.kind]) if part.kind in left else part.text for part in section.parts)


def _before_the_point(places: str, digits: str, grouped: bool) -> list[str]:
    """What stands at each place: the first takes all digits that there are no places for; 0 shows a nought."""
    more = max(0, len(digits) - len(places))
    put = [" "] * (len(places) - len(digits)) + [digits[: more + 1], *digits[more + 1 :]]
    filled = ["0" if (place, digit) == ("0", " ") else digit.strip() for place, digit in zip(places, put, strict=False)]
    return [_with_commas(text, len(places) - at - 1) for at, text in enumerate(filled)] if grouped else filled


def _with_commas(digits: str, after: int) -> str:
    """The digits, each that stands before a full group of three (`after` more stand behind them) with a comma."""
    behind = range(after + len(digits) - 1, after - 1, -1)
    return "".join(f"{digit}," if n and n % 3 == 0 else digit for digit, n in zip(digits, behind, strict=True))


def _after_the_point(places: str, digits: str) -> list[str]:
    lasting = digits.rstrip("0")
    return [lasting[at : at + 1] or ("0" if place == "0" else "") for at, place in enumerate(places)]


# -- fractions --------------------------------------------------------------------------------------------------------


def as_fraction(section: Section, number: Decimal) -> str:
    """A number under a section such as `# ?/?` or `# ??/16`."""
    places = section.places("whole")
    above, below = section.places("above"), section.places("below")
    whole = math.floor(number)
    top, bottom = _parts_of_one(float(number) - whole if number < _LARGEST_WITH_FRACTION else 0.0, below)
    if not places:
        whole, top = 0, top + whole * bottom
    elif top == bottom:
        whole, top = whole + 1, 0
    blank = bool(places) and not top
    under = str(bottom).zfill(below.count("0") if below[0] == "0" else 0)
    fraction = f"{''.join(_before_the_point(above, str(top), False))}/{under}"
    return _put_together(
        section,
        whole=_before_the_point(places, str(whole) if whole or blank else "", False),
        above=["" if blank and "0" not in above else fraction],
        below=[""],
    )


def _parts_of_one(rest: float, below: str) -> tuple[int, int]:
    if not below.strip("0#?"):
        return nearly(rest, 10 ** min(len(below), 15) - 1)
    bottom = max(1, int("".join(place if place.isdigit() else "0" for place in below)))
    return math.floor(rest * bottom + 0.5), bottom


def nearly(number: float, most: int) -> tuple[int, int]:
    """The last of the number's continued fractions whose lower part is at most `most`: Excel's, not the nearest one.

    In floats on purpose, as Excel reckons: 1.3 is 1 1/3, and 2.3 is 2 2/7, under `# ?/?`.
    """
    top, bottom, top_before, bottom_before = math.floor(number), 1, 1, 0
    rest = number - top
    while rest > _SAME and abs(number - top / bottom) > _SAME:
        step = math.floor(1 / rest)
        rest = 1 / rest - step
        if step * bottom + bottom_before > most:
            break
        top, top_before = step * top + top_before, top
        bottom, bottom_before = step * bottom + bottom_before, bottom
    return top, bottom


# -- dates and times --------------------------------------------------------------------------------------------------


def moment(section: Section, number: Decimal) -> str | None:
    """What is shown of a day number (days since 1900 as Excel counts them); None where Excel has no such day.

    Seconds are rounded to what is shown, and carried; a date without a clock is never rounded up to the next day.
    """
    clock = any(part.kind in ("minute", "elapsed", "half") or part.text[0] in "hs" for part in timed(section))
    decimals = max((len(part.text) - 1 for part in section.parts if part.kind == "tenths"), default=0 if clock else 4)
    seconds = rounded(number * _DAY, min(decimals, 9))
    if number < 0 or seconds >= _AFTER_9999 * _DAY:
        return None
    filled = _Moment(int(seconds), f"{seconds % 1:.9f}"[2:], any(part.kind == "half" for part in section.parts))
    return "".join(map(filled.part, section.parts))


def timed(section: Section) -> list[Token]:
    """The parts of a section that a date or time fills."""
    return [part for part in section.parts if part.kind in TIMED]


class _Moment(NamedTuple):
    seconds: int
    tenths: str
    twelve_hours: bool

    @property
    def clock(self) -> int:
        """The seconds since midnight."""
        return self.seconds % _DAY

    def part(self, part: Token) -> str:
        """What one part of a section shows."""
        show = _SHOWS.get(part.kind)
        return show(self, part.text) if show else part.text

    def minute(self, text: str) -> str:
        return f"{self.clock // 60 % 60:0{len(text)}}"

    def elapsed(self, text: str) -> str:
        return f"{self.seconds // _SECONDS[text[0]]:0{len(text)}}"

    def half(self, text: str) -> str:
        half = text.split("/")[self.clock >= _DAY // 2]
        return half.upper() if len(half) == 2 else half

    def part_of_second(self, text: str) -> str:
        return "." + self.tenths.ljust(len(text), "0")[: len(text) - 1]

    def of_calendar(self, text: str) -> str:
        letter, length, (year, month, day) = text[0], len(text), self.day()
        if letter in "md" and length > 2:
            return _name(letter, length, MONTHS[month - 1] if letter == "m" else _WEEKDAYS[self.seconds // _DAY % 7])
        if letter in "yeb":
            year += 543 if letter == "b" else 0
            return str(year) if letter == "e" or length > 2 else f"{year % 100:02}"
        hours = self.clock // 3600
        hour = (hours + 11) % 12 + 1 if self.twelve_hours else hours
        number = {"m": month, "d": day, "s": self.clock % 60, "h": hour}.get(letter)
        return "" if number is None else f"{number:0{min(length, 2)}}"

    def day(self) -> tuple[int, int, int]:
        """Year, month and day as Excel counts: it has a 29 February 1900, and a day nought of January before it."""
        number = self.seconds // _DAY
        if number in (0, _NO_29_FEBRUARY):
            return (1900, 2, 29) if number else (1900, 1, 0)
        date = _DAY_ZERO + dt.timedelta(number + (number < _NO_29_FEBRUARY))
        return date.year, date.month, date.day


_SHOWS: Mapping[str, Callable[[_Moment, str], str]] = {
    "moment": _Moment.of_calendar,
    "minute": _Moment.minute,
    "elapsed": _Moment.elapsed,
    "half": _Moment.half,
    "tenths": _Moment.part_of_second,
}


def _name(letter: str, length: int, name: str) -> str:
    """A month or weekday in full, or as much of it as so many letters show."""
    return name[:3] if length == 3 else name[:1] if letter == "m" and length == 5 else name


def serial(moment: dt.datetime) -> float:
    """The day number of a moment, days before March 1900 as Excel counts them."""
    days = (moment - dt.datetime.combine(_DAY_ZERO, dt.time())) / dt.timedelta(days=1)
    return days if days > _NO_29_FEBRUARY else days - 1
