"""A table of a sheet as values: its headings, its rows, each knowing its cells, and everything wrong with it; and the
columns that are asked for, as a report keeps them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from pipeline.kinds import EXEMPT, EXEMPT_HEADINGS, Choice, Field, Kind
from pipeline.problems import Place, Problem
from pipeline.report import Report, SourceSettings
from pipeline.sheets import Sheet
from pipeline.text import clean, match_key

_SIGNS = str.maketrans({"%": " percent ", "&": " and ", "#": " number ", "£": " pounds "})


class Headings(NamedTuple):
    """The heading row found: fields to column numbers, every other heading to its own, and where the rows start.

    `row` is 0 where no heading row was found.
    """

    row: int
    columns: Mapping[str, int]
    others: Mapping[str, int]
    first_row: int
    texts: Mapping[int, str]


@lru_cache(maxsize=4096)
def heading_key(text: str) -> str:
    """What headings are matched by: case, spaces, line breaks and punctuation do not matter (but % and & are words)."""
    return re.sub(r"[\W_]+", " ", match_key(text).translate(_SIGNS)).strip()


def one_line(text: str) -> str:
    """The text as a heading: cleaned, and without line breaks."""
    return " ".join((text if text.isprintable() else clean(text).text).split())


class Ground(NamedTuple):
    """Where a table stands, the same for all its rows: the sheet, and the column of each field."""

    sheet: Sheet
    columns: Mapping[str, int]


class Places(Mapping[str, Place]):
    """Field names to the cells that hold a row's values; the places are made when they are asked for."""

    __slots__ = ("_ground", "_row", "_rows")

    def __init__(self, ground: Ground, row: int, rows: Mapping[str, int]) -> None:
        self._ground, self._row, self._rows = ground, row, rows

    def __getitem__(self, name: str) -> Place:
        return self._ground.sheet.place(self._rows.get(name, self._row), self._ground.columns[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._ground.columns)

    def __len__(self) -> int:
        return len(self._ground.columns)


class TableRow(NamedTuple):
    """One row. `number` is Excel's own; `values` has every field whose column was found.

    `places` has the cell of each field: for a value filled down, the cell it stands in. `source` is the row's first
    cell. `struck`: every cell of it that holds something is struck through.
    """

    number: int
    values: Mapping[str, Any]
    places: Mapping[str, Place]
    source: Place
    struck: bool = False

    def place(self, name: str) -> Place:
        """The cell of a field; the row's first cell for a field whose column is not there."""
        return self.places.get(name, self.source)


class Table(NamedTuple):
    """A table that was read: its sheet, the columns asked for, the headings found, all rows in order, and all
    problems. No rows where no headings were found.
    """

    sheet: Sheet
    columns: Sequence[Field]
    headings: Headings
    rows: tuple[TableRow, ...]
    problems: tuple[Problem, ...]


# -- the columns of a kind of record -----------------------------------------------------------------------------------

Meant = Mapping[str, tuple[str, ...]]
"""A table of words: what is meant, and the words for it."""
NONE: Mapping[str, Any] = {}


def columns_for(report: Report, kind: str) -> tuple[Field, ...]:
    """The columns of one kind of record as this report keeps them: its own headings first, its own words."""
    settings = report.sources.get(kind, SourceSettings(""))
    columns = columns_of(report.kinds[kind], settings.headings, report.words)
    return tuple(replace(column, month_first=True) for column in columns) if settings.month_first else columns


def columns_of(
    kind: Kind, headings: Mapping[str, tuple[str, ...]] = NONE, words: Mapping[str, Meant] = NONE
) -> tuple[Field, ...]:
    """The columns of a kind of record; `headings` and `words` are a report's own, by field and by table."""
    return tuple(column_of(field, headings.get(name, ()), words) for name, field in kind.columns.items())


def column_of(field: Field, headings: tuple[str, ...], words: Mapping[str, Meant]) -> Field:
    """A field with a report's own headings before the plain ones, and with its words."""
    own: dict[str, Any] = {"headings": (*headings, *field.headings)} if headings else {}
    if field.words:
        own["choices"] = choices(words.get(field.words, NONE))
    if field.type == "when":
        own["open_words"] = open_words(words.get("open_dates", NONE))
    return replace(field, **own) if own else field


def choices(meant: Meant) -> Mapping[str, Choice]:
    """The words of a choice, each to what is kept of it."""
    return {word: Choice(word, meaning) for meaning, words in meant.items() for word in words}


def open_words(dates: Meant) -> Mapping[str, str]:
    """The words that may stand in place of a date, each to how the paper writes it."""
    return {word: house for house, words in dates.items() for word in (house, *words)}


def own_columns(kind: Kind, headings: Headings) -> frozenset[int]:
    """The columns of a table that fill fields of a standard kind, but for the one of exempt rows: what they hold is
    known, so that no heading makes a mark of them. Of columns that a report adds it is not.
    """
    known = headings.columns.items()
    return frozenset(index for name, index in known if name != EXEMPT and not kind.fields[name].added)


def exempt_headings(report: Report, kind: str) -> frozenset[str]:
    """The headings of the column for exempt rows, the report's own first, as headings are compared; of every kind."""
    own = report.sources[kind].headings.get(EXEMPT, ()) if kind in report.sources else ()
    return frozenset(map(heading_key, (*own, *EXEMPT_HEADINGS)))
