"""One cell read as a column of each kind reads it: the value; what is wrong, in its place, is added to a list."""

from __future__ import annotations

from typing import Any

from pipeline.problems import Place, Problem
from pipeline.read import Column, reader_for
from pipeline.sheets import Cell


def read_as(cell: Cell | None, place: Place, problems: list[Problem], **column: Any) -> Any:
    """The value that a column of this make has in the cell."""
    found = reader_for(Column(field="field", headings=("Heading",), **column))(cell)
    problems.extend(found.at(place))
    return found.value


def as_text(cell: Cell | None, place: Place, problems: list[Problem]) -> Any:
    return read_as(cell, place, problems, kind="text")


def as_lines(cell: Cell | None, place: Place, problems: list[Problem]) -> Any:
    return read_as(cell, place, problems, kind="lines")


def as_yes_no(cell: Cell | None, place: Place, problems: list[Problem]) -> Any:
    return read_as(cell, place, problems, kind="yes_no")


def as_choice(cell: Cell | None, place: Place, problems: list[Problem], choices: Any) -> Any:
    return read_as(cell, place, problems, kind="choice", choices=choices)


def as_number(cell: Cell | None, place: Place, problems: list[Problem]) -> Any:
    return read_as(cell, place, problems, kind="number")


def as_whole(cell: Cell | None, place: Place, problems: list[Problem]) -> Any:
    return read_as(cell, place, problems, kind="whole")


def as_percent(cell: Cell | None, place: Place, problems: list[Problem]) -> Any:
    return read_as(cell, place, problems, kind="percent")


def as_money(cell: Cell | None, place: Place, problems: list[Problem], unit: str = "") -> Any:
    return read_as(cell, place, problems, kind="money", unit=unit)


def as_day(cell: Cell | None, place: Place, problems: list[Problem]) -> Any:
    return read_as(cell, place, problems, kind="day")


def as_when(cell: Cell | None, place: Place, problems: list[Problem], open_words: Any = ()) -> Any:
    return read_as(cell, place, problems, kind="when", open_words=open_words)
