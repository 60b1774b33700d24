"""One cell to a day, or to a date as precise as the officer gave it.

Dates written as text have a short, strict list of forms, day first, and are never guessed: a form that could be read
two ways is refused, with the form to use. A month alone keeps its precision.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from pipeline import formats
from pipeline.dates import MONTHS, When
from pipeline.nearest import did_you_mean
from pipeline.problems import NOWHERE, Problem, error, note
from pipeline.read.values import OpenWords, Reading, as_text, wrong
from pipeline.sheets import HASHES, Cell, shows
from pipeline.text import excerpt, match_key

FIRST_YEAR = 1990
LAST_YEAR = 2099
FORMS = "23/01/2017, 23 January 2017 or January 2017"
DAYS = "23/01/2017 or 23 January 2017"
_CURE = f"Type the date, as {FORMS}."
_FIRST_SECOND, _LAST_HALF_SECOND = dt.time(0, 0, 1), dt.time(23, 59, 59, 500_000)

_MONTHS = tuple(name.lower() for name in MONTHS)
_NAMES = {name: number for number, month in enumerate(_MONTHS, 1) for name in (month, month[:3])} | {"sept": 9}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT_DAYS = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_DAY_NAMES = {name: number for number, day in enumerate(_DAYS) for name in (day, day[:3])} | _SHORT_DAYS

_MONTH = rf"(?P<month>{'|'.join(sorted(_NAMES, key=len, reverse=True))})\.?"
_WEEKDAY = rf"(?:(?P<weekday>{'|'.join(sorted(_DAY_NAMES, key=len, reverse=True))})\.?,? )?"
_TIME = r"(?:(?: |, ?|t)(?:at )?(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:\.\d+)?)?"
_TIME += r"(?P<zone>z|[+-]\d\d:?\d\d)?)?"
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


class Written(NamedTuple):
    """A date read from text; `time` where a time of day other than midnight stood beside it and was left out."""

    when: When
    time: str = ""


class Unreadable(NamedTuple):
    """Why a text is no date that can be relied on: a problem code, what is wrong (after the value), and the cure."""

    code: str
    wrong: str
    cure: str


OUTSIDE = Unreadable("I314", f"is not between {FIRST_YEAR} and {LAST_YEAR}.", "Correct the year, with all four digits.")


def when_day(date: dt.date) -> When:
    """A date precise to the day; its words are the day in plain style."""
    return When("day", date, date, formats.day(date))


def when_month(year: int, number: int) -> When:
    """A date precise to the month; its words are the month's name and the year."""
    first = dt.date(year, number, 1)
    return When("month", first, first.replace(day=calendar.monthrange(year, number)[1]), formats.month(first))


def parse_date(text: str, *, month_first: bool = False) -> Written | Unreadable:
    """The day or month that `text` names, in one of the forms of this module, whatever its case and blanks.

    With `month_first` 2/3/2017 is 3 February. A moment with its zone (`2016-09-18T23:00:00Z`, as systems export their
    dates) is the day that it was in Britain.
    """
    key = match_key(text)
    for form in _DAY_FORMS:
        if match := _form(_WEEKDAY + form + _TIME).fullmatch(key):
            parts = match.groupdict()
            if month_first and form is _DAY_FORMS[0]:
                parts |= {"day": parts["number"], "number": parts["day"]}
            return _day(parts)
    for form in _MONTH_FORMS:
        if match := _form(form).fullmatch(key):
            year = _year(match["year"])
            return OUTSIDE if not in_window(year) else Written(when_month(year, _NAMES[match["month"]]))
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
    moment = _moment(date, parts)
    return Written(when_day(moment.date()), f"{moment:%H:%M}" if moment.time() != dt.time() else "")


def _moment(date: dt.date, parts: Mapping[str, str | None]) -> dt.datetime:
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    moment, zone = dt.datetime.combine(date, dt.time(hour, minute, second)), parts["zone"]
    return _in_britain(moment, zone) if zone else moment


def _in_britain(moment: dt.datetime, zone: str) -> dt.datetime:
    """The moment as clocks in Britain show it, given in the zone `z` or one so far from Greenwich as `+05:30`."""
    from zoneinfo import ZoneInfo

    hours, minutes = (0, 0) if zone == "z" else (int(zone[:3]), int(zone[0] + zone[-2:]))
    away = dt.timezone(dt.timedelta(hours=hours, minutes=minutes))
    return moment.replace(tzinfo=away).astimezone(ZoneInfo("Europe/London"))


