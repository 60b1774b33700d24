"""Rules on the figures that people write: against those that the facts give now, and those that the last paper gave."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.rules.case import Case, rule_of_words
from pipeline.rules.engine import Findings, found
from pipeline.rules.given_figures import words_of
from pipeline.rules.passages import Sentence
from pipeline.rules.written_dates import days_in
from pipeline.rules.written_figures import Figure, figures

ALIKE = 2
"""Words that two sentences must share to be about one thing."""


@rule_of_words("P166", "said_sentences", "")
def another_count_than_the_facts_give(sentence: Sentence, case: Case) -> Findings:
    for figure in own_figures(sentence, case):
        same = case.given.same(figure) if figure.kind == "count" else []
        if same and (figure.definite or figure.value > max(known.figure.value for known in same)):
            yield found(told=figure.text, real=same[0].figure.text, where=same[0].place)


@rule_of_words("P167", "said_sentences", "")
def digits_changed_about(sentence: Sentence, case: Case) -> Findings:
    for figure in own_figures(sentence, case):
        near = (
            known for known in case.given.now if known.figure.slips(figure) and known.words & words_of(sentence.text)
        )
        if meant := next(near, None):
            yield found(told=figure.text, real=meant.figure.text, where=meant.place)


@rule_of_words("P168", "said_sentences", "")
def a_figure_of_the_paper_before(sentence: Sentence, case: Case) -> Findings:
    for figure in figures(sentence.text) if case.previous else ():
        now = case.given.in_place_of(figure, words_of(sentence.text))
        if now:
            yield found(told=figure.text, real=now.figure.text, where=now.place)


@rule_of_words("P169", "said_sentences", "")
def a_date_with_a_slip(sentence: Sentence, case: Case) -> Findings:
    about = words_of(sentence.text)
    for day in sorted(days_in(sentence.text)):
        meant = [known for known in case.given.days if known.is_near(day) and len(known.words & about) >= ALIKE]
        if meant and day not in case.days_known:
            yield found(day=day, real=meant[0].day, where=meant[0].place)


def own_figures(sentence: Sentence, case: Case) -> Iterator[Figure]:
    """The figures of a sentence that neither the facts give nor the last paper gave in their place."""
    for figure in figures(sentence.text):
        if not case.given.has(figure) and case.given.in_place_of(figure, words_of(sentence.text)) is None:
            yield figure
