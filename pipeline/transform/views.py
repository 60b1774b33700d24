"""Records seen as facts: their own fields, and what follows from the other records and the dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import fields as dataclass_fields
from functools import cache, cached_property

from pipeline.dates import Dates
from pipeline.formats import percent
from pipeline.records import Action, Meeting, Progress, Record, Records, Status, Update, Workshop
from pipeline.report import Report
from pipeline.transform.facts import Answer, Facts, Trace
from pipeline.transform.letters import Letters
from pipeline.transform.words import yes

HIDDEN = {"key", "source", "cells", "others"}


@cache
def fields_of(kind: type) -> tuple[str, ...]:
    """The fields of a kind of record that wording may ask for."""
    return tuple(each.name for each in dataclass_fields(kind) if each.name not in HIDDEN)


class View:
    """The records of one paper as its dates see them: what is later than `as_at` has not happened yet."""

    def __init__(self, report: Report, records: Records, dates: Dates) -> None:
        self.report, self.records, self.dates, self.trace = report, records, dates, Trace()

    def facts(self, kind: str, record: Record, **more: Answer) -> Facts:
        """A record's own fields, its extra columns, and `more`."""
        place = record.place
        own = fields_of(type(record))  # type: ignore[arg-type]
        answers = {name: more.get(name) or Answer(getattr(record, name), (place(name),)) for name in own}
        if record.others:
            answers |= {name: Answer(text, (place(name),)) for name, text in record.others.items()}
        return Facts(kind, record.key, answers | more, self.trace)

    @cached_property
    def workshops(self) -> tuple[Facts, ...]:
        """All workshops by date; `number` is the place in the series."""
        ordered = sorted(self.records.workshops, key=lambda workshop: workshop.date)
        return tuple(self.workshop(workshop, ordered[: number + 1]) for number, workshop in enumerate(ordered))

    def workshop(self, workshop: Workshop, so_far: Sequence[Workshop]) -> Facts:
        """One workshop: held once its day has come by `as_at`."""
        number = Answer(len(so_far), tuple(each.place("date") for each in so_far), "position in the series by date")
        return self.facts("workshop", workshop, number=number)

    @cached_property
    def updates(self) -> tuple[Facts, ...]:
        """All updates by number; what was submitted after `as_at` is still due."""
        return tuple(self.update(each) for each in sorted(self.records.updates, key=lambda each: each.number))

    def update(self, update: Update) -> Facts:
        """One update, with the first meeting after it was submitted."""
        submitted = update.submitted if update.submitted and update.submitted <= self.dates.as_at else None
        considered = next((each for each in self.meetings if submitted and each.date > submitted), None)
        how = "the first meeting after the update was submitted"
        sources = (update.place("submitted"), considered.place("date")) if considered else (update.place("submitted"),)
        return self.facts(
            "update",
            update,
            submitted=Answer(submitted, (update.place("submitted"),)),
            considered_at=Answer(self.facts("meeting", considered) if considered else None, sources, how),
        )

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
        """The first update not submitted by `as_at`."""
        to_come = [each for each in self.records.updates if not (each.submitted and each.submitted <= self.dates.as_at)]
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
        return tuple(self.area(each) for each in self.records.progress if each.update == number)

    def area(self, progress: Progress) -> Facts:
        """One area's figures; `percent` is worked out from the counts."""
        whole = percent(progress.complete, progress.actions)
        sources = (progress.place("complete"), progress.place("actions"))
        exact = 100 * progress.complete / progress.actions if progress.actions else 0.0
        how = f"{progress.complete} of {progress.actions} = {exact:.2f}%, written {whole}% (100% only when all are)"
        return self.facts(
            "area",
            progress,
            heading=Answer(progress.heading or progress.area, (progress.place("heading"),)),
            percent=Answer(f"{whole}%", sources, how),
            n_of_n=Answer(f"{progress.complete} of {progress.actions}", sources),
        )

    @cached_property
    def actions(self) -> tuple[Facts, ...]:
        """The tracker's rows, those of one area together, areas in order of first appearance."""
        order: dict[str, int] = {}
        shown = [each for each in self.records.actions if not each.exempt]
        for each in shown:
            order.setdefault(each.area, len(order))
        return tuple(self.action(each) for each in sorted(shown, key=lambda each: order[each.area]))

    def action(self, action: Action) -> Facts:
        """One action; what was completed after `as_at` is still open."""
        status = self.status_of(action)
        overdue = bool(status is Status.OPEN and action.deadline and action.deadline.before(self.dates.as_at))
        cells = (action.place("deadline"), action.place("status"))
        return self.facts(
            "action",
            action,
            status=Answer(action.status_words, (action.place("status"),)),
            state=Answer(str(status), (action.place("status"), action.place("completed_on"))),
            overdue=Answer(yes(overdue), cells),
            ongoing=Answer(yes(bool(action.deadline and action.deadline.precision == "open")), cells[:1]),
        )

    def status_of(self, action: Action) -> Status:
        """The action's status as it was on `as_at`."""
        later = action.completed_on is not None and action.completed_on > self.dates.as_at
        return Status.OPEN if action.status is Status.COMPLETE and later else action.status
