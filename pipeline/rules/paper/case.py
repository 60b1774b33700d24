"""What the rules on a paper look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from pipeline.blocks import Context, Row, Table
from pipeline.dates import Dates
from pipeline.formats import day
from pipeline.report import Report
from pipeline.rules.mentions import Mention, mentions, sentences_of
from pipeline.rules.passages import Passage


@dataclass(frozen=True, slots=True)
class Previous:
    """The paper of the meeting before: its day, and the text of each of its blocks by key.

    `date_texts` are the dates that were its own (in its header, or its day of publication) as they were printed.
    """

    meeting_on: dt.date
    blocks: Mapping[str, str]
    date_texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paper:
    """One paper: settings, context, dates, the paper before it, the passages to be judged, the fields of a table's rows
    that it prints (None: any may be), and the texts of `others`, which are judged elsewhere.
    """

    report: Report
    context: Context
    dates: Dates
    previous: Previous | None
    passages: tuple[Passage, ...]
    printed: Collection[str] | None = None
    others: tuple[str, ...] = ()

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
    def sentences(self) -> tuple[tuple[Passage, str], ...]:
        """Every sentence of every paragraph."""
        return tuple((each, sentence) for each in self.passages for sentence in sentences_of(each.text))

    @cached_property
    def dated(self) -> tuple[tuple[Passage, str, tuple[Mention, ...]], ...]:
        """Every sentence with dates in it, and the dates; where the paragraph has none, its sentences have none."""
        dating = {id(each) for each in self.passages if mentions(each.text)}
        told = ((each, sentence, mentions(sentence)) for each, sentence in self.sentences if id(each) in dating)
        return tuple(each for each in told if each[2])

    def day(self, date: dt.date) -> str:
        """A day in the report's own style."""
        return day(date, self.report.date_style)
