"""The diary of a report: every meeting in its calendar, with the days on the way to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Unpack

from pipeline.formats import day, long_day
from pipeline.kinds import ClosedDay, Meeting
from pipeline.nations import law_of
from pipeline.office.failed_nights import still
from pipeline.office.material import Asked, Order, calendar_of, order_of
from pipeline.problems import Level, PaperError, Problem
from pipeline.publish.clear_days import closed_days, last_day_for, reckoning
from pipeline.publish.timetable import Milestone, events, ics, milestones, none_to_come
from pipeline.read import Files, KindRead, read_kind
from pipeline.report import Report

FIRST_DRAFT, COMMENTS_DUE, CLEARANCE = "first_draft", "comments_due", "clearance"
FIRST_DRAFT_DAYS = 15


class Plan(NamedTuple):
    """One meeting, its publication day, and every day on the way; `closed` are the days that did not count, and why."""

    meeting: Meeting
    publish_on: dt.date
    milestones: tuple[Milestone, ...]
    closed: Mapping[dt.date, str]

    @property
    def first_draft_on(self) -> dt.date:
        """The day from which on there should be a draft."""
        return self.day(FIRST_DRAFT) or self.publish_on

    def day(self, name: str) -> dt.date | None:
        """The day of one milestone; None where the report's timetable has none of that name."""
        return next((milestone.day for milestone in self.milestones if milestone.name == name), None)

    def in_hand(self, today: dt.date) -> bool:
        """Is its paper to be worked on: drafting has begun, and the meeting is not over?"""
        return self.first_draft_on <= today <= self.meeting.date


class Diary(NamedTuple):
    """A report's meetings in order of time, one a day, the council's closed days, and what is wrong with both."""

    report: Report
    plans: tuple[Plan, ...]
    problems: tuple[Problem, ...]
    closed: tuple[ClosedDay, ...] = ()

    @property
    def days(self) -> frozenset[dt.date]:
        """The days of all meetings."""
        return frozenset(plan.meeting.date for plan in self.plans)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What may hide a meeting or move a day."""
        return tuple(problem for problem in self.problems if problem.level is Level.ERROR)

    def to_come(self, today: dt.date) -> tuple[Plan, ...]:
        """Meetings from today on."""
        return tuple(plan for plan in self.plans if plan.meeting.date >= today)

    def in_hand(self, today: dt.date) -> tuple[Plan, ...]:
        """Meetings whose paper is to be worked on today."""
        return tuple(plan for plan in self.plans if plan.in_hand(today))

    def plan(self, day: dt.date) -> Plan | None:
        """The meeting of one day."""
        return next((plan for plan in self.plans if plan.meeting.date == day), None)


def read_diary(order: Order) -> Diary:
    """The meetings in the report's calendar. Raises PaperError for its settings, never for the calendar, of which it
    reads nothing else.
    """
    files, report = Files(order.folder), order.settings
    meetings, closed_days = rows(files, report, "meetings"), rows(files, report, "closed_days")
    days = {row.date: row for row in meetings.records if isinstance(row, Meeting)}
    closed = tuple(row for row in closed_days.records if isinstance(row, ClosedDay))
    plans = tuple(plan(report, days[date], closed) for date in sorted(days))
    return Diary(report, plans, (*files.problems, *meetings.problems, *closed_days.problems), closed)


def failures(order: Order) -> Iterator[str]:
    """What the daily task could not do of a report, and has not done since."""
    for failed in still(order.outputs, order.report, order.today):
        paper = f"draft the paper of {long_day(failed.meeting_on)}" if failed.meeting_on else "do all of this report"
        since = long_day(failed.since)
        yield f"The daily task has not been able to {paper} since {since}: {'; '.join(failed.problems)}"


def rows(files: Files, report: Report, name: str) -> KindRead:
    """What is kept of one kind of record; nothing where the report keeps none."""
    settings = report.sources.get(name)
    return read_kind(files, report, name, settings) if settings else KindRead()


def plan(report: Report, meeting: Meeting, council: Iterable[ClosedDay] = ()) -> Plan:
    """The days on the way to one meeting; drafting begins 15 working days before publication unless the report says."""
    closed = closed_days(report.nation, meeting.date, council)
    publish_on = last_day_for(meeting, report.clear_days, closed)
    before = {FIRST_DRAFT: FIRST_DRAFT_DAYS, **report.timetable}
    return Plan(meeting, publish_on, milestones(meeting.date, publish_on, before, closed), closed)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMeeting:
    """The dates on the way to one meeting, and its clear days counted one by one, as lines to print."""

    meeting_on: dt.date
    publish_on: dt.date
    milestones: Mapping[str, dt.date]
    body: str
    count: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """The meetings asked for, how many clear days are asked for by what, and all dates as a calendar file."""

    report: str
    meetings: tuple[PlannedMeeting, ...]
    title: str
    rule: str
    calendar: str
    problems: tuple[Problem, ...]

    @property
    def code(self) -> int:
        """1 where an error of the calendar may hide a meeting or move a day, else 0."""
        return int(bool(self.problems))


def timetable(report: str | None = None, *, every: bool = False, **asked: Unpack[Asked]) -> Timetable:
    """The dates on the way to the next meeting, to the one named though the calendar lacks it, or to every one to come.

    Raises PaperError (F141) where there is none to come.
    """
    order = order_of(report, **asked)
    diary = read_diary(order)
    plans = wanted(diary, order, every=every)
    return Timetable(
        report=order.report,
        meetings=tuple(map(planned, plans)),
        title=diary.report.title,
        rule=rule_of(diary.report),
        calendar=calendar(diary.report, plans, order.today),
        problems=diary.errors,
    )


def wanted(diary: Diary, order: Order, *, every: bool) -> Sequence[Plan]:
    """The meetings asked for."""
    if day := order.meeting:
        known = diary.plan(day)
        return (known or plan(diary.report, Meeting(key=day.isoformat(), body="", date=day), diary.closed),)
    plans = diary.to_come(order.today)
    if not plans:
        raise PaperError((*diary.errors, none_to_come(calendar_of(diary.report))))
    return plans if every else plans[:1]


def planned(plan: Plan) -> PlannedMeeting:
    """One meeting's dates as plain data."""
    days = {milestone.name: milestone.day for milestone in plan.milestones}
    count = reckoning(plan.publish_on, plan.meeting.date, plan.closed)
    return PlannedMeeting(
        meeting_on=plan.meeting.date,
        publish_on=plan.publish_on,
        milestones=days,
        body=plan.meeting.body,
        count=tuple(count),
    )


def rule_of(report: Report) -> str:
    """How many clear days are asked for, and by what."""
    law = law_of(report.nation)
    if not report.statutory:
        return f"{report.clear_days} clear days, followed by choice:"
    said = f"{report.clear_days} clear days ({law.law}):"
    return (
        said
        if report.clear_days >= law.clear_days
        else f"{said} but the law asks for {law.clear_days}. See report.toml."
    )


def calendar(report: Report, plans: Sequence[Plan], today: dt.date) -> str:
    """The text of an .ics file with every date of these meetings."""
    entries = [
        entry
        for plan in plans
        for entry in events(
            f"{report.title}, {day(plan.meeting.date, report.formats.dates)}",
            f"{report.name}/{plan.meeting.date.isoformat()}",
            plan.milestones,
        )
    ]
    return ics(entries, today)
