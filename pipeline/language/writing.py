"""Filters that write a value as the house does: days, numbers, words and lists of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pipeline.formats import Formats, as_number, each, item_of, joined, listed, ordinal, sentence_start, words
from pipeline.language.operations import DATES, NUMBERS, OPERATIONS, WORDS, Operation, operation


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


PLAIN: Mapping[str, Callable[..., Any]] = {
    "first": lambda _, value: item_of(value, 0),
    "last": lambda _, value: item_of(value, -1),
    "length": lambda _, value: len(list(value)),
    "each": lambda _, value, name: each(value, name),
    "fill": Formats.fill,
}
"""What filters on lists of records do to plain values."""


def filters(style: Formats) -> Mapping[str, Callable[..., Any]]:
    """Every filter as a function of plain values, as a template uses it, in a house style."""
    works = {name: one_by_one(each, style) for name, each in OPERATIONS.items() if not each.compiles}
    return works | {name: with_style(work, style) for name, work in PLAIN.items()}


def with_style(work: Callable[..., Any], style: Formats) -> Callable[..., Any]:
    """A filter in a house style."""
    return lambda value, *given: work(style, value, *given)


def one_by_one(known: Operation, style: Formats) -> Callable[..., Any]:
    """A filter in a house style, which answers a list one by one, or counts it."""

    def apply(value: Any, *given: Any) -> Any:
        if isinstance(value, list | tuple) and known.shape == "any":
            return [known.work(style, one, *given) for one in value]
        return known.work(style, value, *given)

    return apply
