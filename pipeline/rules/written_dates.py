"""Dates as they stand in a sentence, and the sentences of a paragraph."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from pipeline.dates import MONTHS, Quarter
from pipeline.formats import suffix
from pipeline.nearest import much_alike
from pipeline.patterns import Pattern

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH = "(?:" + "|".join(MONTHS) + ")"
DATE = rf"(?:\d{{1,2}}(?:\s?(?:st|nd|rd|th))?\s+)?{MONTH}\s+\d{{4}}"
DATED = re.compile(rf"{MONTH}\s+\d{{4}}")
SHORT_WEEKDAYS = "Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat"  # the Sun is a newspaper
PARTS = re.compile(
    r"(?=[\dJFMASONDTW])"  # with what a date can begin: most places of a text are passed over at once
    rf"(?:\b(?P<weekday>{'|'.join(WEEKDAYS)}|{SHORT_WEEKDAYS}),?\s+(?:the\s+)?)?"
    r"\b(?:(?P<day>\d{1,2})(?P<gap>\s?)(?P<suffix>st|nd|rd|th)?\s+(?:of\s+)?)?"
    rf"(?P<month>{MONTH})\s+(?P<year>\d{{4}})\b"
)
UNDATED = Pattern(
    r"\b(?:3[01](?:st|th)?\s+(?:of\s+)?Feb(?:ruary)?"
    r"|31(?:st)?\s+(?:of\s+)?(?:Apr(?:il)?|June?|Sept?(?:ember)?|Nov(?:ember)?))\b",
    cues=("30", "31"),
)
FIGURES = re.compile(r"\d[/.]\d")
IN_FIGURES = Pattern(
    rf"(?:\b(?P<weekday>{'|'.join(WEEKDAYS)}|{SHORT_WEEKDAYS}),?\s+)?(?<![\w/.])(?P<day>\d{{1,2}})"
    r"(?:[/.](?P<month>\d{1,2})[/.](?P<year>(?:19|20)\d\d)|/(?P<month2>\d{1,2})/(?P<year2>\d\d)"
    r"|\.(?P<month3>\d\d)\.(?P<year3>\d\d))(?![\w/])(?!\.\d)"
)
NEAR_MONTH = re.compile(r"\d(?<!\w\d)\d?(?:st|nd|rd|th)?\s(?P<month>[A-Z][a-z]{2,9})\s(?:19|20)\d\d\b")
QUARTERS = ("first", "second", "third", "fourth")
QUARTER = Pattern(
    rf"\b(?:(?:quarter |qtr |q)(?P<number>[1-4])|(?P<word>{'|'.join(QUARTERS)}) quarter)\b"
    r"(?:,? (?:of )?(?P<began>20\d\d) ?[/–-] ?(?:20)?\d\d\b)?",
    re.IGNORECASE,
    cues=("q",),
)
SENTENCE_END = Pattern(
    r"(?<=[.!?])[”’\"')]*\s+(?=[A-Z“‘\"'(\[])"
    r"|(?<=[a-z0-9][.!?])(?=[A-Z][a-z]+\s)"  # where two paragraphs were run together
)


class Mention(NamedTuple):
    """A date in a text: `first` and `last` day it may mean, both None where there is no such day."""

    text: str
    start: int
    style: Literal["plain", "ordinal", "month"]
    first: dt.date | None
    last: dt.date | None
    weekday: str = ""
    slip: bool = False

    @property
    def end(self) -> int:
        """Where in the text the date ends."""
        return self.start + len(self.text)

    def before(self, day: dt.date) -> bool:
        """Is all of it before `day`?"""
        return self.last is not None and self.last < day

    def after(self, day: dt.date) -> bool:
        """Is all of it after `day`?"""
        return self.first is not None and self.first > day


class Label(NamedTuple):
    """A quarter as it is typed: its number, and the year in which its financial year began, None where none is said."""

    text: str
    number: int
    began: int | None

    def may_be(self, quarter: Quarter) -> bool:
        """May this quarter be meant?"""
        return self.number == quarter.number and self.began in (None, quarter.began)


def quarters(text: str) -> tuple[Label, ...]:
    """The quarters of a year that a text names: `Quarter 1`, `Q1 2026/27`, `the first quarter of 2026-27`."""
    return tuple(
        Label(
            label[0],
            int(label["number"] or QUARTERS.index(label["word"].casefold()) + 1),
            int(label["began"] or 0) or None,
        )
        for label in QUARTER.finditer(text)
    )


@lru_cache(maxsize=4096)
def mentions(text: str) -> tuple[Mention, ...]:
    """Every date written out in a text, in order; a `slip` is a suffix that stands apart or is the wrong one."""
    return tuple(met(text)) if DATED.search(text) else ()


def met(text: str) -> Iterator[Mention]:
    """The dates of a text as they are met."""
    for found in PARTS.finditer(text):
        year, month = int(found["year"]), MONTHS.index(found["month"]) + 1
        if not 1 <= year <= 9999:
            continue
        if found["day"] is None:
            days = calendar.monthrange(year, month)[1]
            start = found.start("month")
            first, last = dt.date(year, month, 1), dt.date(year, month, days)
            yield Mention(text[start : found.end()], start, "month", first, last)
        else:
            yield day_mention(found, year, month)


def day_mention(found: re.Match[str], year: int, month: int) -> Mention:
    """A date with its day."""
    number, ending = int(found["day"]), found["suffix"]
    wrong = bool(ending) and (ending != suffix(number) or bool(found["gap"]))
    date = real_day(year, month, number)
    style: Literal["plain", "ordinal"] = "ordinal" if ending else "plain"
    return Mention(found[0], found.start(), style, date, date, found["weekday"] or "", wrong)


def real_day(year: int, month: int, number: int) -> dt.date | None:
    """The day, None where the calendar has no such day."""
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None


def no_such_days(text: str) -> list[str]:
    """The days of a text that the calendar does not have, as they are written: in full, without a year, in figures."""
    dated = {mention.start: mention.text for mention in mentions(text) if mention.first is None}
    figures = (figure for figure in dates_in_figures(text) if is_no_day(*in_figures(figure)))
    misspelt = (match for match in NEAR_MONTH.finditer(text) if is_misspelt(match["month"]))
    days = dated | {match.start(): match[0] for match in (*undated(text), *figures, *misspelt)}
    return [days[start] for start in sorted(days)]


def undated(text: str) -> Iterator[re.Match[str]]:
    """Days without a year that no year has, outside of dates that have one."""
    spans = [(mention.start, mention.end) for mention in mentions(text)]
    found = UNDATED.finditer(text)
    return (match for match in found if not any(start <= match.start() < end for start, end in spans))


def dates_in_figures(text: str) -> Iterator[re.Match[str]]:
    """What a text has of dates in figures."""
    return IN_FIGURES.finditer(text) if FIGURES.search(text) else iter(())


def in_figures(found: re.Match[str]) -> tuple[int, int, int]:
    """Year, month and day of a date in figures; a year of two is of this century."""
    year = int(found["year"] or found["year2"] or found["year3"])
    return year + 2000 * (year < 100), int(found["month"] or found["month2"] or found["month3"]), int(found["day"])


def is_no_day(year: int, month: int, day: int) -> bool:
    """Is a date in figures of no month's day? One of no month may be American, or no date at all."""
    return 1 <= day <= 31 and 1 <= month <= 12 and real_day(year, month, day) is None


@lru_cache(maxsize=1024)
def is_misspelt(month: str) -> bool:
    """Is it a month's name with a slip in it?"""
    if month in MONTHS or month in (name[:3] for name in MONTHS) or month == "Sept":
        return False
    return len(month) > 4 and any(much_alike(month, name, 0.8) for name in MONTHS)


def weekdays_in_figures(text: str) -> Iterator[tuple[str, str, dt.date]]:
    """Every date in figures that a weekday stands before: its words, the weekday, and the day."""
    for found in dates_in_figures(text):
        if found["weekday"] and (date := real_day(*in_figures(found))):
            yield found[0], found["weekday"], date


def days_in(text: str) -> set[dt.date]:
    """The days that a text names in full."""
    return {mention.first for mention in mentions(text) if mention.style != "month" and mention.first}


@lru_cache(maxsize=4096)
def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a paragraph."""
    return tuple(part.strip() for part in SENTENCE_END.split(text) if part.strip())
