"""An Excel workbook (.xlsx, .xlsm, strict or not) from its bytes: no cell format, dimension or macro can stop it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import ClassVar, TypeVar

from pipeline.opc import Attributes, Package, Relationship, main_part, relationships
from pipeline.problems import PaperError, Place, Problem, error
from pipeline.sheets.cells import Stored, text_cell
from pipeline.sheets.parts import (
    BookPart,
    Notes,
    Outline,
    SharedTexts,
    Styles,
    TablePart,
    Texts,
    decode,
    is_true,
    whole,
)
from pipeline.sheets.workbook import (
    LAST_COLUMN,
    LAST_ROW,
    Cell,
    Limits,
    Merge,
    Room,
    Sheet,
    Visibility,
    Workbook,
    parse_address,
    too_many,
)
from pipeline.text import match_key

_KNOWN = 1 << 16
_STATES: Mapping[str, Visibility] = {"hidden": "hidden", "veryHidden": "very hidden"}


def read_xlsx(package: Package, name: str, wanted: Collection[str] | None, limits: Limits) -> Workbook:
    """The workbook in a packed file; see `sheets.read`. Raises PaperError (I115, I120) and Unsound."""
    main = main_part(package) or "xl/workbook.xml"
    links = relationships(package, main)
    outline = Outline().read(package.chunks(main))
    texts = _read(SharedTexts(limits.texts), package, links, "sharedStrings").texts
    styles = _read(Styles(), package, links, "styles").styles
    stored, room = Stored(texts, styles, outline.date_1904, outline.to_calculate), Room(name, limits)
    there = list(_sheets_of(outline, links, name))
    if not there:
        raise PaperError(_no_sheets(name))
    keys = set(map(match_key, (sheet.name for _, sheet in there) if wanted is None else wanted))
    sheets = (
        _sheet(package, part, sheet, stored, room) if match_key(sheet.name) in keys else sheet for part, sheet in there
    )
    return Workbook(name, tuple(sheets), outline.date_1904)


def _sheets_of(outline: Outline, links: Sequence[Relationship], name: str) -> Iterator[tuple[str, Sheet]]:
    """The sheets of cells in their order, none of them read yet, each with its part."""
    parts = {link.id: link.target for link in links if link.kind == "worksheet"}
    for title, state, link in outline.sheets:
        if link in parts:
            yield parts[link], Sheet(title, {}, _STATES.get(state, "visible"), read=False, file=name)


def _sheet(package: Package, part: str, empty: Sheet, stored: Stored, room: Room) -> Sheet:
    cells = _SheetPart(empty.name, stored, room).read(package.chunks(part))
    links = relationships(package, part)
    found = _read(Notes(), package, links, "comments").notes
    notes = {place: text for at, text in found.items() if (place := parse_address(at))}
    tables = (_read(TablePart(), package, [link], "table") for link in links)
    return replace(cells.sheet(empty), notes=notes, totals=frozenset(chain.from_iterable(t.totals for t in tables)))


P = TypeVar("P", bound=BookPart)


def _read(part: P, package: Package, links: Sequence[Relationship], kind: str) -> P:
    """The part of this kind that is linked to, read; as it is where there is none."""
    found = next((link.target for link in links if link.kind == kind and link.target in package), "")
    return part.read(package.chunks(found)) if found else part


def _no_sheets(name: str) -> Problem:
    cure = "Open it in Excel, put the rows on an ordinary sheet, and save."
    return error("I120", Place(name), f"“{name}” has no sheet of cells.", cure)


class _SheetPart(Texts):
    """Gathers a sheet. A row or cell without an address stands after the one before it; equal cells are one object.

    Raises PaperError (I115) past the limits, naming the cell.
    """

    def __init__(self, title: str, stored: Stored, room: Room) -> None:
        super().__init__()
        self.title, self.stored, self.room = title, stored, room
        self.rows: dict[int, dict[int, Cell]] = {}
        self.merges: list[Merge] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.filtered = False
        self._row = self._column = 0
        self._digits = ""
        self._letters: dict[str, int] = {}
        self._cell: Attributes = {}
        self._stored = self._formula = self._inline = False
        self._known: dict[tuple[str | None, str | None, str], Cell] = {}

    def sheet(self, empty: Sheet) -> Sheet:
        """The finished sheet, its rows in rising order."""
        rows = self.rows if list(self.rows) == sorted(self.rows) else dict(sorted(self.rows.items()))
        return replace(
            empty,
            rows=rows,
            merges=tuple(self.merges),
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
            filtered=self.filtered,
            read=True,
        )

    def _open_row(self, attributes: Attributes) -> None:
        given = whole(attributes.get("r"))
        self._row, self._column = given if 0 < given <= LAST_ROW else self._row + 1, 0
        self._digits = str(self._row)
        if is_true(attributes.get("hidden")):
            self.hidden_rows.add(self._row)

    def _open_cell(self, attributes: Attributes) -> None:
        self._cell = attributes
        self._stored = self._formula = self._inline = False
        at = attributes.get("r", "")
        self._column = self._letters.get(at.removesuffix(self._digits)) or self._located(at)

    def _located(self, at: str) -> int:
        """The column of an address whose letters were not met before; the row that it names counts."""
        found = parse_address(at)
        if found is None:
            self._row = max(self._row, 1)
            return self._column + 1
        self._row, column = found
        self._digits = str(self._row)
        self._letters[at.removesuffix(self._digits)] = column
        return column

    def _open_value(self, _: Attributes) -> None:
        self.taking = self._stored = True

    def _close_value(self) -> None:
        self.taking = False

    def _open_formula(self, _: Attributes) -> None:
        self._formula = True

    def _open_inline(self, _: Attributes) -> None:
        self._stored = self._inline = True

    def _close_cell(self) -> None:
        if not (self._stored or self._formula):
            return
        kind = "inlineStr" if self._inline else self._cell.get("t")
        if kind == "e" and "vm" in self._cell:
            kind = "rich"
        key = kind, self._cell.get("s"), "".join(self.pieces)
        fresh = True in self.runs or (self._formula and self.stored.to_calculate)
        cell = None if fresh else self._known.get(key)
        if cell is None:
            cell = self._made(*key)
        self.pieces.clear()
        self.runs.clear()
        if cell is not None and self._column <= LAST_COLUMN:
            self.rows.setdefault(self._row, {})[self._column] = cell
            self.room.take(cell, self.title, self._row, self._column)

    def _made(self, kind: str | None, style: str | None, raw: str) -> Cell | None:
        look = self.stored.style(whole(style))
        if self._inline and True in self.runs:
            return text_cell(self.take(), look)
        if self._formula and self._waits(kind, raw):
            return Cell(None, "uncalculated", *look)
        cell = self.stored.cell(kind, decode(raw), look)
        if cell is not None:
            if len(self._known) > _KNOWN:
                self._known.clear()
            self._known[kind, style, raw] = cell
        return cell

    def _waits(self, kind: str | None, raw: str) -> bool:
        """Was the formula never worked out? Programs that cannot write a nought for it."""
        return (self.stored.to_calculate and raw == "0") if raw else (kind != "str" or not self._stored)

    def _merge(self, attributes: Attributes) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        start, end = parse_address(first), parse_address(last or first)
        if start and end and start <= end and start != end:
            self.merges.append(Merge(*start, *end))
        if len(self.merges) > self.room.limits.merges:
            raise too_many(Place(self.room.file, self.title), f"{self.room.limits.merges:,} merged ranges")

    def _hide(self, attributes: Attributes) -> None:
        if is_true(attributes.get("hidden")) and len(self.hidden_columns) < LAST_COLUMN:
            first, last = whole(attributes.get("min")), whole(attributes.get("max"))
            self.hidden_columns.update(range(max(first, 1), min(last, LAST_COLUMN) + 1))

    def _filter(self, _: Attributes) -> None:
        self.filtered = True

    def _properties(self, attributes: Attributes) -> None:
        self.filtered = self.filtered or is_true(attributes.get("filterMode"))

    opens: ClassVar = Texts.opens | {
        "row": _open_row,
        "c": _open_cell,
        "v": _open_value,
        "f": _open_formula,
        "is": _open_inline,
        "mergeCell": _merge,
        "col": _hide,
        "filterColumn": _filter,
        "sheetPr": _properties,
    }
    closes: ClassVar = Texts.closes | {"c": _close_cell, "v": _close_value}
