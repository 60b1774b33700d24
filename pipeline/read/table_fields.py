"""One column of a table being read, cell by cell downwards: what it must know of the rows above."""

from __future__ import annotations

from pipeline.problems import NOWHERE, Place, Problem, error
from pipeline.read.columns import Column, Reader, reader_for
from pipeline.read.fill_down import Covered
from pipeline.sheets import Cell, Sheet, address
from pipeline.text import excerpt, is_blank, match_key

_MISSING = object()


def blank(cell: Cell | None) -> bool:
    """Does the cell show nothing?"""
    return cell is None or (cell.kind == "text" and is_blank(str(cell.value)))


class FieldReader:
    """Reads a column of `sheet`. Equal cells give equal values unless something is wrong: each is worked out once."""

    def __init__(self, column: Column, index: int, sheet: Sheet, file: str, problems: list[Problem]) -> None:
        self.column, self.index = column, index
        self._read: Reader = reader_for(column)
        self._sheet, self._file, self._problems = sheet.name, file, problems
        self._covered = Covered(sheet.merges, index) if column.fill_down else None
        self._nothing = self._read(None, NOWHERE, problems)
        self._known: dict[Cell | None, object] = {} if column.filled else {None: self._nothing}
        self._leaves_unseen_out = column.leaves_unseen_out
        self._plain = not (column.fill_down or column.unique)
        self._seen: dict[str, int] = {}
        self.blanks: list[int] = []
        self._carried: object = _MISSING
        self._carried_row = 0

    def value(self, cell: Cell | None, row: int, fresh: bool, moved: dict[str, int]) -> object:
        """The value of the cell in `row`; where it was filled down, the row it stands in is put into `moved`.

        `fresh`: the row above holds something too, so that a value may be filled down from it.
        """
        if cell is not None and self._leaves_unseen_out and cell.hides:
            cell = None
        if self._plain:
            known = self._known.get(cell, _MISSING)
            if known is not _MISSING:
                return known
        if self._covered is not None and self._filled_down(self._covered, cell, row, fresh):
            moved[self.column.field] = self._carried_row
            return self._carried
        value = self._nothing if cell is None else self._worked_out(cell, row)
        if self.column.filled and blank(cell):
            self.blanks.append(row)
        if self.column.unique and value not in (None, ""):
            self._once(str(value), row)
        if self._covered is not None and not blank(cell):
            self._carried, self._carried_row = value, row
        return value

    def _filled_down(self, covered: Covered, cell: Cell | None, row: int, fresh: bool) -> bool:
        top = covered.top(row)
        if not (top or fresh):
            self._carried = _MISSING
        return self._carried is not _MISSING and (fresh or top == self._carried_row) and blank(cell)

    def _worked_out(self, cell: Cell, row: int) -> object:
        value = self._known.get(cell, _MISSING)
        if value is _MISSING:
            wrong: list[Problem] = []
            value = self._read(cell, NOWHERE, wrong)
            if wrong:  # nearly every cell is right: its place is made only where one is not
                self._read(cell, self._place(row), self._problems)
            elif not (self.column.filled and blank(cell)):
                self._known[cell] = value
        return value

    def _once(self, text: str, row: int) -> None:
        first = self._seen.setdefault(match_key(text), row)
        if first != row:
            other = address(first, self.index)
            cure = f"Give each row its own “{self.column.headings[0]}”."
            self._problems.append(error("I350", self._place(row), f"“{excerpt(text)}” stands in {other} too.", cure))

    def _place(self, row: int) -> Place:
        return Place(self._file, self._sheet, address(row, self.index))
