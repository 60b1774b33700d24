"""What the rules between rows look at: the records of one paper, as its dates see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.dates import Dates
from pipeline.formats import day
from pipeline.records import Action, Letter, Progress, Records, Status, Update
from pipeline.report import Report
from pipeline.rules.near import plain
from pipeline.rules.passages import Passage
from pipeline.withheld import Withheld


@dataclass(frozen=True)
class Case:
    """The records of one paper with its settings and dates, `absent`, `closed` and `withheld` as `check_records` takes
    them, and what was `said` of them in people's own words. No message quotes anything of what is withheld.
    """

    report: Report
    records: Records
    dates: Dates
    absent: Callable[[str], tuple[str, str] | None]
    closed: frozenset[dt.date]
    withheld: Sequence[Withheld] = ()
    said: tuple[Passage, ...] = ()
    replies: dict[str, list[Letter]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for each in sorted(self.records.letters, key=lambda each: each.date):
            if each.date <= self.dates.as_at:
                self.replies.setdefault(each.in_reply_to, []).append(each)

    def left_out(self, name: str) -> bool:
        """Is it the ref or area of a row that could not be read, or is withheld? Then what is missing is not told."""
        return plain(name) in self.names_left_out

    @cached_property
    def names_left_out(self) -> frozenset[str]:
        """The refs and areas of rows that could not be read or are withheld, ready to be compared."""
        withheld = (getattr(each.record, name, "") for each in self.withheld for name in ("ref", "area"))
        return frozenset(plain(each) for each in (*self.records.left_out, *withheld) if each)

    def day(self, date: dt.date) -> str:
        """A day in the report's own style."""
        return day(date, self.report.date_style)

    @cached_property
    def last_update(self) -> Update | None:
        """The last update submitted by `as_at`."""
        done = (each for each in self.records.updates if each.submitted and each.submitted <= self.dates.as_at)
        return max(done, key=lambda each: each.number, default=None)

    @cached_property
    def next_update(self) -> Update | None:
        """The first update not submitted by `as_at`."""
        due = (each for each in self.records.updates if not each.submitted or each.submitted > self.dates.as_at)
        return min(due, key=lambda each: each.number, default=None)

    @cached_property
    def registered(self) -> frozenset[dt.date]:
        """The days of the Directions in force by `as_at`."""
        return frozenset(each.date for each in self.records.directions if each.date <= self.dates.as_at)

    @cached_property
    def figures(self) -> tuple[Progress, ...]:
        """The figures submitted with the last update: those that the paper prints."""
        last = self.last_update
        return tuple(each for each in self.records.progress if last and each.update == last.number)

    @property
    def actions(self) -> tuple[Action, ...]:
        """The tracker's rows."""
        return self.records.actions

    @cached_property
    def known_letters(self) -> tuple[Letter, ...]:
        """The letters known by `as_at`."""
        return tuple(each for each in self.records.letters if each.date <= self.dates.as_at)

    def replies_to(self, letter: Letter) -> Sequence[Letter]:
        """The replies to a letter known by `as_at`, by date."""
        return self.replies.get(letter.ref, ())

    def answered(self, letter: Letter) -> bool:
        """Has a reply come, be it one that may not be public?"""
        return letter.answered_in_private or bool(self.replies_to(letter))

    def awaiting(self, letter: Letter) -> bool:
        """Is a reply to this letter still to come?"""
        return letter.direction == "out" and bool(letter.reply_expected) and not self.answered(letter)


def is_open(action: Action, on: dt.date) -> bool:
    """Was the action under way on a day? What was completed later was."""
    later = action.completed_on is not None and action.completed_on > on
    return action.status is Status.OPEN or (action.status is Status.COMPLETE and later)
