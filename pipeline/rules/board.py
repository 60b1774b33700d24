"""What the rules between rows look at: the position of one paper, and what else is known of its files."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from pipeline.formats import DateStyle, when
from pipeline.kinds import Action, Update
from pipeline.position import Position
from pipeline.problems import Place
from pipeline.report import Report
from pipeline.rules.engine import Rules
from pipeline.rules.near import plain
from pipeline.rules.passages import Passage, Sentence, sentences
from pipeline.withheld import Withheld

of_records, of_words = Rules(), Rules()
"""The rules between rows, and those on what people say of the rows in their own words."""

Row = TypeVar("Row")


@dataclass(frozen=True)
class Board(Position):
    """The records of one paper with its settings, `absent`, `closed` and `withheld` as `check_records` takes them, and
    what was `said` of them in people's own words. No message quotes anything of what is withheld.
    """

    report: Report
    absent: Callable[[str], tuple[str, str] | None] = lambda _: None
    closed: frozenset[dt.date] = frozenset()
    withheld: Sequence[Withheld] = ()
    said: tuple[Passage, ...] = ()

    @property
    def style(self) -> DateStyle:
        """How dates are printed."""
        return self.report.date_style

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of what was said."""
        return tuple(sentences(self.said))

    def sheet_of(self, kind: str) -> Place:
        """The sheet in which records of a kind are kept."""
        settings = self.report.sources.get(kind)
        return Place(settings.file, settings.sheet) if settings else Place()

    def has_column(self, kind: str, field: str) -> bool:
        """Is there a column for a field of a kind of record?"""
        return any(field in each.cells for each in getattr(self.records, kind))

    def left_out(self, name: str) -> bool:
        """Is it the ref or area of a row that could not be read, or is withheld? Then what is missing is not told."""
        return plain(name) in self.names_left_out

    @cached_property
    def names_left_out(self) -> frozenset[str]:
        """The refs and areas of rows that could not be read or are withheld, ready to be compared."""
        withheld = (getattr(each.record, name, "") for each in self.withheld for name in ("ref", "area"))
        return frozenset(plain(each) for each in (*self.records.left_out, *withheld) if each)

    @cached_property
    def updates(self) -> tuple[Update, ...]:
        """All updates by number."""
        return tuple(sorted(self.records.updates, key=lambda each: each.number))

    @cached_property
    def update_by_number(self) -> Mapping[int, Update]:
        """Every update by its number."""
        return {each.number: each for each in self.records.updates}

    @cached_property
    def completed(self) -> tuple[Action, ...]:
        """The actions with a day on which they were completed, by that day."""
        done = (each for each in self.records.actions if each.completed_on)
        return tuple(sorted(done, key=lambda each: str(each.completed_on)))

    @cached_property
    def dates_are_kept(self) -> bool:
        """Has the tracker a column for the day on which an action was completed?"""
        return self.has_column("actions", "completed_on")

    @cached_property
    def deadlines_are_kept(self) -> bool:
        """Has the tracker a column for deadlines?"""
        return self.has_column("actions", "deadline")

    @cached_property
    def complete_areas(self) -> frozenset[str]:
        """The areas whose figures show every action complete, ready to be compared."""
        return frozenset(plain(each.area) for each in self.figures if each.actions and each.complete == each.actions)

    @cached_property
    def open_at_update(self) -> Counter[str]:
        """The actions of the plan that were open when the last update was submitted, by area."""
        return self.planned(lambda was: was is True)

    @cached_property
    def perhaps_open_at_update(self) -> Counter[str]:
        """Those of which the tracker cannot tell."""
        return self.planned(lambda was: was is None)

    def planned(self, wanted: Callable[[bool | None], bool]) -> Counter[str]:
        """Actions of the plan by area, by whether they were open when the last update was submitted."""
        plan = (each for each in self.records.actions if each.in_plan is not False)
        return Counter(plain(each.area) for each in plan if wanted(self.was_open(each)))

    def was_open(self, action: Action) -> bool | None:
        """Was the action open or paused when the last update was submitted? None where the tracker cannot tell."""
        last = self.last_update
        if last is None or last.submitted is None or action.status.meaning == "withdrawn":
            return None
        if action.status.meaning == "complete" and action.completed_on is None:
            return None
        return action.status.meaning == "paused" or self.is_open(action, last.submitted)

    def name(self, action: Action) -> str:
        """What a message calls an action: its reference, else the start of its activity."""
        return action.ref or action.activity[:60]

    def due(self, action: Action) -> str:
        """`by 31 January 2017`, or `in January 2017`; blank without a deadline."""
        if action.deadline is None:
            return ""
        return ("in " if action.deadline.precision == "month" else "by ") + when(action.deadline, self.style)


def firsts(rows: Iterable[Row], key: Callable[[Row], Hashable]) -> dict[Any, Row]:
    """The first row of each key, in order."""
    found: dict[Any, Row] = {}
    for row in rows:
        found.setdefault(key(row), row)
    return found


def repeated(rows: Sequence[Row], key: Callable[[Row], Hashable]) -> Iterator[tuple[Row, Row]]:
    """Each row with an earlier one of the same key, the first."""
    first = firsts(rows, key)
    return ((row, first[key(row)]) for row in rows if first[key(row)] is not row)
