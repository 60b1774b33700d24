"""One cell read as a column of each kind reads it: the value; what is wrong, in its place, is added to a list."""

from __future__ import annotations

from typing import Any

from pipeline.kinds import Field
from pipeline.problems import Place, Problem
from pipeline.read import reader_for
from pipeline.sheets import Cell


def read_as(cell: Cell | None, place: Place, problems: list[Problem], **column: Any) -> Any:
    """The value that a column of this make has in the cell."""
    found = reader_for(Field(name="field", headings=("Heading",), **column))(cell)
    problems.extend(found.at(place))
    return found.value


def as_text(cell: Cell | None, place: Place, problems: list[Problem]) -> Any:
    return read_as(cell, place, problems, type="text")


def as_lines(cell: Cell | None, place: Place, problems: list[Problem]) -> Any:
    return read_as(cell, place, problems, type="lines")


def as_yes_no(cell: Cell | None, place: Place, problems: list[Problem]) -> Any:
    return read_as(cell, place, problems, type="yes_no")


def as_choice(cell: Cell | None, place: Place, problems: list[Problem], choices: Any) -> Any:
    return read_as(cell, place, problems, type="choice", choices=choices)


def as_number(cell: Cell | None, place: Place, problems: list[Problem]) -> Any:
    return read_as(cell, place, problems, type="number")


def as_whole(cell: Cell | None, place: Place, problems: list[Problem]) -> Any:
    return read_as(cell, place, problems, type="whole")


def as_percent(cell: Cell | None, place: Place, problems: list[Problem], within: Any = (0, 100)) -> Any:
    return read_as(cell, place, problems, type="percent", within=within)


def as_money(cell: Cell | None, place: Place, problems: list[Problem], unit: str = "") -> Any:
    return read_as(cell, place, problems, type="money", unit=unit)


def as_day(cell: Cell | None, place: Place, problems: list[Problem]) -> Any:
    return read_as(cell, place, problems, type="day")


def as_when(cell: Cell | None, place: Place, problems: list[Problem], open_words: Any = ()) -> Any:
    return read_as(cell, place, problems, type="when", open_words=open_words)
