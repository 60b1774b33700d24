"""Figures as they stand in a sentence: amounts, percentages, counts and ordinals, each with what it is a figure of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from pipeline.formats import NUMBERS, ORDINALS
from pipeline.patterns import Pattern
from pipeline.rules.written_dates import mentions

FigureKind = Literal["amount", "percentage", "count", "ordinal"]
_NUMBER = r"\d{1,3}(?:,\d{3}){1,4}|\d{1,12}"
_SCALES = {"k": 3, "thousand": 3, "m": 6, "million": 6, "bn": 9, "billion": 9}
_FIGURE = Pattern(
    rf"(?P<pound>£)\s?(?P<amount>(?:{_NUMBER})(?:\.\d{{1,6}})?)(?:\s?(?P<scale>k|m|bn|thousand|million|billion)\b)?"
    rf"|(?<![\w.,/£-])(?P<share>(?:{_NUMBER})(?:\.\d{{1,4}})?)\s?(?:%|per\s?cent\b)"
    rf"|(?<![\w.,/£&-])(?P<count>{_NUMBER}|{'|'.join(NUMBERS[2:])})(?=\s+[a-z])"
    rf"|(?<![\w.,/£-])(?P<ordinal>{'|'.join(ORDINALS[1:])}|\d{{1,3}}(?:st|nd|rd|th))(?=\s+[a-z])",
    re.IGNORECASE,
)
_WORD = re.compile(r"\s+([a-z]+(?:-[a-z]+)*)")
_DEFINITE = Pattern(r"(?:\ball|\bthe|\bthese|\bthose|\bits|\bour)\s+$", re.IGNORECASE)
_NUMBERED = Pattern(
    r"(?:\bparagraphs?|\bpara|\bsections?|\bpart|\bschedule|\bappendix|\bappendices|\bitem|\btable|\bfigure|\bphase"
    r"|\bstage|\boption|\bversion|\bpage|\bno|\bnumber|\brule|\bregulations?|\barticle|\bchapter)[\s.]+$",
    re.IGNORECASE,
)
_AROUND = frozenset(
    ("a", "of", "in", "to", "and", "or", "on", "at", "by", "for", "the", "from", "with", "as", "per", "that", "which")
)
_VERBS = frozenset(("was", "were", "is", "are", "has", "have", "had", "will", "be", "been", "sent", "held", "came"))
"""Words with which a phrase ends; so does one that ends in -ed."""


class Figure(NamedTuple):
    """One figure: the value that its words give, and `step`, the unit to which they round (of £0.4m, 100,000).

    `name` is what it counts, to the first word in the plural (“open actions”), or what it numbers (“update”); blank for
    an amount or a percentage. `definite`: it speaks of all there are (“the six …”).
    """

    kind: FigureKind
    text: str
    start: int
    value: Decimal
    step: Decimal = Decimal(1)
    name: str = ""
    definite: bool = False

    def gives(self, other: Figure) -> bool:
        """Are both one figure, as far as the one that rounds more says?"""
        apart = abs(self.value - other.value)
        rounded = self.kind in ("amount", "percentage") and apart * 2 <= max(self.step, other.step)
        return self.kind == other.kind and (rounded or not apart)

    def slips(self, other: Figure) -> bool:
        """Have they the same digits, two of them changed about, or another power of ten?"""
        mine, theirs = self._digits, other._digits
        if self.kind != other.kind or len(mine) < 2:
            return False
        if mine == theirs:
            return self.value != other.value
        changed = [at for at, (one, two) in enumerate(zip(mine, theirs, strict=False)) if one != two]
        return (
            len(mine) == len(theirs)
            and len(changed) == 2
            and changed[1] == changed[0] + 1
            and sorted(mine) == sorted(theirs)
        )

    @property
    def _digits(self) -> str:
        """Its digits from the first to the last that is no nought."""
        return "".join(map(str, self.value.normalize().as_tuple().digits))


@lru_cache(maxsize=4096)
def figures(text: str) -> tuple[Figure, ...]:
    """Every figure of a text in order, but for those of dates and of what is numbered (“paragraph 3”, “Part 2”)."""
    dates = [(date.start, date.end) for date in mentions(text)]
    found = (_figure(match, text) for match in _FIGURE.finditer(text) if not _in_any(match.start(), dates))
    return tuple(figure for figure in found if figure is not None)


def _in_any(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _figure(match: re.Match[str], text: str) -> Figure | None:
    before = text[max(match.start() - 20, 0) : match.start()]
    if match["pound"]:
        return _measured("amount", match, match["amount"], _SCALES.get((match["scale"] or "").lower(), 0))
    if match["share"]:
        return _measured("percentage", match, match["share"], 0)
    if _NUMBERED.search(before):
        return None
    words = [word.lower() for word in _words_after(text, match.end())]
    name, value = _counted(words, match["count"]) if match["count"] else _ordered(words, match["ordinal"])
    kind: FigureKind = "count" if match["count"] else "ordinal"
    definite = bool(_DEFINITE.search(before))
    said = f"{match[0]} {name}"
    return Figure(kind, said, match.start(), Decimal(value), name=name, definite=definite) if name else None


def _measured(kind: FigureKind, match: re.Match[str], number: str, power: int) -> Figure:
    plain = number.replace(",", "")
    decimals = len(plain.partition(".")[2])
    return Figure(kind, match[0], match.start(), Decimal(plain).scaleb(power), Decimal(1).scaleb(power - decimals))


def _words_after(text: str, at: int) -> Iterator[str]:
    for _ in range(3):
        match = _WORD.match(text, at)
        if match is None or match[1] in _AROUND | _VERBS or match[1].endswith("ed"):
            return
        yield match[1]
        at = match.end()


def _counted(words: list[str], number: str) -> tuple[str, int]:
    """The words to the first in the plural (blank where there is none), and the number before them."""
    at = next((at for at, word in enumerate(words, 1) if _is_plural(word)), 0)
    number = number.lower()
    return " ".join(words[:at]), NUMBERS.index(number) if number in NUMBERS else int(number.replace(",", ""))


def _is_plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))


def _ordered(words: list[str], number: str) -> tuple[str, int]:
    """What an ordinal numbers: the first word that is no number and no adverb; and the number."""
    name = next((word for word in words if word not in NUMBERS and not word.endswith("ly")), "")
    number = number.lower()
    return name, ORDINALS.index(number) if number in ORDINALS else int(number[:-2])
