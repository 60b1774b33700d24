"""Rules on what services and officers write: against the rows, the registers, counts and letters that it tells of; and
its small print: length, acronyms, statutes, percentages, quotation marks, doubled words, personal data (R15, R24, R26,
R27).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from pipeline.formats import NUMBERS, words
from pipeline.patterns import Pattern
from pipeline.problems import NOWHERE, Place
from pipeline.rules.case import Case, rule, rule_of_words
from pipeline.rules.engine import Finding, Findings, Verdict, found
from pipeline.rules.passages import Passage, Sentence
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
# An expression that begins with a letter or figure, and looks back only then, passes over all other places at once.
WORDS_A_PAGE, PAGES = 450, 6
ACRONYM = re.compile(r"[A-Z](?<![\w\-/(‘'“\"][A-Z])[A-Z]{2,5}s?(?![\w\-/]|\s+\d)")
KNOWN = frozenset(re.findall(r"\w+", "NHS BBC VAT PDF USA CEO GDPR COVID HMRC MPs AGM FAQ TBC TBA NOTE AND THE FOR"))
ROMAN = Pattern(r"[IVXLC]+")
ACT = Pattern(
    r"\b(?!(?:The|Under|This|That|By|In|See|And|Both|Neither)\b)"
    r"((?:[A-Z][\w'’-]+,?\s+(?:and\s+|of\s+|the\s+|\([\w ]+\)\s+|etc\.?\s+)*){1,9}Act\s+(?:19|20)\d\d)\b",
    cues=("Act",),
)
CITED = Pattern(r"\b(?:sections?|ss?\.|part|schedule|chapter|article|regulations?)\s*\d", re.IGNORECASE)
PERCENT = Pattern(r"(?<![\d.])(\d{1,3}(?:\.\d+)?)\s?(?:%|per cent)", cues=("%", "per cent"))
MAIL = Pattern(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{1,100}\b", cues=("@",))
PHONE = Pattern(r"(?:\+(?<![\w.]\+)44[\s(]{0,2}|\((?<![\w.]\()0|0(?<![\w.]0))(?:\d[\s)-]{0,2}){9,10}(?!\w)")
INSURED = Pattern(r"[A-Z](?<!\w[A-Z])[A-Z] ?\d\d ?\d\d ?\d\d ?[A-D]\b")
"""A national insurance number."""
OWN_NUMBER = Pattern(
    r"\b(?:date of birth|d\.?o\.?b\.?|sort code|account (?:number|no\.?)|passport(?: number| no\.?)?)"
    r"\W{0,3}\d[\d/. -]{3,20}",
    re.IGNORECASE,
    cues=("date of b", "dob", "d.o", "do.b", "sort code", "account n", "passport"),
)
"""Another number of one person's that is called so."""
STRAIGHT, CURLY = "\"'", "“”‘’"
DOUBLED = Pattern(r"\b([A-Za-z]{2,}) (?i:\1)\b|(?<!\.)\.\.(?!\.)|,,|;;| [,;.](?=\s|$)|\.,")
TWICE = frozenset(("that", "had", "is", "very"))


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


# -- the small print ---------------------------------------------------------------------------------------------------


@rule("P160")
def a_long_paper(case: Case) -> Verdict:
    rows = sum(max((len(row.values[name].split()) for name in names), default=0) for row, names in case.cells)
    number = rows + sum(len(passage.text.split()) for passage in case.passages)
    return number > WORDS_A_PAGE * PAGES and found(NOWHERE, pages=round(number / WORDS_A_PAGE), words=number)


@rule_of_words("P161")
def an_acronym_that_is_not_written_out(case: Case) -> Findings:
    everything = "\n".join([*(passage.text for passage in case.passages), *case.others])
    written_out = KNOWN.union(*map(ACRONYM.findall, case.others))
    for passage in case.passages:
        for word in ACRONYM.findall(passage.text):
            known = word in written_out or ROMAN.fullmatch(word) or is_shouted(passage.text, word)
            if not known and not explained(word, everything):
                written_out |= {word}
                yield found(word, of=passage, word=word)


def explained(word: str, text: str) -> bool:
    """Does the acronym stand in brackets after its words, or its words in brackets after it?"""
    short = re.escape(word.rstrip("s"))
    return bool(re.search(rf"\(\W*{short}s?\W*\)|\b{short}s?\s+\([A-Za-z]", text))


def is_shouted(text: str, word: str) -> bool:
    """Is the word in capitals among others in capitals, as in a heading?"""
    return bool(re.search(rf"\b[A-Z]{{2,}}\s+{re.escape(word)}\b|\b{re.escape(word)}\s+[A-Z]{{2,}}\b", text))


@rule_of_words("P162", "passages")
def an_act_without_a_section(passage: Passage, _: Case) -> Verdict:
    act = ACT.search(passage.text)
    return act is not None and not CITED.search(passage.text) and found(act[1], act=act[1])


@rule_of_words("P165", "sentences", "")
def percentages_that_miss_a_hundred(sentence: Sentence, _: Case) -> Verdict:
    parts = [match[1] for match in PERCENT.finditer(sentence.text)]
    total = round(sum(map(float, parts)), 2)
    return len(parts) >= 3 and 97 < total < 103 and total != 100 and found(total=total)


@rule_of_words("P180", "passages")
def personal_data(passage: Passage, _: Case) -> Verdict:
    data = next(filter(None, (pattern.search(passage.text) for pattern in (MAIL, PHONE, INSURED, OWN_NUMBER))), None)
    return found(data[0], data=data[0].strip()) if data else None


@rule_of_words("P163")
def two_kinds_of_quotation_marks(case: Case) -> Verdict:
    curly, straight = (using(case, marks) for marks in (CURLY, STRAIGHT))
    rarer, usual = (straight, curly) if straight.many < curly.many else (curly, straight)
    told_elsewhere = straight.others and curly.others
    if told_elsewhere or not rarer.here or not usual.many:
        return None
    first = rarer.here[0]
    mark = next(letter for letter in first.text if letter in rarer.marks)
    return found(mark, "straight" if rarer is straight else "curly", of=first)


class Using(NamedTuple):
    """Some marks, the passages that use them, and how many of the other texts do."""

    marks: str
    here: list[Passage]
    others: int

    @property
    def many(self) -> int:
        """How many texts in all."""
        return len(self.here) + self.others


def using(case: Case, marks: str) -> Using:
    """Who uses any of these marks."""
    here = [passage for passage in case.passages if any(mark in passage.text for mark in marks)]
    return Using(marks, here, sum(any(mark in other for mark in marks) for other in case.others))


@rule_of_words("P164", "sentences", "")
def a_word_or_stop_twice(sentence: Sentence, _: Case) -> Findings:
    for twice in DOUBLED.finditer(sentence.text):
        if (twice[1] or "").casefold() not in TWICE:
            yield found(None, "word" if twice[1] else "", twice=twice[0].strip())
