"""Rules on the services' comments against the rows: registers, counts and letters that they tell of (R14, R28, R29)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from pipeline.check.cues import has_any
from pipeline.check.mentions import days_in, sentences_of
from pipeline.check.records.case import Case
from pipeline.formats import NUMBERS, listed, words
from pipeline.problems import Place, Problem, note, warning
from pipeline.records import Comment

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


def sentences(comment: Comment) -> Iterator[tuple[str, Place]]:
    """Every sentence of a comment, and the paragraph that it stands in."""
    for paragraph in comment.paragraphs:
        for sentence in sentences_of("".join(run.text for run in paragraph.runs)):
            yield sentence, paragraph.source


def directions(case: Case) -> Iterator[Problem]:
    """I474, I475: a comment that lists the Directions lists all in force by `as_at`, and no others."""
    register = {each.date for each in case.records.directions if each.date <= case.dates.as_at}
    for comment in case.records.comments if register else ():
        told = [
            (days_in(text), place)
            for text, place in sentences(comment)
            if "rect" in text.lower() and DIRECTION.search(text) and MADE.search(text)
        ]
        named = {date for dates, _ in told for date in dates}
        for dates, place in told:
            for date in sorted(dates - register):
                yield warning("I475", place, f"The register has no Direction of {case.day(date)}.", REGISTER)
        if len(named & register) >= min(2, len(register)):
            yield from missing(case, sorted(register - named), next(place for dates, place in told if dates & register))


REGISTER = "Correct the date, or add the Direction to its register."


def missing(case: Case, dates: list[dt.date], place: Place) -> Iterator[Problem]:
    """I474 for the Directions that a comment leaves out."""
    if dates:
        yield warning(
            "I474",
            place,
            f"The list of Directions leaves out {listed(case.day(date) for date in dates)}, which the register has.",
            "Ask the service to bring its comment up to date.",
        )


def counts(case: Case) -> Iterator[Problem]:
    """I476: “three Directions” where the register has four."""
    real = {
        "directions": sum(each.date <= case.dates.as_at for each in case.records.directions),
        "workstreams": sum(each.live for each in case.records.workstreams),
    }
    for comment in case.records.comments:
        for sentence, place in sentences(comment):
            for found in COUNTED.finditer(sentence) if has_any(sentence.lower(), ("rect", "tream")) else ():
                number, name = number_of(found[1]), found[2].casefold()
                if real[name] and number != real[name]:
                    yield note(
                        "I476",
                        place,
                        f"The comment speaks of “{found[0]}”; the files have {words(real[name])}.",
                        "Ask the service whether the number is meant.",
                    )


def number_of(word: str) -> int:
    """A number written in words or figures."""
    return NUMBERS.index(word.casefold()) if word.casefold() in NUMBERS else int(word)


def awaited(case: Case) -> Iterator[Problem]:
    """I477: a comment still waits for a reply, and no letter in the log does."""
    if not case.records.letters or any(case.awaiting(each) for each in case.records.letters):
        return
    for comment in case.records.comments:
        for sentence, place in sentences(comment):
            if found := AWAITED.search(sentence):
                yield warning(
                    "I477",
                    place,
                    f"The comment says “{found[0]}”, but the log has no letter whose reply is to come.",
                    "Ask the service to bring its comment up to date.",
                )


RULES = (directions, counts, awaited)
