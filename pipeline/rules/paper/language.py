"""Rules on length, acronyms, statutes, sums of percentages and personal data (R15, R24, R26, R27)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.problems import NOWHERE, Problem, note, warning
from pipeline.rules.cues import has_any
from pipeline.rules.paper.case import Paper
from pipeline.rules.passages import shortened

WORDS_A_PAGE, PAGES = 450, 6
ACRONYM = re.compile(r"(?<![\w\-/(‘'“\"])[A-Z]{3,6}s?(?![\w\-/]|\s+\d)")
CAPITALS = re.compile(r"[A-Z]{3}")
KNOWN = frozenset(
    ("NHS", "BBC", "VAT", "PDF", "USA", "CEO", "GDPR", "COVID", "HMRC", "MPs", "AGM", "FAQ", "TBC", "TBA", "NOTE",
     "AND", "THE", "FOR")
)  # fmt: skip
ROMAN = re.compile(r"[IVXLC]+")
ACT = re.compile(
    r"\b(?!(?:The|Under|This|That|By|In|See|And|Both|Neither)\b)"
    r"((?:[A-Z][\w'’-]+,?\s+(?:and\s+|of\s+|the\s+|\([\w ]+\)\s+|etc\.?\s+)*){1,9}Act\s+(?:19|20)\d\d)\b"
)
YEAR = re.compile(r"Act\s+(?:19|20)")
CITED = re.compile(r"\b(?:sections?|ss?\.|part|schedule|chapter|article|regulations?)\s*\d", re.IGNORECASE)
PERCENT = re.compile(r"(?<![\d.])(\d{1,3}(?:\.\d+)?)\s?(?:%|per cent)")
MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{1,100}\b")
FIGURES = re.compile(r"\d[\s-]?\d[\s-]?\d[\s-]?\d[\s-]?\d")
PHONE = re.compile(r"(?<![\w.])(?:\+44[\s(]{0,2}|\(?0)(?:\d[\s)-]{0,2}){9,10}(?!\w)")
OWN_NUMBER = re.compile(
    r"\b[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D]\b"
    r"|(?i:\b(?:date of birth|d\.?o\.?b\.?|sort code|account (?:number|no\.?)|passport(?: number| no\.?)?)"
    r"\W{0,3}\d[\d/. -]{3,20})"
)
"""A national insurance number, or another number of one person's that is called so."""


def length(paper: Paper) -> Iterator[Problem]:
    """P160: more than about six pages. In a table, a row counts by its longest cell."""
    rows = sum(max((len(row.values[name].split()) for name in names), default=0) for row, names in paper.cells)
    words = rows + sum(len(each.text.split()) for each in paper.passages)
    if words > WORDS_A_PAGE * PAGES:
        pages = round(words / WORDS_A_PAGE)
        yield note(
            "P160", NOWHERE, f"The paper has about {pages} pages ({words:,} words).", "Put detail into an appendix."
        )


def acronyms(paper: Paper) -> Iterator[Problem]:
    """P161: an acronym that the paper nowhere writes out, once each."""
    everything = "\n".join([*(each.text for each in paper.passages), *paper.others])
    told = KNOWN.union(*map(ACRONYM.findall, paper.others))
    for passage in (each for each in paper.passages if CAPITALS.search(each.text)):
        for found in ACRONYM.finditer(passage.text):
            word = found[0]
            if word in told or ROMAN.fullmatch(word) or is_shouted(passage.text, word) or explained(word, everything):
                continue
            told |= {word}
            yield note(
                "P161", passage.place(word), f"“{word}” is nowhere written out.", "Write it out where it first stands."
            )


def explained(word: str, text: str) -> bool:
    """Does the acronym stand in brackets after its words, or its words in brackets after it?"""
    short = re.escape(word.rstrip("s"))
    return bool(re.search(rf"\(\W*{short}s?\W*\)|\b{short}s?\s+\([A-Za-z]", text))


def is_shouted(text: str, word: str) -> bool:
    """Is the word in capitals among others in capitals, as in a heading?"""
    return bool(re.search(rf"\b[A-Z]{{2,}}\s+{re.escape(word)}\b|\b{re.escape(word)}\s+[A-Z]{{2,}}\b", text))


def statutes(paper: Paper) -> Iterator[Problem]:
    """P162: an Act named in a paragraph that cites no section of anything."""
    for passage in (each for each in paper.passages if YEAR.search(each.text)):
        found = ACT.search(passage.text)
        if found and not CITED.search(passage.text):
            yield note(
                "P162",
                passage.place(found[1]),
                f"“{found[1]}” is named without a section.",
                "Name the section that is meant.",
            )


def sums(paper: Paper) -> Iterator[Problem]:
    """P165: three or more percentages in one sentence that come near 100 together, but not to it."""
    for passage, sentence in ((each, told) for each, told in paper.sentences if has_any(told, ("%", "per cent"))):
        parts = [float(each) for each in PERCENT.findall(sentence)]
        total = round(sum(parts), 2)
        if len(parts) >= 3 and 97 < total < 103 and total != 100:
            yield note(
                "P165",
                passage.place(""),
                f"The percentages in “{shortened(sentence)}” come to {total:g}.",
                "Say that they are rounded, or what the rest is.",
            )


def personal(paper: Paper) -> Iterator[Problem]:
    """P180: an e-mail address, telephone or other number of a person's in the text (the header may name a contact)."""
    for passage in paper.passages:
        found = MAIL.search(passage.text) if "@" in passage.text else None
        found = found or (PHONE.search(passage.text) if FIGURES.search(passage.text) else None)
        if found := found or (OWN_NUMBER.search(passage.text) if any(map(str.isdigit, passage.text)) else None):
            yield warning(
                "P180",
                passage.place(found[0]),
                f"“{found[0].strip()}” stands in the text.",
                "Take it out if it is a person’s.",
            )


OF_THE_PAPER, OF_WORDS = (length,), (acronyms, statutes, sums, personal)
