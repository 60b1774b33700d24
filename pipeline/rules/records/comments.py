"""Rules on what services and officers write against the rows: the registers, counts and letters that they tell of
(R14, R28, R29).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from pipeline.formats import NUMBERS, listed, words
from pipeline.problems import Place, Problem, note, warning
from pipeline.rules.cues import has_any
from pipeline.rules.mentions import days_in, sentences_of
from pipeline.rules.passages import Passage
from pipeline.rules.records.case import Case

DIRECTION = re.compile(r"\bdirections?\b", re.IGNORECASE)
MADE = re.compile(r"\b(?:made|gave|given|issued|dated)\b|\bdirections?\s+of\s+\d", re.IGNORECASE)
COUNTED = re.compile(
    rf"\b({'|'.join(NUMBERS[2:])}|\d{{1,3}})\s+(?:of\s+the\s+)?(directions|workstreams)\b", re.IGNORECASE
)
REPLY = r"(?:reply|response|answer)"
AWAITED = re.compile(
    rf"\b{REPLY}\b[^.;]{{0,60}}\b(?:is|are)\s+(?:still\s+)?(?:awaited|outstanding)\b"
    rf"|\b{REPLY}\b[^.;]{{0,60}}\bnot\s+yet\s+(?:been\s+received|arrived|come)\b"
    rf"|\b(?:awaits|awaiting|waiting\s+(?:for|on))\s+(?:an?|the|its|this)\s+{REPLY}\b",
    re.IGNORECASE,
)


def sentences(passages: Iterable[Passage]) -> Iterator[tuple[str, Place]]:
    """Every sentence of some passages, and where it stands."""
    return ((sentence, each.place("")) for each in passages for sentence in sentences_of(each.text))


def of_directions(case: Case) -> Iterator[tuple[Passage, set[dt.date], Place]]:
    """The days that each sentence gives to Directions, where there is a register of them."""
    for passage in case.said if case.registered else ():
        for text, place in sentences([passage]):
            if "rect" in text.lower() and DIRECTION.search(text) and MADE.search(text):
                yield passage, days_in(text), place


def unknown_directions(case: Case) -> Iterator[Problem]:
    """I475: a Direction that the register has not by `as_at`."""
    for _, dates, place in of_directions(case):
        for date in sorted(dates - case.registered):
            yield warning("I475", place, f"The register has no Direction of {case.day(date)}.", REGISTER)


def directions(case: Case) -> Iterator[Problem]:
    """I474: a comment that lists the Directions lists all in force by `as_at`."""
    for _, told in groupby(of_directions(case), key=lambda each: each[0].section):
        known = [(dates & case.registered, place) for _, dates, place in told]
        named = {date for dates, _ in known for date in dates}
        if len(named) >= min(2, len(case.registered)):
            yield from missing(case, sorted(case.registered - named), next(place for dates, place in known if dates))


UP_TO_DATE = "Ask whoever wrote it to bring it up to date."
REGISTER = "Correct the date, or add the Direction to its register."


def missing(case: Case, dates: list[dt.date], place: Place) -> Iterator[Problem]:
    """I474 for the Directions that are left out."""
    if dates:
        yield warning(
            "I474",
            place,
            f"The list of Directions leaves out {listed(case.day(date) for date in dates)}, which the register has.",
            UP_TO_DATE,
        )


def counts(case: Case) -> Iterator[Problem]:
    """I476: “three Directions” where the register has four."""
    real = {
        "directions": sum(each.date <= case.dates.as_at for each in case.records.directions),
        "workstreams": sum(each.live for each in case.records.workstreams),
    }
    for sentence, place in sentences(case.said):
        for found in COUNTED.finditer(sentence) if has_any(sentence.lower(), ("rect", "tream")) else ():
            number, name = number_of(found[1]), found[2].casefold()
            if real[name] and number != real[name]:
                yield note(
                    "I476",
                    place,
                    f"“{found[0]}” are spoken of; the files have {words(real[name])}.",
                    "Ask whoever wrote it whether the number is meant.",
                )


def number_of(word: str) -> int:
    """A number written in words or figures."""
    return NUMBERS.index(word.casefold()) if word.casefold() in NUMBERS else int(word)


def awaited(case: Case) -> Iterator[Problem]:
    """I477: somebody still waits for a reply, and no letter in the log does."""
    if not case.records.letters or any(case.awaiting(each) for each in case.records.letters):
        return
    for sentence, place in sentences(case.said):
        if found := AWAITED.search(sentence):
            yield warning(
                "I477",
                place,
                f"“{found[0]}” stands here, but the log has no letter whose reply is to come.",
                UP_TO_DATE,
            )


OF_COMMENTS, OF_WORDS = (directions,), (unknown_directions, counts, awaited)
