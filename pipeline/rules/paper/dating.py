"""Rules on dates: one style, real days, the right weekday, no words that hold on one day only (R10, R11)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pipeline.problems import Problem, error, warning
from pipeline.rules.mentions import WEEKDAYS, Mention, mentions, no_such_days, weekdays_in_figures
from pipeline.rules.paper.case import Paper
from pipeline.rules.passages import Passage, shortened
from pipeline.rules.relative import relative_words


def all_mentions(paper: Paper) -> Iterator[tuple[Passage, Mention]]:
    """Every date of every paragraph."""
    for passage in paper.passages:
        for each in mentions(passage.text):
            yield passage, each


def styles(paper: Paper) -> Iterator[Problem]:
    """P120: a date in another style than the report's; once a paragraph."""
    told = set()
    for passage, each in all_mentions(paper):
        wrong = each.style not in ("month", paper.report.date_style) and not each.slip and each.first
        if wrong and passage.key not in told:
            told.add(passage.key)
            yield warning(
                "P120",
                passage.place(each.text),
                f"“{each.text}” is not in the style of this report’s dates.",
                f"Write “{paper.day(each.first)}”." if each.first else "",
            )


def slips(paper: Paper) -> Iterator[Problem]:
    """P121: `23 rd`, `2th`."""
    for passage, each in all_mentions(paper):
        if each.slip and each.first:
            yield warning(
                "P121",
                passage.place(each.text),
                f"“{each.text}” is not how a date is written.",
                f"Write “{paper.day(each.first)}”.",
            )


def real(paper: Paper) -> Iterator[Problem]:
    """P122, P123: a day that the calendar does not have, a weekday that is not that day's."""
    for passage in paper.passages:
        for text in no_such_days(passage.text):
            yield error("P122", passage.place(text), f"There is no “{text}”.", "Correct the date.")
    for passage in paper.passages:
        for text, weekday, date in with_weekdays(passage.text):
            if weekday[:3] != WEEKDAYS[date.weekday()][:3]:
                told = f"“{text}” was or will be a {WEEKDAYS[date.weekday()]}."
                yield error("P123", passage.place(text), told, "Correct the weekday or the date.")


def with_weekdays(text: str) -> Iterator[tuple[str, str, dt.date]]:
    """Every date of a text that has its weekday before it: its words, the weekday, and the day."""
    yield from ((each.text, each.weekday, each.first) for each in mentions(text) if each.first and each.weekday)
    yield from weekdays_in_figures(text)


def undated(paper: Paper) -> Iterator[Problem]:
    """P140: a word that holds on one day only, in a comment or a draft. Cells and wording have rules of their own."""
    for passage, sentence in ((each, told) for each, told in paper.sentences if each.source != "wording"):
        for word in dict.fromkeys(relative_words(sentence)):
            yield warning(
                "P140",
                passage.place(""),
                f"“{word}” in “{shortened(sentence)}” may no longer be true at the meeting.",
                "Ask the service for a date or a month instead."
                if passage.comment
                else "Give a date or a month instead.",
            )


OF_WORDS = (styles, slips, real, undated)
