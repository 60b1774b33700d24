"""What a report expects of a table's columns, and how a cell of each kind of column is read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

from pipeline.problems import Place, Problem
from pipeline.read.cells import as_choice, as_lines, as_text, as_yes_no
from pipeline.read.days import as_day, as_when
from pipeline.read.figures import as_figure, as_money, as_share
from pipeline.read.numbers import as_whole
from pipeline.sheets import Cell

ColumnKind = Literal["text", "lines", "day", "when", "number", "whole", "percent", "money", "yes_no", "choice"]
Words = Collection[str] | Mapping[str, str]
Reader = Callable[[Cell | None, Place, list[Problem]], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: the field it fills, the headings it may have, and what its cells hold.

    `required`: the column must be there. `filled`: every row must have a value. `fill_down`: a merged or blank cell has
    the value above it. `unique`: no value twice. `choices` for the kind choice, `open_words` for the kind when,
    `unit` for the kind money: as the functions of cells.py, days.py and figures.py take them.
    """

    field: str
    headings: tuple[str, ...]
    kind: ColumnKind = "text"
    required: bool = False
    filled: bool = False
    fill_down: bool = False
    unique: bool = False
    choices: Words = ()
    open_words: Words = ()
    unit: str = ""

    @property
    def leaves_unseen_out(self) -> bool:
        """Does a cell whose format hides its value count as blank? Where words are printed, and name or sort no row."""
        return self.kind in ("text", "lines") and not (self.unique or self.fill_down)


_READERS: dict[ColumnKind, Reader] = {
    "text": as_text,
    "lines": as_lines,
    "day": as_day,
    "number": as_figure,
    "percent": as_share,
    "whole": as_whole,
    "yes_no": as_yes_no,
}


def reader_for(column: Column) -> Reader:
    """The function that reads a cell of this column: it returns what the kind's own function returns."""
    if column.kind == "choice":
        return partial(as_choice, choices=column.choices)
    if column.kind == "when":
        return partial(as_when, open_words=column.open_words)
    if column.kind == "money":
        return partial(as_money, unit=column.unit)
    return _READERS[column.kind]
