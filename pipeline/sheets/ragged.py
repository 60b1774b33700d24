"""Rows of a delimited file with more values than the others: a stray separator shifts every value after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from pipeline.problems import Place, Problem, error
from pipeline.sheets.workbook import address

_NAMED = 20


def uneven_rows(widths: Mapping[int, int], place: Place) -> list[Problem]:
    """An error (I122) for each row wider than most of the rows are; `widths` is the last filled column of each row.

    Shorter rows are no problem: values at the end may be blank, and exports leave their separators out.
    """
    counts = Counter(width for width in widths.values() if width > 1)
    if not counts:
        return []
    usual = _heading_width(widths, counts)
    wide = [row for row, width in widths.items() if width > usual]
    return [_wide(row, widths[row], usual, place) for row in wide[:_NAMED]] + _more(wide[_NAMED:], place)


def _heading_width(widths: Mapping[int, int], counts: Counter[int]) -> int:
    """The width of the widest of the first rows that is at least as wide as most rows: there the headings stand."""
    common = counts.most_common(1)[0][0]
    first = next((width for row, width in widths.items() if width > 1), common)
    return max(common, first)


def _wide(row: int, width: int, usual: int, place: Place) -> Problem:
    return error(
        "I122", Place(place.file, place.sheet, address(row, usual + 1)),
        f"Row {row} has {width} values where the others have {usual}: a separator inside a value has split it in two.",
        "Put the value that holds the separator in quotation marks, or correct the row in Excel and save it again.",
    )  # fmt: skip


def _more(rows: list[int], place: Place) -> list[Problem]:
    if not rows:
        return []
    return [
        error("I122", Place(place.file, place.sheet, address(rows[0], 1)),
              f"{len(rows):,} more rows, from row {rows[0]} on, have too many values.",
              "Export the file again with values in quotation marks.")
    ]  # fmt: skip
