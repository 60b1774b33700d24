"""Late items: what is published when the clear days have passed, and what the law then asks to be said.

Source: Local Government Act 1972, section 100B(4): an item may be considered only where it was open to inspection for
the clear days before the meeting (a), or where by reason of special circumstances, which are minuted, the chairman is
of the opinion that it is a matter of urgency (b). What an officer says of it stands in the calendar's row of the
meeting. Why it is late is asked by many councils, and by no law.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from pipeline.catalogue import problem
from pipeline.dates import Dates
from pipeline.kinds import ClosedDay, Meeting
from pipeline.nations import law_of
from pipeline.problems import NOWHERE, Problem
from pipeline.publish.clear_days import closed_days, last_day_for
from pipeline.report import Report
from pipeline.store.publications import Entry

ASKED_BY_LAW = ("urgency", "chair", "agreed_on")
"""The cells of a meeting that make a late item a lawful one: the special circumstances, who is of the opinion that it
is urgent, and since when."""
LATE_REASONS = ("urgency", "lateness")
"""What a paper may print of them, and a supplement has sections of."""


def reasons_of(meeting: Meeting) -> dict[str, str]:
    """What is said of a late item, by the name of its column; days in ISO 8601. Nothing that is blank."""
    said = {name: meeting.values[name] for name in (*ASKED_BY_LAW, "lateness")}
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in said.items() if value}


def last_day(report: Report, meeting: Meeting, dates: Dates, council: Iterable[ClosedDay]) -> dt.date:
    """The last day to publish: the report's own, and where the law binds, none that is later than the law's."""
    days = law_of(report.nation).clear_days
    if not report.statutory or report.clear_days >= days:
        return dates.publish_on
    return last_day_for(meeting, days, closed_days(report.nation, dates.meeting_on, council))


def missing_reasons(meeting: Meeting) -> Iterator[Problem]:
    """C140 for each cell of the meeting's row that the law asks of a late item, and that is blank."""
    for name in ASKED_BY_LAW:
        if not meeting.values[name]:
            yield problem("C140", meeting.place(name), name)


def agreed_later(meeting: Meeting, today: dt.date) -> Iterator[Problem]:
    """C146: the Chair cannot have agreed on a day to come."""
    if meeting.agreed_on and meeting.agreed_on > today:
        yield problem("C146", meeting.place("agreed_on"), agreed=meeting.agreed_on)


def _after(code: str, publish_on: dt.date) -> Problem:
    return problem(code, NOWHERE, weekday=f"{publish_on:%A}", last=publish_on)


def publishing_late(
    today: dt.date, publish_on: dt.date, meeting: Meeting, acts: Iterable[Entry], *, statutory: bool
) -> list[Problem]:
    """What stands against publishing a paper today: nothing until `publish_on`, the last day for it.

    After it, a body that the law binds needs its reasons (C140), and one that follows the rule by choice is warned
    (C141); where the item was on the agenda in time and its paper was to follow, it is no late item (C147). A paper
    that was out in time, and never withdrawn since, is changed by a supplement, rather than by another version (C142):
    what that says was not open to inspection for the clear days, so that the law asks for reasons here too. After the
    meeting there is only a record to be put right (C143).
    """
    if today <= publish_on:
        return []
    in_time = out_in_time(acts, publish_on)
    missing = [*missing_reasons(meeting), *agreed_later(meeting, today)]
    bound = missing if statutory else []
    if today > meeting.date:
        way, weekday = "again" if in_time else "", f"{meeting.date:%A}"
        asked = [] if in_time or meeting.to_follow else bound
        return [*asked, problem("C143", NOWHERE, way, weekday=weekday, meeting=meeting.date)]
    if in_time:
        return [*bound, _after("C142", publish_on)]
    if meeting.to_follow:
        return [_after("C147", publish_on)]
    return bound if statutory or not missing else [_after("C141", publish_on)]


def facts_of_another_day(today: dt.date, dates: Dates) -> list[Problem]:
    """What stands against publishing facts as at a day to come (C144: nobody can know them yet), and what is to be said
    of facts older than they need be (C145).
    """
    if dates.as_at > today:
        return [problem("C144", NOWHERE, as_at=dates.as_at)]
    older = dates.as_at < min(today, dates.publish_on)
    return [problem("C145", NOWHERE, as_at=dates.as_at)] if older else []


def of_what_stands(problems: Iterable[Problem]) -> list[Problem]:
    """The problems of a draft that is published as it is: without those of a new version (C140, C142, C143)."""
    return [each for each in problems if each.code not in ("C140", "C142", "C143")]


def out_in_time(acts: Iterable[Entry], publish_on: dt.date) -> bool:
    """Is the item open to the public since `publish_on` or before? Not where it was withdrawn since: it was gone."""
    in_time = False
    for each in acts:
        if each.action == "redacted":
            continue
        in_time = each.action != "withdrawn" and (in_time or dt.date.fromisoformat(each.at[:10]) <= publish_on)
    return in_time
