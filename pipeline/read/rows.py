"""Which rows of a sheet are rows of its table: those in use that are neither headings between them nor totals."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from pipeline.formats import listed
from pipeline.kinds import Field
from pipeline.problems import Problem, note
from pipeline.read.notices import rows_named
from pipeline.read.table import Headings
from pipeline.sheets import Cell, Merge, Sheet, banner_rows, is_blank
from pipeline.text import excerpt

_OF_WORDS = frozenset(("text", "lines", "day", "when"))
"""The types whose values are entered row by row; words of a list, numbers and boxes may be filled down in advance."""


class RowsFound(NamedTuple):
    """The numbers of a table's rows in order, and what is told of rows that were left out."""

    numbers: tuple[int, ...]
    problems: tuple[Problem, ...]


def rows_of(sheet: Sheet, headings: Headings, columns: Sequence[Field], merges: Iterable[Merge]) -> RowsFound:
    """The rows of the table below `headings`: those in which a column of it holds something.

    No rows are: one that holds nothing but unticked boxes, one that is a single cell across columns, a row of totals of
    a table that Excel keeps (I220 tells of it), and rows at the end that all hold the same words of a list, numbers or
    boxes, prepared for entries that never came (I221).
    """
    used = list(_in_use(sheet, headings, banner_rows(merges)))
    totals = [number for number in used if number in sheet.totals]
    numbers = [number for number in used if number not in sheet.totals]
    entered = [field for field in columns if field.name in headings.columns and field.type in _OF_WORDS]
    prepared = _prepared(sheet, headings, numbers, entered)
    kept = tuple(numbers[: len(numbers) - len(prepared)])
    return RowsFound(kept, (*_totals(sheet, totals), *_unused(sheet, headings, prepared)))


def body_merges(sheet: Sheet, headings: Headings) -> Iterator[Merge]:
    """The merged ranges that touch rows of the table and any of its columns."""
    last, columns = max(sheet.rows, default=0), sorted(headings.columns.values())
    for merge in sheet.merges:
        inside = merge.bottom >= headings.first_row and merge.top <= last
        if inside and any(merge.left <= column <= merge.right for column in columns):
            yield merge


def _in_use(sheet: Sheet, headings: Headings, banners: Container[int]) -> Iterator[int]:
    """The rows below the headings in which a column of the table holds something."""
    indexes = list(headings.columns.values())
    for number, cells in sheet.rows.items():
        inside = number >= headings.first_row and number not in banners
        if inside and not all(_holds_nothing(cells.get(index)) for index in indexes):
            yield number


def _holds_nothing(cell: Cell | None) -> bool:
    """Is there nothing in the cell, or only a box that nobody ticked?"""
    return cell is None or is_blank(cell) or cell.value is False


def _held(sheet: Sheet, row: int, columns: Sequence[int]) -> Mapping[int, Cell]:
    cells = sheet.rows[row]
    return {column: cells[column] for column in columns if not _holds_nothing(cells.get(column))}


def _prepared(sheet: Sheet, headings: Headings, numbers: Sequence[int], entered: Sequence[Field]) -> list[int]:
    """The rows at the end, two or more, that hold the same and nothing of what is `entered` row by row and must be."""
    columns = list(headings.columns.values())
    last = _held(sheet, numbers[-1], columns) if numbers and any(field.required for field in entered) else {}
    if not last or any(headings.columns[field.name] in last for field in entered):
        return []
    alike = list(takewhile(lambda number: _held(sheet, number, columns) == last, reversed(numbers)))
    return alike[::-1] if len(alike) > 1 else []


def _totals(sheet: Sheet, rows: Sequence[int]) -> Iterator[Problem]:
    if rows:
        holds = "holds totals of an Excel table, and was" if len(rows) == 1 else "hold totals of Excel tables, and were"
        place = sheet.place(rows[0], min(sheet.rows[rows[0]]))
        yield note("I220", place, f"{rows_named(rows).capitalize()} {holds} left out.")


def _unused(sheet: Sheet, headings: Headings, rows: Sequence[int]) -> Iterator[Problem]:
    if rows:
        held = _held(sheet, rows[0], list(headings.columns.values()))
        said = listed(
            [f"“{excerpt(cell.text)}” under “{excerpt(headings.texts[column])}”" for column, cell in held.items()]
        )
        message = f"{rows_named(rows).capitalize()} hold nothing but {said}, and were left out as not in use."
        yield note("I221", sheet.place(rows[0], min(held)), message)
