"""Filters that write a value as the house does: days, numbers, words and lists of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial

from pipeline.dates import Quarter, When, quarter_of
from pipeline.formats import Formats, as_date, as_number, joined, listed, ordinal, sentence_start, words
from pipeline.kinds import LETTERS, Figure, unit_of
from pipeline.language.operations import DATES, DAYS, NUMBERS, WORDS, operation
from pipeline.language.types import FIGURES, Unfilled

ONE_DAY = dt.timedelta(days=1)
POWERS = {letter: power for power, letter in LETTERS.items()}
of_figures = partial(operation, takes=FIGURES)


@operation("day", "23 January 2017. A deadline given as a month, or in words, stays so", DATES)
def day(style: Formats, value: object) -> object:
    """A day written out; a date given as a month or in open words stays as precise as it is."""
    return style.day(value)


@operation("month", "January 2017. A deadline in words stays so", DATES)
def month(style: Formats, value: object) -> object:
    """The month and year of a day."""
    return style.month(value)


# periods: a label is told from a day, so that none is carried over from the last paper


def of_period(style: Formats, value: object, label: Callable[[Quarter], object]) -> object:
    """What is told of the quarter in which a day lies; a deadline in words stays so."""
    return style.day(value) if isinstance(value, When) and not value.first else label(quarter_of(as_date(value)))


@operation("quarter", "Q2 2026/27: the quarter of the financial year, which begins on 1 April", DATES)
def quarter(style: Formats, value: object) -> object:
    """`Q2 2026/27`."""
    return of_period(style, value, str)


@operation("quarter_number", "2: the number of that quarter; before `nth`, second", DAYS, makes="number")
def quarter_number(style: Formats, value: object) -> object:
    """`2`."""
    return of_period(style, value, lambda its: its.number)


@operation("financial_year", "2026/27", DATES)
def financial_year(style: Formats, value: object) -> object:
    """`2026/27`."""
    return of_period(style, value, lambda its: its.year)


LAST_QUARTER = "the last day of the quarter before; `quarter` after it gives that one's label"


@operation("last_quarter_end", LAST_QUARTER, DAYS, makes="day")
def last_quarter_end(style: Formats, value: object) -> object:
    """30 June for a day from July to September."""
    return of_period(style, value, lambda its: its.starts - ONE_DAY)


LAST_YEAR = "the 31 March before the financial year began; `financial_year` after it gives that one's label"


@operation("last_year_end", LAST_YEAR, DAYS, makes="day")
def last_year_end(style: Formats, value: object) -> object:
    """31 March before the financial year began."""
    return of_period(style, value, lambda its: its._replace(number=1).starts - ONE_DAY)


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
def in_a_row(style: Formats, value: Sequence[object], last: str = "and") -> str:
    """`a, b and c`."""
    return listed([written(style, part) for part in value], last)


@operation("join", "all in a row", WORDS, shape="many", arguments=(0, 1), brackets="(', ')")
def join(style: Formats, value: Sequence[object], between: str = ", ") -> str:
    """The parts with the same words between them."""
    return joined([written(style, part) for part in value], str(between))


def written(style: Formats, value: object) -> str:
    """A text as it is, a figure in the house style."""
    return style.number(value) if isinstance(value, int | Decimal) else str(value)


@operation("start", "with a capital at the start", WORDS)
def start(_: Formats, value: object) -> str:
    """A sentence's beginning."""
    return sentence_start(str(value))


@operation("lower_start", "with a small letter at the start", WORDS)
def lower_start(_: Formats, value: object) -> str:
    """The middle of a sentence."""
    return str(value)[:1].lower() + str(value)[1:]


# figures


def power_of(letter: str) -> int:
    """The power of ten of k, m or bn. Raises Unfilled for anything else."""
    if letter not in POWERS:
        raise Unfilled(f"“{letter}” is not k, m or bn")
    return POWERS[letter]


MONEY = "£412,000; with `money('m')` £0.4m, with `money('m', 2)` £0.41m"


@of_figures("money", MONEY, arguments=(0, 2), brackets="('m')", makes="money")
def money(_: Formats, value: Decimal | int, scale: str = "", decimals: int | None = None) -> Figure:
    """A sum of money in full, or in thousands or millions."""
    unit, power = unit_of(value), power_of(scale)
    usual = (int(power > 3) if power else 0 if unit.power else unit.decimals) if decimals is None else decimals
    return Figure(value, unit._replace(kind="money", sign=unit.sign or "£", power=power, decimals=usual))


@of_figures("percent", "40%; with `percent(1)` 40.0%", arguments=(0, 1), brackets="(1)", makes="percent")
def percent(_: Formats, value: Decimal | int, decimals: int = 0) -> Figure:
    """A percentage."""
    unit = unit_of(value)
    kind = unit.kind if unit.kind == "share" else "percent"
    return Figure(value, unit._replace(kind=kind, sign="", power=0, decimals=decimals))


DECIMALS = "the figure to so many decimals: 7.3; with `decimals(0, 'k')` in thousands, without a unit"


@of_figures("decimals", DECIMALS, arguments=(1, 2), brackets="(1)", makes="number")
def to_decimals(_: Formats, value: Decimal | int, decimals: int, scale: str = "") -> Figure:
    """The bare figure to so many decimals; a sum of money or a percentage keeps its unit unless it is scaled."""
    unit = unit_of(value)
    if not scale:
        return Figure(value, unit._replace(decimals=decimals))
    power = power_of(scale)
    return Figure(Decimal(value).scaleb(-power), unit._replace(kind="number", sign="", power=0, decimals=decimals))


@of_figures("signed", "+£5,000: with a plus where it is above nought", makes="same")
def signed(_: Formats, value: Decimal | int) -> Figure:
    """The figure with its sign."""
    return Figure(value, unit_of(value)._replace(signed=True))


@of_figures("unsigned", "£5,000: without a minus or brackets", makes="same")
def unsigned(_: Formats, value: Decimal | int) -> Figure:
    """The size of a figure."""
    return Figure(abs(Decimal(value)), unit_of(value)._replace(signed=False))


DIRECTION = "the first words for a figure above nought, the second for one below, the third for nought"


@of_figures("direction", DIRECTION, arguments=(3, 3), brackets="('over', 'under', 'on budget')")
def direction(_: Formats, value: Decimal | int, above: str, below: str, nought: str) -> str:
    """The words that suit the sign of a figure."""
    return above if value > 0 else below if value < 0 else nought
