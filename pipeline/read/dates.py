"""Dates written as text: a short, strict list of forms, day first, and never a guess.

A month alone keeps its precision. A form that could be read two ways is refused, with the form to use.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from pipeline import formats
from pipeline.kinds import When
from pipeline.text import match_key

FIRST_YEAR = 1990
LAST_YEAR = 2099
FORMS = "23/01/2017, 23 January 2017 or January 2017"
DAYS = "23/01/2017 or 23 January 2017"

_MONTHS = tuple(name.lower() for name in formats.MONTHS)
_NAMES = {name: number for number, month in enumerate(_MONTHS, 1) for name in (month, month[:3])} | {"sept": 9}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT_DAYS = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_DAY_NAMES = {name: number for number, day in enumerate(_DAYS) for name in (day, day[:3])} | _SHORT_DAYS

_MONTH = rf"(?P<month>{'|'.join(sorted(_NAMES, key=len, reverse=True))})\.?"
_WEEKDAY = rf"(?:(?P<weekday>{'|'.join(sorted(_DAY_NAMES, key=len, reverse=True))})\.?,? )?"
_TIME = r"(?:(?: |, ?|t)(?:at )?(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:\.\d+)?)?z?)?"
_DAY = r"(?P<day>\d{1,2})"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_DAY_FORMS = (
    rf"{_DAY}(?P<mark>[/.-])(?P<number>\d{{1,2}})(?P=mark){_YEAR}",
    r"(?P<year>\d{4})(?P<mark>[/-])(?P<number>\d{2})(?P=mark)(?P<day>\d{2})",
    rf"{_DAY}(?:st|nd|rd|th)?(?: of)? {_MONTH},? {_YEAR}",
    rf"{_DAY}-{_MONTH}-{_YEAR}",
)
_MONTH_FORMS = (rf"{_MONTH},? (?P<year>\d{{4}})", rf"{_MONTH}-{_YEAR}")
_NO_YEAR = rf"{_WEEKDAY}(?:(?:{'|'.join(_NAMES)})|{_DAY}(?:st|nd|rd|th)?(?: of)?[ -]{_MONTH}|\d{{1,2}}[/.]\d{{1,2}})"
_MONTH_FIRST = rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{2,4}})?"


@cache
def _form(pattern: str) -> re.Pattern[str]:
    """Compiled when a text date is first met: typed dates need none of it."""
    return re.compile(pattern, re.ASCII)


@dataclass(frozen=True, slots=True)
class Written:
    """A date read from text; `time` where a time of day other than midnight stood beside it and was left out."""

    when: When
    time: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a text is no date that can be relied on: a problem code, what is wrong (after the value), and the cure."""

    code: str
    wrong: str
    cure: str


OUTSIDE = Unreadable("I314", f"is not between {FIRST_YEAR} and {LAST_YEAR}.", "Correct the year, with all four digits.")


def day(date: dt.date) -> When:
    """A date precise to the day; its words are the day in plain style."""
    return When("day", date, date, formats.day(date))


def month(year: int, number: int) -> When:
    """A date precise to the month; its words are the month's name and the year."""
    first = dt.date(year, number, 1)
    return When("month", first, first.replace(day=calendar.monthrange(year, number)[1]), formats.month(first))


def parse_date(text: str) -> Written | Unreadable:
    """The day or month that `text` names, in one of the forms of this module, whatever its case and blanks."""
    key = match_key(text)
    for form in _DAY_FORMS:
        if match := _form(_WEEKDAY + form + _TIME).fullmatch(key):
            return _day(match.groupdict())
    for form in _MONTH_FORMS:
        if match := _form(form).fullmatch(key):
            year = _year(match["year"])
            return OUTSIDE if not in_window(year) else Written(month(year, _NAMES[match["month"]]))
    if _form(_NO_YEAR).fullmatch(key):
        return Unreadable("I310", "has no year.", "Type the whole date, as in 23/01/2017.")
    if _form(_MONTH_FIRST).fullmatch(key):
        return Unreadable("I310", "can be read in more than one way.", "Type the day first, as in 23 January 2017.")
    return Unreadable("I310", "is not a date that can be read.", f"Type it as {FORMS}.")


def in_window(year: int) -> bool:
    """Is this a year that a council's tracker can mean (1990 to 2099)?"""
    return FIRST_YEAR <= year <= LAST_YEAR


def _year(text: str) -> int:
    """Two digits mean 1990 to 2089, the window's hundred years."""
    year = int(text)
    if len(text) == 4:
        return year
    return year + (1900 if year >= FIRST_YEAR % 100 else 2000)


def _day(parts: dict[str, str | None]) -> Written | Unreadable:
    year, number = _year(parts["year"] or ""), _month_number(parts)
    try:
        date = dt.date(year, number, int(parts["day"] or ""))
    except ValueError:
        return _no_such(number)
    if not in_window(year):
        return OUTSIDE
    weekday = parts["weekday"]
    if weekday and _DAY_NAMES[weekday] != date.weekday():
        return _wrong_weekday(date)
    return Written(day(date), _time(parts))


def _month_number(parts: dict[str, str | None]) -> int:
    name = parts.get("month")
    return _NAMES[name] if name else int(parts.get("number") or 0)


def _time(parts: dict[str, str | None]) -> str:
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    return f"{hour:02}:{minute:02}" if hour or minute or second else ""


def _no_such(number: int) -> Unreadable:
    first = " Dates are read day first, then month." if number > 12 else ""
    return Unreadable("I311", f"is not a date: there is no such date.{first}", "Correct the date.")


def _wrong_weekday(date: dt.date) -> Unreadable:
    return Unreadable(
        "I312", f"does not agree with itself: that day is a {_DAYS[date.weekday()].capitalize()}.",
        "Correct the date or the day of the week.",
    )  # fmt: skip
