"""Rules on the calendar: meetings, updates, registers, how old the facts are, and years that are slips."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from pipeline.kinds import Direction, Letter, Meeting, Update
from pipeline.patterns import Pattern
from pipeline.rules.case import Case, rule
from pipeline.rules.engine import Findings, Verdict, found
from pipeline.rules.near import plain
from pipeline.rules.written_dates import WEEKDAYS
from pipeline.rules.wrong_years import LONG_AGO, slips

NEW_DIRECTION = Pattern(r"\b(?:new|further|fresh|another|additional)\s+directions?\b", re.IGNORECASE)
NEAR = dt.timedelta(days=31)


@rule("I431")
def a_number_left_out(case: Case) -> Findings:
    for earlier, later in pairwise(case.updates):
        if later.number > earlier.number + 1:
            yield found("number", of=later, earlier=earlier)


@rule("I432")
def updates_out_of_order(case: Case) -> Findings:
    for name in ("submitted", "due"):
        dated = [update for update in case.updates if getattr(update, name)]
        for earlier, later in pairwise(dated):
            if getattr(later, name) < getattr(earlier, name):
                yield found(name, name, of=later, earlier=earlier)


@rule("I433", "records.updates", "submitted")
def an_update_left_open(update: Update, case: Case) -> Verdict:
    last = case.last_update
    overtaken = last is not None and update.number < last.number
    if update.submitted or not (overtaken or (update.due and update.due < case.as_at)):
        return None
    return found(None, "" if update.due else "overtaken")


@rule("I434", "records.updates", "submitted")
def an_update_submitted_later(update: Update, case: Case) -> Verdict:
    return update.submitted is not None and update.submitted > case.as_at


@rule("I435", "records.updates", "final")
def a_final_update_followed_by_another(update: Update, case: Case) -> Verdict:
    highest = case.updates[-1].number
    return update.final and update.number < highest and found(highest=highest)


@rule("I460")
def no_meeting_on_the_day(case: Case) -> Verdict:
    asked, known = case.dates.meeting_on, {meeting.date for meeting in case.records.meetings}
    if asked in known:
        return None
    earlier, later = [day for day in known if day < asked], [day for day in known if day > asked]
    beside = [*sorted(earlier)[-1:], *sorted(later)[:1]]
    return found(case.sheet_of("meetings"), ("", "one", "two")[len(beside)], asked=asked, beside=beside)


@rule("I462", "records.meetings", "date")
def a_meeting_when_nobody_meets(meeting: Meeting, case: Case) -> Verdict:
    reasons = {day.date: day.reason for day in case.records.closed_days}
    if meeting.date < case.dates.meeting_on:
        return None
    if meeting.date.weekday() >= 5:
        return found(None, "weekend", weekday=WEEKDAYS[meeting.date.weekday()])
    if reason := reasons.get(meeting.date):
        return found(None, "closed", reason=reason)
    return meeting.date in case.closed or meeting.date in reasons


@rule("I466", "records.meetings", "called_on")
def called_after_it_was_held(meeting: Meeting, _: Case) -> Verdict:
    return meeting.called_on is not None and meeting.called_on > meeting.date and found(held=meeting.date)


@rule("I467", "records.meetings", "adjourned_from")
def adjourned_to_an_earlier_day(meeting: Meeting, _: Case) -> Verdict:
    return meeting.adjourned_from is not None and meeting.adjourned_from >= meeting.date and found(held=meeting.date)


@rule("I470")
def old_data(case: Case) -> Verdict:
    position, allowed = case.records.position_at, case.report.data_within_days
    if position is None or (case.as_at - position).days <= allowed:
        return None
    days = (case.as_at - position).days
    return found(case.sheet_of("actions"), position=position, days=days, allowed=allowed)


@rule("I471")
def data_of_a_later_day(case: Case) -> Verdict:
    position = case.records.position_at
    return position is not None and position > case.as_at and found(case.sheet_of("actions"), position=position)


@rule("I473", "letters", "points")
def a_direction_that_the_register_lacks(letter: Letter, case: Case) -> Verdict:
    dates = [direction.date for direction in case.directions]
    named = NEW_DIRECTION.search(" ".join((letter.subject, *letter.points))) if letter.direction == "in" else None
    if not named or not dates or any(date >= letter.date - NEAR for date in dates):
        return None
    return found(told=named[0], last=max(dates))


@rule("I494", "records.directions", "date")
def a_direction_of_a_later_day(direction: Direction, case: Case) -> Verdict:
    return direction.date > case.as_at


class Series(NamedTuple):
    """Days under one field of some rows, in the order in which they should rise or fall; and the ways to tell what
    comes of one whose year is a slip.

    `ahead` is the way where the paper takes as still to come what has probably been, `otherwise` where it does not;
    nothing is told where that is blank. What is `planned` may lie ahead.
    """

    rows: str
    field: str
    ahead: str
    otherwise: str = ""
    planned: bool = False

    def way(self, case: Case, day: dt.date, meant: dt.date) -> str:
        """The way to tell of a day for which another is probably meant."""
        here = day == case.dates.meeting_on if self.ahead == "meeting_here" else meant <= case.as_at < day
        return self.ahead if here else self.otherwise


SERIES = (
    Series("records.letters", "date", "letter_ahead", "letter"),
    Series("records.meetings", "date", "meeting_here", "meeting", planned=True),
    Series("records.workshops", "date", "workshop_ahead", "workshop", planned=True),
    Series("records.directions", "date", "direction_ahead"),
    Series("updates", "submitted", "update_ahead"),
    Series("updates", "due", "update_due", "update_due", planned=True),
    Series("completed", "completed_on", "action_ahead"),
)


@rule("I493")
def a_year_that_is_a_slip(case: Case) -> Findings:
    for series in SERIES:
        rows = [row for row in attrgetter(series.rows)(case) if getattr(row, series.field)]
        days = [getattr(row, series.field) for row in rows]
        for at, meant in sorted(slips(days, case.as_at, planned=series.planned).items()):
            if way := series.way(case, days[at], meant):
                yield found(series.field, way, of=rows[at], dated=days[at], meant=meant)


@rule("I498")
def a_deadline_years_after_all_others(case: Case) -> Findings:
    days = {action.deadline.first for action in case.records.actions if action.deadline and action.deadline.first}
    last = max(days, default=case.as_at)
    before = max(days - {last}, default=case.as_at)
    for action in case.open_actions if last - max(before, case.as_at) > LONG_AGO else ():
        if action.deadline and action.deadline.first == last:
            yield found("deadline", of=action)


def called_alike(row: Meeting, first: Meeting) -> bool:
    """Have two meetings of one body not two short names?"""
    return not row.short_name or not first.short_name or row.short_name == first.short_name


rule.twice("I461", "records.meetings", "date", lambda meeting: meeting.date)
rule.twice("I463", "records.workshops", "date", lambda workshop: workshop.date)
rule.twice("I464", "records.meetings", "short_name", lambda meeting: plain(meeting.body), called_alike)
rule.twice("I472", "records.directions", "date", lambda direction: direction.date)
