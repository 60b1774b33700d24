"""One sheet of a workbook, read element by element: any valid spelling, any producer, strict or not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.problems import PaperError, Place
from pipeline.read import limits
from pipeline.read.refusals import too_many
from pipeline.read.xml import LocalNames, feed, parser_for
from pipeline.sheets.workbook import LAST_COLUMN, LAST_ROW, Cell, Merge, Sheet, State, column_number
from pipeline.sheets.xlsx_cells import Budget, CellMaker
from pipeline.sheets.xlsx_strings import RichText
from pipeline.sheets.xlsx_styles import true, whole

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")


@dataclass(slots=True)
class Gathered:
    """A sheet in the making."""

    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filtered: bool = False

    def sheet(self, name: str, state: State) -> Sheet:
        """The finished sheet, its rows in rising order."""
        rows = self.rows if list(self.rows) == sorted(self.rows) else dict(sorted(self.rows.items()))
        return Sheet(
            name, rows, state, tuple(self.merges), frozenset(self.hidden_rows), frozenset(self.hidden_columns),
            self.filtered,
        )  # fmt: skip


def parse_address(text: str) -> tuple[int, int] | None:
    """Row and column of `G11`, None where the text is no address on a sheet."""
    match = _ADDRESS.fullmatch(text)
    if not match:
        return None
    row, column = int(match[2]), column_number(match[1])
    return (row, column) if row <= LAST_ROW and column <= LAST_COLUMN else None


def read_sheet(chunks: Iterable[bytes], sheet: str, maker: CellMaker, budget: Budget) -> Gathered:
    """Everything of a sheet that the reader wants. Raises PaperError: I113 damaged, I115 too much, I117 entities."""
    reader = _Reader(sheet, maker, budget)
    parser = parser_for(budget.name)
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    feed(parser, chunks, budget.name)
    return reader.gathered


class _Reader:
    """Handlers for the parser. A row or cell without an address stands after the one before it."""

    def __init__(self, sheet: str, maker: CellMaker, budget: Budget) -> None:
        self.sheet, self.maker, self.budget = sheet, maker, budget
        self.gathered = Gathered()
        self.row = self.column = self.depth = 0
        self.cell: dict[str, str] | None = None
        self.value: list[str] | None = None
        self.in_value = self.formula = False
        self.inline: RichText | None = None
        self.names = LocalNames()

    def start(self, full: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > limits.DEPTH:
            raise PaperError(too_many(self.budget.name, self.place, f"{limits.DEPTH} levels inside one another"))
        name = self.names[full]
        if self.cell is not None:
            self.start_in_cell(name, attributes)
        elif name == "c":
            self.start_cell(attributes)
        elif name == "row":
            self.start_row(attributes)
        else:
            self.start_other(name, attributes)

    def start_row(self, attributes: dict[str, str]) -> None:
        given = whole(attributes.get("r"))
        self.row, self.column = given if 0 < given <= LAST_ROW else self.row + 1, 0
        if true(attributes.get("hidden")):
            self.gathered.hidden_rows.add(self.row)

    def start_cell(self, attributes: dict[str, str]) -> None:
        self.cell, self.value, self.formula, self.inline = attributes, None, False, None
        at = parse_address(attributes.get("r", ""))
        self.row, self.column = at or (max(self.row, 1), self.column + 1)

    def start_in_cell(self, name: str, attributes: dict[str, str]) -> None:
        if self.inline is not None:
            self.inline.start(name, attributes)
        elif name == "v":
            self.in_value, self.value = True, []
        elif name == "f":
            self.formula = True
        elif name == "is":
            self.inline = RichText()

    def start_other(self, name: str, attributes: dict[str, str]) -> None:
        if name == "mergeCell":
            self.merge(attributes.get("ref", ""))
        elif name == "col" and true(attributes.get("hidden")):
            self.hide(whole(attributes.get("min")), whole(attributes.get("max")))
        elif name == "filterColumn" or (name == "sheetPr" and true(attributes.get("filterMode"))):
            self.gathered.filtered = True

    def characters(self, data: str) -> None:
        if self.in_value and self.value is not None:
            self.value.append(data)
        elif self.inline is not None:
            self.inline.text(data)

    def end(self, full: str) -> None:
        self.depth -= 1
        if self.cell is None:
            return
        name = self.names[full]
        if name == "c":
            self.end_cell(self.cell)
        elif name == "v":
            self.in_value = False
        elif self.inline is not None:
            self.inline.end(name)

    def end_cell(self, attributes: dict[str, str]) -> None:
        self.cell = None
        if self.value is None and self.inline is None and not self.formula:
            return
        kind, style = attributes.get("t", "n"), whole(attributes.get("s"))
        if self.inline is not None:
            text, struck, part_struck = self.inline.take()
            cell = self.maker.of_text(text, style, struck, part_struck)
        else:
            cell = self.maker.make(kind, style, None if self.value is None else "".join(self.value), self.formula)
        if cell is not None and self.column <= LAST_COLUMN:
            self.gathered.rows.setdefault(self.row, {})[self.column] = cell
            size = len(cell.value) if isinstance(cell.value, str) else 0
            self.budget.spend(self.sheet, self.row, self.column, 1, size)

    def merge(self, text: str) -> None:
        first, _, last = text.partition(":")
        start, end = parse_address(first), parse_address(last or first)
        if start and end and start <= end and start != end:
            self.gathered.merges.append(Merge(start[0], start[1], end[0], end[1]))
        if len(self.gathered.merges) > limits.MERGES:
            raise PaperError(too_many(self.budget.name, self.place, f"{limits.MERGES:,} merged ranges"))

    def hide(self, first: int, last: int) -> None:
        if len(self.gathered.hidden_columns) < LAST_COLUMN:
            self.gathered.hidden_columns.update(range(max(first, 1), min(last, LAST_COLUMN) + 1))

    @property
    def place(self) -> Place:
        return Place(self.budget.name, self.sheet)
