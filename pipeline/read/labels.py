"""Finding things in a workbook by name: a sheet, and a value beside its label above a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from pipeline.nearest import nearest
from pipeline.problems import PaperError, Place, Problem, error
from pipeline.read.headings import SEARCHED_ROWS, heading_key
from pipeline.sheets import Cell, Sheet, Workbook, address
from pipeline.text import excerpt, match_key


@dataclass(frozen=True, slots=True)
class Labelled:
    """A cell found by its label, and its place; where one cell has both ("Position at: May"), the rest of it."""

    cell: Cell
    place: Place


def sheet_named(workbook: Workbook, name: str) -> Sheet:
    """The sheet of this name, the first where none is named (a delimited file has one sheet, whatever its name).

    Raises PaperError (I201), which names the nearest, where there is none.
    """
    if workbook.delimited or not name:
        return workbook.sheets[0]
    for sheet in workbook.sheets:
        if match_key(sheet.name) == match_key(name):
            return sheet
    raise PaperError(_no_sheet(workbook, name))


def labelled_value(sheet: Sheet, labels: Sequence[str], workbook_name: str) -> Labelled | None:
    """The value beside the first cell, in the first 20 rows that hold anything, that reads as one of `labels`.

    The value is the next filled cell of the row, or what follows a colon in the label's own cell. None where there is
    no such label or nothing beside it.
    """
    wanted = {heading_key(label) for label in labels}
    for row, cells in islice(sheet.rows.items(), SEARCHED_ROWS):
        for column, cell in sorted(cells.items()):
            if cell.kind != "text":
                continue
            label, colon, rest = str(cell.value).partition(":")
            if heading_key(label) not in wanted:
                continue
            if colon and rest.strip():
                return Labelled(
                    cell._replace(value=rest.strip()), Place(workbook_name, sheet.name, address(row, column))
                )
            beside = min((c for c in cells if c > column), default=0)
            if beside:
                return Labelled(cells[beside], Place(workbook_name, sheet.name, address(row, beside)))
    return None


def _no_sheet(workbook: Workbook, name: str) -> Problem:
    there = [sheet.name for sheet in workbook.sheets]
    near = nearest(name, there, key=match_key)
    hint = f"Did you mean “{excerpt(near)}”?" if near else ""
    hint = hint or f"It has {', '.join(f'“{excerpt(one)}”' for one in there[:8])}."
    cure = f"Name the sheet “{name}”, or set its name in report.toml."
    return error("I201", Place(workbook.name), f"There is no sheet “{name}”. {hint}", cure)
