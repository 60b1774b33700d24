"""Rules on dates: one style, real days, the right weekday, and what is told as done or to come (R10, R11, R17).

Of tenses only the plainest forms are caught: a verb and, a few words on, its date. A date that belongs to something
else in the sentence (`will consider the update submitted on …`) is left alone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from pipeline.patterns import Pattern
from pipeline.rules.case import Case, rule_of_words
from pipeline.rules.engine import Findings, Verdict, found
from pipeline.rules.passages import Passage, Sentence
from pipeline.rules.passing_words import relative_words
from pipeline.rules.written_dates import DATE, WEEKDAYS, Mention, mentions, no_such_days, weekdays_in_figures

TO_COME = Pattern(
    r"\b(?:will|shall)\s+(?:not\s+|now\s+|also\s+|then\s+|next\s+)?(?:be\s+)?\w+"
    r"|\b(?:is|are)\s+(?:now\s+)?(?:due|planned|arranged|scheduled|expected|to\s+be\s+\w+)"
    r"|\b(?:has|have)\s+been\s+(?:organised|arranged|planned|scheduled)(?=\s+for\b)",
    re.IGNORECASE,
)
DONE = Pattern(
    r"\b(?:was|were|has\s+been|have\s+been)\s+(?:not\s+|also\s+|then\s+|formally\s+)?"
    r"(?:held|sent|made|given|taken|met|submitted|completed|agreed|approved|published|issued|received|considered|signed"
    r"|reported|delivered|adopted|launched|opened|closed|revoked)\b"
    r"|\b(?:took\s+place|met|replied|answered|wrote|submitted|published|completed|sent)\b",
    re.IGNORECASE,
)
OTHERS = (
    r"(?:dated|submitted|sent|made|held|given|agreed|published|issued|received|taken|reached|set|considered|completed"
    r"|approved|started|which|that|who|whose|when|where|as|since|after|following|than|under|to|due|until|and|or|but)"
)
AWAY = Pattern(
    rf"(?:\s{{1,9}}(?!{OTHERS}\b)[\w'’()/-]+){{0,10}}?\s{{1,9}}(on|in|by|for|at|from|before)\s+(?:the\s+)?",
    re.IGNORECASE,
)
AHEAD = Pattern(
    r"\b(?:will|shall|would|should|may|might|could|planned|expected|to\s+be|if|once|until|due)\b", re.IGNORECASE
)
HORIZON = Pattern(
    r"\b(?:will|shall|can|could|may|must|should|(?:is|are)\s+to|aims?\s+to|plans?\s+to|expects?\s+to|"
    r"(?:is|are)\s+(?:being|working|on\s+course)|remains?\s+to)\b[^.,;:]{0,120}?"
    rf"\bby\s+(?:the\s+)?(?:end\s+of\s+|middle\s+of\s+|mid-)?({DATE})",
    re.IGNORECASE,
    cues=("by",),
)
PASSIVE = Pattern(r"\b(?:is|are|be|being)\s+(?:\w+\s+){0,2}(?:on|in|at)\s+(?:the\s+)?$")
"""`is held on`, which tells of no day in the past."""


@rule_of_words("P120", "passages")
def a_date_in_another_style(passage: Passage, case: Case) -> Verdict:
    real = (mention for mention in mentions(passage.text) if mention.first and not mention.slip)
    return next(
        (found(mention.text, date=mention) for mention in real if mention.style not in ("month", case.style)), None
    )


@rule_of_words("P121", "passages")
def a_slip_in_a_date(passage: Passage, _: Case) -> Findings:
    return (found(mention.text, date=mention) for mention in mentions(passage.text) if mention.slip and mention.first)


@rule_of_words("P122", "passages")
def no_such_day(passage: Passage, _: Case) -> Findings:
    return (found(text, words=text) for text in no_such_days(passage.text))


@rule_of_words("P123", "passages")
def another_weekday(passage: Passage, _: Case) -> Findings:
    for text, weekday, date in with_weekdays(passage.text):
        if weekday[:3] != WEEKDAYS[date.weekday()][:3]:
            yield found(text, words=text, weekday=WEEKDAYS[date.weekday()])


def with_weekdays(text: str) -> Iterator[tuple[str, str, dt.date]]:
    """Every date of a text that has its weekday before it: its words, the weekday, and the day."""
    yield from (
        (mention.text, mention.weekday, mention.first)
        for mention in mentions(text)
        if mention.first and mention.weekday
    )
    yield from weekdays_in_figures(text)


@rule_of_words("P130", "dated")
def to_come_though_past(sentence: Sentence, case: Case) -> Verdict:
    return contradiction(sentence, past(sentence, case))


@rule_of_words("P132", "dated")
def worked_towards_though_past(sentence: Sentence, case: Case) -> Verdict:
    horizons = [mention for match in HORIZON.finditer(sentence.text) for mention in mentions(match[1])]
    if not horizons or past(sentence, case):
        return None
    return contradiction(sentence, [horizon for horizon in horizons if horizon.before(case.as_at)])


@rule_of_words("P131", "dated")
def done_though_to_come(sentence: Sentence, case: Case) -> Verdict:
    day = case.as_at if sentence.passage.comment else case.dates.meeting_on
    if not any(mention.after(day) for mention in mentions(sentence.text)) or AHEAD.search(sentence.text):
        return None
    done = (mention for mention in governed(sentence.text, DONE, "on in at") if mention.after(day))
    return contradiction(
        sentence, [mention for mention in done if not PASSIVE.search(sentence.text[: mention.start])], day
    )


def past(sentence: Sentence, case: Case) -> list[Mention]:
    """The dates that a sentence tells as to come, and that are past."""
    if not any(mention.before(case.as_at) for mention in mentions(sentence.text)):
        return []
    to_come = governed(sentence.text, TO_COME, "on in by for at from before")
    return [mention for mention in to_come if mention.before(case.as_at)]


def governed(text: str, verb: Pattern, prepositions: str) -> Iterator[Mention]:
    """The dates of a sentence that belong to such a verb: `will be held on 9 March 2017`."""
    dates = {mention.start: mention for mention in mentions(text)}
    for match in verb.finditer(text):
        for start, each in dates.items():
            between = AWAY.fullmatch(text, match.end(), start) if start > match.end() else None
            if between and between[1].casefold() in prepositions.split():
                yield each


def contradiction(sentence: Sentence, dates: list[Mention], day: dt.date | None = None) -> Verdict:
    """The first of some dates that a sentence contradicts, if there is one; `day` is the one that it is told from."""
    way = "comment" if sentence.passage.comment else ""
    return found(dates[0].text, way, date=dates[0], day=day) if dates else None


@rule_of_words("P140", "sentences")
def true_on_one_day_only(sentence: Sentence, _: Case) -> Findings:
    if sentence.passage.source != "wording":  # cells and wording have rules of their own
        way = "comment" if sentence.passage.comment else ""
        yield from (found("", way, word=word) for word in dict.fromkeys(relative_words(sentence.text)))
