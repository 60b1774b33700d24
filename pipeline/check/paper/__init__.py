"""Rules on what a paper says: complete, consistent, of its own month."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from pipeline.blocks import Context
from pipeline.check.paper import carried, dating, language, quoting, recommendations, references, sections, tense
from pipeline.check.paper.case import Paper, Previous
from pipeline.check.paper.passages import passages
from pipeline.dates import Dates
from pipeline.problems import Problem
from pipeline.report import Report

__all__ = ["Previous", "check_paper"]

RULES: tuple[Callable[[Paper], Iterator[Problem]], ...] = (
    *sections.RULES, *recommendations.RULES, *dating.RULES, *tense.RULES, *references.RULES, *carried.RULES,
    *language.RULES, *quoting.RULES,
)  # fmt: skip


def check_paper(
    report: Report,
    context: Context,
    dates: Dates,
    previous: Previous | None = None,
    printed: Collection[str] | None = None,
) -> list[Problem]:
    """All problems of a paper's content, in the order of the rules; never raises PaperError.

    `previous` is the paper of the meeting before, None where there is none. Sentences are told from `dates.as_at`.
    `printed` are the fields that the template prints of a table's rows, None where that is not known.
    """
    paper = Paper(report, context, dates, previous, tuple(passages(report, context)), printed)
    return [problem for rule in RULES for problem in rule(paper)]
