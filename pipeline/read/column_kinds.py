"""What the cells of a column are, counted, and the kind of column that they make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from pipeline.read.columns import ColumnKind
from pipeline.read.dates import Written, parse_date
from pipeline.sheets import Cell, shows
from pipeline.text import excerpt, is_blank, match_key

LOOKED_AT = 5_000
_LONGEST_WORD = 40
_MOST_CHOICES = 15
_YES_NO = frozenset(("yes", "no", "y", "n", "true", "false"))
_LONGEST_DATE = 60


@dataclass(frozen=True, slots=True)
class ColumnSummary:
    """A column's cells: how many of each sort, the kind they suggest, and the words where they come from a short list.

    Sorts are text, lines, date, month, time, number, whole, percent, yes or no, date as text, error, uncalculated.
    """

    sorts: Mapping[str, int]
    kind: ColumnKind
    words: tuple[str, ...] = ()
    all_different: bool = False


def summary(cells: Iterable[Cell]) -> ColumnSummary:
    """The summary of a column, from its first 5,000 cells that hold anything."""
    sorts: Counter[str] = Counter()
    texts: Counter[str] = Counter()
    seen: set[object] = set()
    for cell in islice(cells, LOOKED_AT):
        sorts[sort_of(cell)] += 1
        seen.add(cell.value)
        if isinstance(cell.value, str) and cell.kind == "text":
            texts[cell.value.strip()] += 1
    words = _words(texts)
    total = sum(sorts.values())
    return ColumnSummary(dict(sorts), _kind(sorts, bool(words)), words, total > 1 and len(seen) == total)


def sort_of(cell: Cell) -> str:
    """What one cell is, as the person at the screen sees it."""
    if cell.kind in ("error", "uncalculated", "time"):
        return cell.kind
    if cell.kind == "yesno":
        return "yes or no"
    if cell.kind == "date":
        return "month" if shows(cell.format) == "month" else "date"
    if cell.kind == "number":
        if shows(cell.format) != "number":
            return "percent"
        return "whole" if float(cell.value or 0).is_integer() else "number"  # type: ignore[arg-type]
    return _sort_of_text(str(cell.value)[: _LONGEST_WORD * 5])


@lru_cache(maxsize=8192)
def _sort_of_text(text: str) -> str:
    if "\n" in text.strip():
        return "lines"
    if match_key(text) in _YES_NO:
        return "yes or no"
    if len(text) <= _LONGEST_DATE and isinstance(found := parse_date(text), Written):
        return "month as text" if found.when.precision == "month" else "date as text"
    return "text"


_KINDS: tuple[tuple[ColumnKind, frozenset[str]], ...] = (
    ("day", frozenset(("date", "date as text"))),
    ("when", frozenset(("date", "date as text", "month", "month as text"))),
    ("yes_no", frozenset(("yes or no",))),
    ("percent", frozenset(("percent",))),
    ("whole", frozenset(("whole",))),
    ("number", frozenset(("whole", "number", "percent"))),
)


def _kind(sorts: Mapping[str, int], few_words: bool) -> ColumnKind:
    known = {sort: count for sort, count in sorts.items() if sort not in ("error", "uncalculated")}
    total = sum(known.values())
    for kind, members in _KINDS:
        if total and set(known) <= members:
            return kind
    dates = sum(known.get(sort, 0) for sort in ("date", "date as text", "month", "month as text"))
    if total and dates * 2 >= total and set(known) <= _KINDS[1][1] | {"text"}:
        return "when"
    if known.get("lines", 0) * 4 > total:
        return "lines"
    return "choice" if few_words and set(known) <= {"text", "yes or no"} else "text"


def _words(texts: Counter[str]) -> tuple[str, ...]:
    """The words of a short list: few, short, and most of them used more than once."""
    filled = {text: count for text, count in texts.items() if not is_blank(text)}
    keys = {match_key(text): text for text, _ in reversed(texts.most_common()) if text in filled}
    short = all(len(text) <= _LONGEST_WORD and "\n" not in text for text in filled)
    if not short or not 1 <= len(keys) <= _MOST_CHOICES or sum(filled.values()) < 2 * len(keys):
        return ()
    return tuple(sorted(excerpt(text) for text in keys.values()))
