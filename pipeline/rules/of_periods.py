"""Rules on periods that are typed: a quarter carried over from the last paper, and one that is not over yet."""

from __future__ import annotations

import re

from pipeline.dates import Quarter, last_ended, quarter_of
from pipeline.patterns import Pattern
from pipeline.rules.case import Case, HeaderField, rule, rule_of_words
from pipeline.rules.engine import Findings, found
from pipeline.rules.passages import Sentence
from pipeline.rules.written_dates import Label, quarters

TO_COME = Pattern(
    r"\b(?:will|shall|due|by|plan\w*|next|expect\w*|forecast\w*|to be|until|would|estimate\w*)\b", re.IGNORECASE
)


@rule("P175", "header", "")
def a_period_carried_over(field: HeaderField, case: Case) -> Findings:
    return (
        found("", label=label.text, last=last_ended(case.as_at)) for label in quarters(field.text) if past(label, case)
    )


@rule_of_words("P175", "said_sentences", "")
def a_period_of_the_paper_before(sentence: Sentence, case: Case) -> Findings:
    labels = quarters(sentence.text) if case.previous else ()
    before, labels = case.previous.blocks if case.previous else {}, quarters(sentence.text)
    alone = len(labels) == 1 and past(labels[0], case)  # where there are two, they are compared
    if alone and any(sentence.text in text for text in before.values()):
        yield found(label=labels[0].text, last=last_ended(case.as_at))


@rule("P176", "header", "")
def a_period_that_is_not_over(field: HeaderField, case: Case) -> Findings:
    now, last = quarter_of(case.as_at), last_ended(case.as_at)
    for label in quarters(field.text):
        if to_come(label, case) or (label.may_be(now) and not label.may_be(last)):
            yield found("", label=label.text, last=last)


@rule_of_words("P176", "said_sentences", "")
def a_period_told_of_before_it_has_begun(sentence: Sentence, case: Case) -> Findings:
    labels = () if TO_COME.search(sentence.text) else quarters(sentence.text)
    return (found(label=label.text, last=last_ended(case.as_at)) for label in labels if to_come(label, case))


def past(label: Label, case: Case) -> bool:
    """Is it neither the quarter in which the facts are told, nor the one before it, nor one that is to come?"""
    near = quarter_of(case.as_at), last_ended(case.as_at)
    return not (any(map(label.may_be, near)) or to_come(label, case))


def to_come(label: Label, case: Case) -> bool:
    """Does it say a year, and begin only after the day of the facts?"""
    return label.began is not None and Quarter(label.began, label.number).starts > case.as_at