def _month_number(parts: dict[str, str | None]) -> int:
    name = parts.get("month")
    return _NAMES[name] if name else int(parts.get("number") or 0)


def _no_such(number: int) -> Unreadable:
    first = " Dates are read day first, then month." if number > 12 else ""
    return Unreadable("I311", f"is not a date: there is no such date.{first}", "Correct the date.")


def _wrong_weekday(date: dt.date) -> Unreadable:
    return Unreadable(
        "I312", f"does not agree with itself: that day is a {_DAYS[date.weekday()].capitalize()}.",
        "Correct the date or the day of the week.",
    )  # fmt: skip


# -- cells ------------------------------------------------------------------------------------------------------------


def as_day(cell: Cell, *, month_first: bool = False) -> Reading:
    """The day in the cell; None where it is no day (a month alone is a problem, I316)."""
    found = as_when(cell, month_first=month_first)
    problems = tuple(replace(problem, cure=problem.cure.replace(FORMS, DAYS)) for problem in found.problems)
    when = found.value
    if when is None:
        return Reading(None, problems)
    if when.precision == "month":
        message = f"The cell gives only a month ({when.words}); a day is needed here."
        return Reading(None, problems).but(error("I316", NOWHERE, message, "Type the day too, as in 23/01/2017."))
    return Reading(when.first, problems)


def as_when(cell: Cell, open_words: OpenWords = (), *, month_first: bool = False) -> Reading:
    """The day, month or open words in the cell; None where it cannot be relied on.

    A typed date whose format shows no day is a month. `open_words` are the words allowed in place of a date; a mapping
    gives the form to print each of them in. Problems: I310 not a date, I311 no such date, I312 wrong weekday, I313 a
    number, I314 outside 1990 to 2099; a time of day is left out with a note (I315).
    """
    if isinstance(cell.value, dt.datetime):
        return _typed(cell, cell.value)
    if cell.kind != "text":
        return _no_date(cell)
    text = as_text(cell)
    if not text.value:
        return text.but()
    found = _open(text.value, open_words) or _written(text.value, open_words, month_first)
    return Reading(found.value, (*text.problems, *found.problems))


def _typed(cell: Cell, value: dt.datetime) -> Reading:
    date, time = value.date(), value.time()
    if time >= _LAST_HALF_SECOND:
        date, time = date + dt.timedelta(days=1), dt.time()
    if not in_window(date.year):
        return wrong("I314", f"“{date:%d/%m}/{date.year}” {OUTSIDE.wrong}", OUTSIDE.cure)
    precision = shows(cell.format)
    if precision == "year":
        return wrong("I316", f"The cell shows only the year “{date.year}”.", _CURE)
    if precision == "month":
        return Reading(when_month(date.year, date.month))
    return Reading(when_day(date), _time_left_out(f"{time:%H:%M}" if time >= _FIRST_SECOND else ""))


def _open(text: str, words: OpenWords) -> Reading | None:
    known = words if isinstance(words, Mapping) else {word: word for word in words}
    house = next((house for word, house in known.items() if match_key(word) == match_key(text)), None)
    return None if house is None else Reading(When("open", None, None, house))


def _written(text: str, words: OpenWords, month_first: bool) -> Reading:
    found = parse_date(text, month_first=month_first)
    if isinstance(found, Written):
        return Reading(found.when, _time_left_out(found.time))
    hint = did_you_mean(text, words, "", key=match_key) if FORMS in found.cure else ""
    houses = dict.fromkeys(words.values() if isinstance(words, Mapping) else words)
    other = f"{FORMS}, or as {' or '.join(f'“{house}”' for house in houses)}" if houses else FORMS
    return wrong(found.code, f"“{excerpt(text)}” {found.wrong} {hint}".rstrip(), found.cure.replace(FORMS, other))


def _no_date(cell: Cell) -> Reading:
    if cell.kind == "yesno":
        return wrong("I310", f"“{'TRUE' if cell.value else 'FALSE'}” is not a date that can be read.", _CURE)
    if shows(cell.format) in ("date", "month", "year"):
        return wrong("I314", f"Excel shows “{HASHES}” here: the number is no date.", _CURE)
    if cell.kind == "time":
        return wrong("I310", "The cell holds a time of day, not a date.", _CURE)
    cure = "Type the date again, or give the cell a date format if the number is Excel's own for a date."
    return wrong("I313", f"“{excerpt(cell.text)}” is a number, not a date.", cure)


def _time_left_out(time: str) -> tuple[Problem, ...]:
    return (note("I315", NOWHERE, f"The time {time} beside the date was left out."),) if time else ()
