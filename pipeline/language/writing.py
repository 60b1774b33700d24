"""Filters that write a value as the house does: days, numbers, words and lists of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pipeline.formats import Formats, as_number, each, item_of, joined, listed, ordinal, sentence_start, words
from pipeline.language.operations import DATES, NUMBERS, OPERATIONS, WORDS, Operation, works

PLURAL = "Write it as in “plural('is', 'are')”."


@works("day", "`day` | 23 January 2017. A deadline given as a month, or in words, stays so", DATES)
def day(style: Formats, value: object) -> object:
    """A day written out; a date given as a month or in open words stays as precise as it is."""
    return style.day(value)


@works("month", "`month` | January 2017. A deadline in words stays so", DATES)
def month(style: Formats, value: object) -> object:
    """The month and year of a day."""
    return style.month(value)


@works("nth", "`nth` | third (of a number, or of how many a list holds). In figures from 21 on", NUMBERS, shape="one",
       counts=True)  # fmt: skip
def nth(_: Formats, value: object) -> str:
    """`third`."""
    return ordinal(as_number(value))


@works("words", "`words` | six (of a number, or of how many a list holds). In figures from 21 on", NUMBERS, shape="one",
       counts=True)  # fmt: skip
def in_words(_: Formats, value: object) -> str:
    """`six`."""
    return words(as_number(value))


@works("plural", "`plural('is', 'are')` | the first word for one, the second for any other number", NUMBERS,
       shape="one", counts=True, arguments=(2, 2), example=PLURAL)  # fmt: skip
def plural(_: Formats, value: object, one: str, many: str) -> str:
    """The word that suits a number."""
    return one if as_number(value) == 1 else many


@works("listed", "`listed` | a, b and c", WORDS, shape="many", arguments=(0, 1))
def in_a_row(_: Formats, value: Sequence[object], last: str = "and") -> str:
    """`a, b and c`."""
    return listed([str(part) for part in value], last)


@works("join", "`join(', ')` | all in a row", WORDS, shape="many", arguments=(0, 1))
def join(_: Formats, value: Sequence[object], between: str = ", ") -> str:
    """The parts with the same words between them."""
    return joined([str(part) for part in value], str(between))


@works("start", "`start` | with a capital at the start", WORDS)
def start(_: Formats, value: object) -> str:
    """A sentence's beginning."""
    return sentence_start(str(value))


@works("lower_start", "`lower_start` | with a small letter at the start", WORDS)
def lower_start(_: Formats, value: object) -> str:
    """The middle of a sentence."""
    return str(value)[:1].lower() + str(value)[1:]


def filters(style: Formats) -> Mapping[str, Callable[..., Any]]:
    """Every filter as a function of plain values, as a template uses it, in a house style."""

    def plain(known: Operation) -> Callable[..., Any]:
        def apply(value: Any, *given: Any) -> Any:
            several = isinstance(value, list | tuple)
            if known.work is None or (several and known.counts):
                value, several = (len(value) if known.counts else value), False
            work = known.work or PLAIN[known.name]
            each_one = several and known.shape == "any"
            return [work(style, one, *given) for one in value] if each_one else work(style, value, *given)

        return apply

    return {name: plain(known) for name, known in OPERATIONS.items() if known.work or name in PLAIN}


PLAIN: Mapping[str, Callable[..., Any]] = {
    "first": lambda _, value: item_of(value, 0), "last": lambda _, value: item_of(value, -1),
    "length": lambda _, value: len(list(value)), "each": lambda _, value, name: each(value, name), "fill": Formats.fill,
}  # fmt: skip
