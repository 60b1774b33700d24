"""The diary of a report: every meeting in its calendar, with the days on the way to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.dates import Dates
from pipeline.formats import day
from pipeline.kinds import ClosedDay, Meeting
from pipeline.problems import Level, Problem
from pipeline.publish.clear_days import closed_days, publication_day, reckoning
from pipeline.publish.timetable import Milestone, milestones
from pipeline.read import Files, KindRead, read_kind
from pipeline.report import Report

FIRST_DRAFT, COMMENTS_DUE, CLEARANCE = "first_draft", "comments_due", "clearance"
FIRST_DRAFT_DAYS = 15


@dataclass(frozen=True, slots=True)
class Plan:
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
        return next((each.day for each in self.milestones if each.name == name), None)

    def in_hand(self, today: dt.date) -> bool:
        """Is its paper to be worked on: drafting has begun, and the meeting is not over?"""
        return self.first_draft_on <= today <= self.meeting.date

    def dates(self, today: dt.date) -> Dates:
        """The three dates of the paper if it were drafted today."""
        return Dates(self.meeting.date, self.publish_on, min(today, self.publish_on))


@dataclass(frozen=True, slots=True)
class Diary:
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
        return tuple(each for each in self.problems if each.level is Level.ERROR)

    def to_come(self, today: dt.date) -> tuple[Plan, ...]:
        """Meetings from today on."""
        return tuple(plan for plan in self.plans if plan.meeting.date >= today)

    def in_hand(self, today: dt.date) -> tuple[Plan, ...]:
        """Meetings whose paper is to be worked on today."""
        return tuple(plan for plan in self.plans if plan.in_hand(today))

    def plan(self, day: dt.date) -> Plan | None:
        """The meeting of one day."""
        return next((plan for plan in self.plans if plan.meeting.date == day), None)


def read_diary(report: Report, folder: Path) -> Diary:
    """The meetings in the calendar of `folder`, the report's inputs. Reads nothing else, never raises PaperError."""
    files = Files(folder)
    meetings, closed_days = rows(files, report, "meetings"), rows(files, report, "closed_days")
    days = {row.date: row for row in meetings.records if isinstance(row, Meeting)}
    closed = tuple(row for row in closed_days.records if isinstance(row, ClosedDay))
    plans = tuple(plan(report, days[date], closed) for date in sorted(days))
    return Diary(report, plans, (*files.problems, *meetings.problems, *closed_days.problems), closed)


def rows(files: Files, report: Report, name: str) -> KindRead:
    """What is kept of one kind of record; nothing where the report keeps none."""
    settings = report.sources.get(name)
    return read_kind(files, report, name, settings) if settings else KindRead()


def plan(report: Report, meeting: Meeting, council: Iterable[ClosedDay] = ()) -> Plan:
    """The days on the way to one meeting; drafting begins 15 working days before publication unless the report says."""
    closed = closed_days(report.nation, meeting.date, council)
    publish_on = publication_day(meeting.date, report.clear_days, closed)
    before = {FIRST_DRAFT: FIRST_DRAFT_DAYS, **report.timetable}
    return Plan(meeting, publish_on, milestones(meeting.date, publish_on, before, closed), closed)


def long_day(date: dt.date) -> str:
    """`Friday 13 January 2017`."""
    return f"{date:%A} {day(date)}"


def sum_of_days(report: Report, plan: Plan) -> tuple[str, ...]:
    """The clear days counted one by one, as lines to print."""
    return reckoning(plan.meeting.date, report.clear_days, plan.closed)
