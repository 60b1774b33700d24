"""What the rules on a paper look at: its passages and their sentences, its header, its tables, the paper before it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from pipeline.blocks import Context, Row, Table
from pipeline.dates import Dates
from pipeline.formats import DateStyle
from pipeline.kinds import Letter, Records
from pipeline.problems import NOWHERE, Place
from pipeline.report import Report
from pipeline.rules.engine import Rules
from pipeline.rules.mentions import mentions
from pipeline.rules.passages import Passage, Sentence, sentences

of_page, of_passages = Rules(), Rules()
"""The rules on a paper as a whole, and those on passages, wherever they stand."""


@dataclass(frozen=True, slots=True)
class Previous:
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
class Page:
    """One paper: settings, context, dates, the paper before it, the passages to be judged, the fields of a table's rows
    that it prints (None: any may be), the `records` that it is made from, and the texts of `others`, which are judged
    elsewhere.
    """

    report: Report
    context: Context
    dates: Dates
    passages: tuple[Passage, ...]
    previous: Previous | None = None
    printed: Collection[str] | None = None
    records: Records = field(default_factory=Records)
    others: tuple[str, ...] = ()

    @property
    def style(self) -> DateStyle:
        """How dates are printed."""
        return self.report.date_style

    @property
    def as_at(self) -> dt.date:
        """The day that the paper speaks from."""
        return self.dates.as_at

    @cached_property
    def header(self) -> tuple[HeaderField, ...]:
        """The fields of the header."""
        facts = self.context.field_facts
        sources = {name: each.sources[0] for name, each in facts.items() if each.sources}
        return tuple(HeaderField(name, text, sources.get(name, NOWHERE)) for name, text in self.context.fields.items())

    @cached_property
    def cells(self) -> tuple[tuple[Row, tuple[str, ...]], ...]:
        """Every row of every table, and the names of the fields that the paper may print of it."""
        tables = (each for blocks in self.context.sections.values() for each in blocks if isinstance(each, Table))
        rows = (row for table in tables for row in table.rows)
        if self.printed is None:
            return tuple((row, tuple(row.values)) for row in rows)
        printed = sorted(self.printed)
        return tuple((row, tuple([name for name in printed if name in row.values])) for row in rows)

    @cached_property
    def comments(self) -> tuple[Passage, ...]:
        """The passages that services sent."""
        return tuple(each for each in self.passages if each.comment)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of every passage."""
        return tuple(sentences(self.passages))

    @cached_property
    def dated(self) -> tuple[Sentence, ...]:
        """Every sentence with dates in it; where the paragraph has none, its sentences have none."""
        dating = {id(each) for each in self.passages if mentions(each.text)}
        return tuple(each for each in self.sentences if id(each.passage) in dating and mentions(each.text))

    @cached_property
    def letters(self) -> tuple[Letter, ...]:
        """The letters of the log that the paper may speak of."""
        return tuple(each for each in self.records.letters if each.date <= self.as_at)
