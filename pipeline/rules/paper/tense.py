"""Rules on tense: what is told as to come is not past, what is told as done is not to come (R11, R17).

Only the plainest forms are caught: a verb and, a few words on, its date. A date that belongs to something else in the
sentence (`will consider the update submitted on …`) is left alone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from pipeline.problems import Problem, warning
from pipeline.rules.mentions import DATE, Mention, mentions
from pipeline.rules.paper.case import Paper
from pipeline.rules.passages import Passage, shortened

TO_COME = re.compile(
    r"\b(?:will|shall)\s+(?:not\s+|now\s+|also\s+|then\s+|next\s+)?(?:be\s+)?\w+"
    r"|\b(?:is|are)\s+(?:now\s+)?(?:due|planned|arranged|scheduled|expected|to\s+be\s+\w+)"
    r"|\b(?:has|have)\s+been\s+(?:organised|arranged|planned|scheduled)(?=\s+for\b)",
    re.IGNORECASE,
)
DONE = re.compile(
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
AWAY = re.compile(
    rf"(?:\s{{1,9}}(?!{OTHERS}\b)[\w'’()/-]+){{0,10}}?\s{{1,9}}(on|in|by|for|at|from|before)\s+(?:the\s+)?",
    re.IGNORECASE,
)
AHEAD = re.compile(
    r"\b(?:will|shall|would|should|may|might|could|planned|expected|to\s+be|if|once|until|due)\b", re.IGNORECASE
)
HORIZON = re.compile(
    r"\b(?:will|shall|can|could|may|must|should|(?:is|are)\s+to|aims?\s+to|plans?\s+to|expects?\s+to|"
    r"(?:is|are)\s+(?:being|working|on\s+course)|remains?\s+to)\b[^.,;:]{0,120}?"
    rf"\bby\s+(?:the\s+)?(?:end\s+of\s+|middle\s+of\s+|mid-)?({DATE})",
    re.IGNORECASE,
)


def governed(text: str, verb: re.Pattern[str], prepositions: str) -> Iterator[Mention]:
    """The dates of a sentence that belong to such a verb: `will be held on 9 March 2017`."""
    dates = {each.start: each for each in mentions(text)}
    for found in verb.finditer(text):
        for start, each in dates.items():
            between = AWAY.fullmatch(text, found.end(), start) if start > found.end() else None
            if between and between[1].casefold() in prepositions.split():
                yield each


def still_to_come(paper: Paper) -> Iterator[Problem]:
    """P130, P132: told as to come, with a date that is past on `as_at`; a month to work towards that is past."""
    as_at = paper.dates.as_at
    for passage, sentence, dates in paper.dated:
        told = governed(sentence, TO_COME, "on in by for at from before") if any(d.before(as_at) for d in dates) else ()
        past = [each for each in told if each.before(as_at)]
        if past:
            yield contradiction(
                "P130", passage, sentence, past[0], f"is told as to come, but is past on {paper.day(as_at)}"
            )
        elif horizon := [each for each in horizons(sentence) if each.before(as_at)]:
            yield contradiction(
                "P132", passage, sentence, horizon[0], f"is worked towards, but past on {paper.day(as_at)}"
            )


def horizons(sentence: str) -> Iterator[Mention]:
    """Dates by which something can or will be done."""
    for found in HORIZON.finditer(sentence) if "by" in sentence.lower() else ():
        yield from mentions(found[1])


def already_done(paper: Paper) -> Iterator[Problem]:
    """P131: told as done, with a date after the day that the sentence may speak from.

    A comment speaks from `as_at`. A sentence of the wording sheet may speak from the meeting.
    """
    for passage, sentence, dates in paper.dated:
        day: dt.date = paper.dates.as_at if passage.comment else paper.dates.meeting_on
        if not any(each.after(day) for each in dates) or AHEAD.search(sentence):
            continue
        early = [
            each for each in governed(sentence, DONE, "on in at") if each.after(day) and not_passive(sentence, each)
        ]
        if early:
            what = f"is told as done, but comes after {paper.day(day)}"
            yield contradiction("P131", passage, sentence, early[0], what)


def not_passive(sentence: str, date: Mention) -> bool:
    """Is the date outside of a phrase such as `is held on`, which tells of no day in the past?"""
    return not re.search(r"\b(?:is|are|be|being)\s+(?:\w+\s+){0,2}(?:on|in|at)\s+(?:the\s+)?$", sentence[: date.start])


def contradiction(code: str, passage: Passage, sentence: str, date: Mention, what: str) -> Problem:
    """The problem of a date and its verb."""
    return warning(
        code,
        passage.place(date.text),
        f"“{date.text}” {what}: “{shortened(sentence)}”",
        "Ask the service to bring its comment up to date." if passage.comment else "Correct the sentence or the date.",
    )


OF_WORDS = (still_to_come, already_done)
