"""Rules on the small print of a text: quotation marks of one kind, no word or full stop twice (R27)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from pipeline.problems import Problem, note
from pipeline.rules.cues import has_any
from pipeline.rules.paper.case import Paper
from pipeline.rules.passages import Passage, shortened

STRAIGHT, CURLY = re.compile(r"[\"']"), re.compile(r"[“”‘’]")
DOUBLED = re.compile(r"\b([A-Za-z]{2,}) \1\b|(?<!\.)\.\.(?!\.)|,,|;;| [,;.](?=\s|$)|\.,")
STOPS = ("..", ",,", ";;", " ,", " ;", " .", ".,")
TWICE = frozenset(("that", "had", "is", "very"))


class Using(NamedTuple):
    """The passages that use some marks, and how many of the other texts do."""

    here: list[Passage]
    others: int

    @property
    def many(self) -> int:
        """How many texts in all."""
        return len(self.here) + self.others


def using(paper: Paper, marks: str) -> Using:
    """Who uses any of these marks."""
    here = [each for each in paper.passages if has_any(each.text, marks)]
    return Using(here, sum(has_any(each, marks) for each in paper.others))


def marks(paper: Paper) -> Iterator[Problem]:
    """P163: straight and curly quotation marks in one paper; told once, of the kind that is rarer."""
    straight, curly = (using(paper, marks) for marks in ("\"'", "“”‘’"))
    kind, other, rarer = ("straight", "curly", straight) if straight.many < curly.many else ("curly", "straight", curly)
    told_elsewhere = straight.others and curly.others
    if rarer.here and straight.many and curly.many and not told_elsewhere:
        mark = (STRAIGHT if kind == "straight" else CURLY).search(rarer.here[0].text)
        yield note(
            "P163",
            rarer.here[0].place(mark[0] if mark else ""),
            f"Quotation marks or apostrophes are {kind} here and {other} elsewhere.",
            "Type one kind throughout.",
        )


def doubled(paper: Paper) -> Iterator[Problem]:
    """P164: a word, comma or full stop twice, or a blank before one, as when a cell ends in a full stop of its own."""
    for passage, sentence in paper.sentences:
        found = DOUBLED.search(sentence) if may_be_doubled(sentence) else None
        if found and (found[1] or "").casefold() not in TWICE:
            yield note(
                "P164",
                passage.place(""),
                f"“{found[0].strip()}” in “{shortened(sentence)}” looks like a slip.",
                "Correct the sentence, or take the full stop out of the cell.",
            )


def may_be_doubled(sentence: str) -> bool:
    """Do two stops stand together, or do two words end and begin alike?"""
    words = sentence.split(" ")
    return has_any(sentence, STOPS) or any(one[-2:] in other for one, other in pairwise(words) if len(one) > 1)


OF_WORDS = (marks, doubled)
