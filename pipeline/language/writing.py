"""Filters that write a value as the house does: days, numbers, words and lists of them."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.formats import Formats, as_number, joined, listed, ordinal, sentence_start, words
from pipeline.language.operations import DATES, NUMBERS, WORDS, operation


@operation("day", "23 January 2017. A deadline given as a month, or in words, stays so", DATES)
def day(style: Formats, value: object) -> object:
    """A day written out; a date given as a month or in open words stays as precise as it is."""
    return style.day(value)


@operation("month", "January 2017. A deadline in words stays so", DATES)
def month(style: Formats, value: object) -> object:
    """The month and year of a day."""
    return style.month(value)


@operation(
    "nth", "third (of a number, or of how many a list holds). From 21 on in figures", NUMBERS, shape="one", counts=True
)
def nth(_: Formats, value: object) -> str:
    """`third`."""
    return ordinal(as_number(value))


@operation(
    "words", "six (of a number, or of how many a list holds). From 21 on in figures", NUMBERS, shape="one", counts=True
)
def in_words(_: Formats, value: object) -> str:
    """`six`."""
    return words(as_number(value))


@operation(
    "plural",
    "the first word for one, the second for any other number",
    NUMBERS,
    shape="one",
    counts=True,
    arguments=(2, 2),
    brackets="('is', 'are')",
)
def plural(_: Formats, value: object, one: str, many: str) -> str:
    """The word that suits a number."""
    return one if as_number(value) == 1 else many


@operation("listed", "a, b and c", WORDS, shape="many", arguments=(0, 1))
def in_a_row(_: Formats, value: Sequence[object], last: str = "and") -> str:
    """`a, b and c`."""
    return listed([str(part) for part in value], last)


@operation("join", "all in a row", WORDS, shape="many", arguments=(0, 1), brackets="(', ')")
def join(_: Formats, value: Sequence[object], between: str = ", ") -> str:
    """The parts with the same words between them."""
    return joined([str(part) for part in value], str(between))


@operation("start", "with a capital at the start", WORDS)
def start(_: Formats, value: object) -> str:
    """A sentence's beginning."""
    return sentence_start(str(value))


@operation("lower_start", "with a small letter at the start", WORDS)
def lower_start(_: Formats, value: object) -> str:
    """The middle of a sentence."""
    return str(value)[:1].lower() + str(value)[1:]
