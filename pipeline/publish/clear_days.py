"""Clear days: the last day on which a paper may be published for a meeting, and the sum behind it.

A clear day is a working day that lies wholly between publication and meeting: neither of those two counts, nor do
weekends, bank holidays of the nation, or days on which the council is closed. The paper is published on a working day.
(Public inspection is at offices that are open: Hereford Justices and later practice of councils.)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Mapping
from functools import cache
from pathlib import Path

import tomli

from pipeline.formats import day as written
from pipeline.kinds import ClosedDay, Meeting
from pipeline.nations import NATIONS, law_of

FIRST_YEAR, LAST_YEAR = 2014, 2032
"""The years of the shipped file of bank holidays."""
_FILE = Path(__file__).with_name("bank_holidays.toml")
_ONE = dt.timedelta(days=1)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKEND = frozenset({5, 6})


def holidays_of(nation: str, years: Iterable[int]) -> dict[dt.date, str]:
    """The weekday bank holidays of `nation` (one of NATIONS; else KeyError) in `years`, each with its name.

    Years of the shipped file are read from it, others reckoned by the `holidays` package, which is slow to load.
    """
    wanted = set(years)
    shipped = {day: name for day, name in _shipped(nation).items() if day.year in wanted}
    beyond = sorted(year for year in wanted if not FIRST_YEAR <= year <= LAST_YEAR)
    return shipped | (reckoned(nation, beyond) if beyond else {})


def reckoned(nation: str, years: Iterable[int]) -> dict[dt.date, str]:
    """The same from the `holidays` package: proclaimed days that it does not know yet are missing."""
    import holidays

    wanted = set(years)
    found = holidays.country_holidays("GB", subdiv=law_of(nation).subdivision, years=wanted)
    return {day: name for day, name in sorted(found.items()) if day.weekday() < 5 and day.year in wanted}


@cache
def _shipped(nation: str) -> dict[dt.date, str]:
    """The nation's part of the file alone: to read all four takes four times as long. Raises KeyError for no nation."""
    text = _FILE.read_text(encoding="utf-8")
    if nation not in NATIONS:
        raise KeyError(nation)
    start = text.index(f"[{nation}]\n")
    end = text.find("\n[", start)
    days = tomli.loads(text[start:] if end < 0 else text[start:end])[nation]
    return {dt.date.fromisoformat(day): name for day, name in days.items()}


def closed_days(nation: str, meeting: dt.date, council: Iterable[ClosedDay] = ()) -> dict[dt.date, str]:
    """Every closed day that can matter for `meeting`, with its reason: bank holidays of its year and the one before."""
    return holidays_of(nation, (meeting.year - 1, meeting.year)) | {
        closed.date: closed.reason or "council closed" for closed in council
    }


def is_working(day: dt.date, closed: Container[dt.date]) -> bool:
    """Neither weekend nor closed."""
    return day.weekday() not in WEEKEND and day not in closed


def working_day_before(day: dt.date, number: int, closed: Container[dt.date]) -> dt.date:
    """The `number`th working day before `day`; for 0 the day itself, or the last working day before it."""
    while number > 0 or not is_working(day, closed):
        day -= _ONE
        number -= is_working(day, closed)
    return day


def publication_day(meeting: dt.date, days: int, closed: Container[dt.date]) -> dt.date:
    """The last working day with at least `days` working days between it and `meeting`, neither of the two counted.

    Source: `pipeline.nations`.
    """
    return working_day_before(meeting, days + 1, closed)


def last_day_for(meeting: Meeting, days: int, closed: Container[dt.date]) -> dt.date:
    """The last day to publish for a meeting that is to have so many clear days.

    An adjourned meeting is the one that was begun: its days are those before that. For one that was called at short
    notice, papers are in time from the day on which it was called (Local Government Act 1972, section 100B(3)(a)).
    """
    ordinary = publication_day(meeting.adjourned_from or meeting.date, days, closed)
    return max(ordinary, meeting.called_on or ordinary)


def reckoning(publish_on: dt.date, meeting: dt.date, closed: Mapping[dt.date, str]) -> tuple[str, ...]:
    """The sum as lines to print, one a day from publication to meeting: what each counts as, or why it does not."""
    counted, lines = 0, []
    for offset in range((meeting - publish_on).days + 1):
        day = publish_on + offset * _ONE
        if day in {publish_on, meeting}:
            what = "the meeting, not counted" if day == meeting else "published, not counted"
        elif is_working(day, closed):
            counted += 1
            what = f"clear day {counted}"
        else:
            what = f"{closed.get(day, 'weekend')}, not counted"
        lines.append(f"{_DAYS[day.weekday()]} {written(day)}: {what}")
    return tuple(lines)
