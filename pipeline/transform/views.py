"""Records seen as facts: their own fields, and what follows from the other records and the dates."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from pipeline.dates import Dates
from pipeline.formats import percent
from pipeline.kinds import Action, Meeting, Progress, Record, Records, Update, Workshop
from pipeline.position import Position
from pipeline.problems import Place
from pipeline.report import Report
from pipeline.transform.facts import Answers, Derived, Facts, Trace, cells
from pipeline.transform.letters import Letters
from pipeline.transform.words import yes

NONE: Mapping[str, Derived] = {}


class View:
    """The records of one paper as its dates see them: what is later than `as_at` has not happened yet."""

    def __init__(self, report: Report, records: Records, dates: Dates) -> None:
        self.report, self.records, self.dates, self.trace = report, records, dates, Trace()
        self.position = Position(records, dates)

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
            found = self.position.considered_at(update)
            return self.facts("meeting", found) if found else None

        def sources(update: Update) -> tuple[Place, ...]:
            found = self.position.considered_at(update)
            return (update.place("submitted"), *((found.place("date"),) if found else ()))

        how = "the first meeting after the update was submitted"
        return {
            "submitted": Derived(self.position.submitted, cells("submitted")),
            "considered_at": Derived(meeting, sources, lambda _: how),
        }

    @cached_property
    def letters(self) -> Letters:
        """The correspondence."""
        return Letters(self)

    @cached_property
    def progress(self) -> tuple[Facts, ...]:
        """The figures submitted with the last update, in the tracker's order."""
        return tuple(self.facts("area", each) for each in self.position.figures)

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
        words = Derived(lambda each: str(each.status), cells("status"))
        return {
            "status": words,
            "status_words": words,
            "state": Derived(self.position.state_of, cells("status", "completed_on")),
            "overdue": Derived(lambda each: yes(self.position.is_overdue(each)), cells("deadline", "status")),
            "ongoing": Derived(ongoing, cells("deadline")),
        }


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
