"""Rules on what a paper says: complete, consistent, of its own month."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from pipeline.blocks import Context
from pipeline.dates import Dates
from pipeline.kinds import Records
from pipeline.problems import Problem
from pipeline.report import Report
from pipeline.rules import of_dates, of_language, of_sections
from pipeline.rules.page import Page, Previous, of_page, of_passages
from pipeline.rules.passages import Passage, passages

__all__ = ["Previous", "check_paper", "words_of_paper"]

NONE = Records()
MODULES = (of_sections, of_dates, of_language)
"""Imported, their rules are in the lists."""


def check_paper(
    report: Report,
    context: Context,
    dates: Dates,
    previous: Previous | None = None,
    printed: Collection[str] | None = None,
    records: Records = NONE,
) -> list[Problem]:
    """All problems of a paper's content, in the order of the codes; never raises PaperError.

    `previous` is the paper of the meeting before, None where there is none. Sentences are told from `dates.as_at`.
    `printed` are the fields that the template prints of a table's rows, None where that is not known. `records` are
    those that the paper is made from: none are judged that are not given.
    """
    page = Page(report, context, dates, tuple(passages(report, context)), previous, printed, records)
    return [*of_page.problems(page), *of_passages.problems(page)]


def words_of_paper(
    report: Report, context: Context, dates: Dates, typed: Sequence[Passage], others: Sequence[str]
) -> Iterator[Problem]:
    """The problems of passages that people typed into a paper, among the texts of `others`."""
    return of_passages.problems(Page(report, context, dates, tuple(typed), others=tuple(others)))
