"""Finding things in a workbook: a sheet by its name, a value beside its label above a table, a cell by its place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from pipeline.nearest import did_you_mean
from pipeline.problems import PaperError, Place, Problem, column_of, error, row_of
from pipeline.read.files import open_source
from pipeline.read.headings import SEARCHED_ROWS
from pipeline.read.table import heading_key
from pipeline.sheets import Cell, Sheet, Workbook, column_number
from pipeline.sheets.reading import read
from pipeline.text import excerpt, match_key, without_edges


class Labelled(NamedTuple):
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


def labelled_value(sheet: Sheet, labels: Sequence[str]) -> Labelled | None:
    """The value beside the first cell, in the first 20 rows that hold anything, that reads as one of `labels`.

    The value is the next filled cell of the row, or what follows a colon in the label's own cell. None where there is
    no such label or nothing beside it.
    """
    wanted = set(map(heading_key, labels))
    for row, cells in islice(sheet.rows.items(), SEARCHED_ROWS):
        for column, cell in sorted(cells.items()):
            label, colon, rest = str(cell.value).partition(":")
            if cell.kind != "text" or heading_key(label) not in wanted:
                continue
            if colon and rest.strip():
                return Labelled(cell._replace(value=rest.strip()), sheet.place(row, column))
            if beside := min((other for other in cells if other > column), default=0):
                return Labelled(cells[beside], sheet.place(row, beside))
    return None


def _no_sheet(workbook: Workbook, name: str) -> Problem:
    there = [excerpt(sheet.name) for sheet in workbook.sheets]
    hint = did_you_mean(name, there, f"It has {', '.join(f'“{sheet}”' for sheet in there[:8])}.", key=match_key)
    cure = f"Name the sheet “{name}”, or set its name in report.toml."
    return error("I201", Place(workbook.name), f"There is no sheet “{name}”. {hint}", cure)


class Lookup:
    """Cells of the officers' files by their place; each workbook is read once."""

    def __init__(self, *folders: Path) -> None:
        self.folders = folders
        self.workbooks: dict[str, Workbook | None] = {}

    def value(self, place: Place) -> str:
        """The text of the cell, and the number behind it where that is written otherwise: `97% (0.9652 is stored)`.

        Blank where the place is no cell, or the file cannot be read.
        """
        workbook = self.workbook(place.file) if place.cell else None
        sheet = next((one for one in workbook.sheets if one.name == place.sheet), None) if workbook else None
        if workbook is None or sheet is None:
            return ""
        cell = sheet.rows.get(row_of(place), {}).get(column_number(column_of(place)))
        return _shown(cell) if cell else ""

    def workbook(self, name: str) -> Workbook | None:
        """The workbook of that name in the first folder that has it."""
        if name not in self.workbooks:
            self.workbooks[name] = next((read for folder in self.folders if (read := workbook_at(folder / name))), None)
        return self.workbooks[name]


def _shown(cell: Cell) -> str:
    text, number = without_edges(cell.text), f"{cell.value:.15g}" if cell.kind == "number" else ""
    return f"{text} ({number} is stored)" if number not in ("", text) else text


def workbook_at(path: Path) -> Workbook | None:
    """The workbook at a path; None where there is none that can be read."""
    try:
        return read(open_source(path).content, path.name) if path.is_file() else None
    except PaperError:
        return None
