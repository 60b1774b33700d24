"""Rules on what a paper says: complete, consistent, of its own month."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from pipeline.blocks import Context
from pipeline.dates import Dates
from pipeline.problems import Problem
from pipeline.report import Report
from pipeline.rules.paper import carried, dating, language, quoting, recommendations, references, sections, tense
from pipeline.rules.paper.case import Paper, Previous
from pipeline.rules.passages import passages

__all__ = ["Previous", "check_paper"]

Rule = Callable[[Paper], Iterator[Problem]]
OF_WORDS: tuple[Rule, ...] = (
    *sections.OF_WORDS, *recommendations.OF_WORDS, *dating.OF_WORDS, *tense.OF_WORDS, *references.OF_WORDS,
    *language.OF_WORDS, *quoting.OF_WORDS,
)  # fmt: skip
"""The rules on passages, wherever they stand."""
OF_THE_PAPER: tuple[Rule, ...] = (
    *sections.OF_THE_PAPER, *recommendations.OF_THE_PAPER, *carried.OF_THE_PAPER, *language.OF_THE_PAPER,
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
    return [problem for rule in (*OF_THE_PAPER, *OF_WORDS) for problem in rule(paper)]
