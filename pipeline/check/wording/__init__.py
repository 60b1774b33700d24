"""Rules on the wording sheet: every row, whether or not it is said this month."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from pipeline.check.wording import conditions, fields, style
from pipeline.check.wording.case import Row, Sheet, rows_of
from pipeline.check.wording.own_lists import narrowed_by
from pipeline.kinds import Sentence
from pipeline.problems import Problem
from pipeline.report import Report
from pipeline.vocabulary import Vocabulary

RULES: tuple[Callable[[Row], Iterator[Problem]], ...] = (*conditions.RULES, *fields.RULES, *style.RULES)


def check_wording(
    report: Report, sentences: Sequence[Sentence], vocabulary: Vocabulary, sections: Collection[str] | None = None
) -> list[Problem]:
    """All problems of a wording sheet, row by row; never raises PaperError, and runs nothing of what is written there.

    `vocabulary` is what the report's wording may use. `sections` are the names of the sections that the template has a
    place for (`background_papers`), None where that is not known.
    """
    sheet = Sheet(report, tuple(sentences), vocabulary, None if sections is None else frozenset(sections))
    return [
        *narrowed_by(report, vocabulary),
        *(problem for row in rows_of(sheet) for rule in RULES for problem in rule(row)),
    ]
