"""Rules on the calendar: meetings, updates, registers, how old the facts are, and years that are slips."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from pipeline.kinds import Direction, Letter, Meeting, Update
from pipeline.rules.board import Board, of_records, repeated
from pipeline.rules.engine import Findings, Verdict, found
from pipeline.rules.mentions import WEEKDAYS
from pipeline.rules.near import plain
from pipeline.rules.slips import LONG_AGO, slips

NEW_DIRECTION = re.compile(r"\b(?:new|further|fresh|another|additional)\s+directions?\b", re.IGNORECASE)
NEAR = dt.timedelta(days=31)


@of_records("I431")
def a_number_left_out(board: Board) -> Findings:
    for earlier, later in pairwise(board.updates):
        if later.number > earlier.number + 1:
            yield found("number", of=later, earlier=earlier)


@of_records("I432")
def updates_out_of_order(board: Board) -> Findings:
    for name in ("submitted", "due"):
        dated = [each for each in board.updates if getattr(each, name)]
        for earlier, later in pairwise(dated):
            if getattr(later, name) < getattr(earlier, name):
                yield found(name, name, of=later, earlier=earlier)


@of_records("I433", "records.updates", "submitted")
def an_update_left_open(update: Update, board: Board) -> Verdict:
    last = board.last_update
    overtaken = last is not None and update.number < last.number
    if update.submitted or not (overtaken or (update.due and update.due < board.as_at)):
        return None
    return found(None, "" if update.due else "overtaken")


@of_records("I434", "records.updates", "submitted")
def an_update_submitted_later(update: Update, board: Board) -> Verdict:
    return update.submitted is not None and update.submitted > board.as_at


@of_records("I435", "records.updates", "final")
def a_final_update_followed_by_another(update: Update, board: Board) -> Verdict:
    highest = board.updates[-1].number
    return update.final and update.number < highest and found(highest=highest)


@of_records("I460")
def no_meeting_on_the_day(board: Board) -> Verdict:
    asked, known = board.dates.meeting_on, {each.date for each in board.records.meetings}
    if asked in known:
        return None
    earlier, later = [each for each in known if each < asked], [each for each in known if each > asked]
    beside = [*sorted(earlier)[-1:], *sorted(later)[:1]]
    return found(board.sheet_of("meetings"), ("", "one", "two")[len(beside)], asked=asked, beside=beside)


@of_records("I461")
def two_meetings_on_a_day(board: Board) -> Findings:
    for row, first in repeated(board.records.meetings, lambda each: each.date):
        yield found("date", of=row, first=first.place("date"))


@of_records("I463")
def two_workshops_on_a_day(board: Board) -> Findings:
    for row, first in repeated(board.records.workshops, lambda each: each.date):
        yield found("date", of=row, first=first.place("date"))


@of_records("I462", "records.meetings", "date")
def a_meeting_when_nobody_meets(meeting: Meeting, board: Board) -> Verdict:
    reasons = {each.date: each.reason for each in board.records.closed_days}
    if meeting.date < board.dates.meeting_on:
        return None
    if meeting.date.weekday() >= 5:
        return found(None, "weekend", weekday=WEEKDAYS[meeting.date.weekday()])
    if reason := reasons.get(meeting.date):
        return found(None, "closed", reason=reason)
    return meeting.date in board.closed or meeting.date in reasons


@of_records("I464")
def two_short_names_of_a_body(board: Board) -> Findings:
    for row, first in repeated(board.records.meetings, lambda each: plain(each.body)):
        if row.short_name and first.short_name and row.short_name != first.short_name:
            yield found("short_name", of=row, first=first, first_place=first.place("short_name"))


@of_records("I470")
def old_data(board: Board) -> Verdict:
    position, allowed = board.records.position_at, board.report.data_within_days
    if position is None or (board.as_at - position).days <= allowed:
        return None
    days = (board.as_at - position).days
    return found(board.sheet_of("actions"), position=position, days=days, allowed=allowed)


@of_records("I471")
def data_of_a_later_day(board: Board) -> Verdict:
    position = board.records.position_at
    return position is not None and position > board.as_at and found(board.sheet_of("actions"), position=position)


@of_records("I473", "letters", "points")
def a_direction_that_the_register_lacks(letter: Letter, board: Board) -> Verdict:
    dates = [each.date for each in board.directions]
    told = NEW_DIRECTION.search(" ".join((letter.subject, *letter.points))) if letter.direction == "in" else None
    if not told or not dates or any(date >= letter.date - NEAR for date in dates):
        return None
    return found(told=told[0], last=max(dates))


@of_records("I494", "records.directions", "date")
def a_direction_of_a_later_day(direction: Direction, board: Board) -> Verdict:
    return direction.date > board.as_at


@of_records("I472")
def a_direction_twice(board: Board) -> Findings:
    return (found("date", of=row) for row, _ in repeated(board.records.directions, lambda each: each.date))


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

    def way(self, board: Board, day: dt.date, meant: dt.date) -> str:
        """The way to tell of a day for which another is probably meant."""
        here = day == board.dates.meeting_on if self.ahead == "meeting_here" else meant <= board.as_at < day
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


@of_records("I493")
def a_year_that_is_a_slip(board: Board) -> Findings:
    for series in SERIES:
        rows = [row for row in attrgetter(series.rows)(board) if getattr(row, series.field)]
        days = [getattr(row, series.field) for row in rows]
        for at, meant in sorted(slips(days, board.as_at, planned=series.planned).items()):
            if way := series.way(board, days[at], meant):
                yield found(series.field, way, of=rows[at], dated=days[at], meant=meant)


@of_records("I498")
def a_deadline_years_after_all_others(board: Board) -> Findings:
    days = {each.deadline.first for each in board.records.actions if each.deadline and each.deadline.first}
    last = max(days, default=board.as_at)
    before = max(days - {last}, default=board.as_at)
    for action in board.open_actions if last - max(before, board.as_at) > LONG_AGO else ():
        if action.deadline and action.deadline.first == last:
            yield found("deadline", of=action)
