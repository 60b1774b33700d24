"""Records seen as facts: their own fields, and what follows from the other records and the dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property

from pipeline.dates import Dates
from pipeline.formats import percent
from pipeline.problems import Place
from pipeline.records import Action, Meeting, Progress, Record, Records, Status, Update, Workshop
from pipeline.report import Report
from pipeline.transform.facts import Answers, Derived, Facts, Trace, cells
from pipeline.transform.letters import Letters
from pipeline.transform.words import yes

NONE: Mapping[str, Derived] = {}


class View:
    """The records of one paper as its dates see them: what is later than `as_at` has not happened yet."""

    def __init__(self, report: Report, records: Records, dates: Dates) -> None:
        self.report, self.records, self.dates, self.trace = report, records, dates, Trace()

    @cached_property
    def derived(self) -> Mapping[str, Mapping[str, Derived]]:
        """What follows from the records of each kind, besides their own fields."""
        return {
            "workshop": self.of_workshops,
            "update": self.of_updates,
            "area": OF_AREAS,
            "action": self.of_actions,
            "letter": self.letters.derived,
            "meeting": OF_MEETINGS,
        }

    def facts(self, kind: str, record: Record) -> Facts:
        """A record's own fields, its extra columns, and what follows from them."""
        return Facts(kind, record.key, Answers(record, self.derived.get(kind, NONE)), self.trace)

    @cached_property
    def ordered(self) -> tuple[Workshop, ...]:
        """All workshops by date."""
        return tuple(sorted(self.records.workshops, key=lambda workshop: workshop.date))

    @cached_property
    def workshops(self) -> tuple[Facts, ...]:
        """The same as facts; `number` is the place in the series."""
        return tuple(self.facts("workshop", each) for each in self.ordered)

    @cached_property
    def of_workshops(self) -> Mapping[str, Derived]:
        """What follows of a workshop: its number, which rests on all before it."""
        numbers = {id(each): number for number, each in enumerate(self.ordered, 1)}

        def sources(workshop: Workshop) -> tuple[Place, ...]:
            return tuple(each.place("date") for each in self.ordered[: numbers[id(workshop)]])

        return {
            "number": Derived(lambda each: numbers[id(each)], sources, lambda _: "position in the series by date"),
        }

    @cached_property
    def updates(self) -> tuple[Facts, ...]:
        """All updates by number; what was submitted after `as_at` is still due."""
        return tuple(self.facts("update", each) for each in sorted(self.records.updates, key=lambda each: each.number))

    @cached_property
    def of_updates(self) -> Mapping[str, Derived]:
        """What follows of an update: whether it was submitted by `as_at`, and the first meeting after that."""

        def meeting(update: Update) -> Facts | None:
            found = self.considered(update)
            return self.facts("meeting", found) if found else None

        def sources(update: Update) -> tuple[Place, ...]:
            found = self.considered(update)
            return (update.place("submitted"), *((found.place("date"),) if found else ()))

        how = "the first meeting after the update was submitted"
        return {
            "submitted": Derived(self.submitted, cells("submitted")),
            "considered_at": Derived(meeting, sources, lambda _: how),
        }

    def submitted(self, update: Update) -> dt.date | None:
        """The day on which the update was submitted, if that was by `as_at`."""
        return update.submitted if update.submitted and update.submitted <= self.dates.as_at else None

    def considered(self, update: Update) -> Meeting | None:
        """The first meeting after the update was submitted."""
        on = self.submitted(update)
        return next((each for each in self.meetings if on and each.date > on), None)

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """All meetings by date."""
        return tuple(sorted(self.records.meetings, key=lambda meeting: meeting.date))

    @cached_property
    def last_update(self) -> Update | None:
        """The last update submitted by `as_at`."""
        done = [each for each in self.records.updates if each.submitted and each.submitted <= self.dates.as_at]
        return max(done, key=lambda each: each.number, default=None)

    @cached_property
    def next_update(self) -> Update | None:
        """The first update after the last submitted; one before it, without its day, was not sent any later."""
        last = self.last_update
        to_come = [each for each in self.records.updates if last is None or each.number > last.number]
        return min(to_come, key=lambda each: each.number, default=None)

    @cached_property
    def last_meeting_on(self) -> dt.date | None:
        """The day of the meeting before this one."""
        return max((each.date for each in self.meetings if each.date < self.dates.meeting_on), default=None)

    @cached_property
    def letters(self) -> Letters:
        """The correspondence."""
        return Letters(self)

    @cached_property
    def progress(self) -> tuple[Facts, ...]:
        """The figures submitted with the last update, in the tracker's order."""
        number = self.last_update.number if self.last_update else None
        return tuple(self.facts("area", each) for each in self.records.progress if each.update == number)

    @cached_property
    def actions(self) -> tuple[Facts, ...]:
        """The tracker's rows, those of one area together, areas in order of first appearance."""
        order: dict[str, int] = {}
        for each in self.records.actions:
            order.setdefault(each.area, len(order))
        together = sorted(self.records.actions, key=lambda each: order[each.area])
        return tuple(self.facts("action", each) for each in together)

    @cached_property
    def of_actions(self) -> Mapping[str, Derived]:
        """What follows of an action; one completed after `as_at` is still open."""
        return {
            "status": Derived(lambda each: each.status_words, cells("status")),
            "state": Derived(lambda each: str(self.status_of(each)), cells("status", "completed_on")),
            "overdue": Derived(lambda each: yes(self.overdue(each)), cells("deadline", "status")),
            "ongoing": Derived(ongoing, cells("deadline")),
        }

    def overdue(self, action: Action) -> bool:
        """Was the action open on `as_at`, and its deadline past?"""
        return bool(
            self.status_of(action) is Status.OPEN and action.deadline and action.deadline.before(self.dates.as_at)
        )

    def status_of(self, action: Action) -> Status:
        """The action's status as it was on `as_at`."""
        later = action.completed_on is not None and action.completed_on > self.dates.as_at
        return Status.OPEN if action.status is Status.COMPLETE and later else action.status


def ongoing(action: Action) -> str:
    """`yes` for an action whose deadline is told in open words."""
    return yes(bool(action.deadline and action.deadline.precision == "open"))


def percent_of(progress: Progress) -> str:
    """An area's percentage, worked out from the counts."""
    return f"{percent(progress.complete, progress.actions)}%"


def reckoning(progress: Progress) -> str:
    """How the percentage was worked out."""
    exact = 100 * progress.complete / progress.actions if progress.actions else 0.0
    whole = percent_of(progress)
    return f"{progress.complete} of {progress.actions} = {exact:.2f}%, written {whole} (100% only when all are)"


def name_in_sentences(meeting: Meeting) -> str:
    """The column of the calendar that a sentence calls the meeting's body by."""
    return "short_name" if meeting.short_name else "body"


OF_MEETINGS: Mapping[str, Derived] = {
    "short_name": Derived(
        lambda each: getattr(each, name_in_sentences(each)), lambda each: (each.place(name_in_sentences(each)),)
    ),
}
OF_AREAS: Mapping[str, Derived] = {
    "heading": Derived(lambda each: each.heading or each.area, cells("heading")),
    "percent": Derived(percent_of, cells("complete", "actions"), reckoning),
    "n_of_n": Derived(lambda each: f"{each.complete} of {each.actions}", cells("complete", "actions")),
}
