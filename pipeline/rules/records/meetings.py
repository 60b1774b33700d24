"""Rules on the calendar: the meeting is there, once, on a day on which people meet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from pipeline.problems import Place, Problem, error, warning
from pipeline.records import Meeting, Workshop
from pipeline.rules.mentions import WEEKDAYS
from pipeline.rules.near import plain
from pipeline.rules.records.case import Case


def there(case: Case) -> Iterator[Problem]:
    """I460: the calendar has no meeting on the paper's day."""
    asked, known = case.dates.meeting_on, {each.date for each in case.records.meetings}
    if asked not in known:
        settings = case.report.sources.get("meetings")
        before, after = (each for each in known if each < asked), (each for each in known if each > asked)
        near = [case.day(each) for each in (max(before, default=None), min(after, default=None)) if each]
        told = f"; the nearest to it {'is' if len(near) == 1 else 'are'} on {' and '.join(near)}" if near else ""
        yield error(
            "I460",
            Place(settings.file if settings else "", settings.sheet if settings else ""),
            f"The calendar has no meeting on {case.day(asked)}{told}.",
            "Add the meeting, or ask for the paper of another day.",
        )


def same_day(rows: Sequence[Meeting] | Sequence[Workshop]) -> Iterator[tuple[Meeting | Workshop, Meeting | Workshop]]:
    """Each row with an earlier one of the same day."""
    first: dict[dt.date, Meeting | Workshop] = {}
    for each in rows:
        earlier = first.setdefault(each.date, each)
        if earlier is not each:
            yield each, earlier


def once(case: Case) -> Iterator[Problem]:
    """I461, I463: two meetings, or two workshops, on one day."""
    for each, earlier in same_day(case.records.meetings):
        yield warning(
            "I461",
            each.place("date"),
            f"There are two meetings on {case.day(each.date)}; "
            f"the paper takes the one at {earlier.place('date').short}.",
            "Take one of them out.",
        )
    for each, earlier in same_day(case.records.workshops):
        yield warning(
            "I463",
            each.place("date"),
            f"There are two workshops on {case.day(each.date)}, the other at {earlier.place('date').short}.",
            "Take one out if it is the same workshop.",
        )


def working_day(case: Case) -> Iterator[Problem]:
    """I462: this meeting or a later one on a weekend or a closed day."""
    reasons = {each.date: each.reason for each in case.records.closed_days}
    closed = case.closed | reasons.keys()
    for each in case.records.meetings:
        if each.date >= case.dates.meeting_on and (each.date.weekday() >= 5 or each.date in closed):
            yield warning(
                "I462",
                each.place("date"),
                f"The meeting of {case.day(each.date)} is on {why(each.date, reasons.get(each.date, ''))}.",
                "Correct the date, or the list of closed days.",
            )


def why(date: dt.date, reason: str) -> str:
    """Why nobody meets on that day."""
    if date.weekday() >= 5:
        return f"a {WEEKDAYS[date.weekday()]}"
    return f"a closed day ({reason})" if reason else "a bank holiday or another closed day"


def bodies(case: Case) -> Iterator[Problem]:
    """I464: the short name of one body differs from meeting to meeting (R16)."""
    first: dict[str, Meeting] = {}
    for each in case.records.meetings:
        earlier = first.setdefault(plain(each.body), each)
        if each.short_name and earlier.short_name and each.short_name != earlier.short_name:
            yield warning(
                "I464",
                each.place("short_name"),
                f"The short name is “{each.short_name}” here and “{earlier.short_name}” at "
                f"{earlier.place('short_name').short}.",
                "Write one short name throughout.",
            )


RULES = (there, once, working_day, bodies)
