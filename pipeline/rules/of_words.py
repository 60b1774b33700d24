"""Rules on what services and officers write against the rows: the registers, counts and letters that they tell of."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.formats import NUMBERS, words
from pipeline.patterns import Pattern
from pipeline.problems import Place
from pipeline.rules.case import Case, rule, rule_of_words
from pipeline.rules.engine import Finding, Findings, found
from pipeline.rules.passages import Sentence
from pipeline.rules.passing_words import relative_words
from pipeline.rules.written_dates import days_in

DIRECTION = Pattern(r"\bdirections?\b", re.IGNORECASE, cues=("rect",))
MADE = Pattern(r"\b(?:made|gave|given|issued|dated)\b|\bdirections?\s+of\s+\d", re.IGNORECASE)
COUNTED = Pattern(
    rf"\b({'|'.join(NUMBERS[2:])}|\d{{1,3}})\s+(?:of\s+the\s+)?(directions|workstreams)\b",
    re.IGNORECASE,
    cues=("rect", "workstreams"),
)
REPLY = r"(?:reply|response|answer)"
AWAITED = Pattern(
    rf"\b{REPLY}\b[^.;]{{0,60}}\b(?:is|are)\s+(?:still\s+)?(?:awaited|outstanding)\b"
    rf"|\b{REPLY}\b[^.;]{{0,60}}\bnot\s+yet\s+(?:been\s+received|arrived|come)\b"
    rf"|\b(?:awaits|awaiting|waiting\s+(?:for|on))\s+(?:an?|the|its|this)\s+{REPLY}\b",
    re.IGNORECASE,
    cues=("reply", "response", "answer"),
)


@rule_of_words("I475", "said_sentences", "")
def an_unknown_direction(sentence: Sentence, case: Case) -> Findings:
    known = {direction.date for direction in case.directions}
    dates = days_in(sentence.text) - known if known and tells_of_directions(sentence.text) else ()
    return (found(date=date) for date in sorted(dates))


@rule("I474")
def a_direction_left_out(case: Case) -> Findings:
    telling = (
        [sentence for sentence in case.said_sentences if tells_of_directions(sentence.text)] if case.directions else []
    )
    for _, sentences in groupby(telling, key=lambda sentence: sentence.passage.section):
        yield from unnamed_directions([*sentences], {direction.date for direction in case.directions})


def unnamed_directions(sentences: Sequence[Sentence], known: set[dt.date]) -> Findings:
    """What one comment leaves out of its list of Directions, where it has such a list."""
    named = [(sentence, dates) for sentence in sentences if (dates := days_in(sentence.text) & known)]
    missing = sorted(known.difference(*(dates for _, dates in named)))
    if missing and len(known) - len(missing) >= min(2, len(known)):
        yield found("", of=named[0][0], missing=missing)


def tells_of_directions(text: str) -> bool:
    """Does a sentence say when Directions were made?"""
    return bool(DIRECTION.search(text) and MADE.search(text))


@rule_of_words("I476", "said_sentences", "")
def another_count(sentence: Sentence, case: Case) -> Findings:
    for match in COUNTED.finditer(sentence.text):
        workstreams = sum(workstream.live for workstream in case.records.workstreams)
        real = len(case.directions) if match[2].casefold() == "directions" else workstreams
        if real and number_of(match[1]) != real:
            yield found(told=match[0], real=words(real))


def number_of(word: str) -> int:
    """A number written in words or figures."""
    return NUMBERS.index(word.casefold()) if word.casefold() in NUMBERS else int(word)


@rule_of_words("I477", "said_sentences", "")
def waiting_for_what_has_come(sentence: Sentence, case: Case) -> Finding | None:
    letters = case.records.letters
    awaited = AWAITED.search(sentence.text) if letters and not any(map(case.is_awaiting, letters)) else None
    return found(told=awaited[0]) if awaited else None


@rule("I482")
def true_on_one_day_only(case: Case) -> Findings:
    for place, text in printing_cells(case):
        for word in dict.fromkeys(relative_words(text)):
            yield found(place, "alone" if word == text.strip() else "", word=word, text=" ".join(text.split()))


def printing_cells(case: Case) -> Iterator[tuple[Place, str]]:
    """The cells whose words a sentence or a table may print."""
    for letter in case.letters:
        yield letter.place("points"), "\n".join(letter.points)
        yield letter.place("appendix_title"), letter.appendix_title
        if case.is_awaiting(letter):
            yield letter.place("reply_expected"), letter.reply_expected
    yield from ((workshop.place("purpose"), workshop.purpose) for workshop in case.records.workshops)
    yield from (
        (workstream.place("position"), workstream.position)
        for workstream in case.records.workstreams
        if workstream.live
    )
    yield from ((action.place("activity"), action.activity) for action in case.open_actions)
    settings = case.report.sources.get("actions")
    if settings and "notes" in settings.headings:
        yield from ((action.place("notes"), action.notes) for action in case.records.actions)
