"""What the cells of a column are, as the person at the screen sees them, and the type of field they suggest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from pipeline.kinds import FieldType
from pipeline.patterns import Pattern
from pipeline.read.dates import Written, parse_date
from pipeline.read.money import has_currency
from pipeline.sheets import Cell, shows
from pipeline.text import excerpt, match_key, without_edges

LOOKED_AT = 5_000
_LONGEST_WORD = 40
_MOST_CHOICES = 15
_YES_NO = frozenset(("yes", "no", "y", "n", "true", "false"))
_LONGEST_DATE = 60
_EXPORTED = Pattern(r"-?(?:0|[1-9][0-9]{0,14}|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?%?")
"""A number as a delimited file has it; one that begins with noughts is a reference."""


@dataclass(frozen=True, slots=True)
class ColumnSummary:
    """A column's cells: how many of each sort, the kind they suggest, and the words where they come from a short list.
    Are they all `different`?

    Sorts are text, lines, date, month, time, number, whole, money, percent, yes or no, date as text, error,
    uncalculated and rich.
    """

    sorts: Mapping[str, int]
    kind: FieldType
    words: tuple[str, ...] = ()
    different: bool = False


def summary(cells: Iterable[Cell]) -> ColumnSummary:
    """The summary of a column, from its first 5,000 cells that hold anything."""
    sorts: Counter[str] = Counter()
    texts: Counter[str] = Counter()
    values = set[str]()
    for cell in islice(cells, LOOKED_AT):
        values.add(match_key(str(cell.value)))
        sorts[sort_of(cell)] += 1
        if isinstance(cell.value, str) and cell.kind == "text":
            texts[without_edges(cell.value)] += 1
    words = _words(texts)
    return ColumnSummary(dict(sorts), _kind(sorts, bool(words)), words, 0 < len(values) == sorts.total())


def sort_of(cell: Cell) -> str:
    """What one cell is, as the person at the screen sees it."""
    if cell.kind in ("error", "uncalculated", "rich", "time"):
        return cell.kind
    if cell.kind == "yesno":
        return "yes or no"
    if cell.kind == "date":
        return "month" if shows(cell.format) == "month" else "date"
    exported = _EXPORTED.fullmatch(str(cell.value)) if not cell.format else None
    if cell.kind == "number" or exported or has_currency(cell):
        return _sort_of_number(cell)
    return _sort_of_text(str(cell.value)[: _LONGEST_WORD * 5])


def _sort_of_number(cell: Cell) -> str:
    """What sort of number a cell shows."""
    if has_currency(cell):
        return "money"
    if str(cell.value).endswith("%") or shows(cell.format) != "number":
        return "percent"
    number = float(str(cell.value).replace(",", ""))
    return "whole" if number.is_integer() and number >= 0 else "number"


@lru_cache(maxsize=8192)
def _sort_of_text(text: str) -> str:
    if "\n" in text.strip():
        return "lines"
    if match_key(text) in _YES_NO:
        return "yes or no"
    if len(text) <= _LONGEST_DATE and isinstance(found := parse_date(text), Written):
        return "month as text" if found.when.precision == "month" else "date as text"
    return "text"


_DATES = frozenset(("date", "date as text", "month", "month as text"))
_KINDS: tuple[tuple[FieldType, frozenset[str]], ...] = (
    ("day", frozenset(("date", "date as text"))),
    ("when", _DATES),
    ("yes_no", frozenset(("yes or no",))),
    ("percent", frozenset(("percent",))),
    ("whole", frozenset(("whole",))),
    ("number", frozenset(("whole", "number", "percent"))),
    ("money", frozenset(("money", "whole", "number"))),
)


def _kind(sorts: Mapping[str, int], few_words: bool) -> FieldType:
    known = +Counter({**sorts, "error": 0, "uncalculated": 0, "rich": 0})
    if kind := next((kind for kind, members in _KINDS if known and known.keys() <= members), None):
        return kind
    if _is_mostly_dates(known):
        return "when"
    if known["lines"] * 4 > known.total():
        return "lines"
    return "choice" if few_words and known.keys() <= {"text", "yes or no"} else "text"


def _is_mostly_dates(sorts: Counter[str]) -> bool:
    """Are half of the cells dates, and the rest words that may stand for one?"""
    dates = sum(sorts[sort] for sort in _DATES)
    return bool(sorts) and sorts.keys() <= _DATES | {"text"} and dates * 2 >= sorts.total()


def _words(texts: Counter[str]) -> tuple[str, ...]:
    """The words of a short list: few, short, and most of them used more than once."""
    filled = Counter({text: count for text, count in texts.items() if text})
    keys = {match_key(text): text for text, _ in reversed(filled.most_common())}
    short = all(len(text) <= _LONGEST_WORD and "\n" not in text for text in filled)
    if not short or not 1 <= len(keys) <= _MOST_CHOICES or filled.total() < 2 * len(keys):
        return ()
    return tuple(sorted(excerpt(text) for text in keys.values()))
