"""A table of a sheet as values: its headings, its rows, each knowing its cells, and everything wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from pipeline.kinds import Field
from pipeline.problems import Place, Problem
from pipeline.sheets import Sheet
from pipeline.text import clean, match_key

_SIGNS = str.maketrans({"%": " percent ", "&": " and ", "#": " number ", "£": " pounds "})


@dataclass(frozen=True, slots=True)
class Headings:
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


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was read: its sheet, the columns asked for, the headings found, all rows in order, and all
    problems. No rows where no headings were found.
    """

    sheet: Sheet
    columns: Sequence[Field]
    headings: Headings
    rows: tuple[TableRow, ...]
    problems: tuple[Problem, ...]
