"""Rules: what may be wrong with a paper and the files that it is made from, and how a person is told of it.

A rule is one function, in the module of what it looks at, and one entry of `pipeline/catalogue/` under its code.
"""

from pipeline.catalogue import problem, rules
from pipeline.problems import Problem
from pipeline.rules import (
    of_actions,
    of_calendar,
    of_dates,
    of_figures,
    of_letters,
    of_own_kinds,
    of_periods,
    of_sections,
    of_words,
)
from pipeline.rules.case import Case, Previous, rule, rule_of_words
from pipeline.rules.near import abbreviates, alike, keys, meant, variants
from pipeline.rules.passing_words import kept_places, relative_words
from pipeline.rules.settling import settled, stands
from pipeline.rules.written_dates import mentions, sentences_of
from pipeline.rules.written_figures import figures
from pipeline.rules.wrong_years import slips

__all__ = [
    "Case", "Previous", "abbreviates", "alike", "figures", "kept_places", "keys", "meant", "mentions", "problem",
    "problems_of", "problems_of_words", "relative_words", "rules", "sentences_of", "settled", "slips", "stands",
    "variants",
]  # fmt: skip

MODULES = (of_actions, of_calendar, of_dates, of_figures, of_letters, of_own_kinds, of_periods, of_sections, of_words)
"""Imported, their rules are in the lists."""


def problems_of(case: Case) -> list[Problem]:
    """All problems of a paper and of what it is made from, in the order of the codes; never raises PaperError."""
    return [*rule.problems(case), *rule_of_words.problems(case)]


def problems_of_words(case: Case) -> list[Problem]:
    """The problems of the words alone: of what people typed into a draft."""
    return list(rule_of_words.problems(case))
