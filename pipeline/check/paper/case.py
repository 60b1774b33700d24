"""What the rules on a paper look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.blocks import Context
from pipeline.check.mentions import sentences_of
from pipeline.check.paper.passages import Passage
from pipeline.dates import Dates
from pipeline.formats import day
from pipeline.report import Report


@dataclass(frozen=True, slots=True)
class Previous:
    """The paper of the meeting before: its day, and the text of each of its blocks by key.

    `date_texts` are the dates that were its own (in its header, or its day of publication) as they were printed.
    """

    meeting_on: dt.date
    blocks: Mapping[str, str]
    date_texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: settings, context, dates, the paper before it, and its paragraphs as passages."""

    report: Report
    context: Context
    dates: Dates
    previous: Previous | None
    passages: tuple[Passage, ...]

    @property
    def sentences(self) -> Iterator[tuple[Passage, str]]:
        """Every sentence of every paragraph."""
        for passage in self.passages:
            for sentence in sentences_of(passage.text):
                yield passage, sentence

    def day(self, date: dt.date) -> str:
        """A day in the report's own style."""
        return day(date, self.report.date_style)
