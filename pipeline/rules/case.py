"""The case: what the rules look at. The position of one paper, its settings, what it says, and what people typed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from pipeline.blocks import Context, Row, Table
from pipeline.dates import When
from pipeline.formats import DateStyle, when
from pipeline.kinds import Action, Update, Withheld
from pipeline.position import Position
from pipeline.problems import NOWHERE, Place
from pipeline.report import Report
from pipeline.rules.engine import Rules
from pipeline.rules.given_figures import Given, given
from pipeline.rules.near import plain
from pipeline.rules.passages import TITLES, Passage, Sentence, passages, sent, sentences
from pipeline.rules.written_dates import days_in, mentions

rule, rule_of_words = Rules(), Rules()
"""The rules on a paper and its files, and those on words that anybody may type, which judge a draft's too."""


class Previous(NamedTuple):
    """The paper of the meeting before: its day, and the text of each of its blocks by key.

    `date_texts` are the dates that were its own (in its header, or its day of publication) as they were printed.
    """

    meeting_on: dt.date
    blocks: Mapping[str, str]
    date_texts: tuple[str, ...] = ()


class HeaderField(NamedTuple):
    """A field of the header with its text, and the cell that it comes from."""

    name: str
    text: str
    source: Place

    def place(self, _: str) -> Place:
        """That cell."""
        return self.source


@dataclass(frozen=True)
class Case(Position):
    """The position of one paper with its settings and its context.

    `absent(name)` says why an appendix file cannot be used, and the cure, None where the file is there; `closed` are
    the bank holidays and other days on which nobody meets; `withheld` are the rows that may not be public, of which no
    message quotes anything. `previous` is the paper of the meeting before, None where there is none. `printed` are the
    fields that the template prints of a table's rows, None where any may be. `typed` are the passages that people typed
    into a draft, to be judged in place of what was written for it, and `others` the texts that it has besides.
    """

    report: Report
    context: Context = field(default_factory=lambda: Context({}, {}))
    absent: Callable[[str], tuple[str, str] | None] = lambda _: None
    closed: frozenset[dt.date] = frozenset()
    withheld: Sequence[Withheld] = ()
    previous: Previous | None = None
    printed: Collection[str] | None = None
    typed: tuple[Passage, ...] | None = None
    others: tuple[str, ...] = ()

    @cached_property
    def written(self) -> tuple[Passage, ...]:
        """The paragraphs of the paper as it is written."""
        return tuple(passages(self.report, self.context))

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The paragraphs to be judged by their words."""
        return self.written if self.typed is None else self.typed

    @cached_property
    def given(self) -> Given:
        """The figures that the paper's own sentences and tables give, which what people write is held to."""
        own = (passage for passage in self.written if not passage.comment)
        fields = (field for kind in self.report.kinds.values() for field in kind.fields.values())
        groups = sorted({field.name for field in fields if field.fill_down})
        return given(own, self.context, self.cells, groups, self.previous.blocks if self.previous else {})

    @cached_property
    def days_known(self) -> frozenset[dt.date]:
        """Every day that the paper's own sentences, its header or any record names."""
        records = chain.from_iterable(map(self.records.of, self.report.kinds))
        values = chain.from_iterable(record.values.values() for record in records)
        named = (value.first if isinstance(value, When) else value for value in values)
        header = chain.from_iterable(days_in(text) for text in self.context.fields.values())
        told = (known.day for known in self.given.days)
        return frozenset((*(day for day in named if isinstance(day, dt.date)), *header, *told))

    @cached_property
    def appendices(self) -> frozenset[str]:
        """The keys of the blocks that the paper lists as appendices."""
        return frozenset(block.key for block in self.context.sections.get(TITLES, ()))

    @cached_property
    def said_sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of what people say of the rows: of the comments as they were sent, in the paper or not."""
        return tuple(sentences(sent(self.records.comments) if self.typed is None else self.typed))

    @property
    def style(self) -> DateStyle:
        """How dates are printed."""
        return self.report.formats.dates

    @cached_property
    def header(self) -> tuple[HeaderField, ...]:
        """The fields of the header."""
        facts = self.context.field_facts
        sources = {name: each.sources[0] for name, each in facts.items() if each.sources}
        return tuple(HeaderField(name, text, sources.get(name, NOWHERE)) for name, text in self.context.fields.items())

    @cached_property
    def cells(self) -> tuple[tuple[Row, tuple[str, ...]], ...]:
        """Every row of every table, and the names of the fields that the paper may print of it."""
        blocks = (block for section in self.context.sections.values() for block in section)
        rows = (row for block in blocks if isinstance(block, Table) for row in block.rows)
        return tuple((row, self.fields_of(row)) for row in rows)

    def fields_of(self, row: Row) -> tuple[str, ...]:
        """The fields of a table's row that the paper may print."""
        return tuple(row.values) if self.printed is None else tuple(sorted({*self.printed} & row.values.keys()))

    @cached_property
    def comments(self) -> tuple[Passage, ...]:
        """The passages that services sent."""
        return tuple(passage for passage in self.passages if passage.comment)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of every passage."""
        return tuple(sentences(self.passages))

    @cached_property
    def dated(self) -> tuple[Sentence, ...]:
        """Every sentence with dates in it; where the paragraph has none, its sentences have none."""
        dating = {id(passage) for passage in self.passages if mentions(passage.text)}
        return tuple(
            sentence for sentence in self.sentences if id(sentence.passage) in dating and mentions(sentence.text)
        )

    def sheet_of(self, kind: str) -> Place:
        """The sheet in which records of a kind are kept."""
        settings = self.report.sources.get(kind)
        return Place(settings.file, settings.sheet) if settings else Place()

    def has_column(self, kind: str, field: str) -> bool:
        """Is there a column for a field of a kind of record?"""
        return any(field in record.cells for record in self.records.of(kind))

    def left_out(self, name: str) -> bool:
        """Is it the ref or area of a row that could not be read, or is withheld? Then what is missing is not told."""
        return plain(name) in self.names_left_out

    @cached_property
    def names_left_out(self) -> frozenset[str]:
        """The refs and areas of rows that could not be read or are withheld, ready to be compared."""
        withheld = (getattr(row.record, name, "") for row in self.withheld for name in ("ref", "area"))
        return frozenset(plain(name) for name in (*self.records.left_out, *withheld) if name)

    @cached_property
    def updates(self) -> tuple[Update, ...]:
        """All updates by number."""
        return tuple(sorted(self.records.updates, key=lambda update: update.number))

    @cached_property
    def update_by_number(self) -> Mapping[int, Update]:
        """Every update by its number."""
        return {update.number: update for update in self.records.updates}

    @cached_property
    def completed(self) -> tuple[Action, ...]:
        """The actions with a day on which they were completed, by that day."""
        done = (action for action in self.records.actions if action.completed_on)
        return tuple(sorted(done, key=lambda action: str(action.completed_on)))

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
        return frozenset(
            plain(figure.area) for figure in self.figures if figure.actions and figure.complete == figure.actions
        )

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
        plan = (action for action in self.records.actions if action.in_plan is not False)
        return Counter(plain(action.area) for action in plan if wanted(self.was_open(action)))

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
