"""Merged ranges of a table's body: which rows a column's merged cell covers, and which merges are in no one column."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from pipeline.problems import Place, Problem, error
from pipeline.sheets import Merge, Sheet

_NAMED = 20


class Covered:
    """The merged ranges of one column, asked row by row in rising order."""

    def __init__(self, merges: Iterable[Merge], column: int) -> None:
        self._waiting = sorted((merge for merge in merges if merge.left == merge.right == column), reverse=True)
        self._now: Merge | None = None

    def top(self, row: int) -> int:
        """The first row of the merged cell that covers `row`, 0 where none does."""
        while self._waiting and self._waiting[-1].top <= row:
            self._now = self._waiting.pop()
        return self._now.top if self._now and self._now.bottom >= row else 0


def body_merges(sheet: Sheet, first_row: int, columns: Collection[int]) -> Iterator[Merge]:
    """The merged ranges that touch rows of the table and any of `columns`."""
    last = max(sheet.rows, default=0)
    ordered = sorted(columns)
    for merge in sheet.merges:
        if merge.bottom >= first_row and merge.top <= last and any(merge.left <= c <= merge.right for c in ordered):
            yield merge


def banner_rows(merges: Iterable[Merge]) -> frozenset[int]:
    """The rows that are one cell merged across columns: a heading in the midst of the table."""
    return frozenset(merge.top for merge in merges if merge.top == merge.bottom)


def merge_problems(merges: Iterable[Merge], filled: Collection[int], file: str, sheet: str) -> list[Problem]:
    """An error (I206) for each merged range that is not inside one of the columns `filled` down (the first 20)."""
    wrong = [merge for merge in merges if not (merge.left == merge.right and merge.left in filled)]
    return [
        error("I206", Place(file, sheet, str(merge).partition(":")[0]), _what(merge), _CURE) for merge in wrong[:_NAMED]
    ]


_CURE = "Unmerge the cells and give each row its own values."


def _what(merge: Merge) -> str:
    if merge.top == merge.bottom:
        return f"Cells {merge} are merged across columns, so row {merge.top} was left out of the table."
    return f"Cells {merge} are merged; only the first of them holds the value."
