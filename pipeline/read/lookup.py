"""What stands in a cell, for telling where a statement came from."""

from __future__ import annotations

from pathlib import Path

from pipeline import sheets
from pipeline.problems import PaperError, Place
from pipeline.read.gate import open_source
from pipeline.sheets import Cell, Workbook, column_number
from pipeline.text import without_edges


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
        sheet = next((each for each in workbook.sheets if each.name == place.sheet), None) if workbook else None
        if workbook is None or sheet is None:
            return ""
        letters = place.cell.rstrip("0123456789")
        row = int(place.cell[len(letters) :] or 0)
        cell = sheet.rows.get(row, {}).get(column_number(letters))
        return _told(cell) if cell else ""

    def workbook(self, name: str) -> Workbook | None:
        """The workbook of that name in the first folder that has it."""
        if name not in self.workbooks:
            self.workbooks[name] = next((read for folder in self.folders if (read := opened(folder / name))), None)
        return self.workbooks[name]


def _told(cell: Cell) -> str:
    text, number = without_edges(cell.text), f"{cell.value:.15g}" if cell.kind == "number" else ""
    return f"{text} ({number} is stored)" if number not in ("", text) else text


def opened(path: Path) -> Workbook | None:
    """The workbook at a path; None where there is none that can be read."""
    try:
        return sheets.read(open_source(path).content, path.name) if path.is_file() else None
    except PaperError:
        return None
