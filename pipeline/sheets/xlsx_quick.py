"""The rows of a sheet spelt the plain way that most programs spell them, several times faster than element by element.

Nothing is guessed: a sheet with any piece that is not made of plainly spelt rows and cells alone is declined, and then
read by xlsx_sheet.py. Both give the same cells; a test holds them to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.read import limits
from pipeline.read.xml import feed, is_utf8, parser_for
from pipeline.sheets.workbook import LAST_COLUMN, LAST_ROW, Cell, column_number
from pipeline.sheets.xlsx_cells import Budget, CellMaker
from pipeline.sheets.xlsx_sheet import Gathered, read_sheet

_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]{1,6})")?(?: t="(s|n|b|e|str|inlineStr)")? ?'
    r"(?:/>|>(<f(?: [^<>]*?)?(?:/>|>[^<]*</f>))?"
    r'(?:<v>([^<]*)</v>|<v ?/>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>)'
)
_STRIDE = 8
_BETWEEN = "\x01"
_ROW = re.compile(r'<row(?: [\w:.]+="[^"<>&]*")* ?(?:/>|>[\s\x01]*</row>)[\s\x01]*')
_ROW_START = re.compile(r"<row ([^<>]*)>")
_HIDDEN = re.compile(r'(?<!\S)hidden="(?:1|true|on)"')
_NUMBER = re.compile(r'(?<!\S)r="([1-9][0-9]{0,6})"')
_CONTROLS = bytes((*range(9), 11, 12, *range(14, 32)))
_NAMED = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}
_ENTITY = re.compile("&[^;]*;?")
_SPACES = (
    b' xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"',
    b' xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"',
)
_TOLD = (b"mergeCell", b"hidden", b"filterColumn", b"filterMode")
_OPEN, _CLOSE = b"<sheetData>", b"</sheetData>"
_LONGEST = 1 << 23
_KNOWN = 1 << 16

_UNMET = Cell(None, "uncalculated")

Stored = tuple[str | None, str | None, str | None, str | None]
"""Style, kind, value and inline text of a cell, as the sheet spells them."""


class Unusual(Exception):
    """The sheet is not spelt plainly enough to be read this way."""


def read_quickly(chunks: Iterator[bytes], sheet: str, maker: CellMaker, budget: Budget) -> Gathered:
    """What `xlsx_sheet.read_sheet` gives. Raises Unusual where not plainly spelt, PaperError as `read_sheet`."""
    head, buffer = _head(chunks)
    reader = _Rows(maker)
    while (end := buffer.find(_CLOSE)) < 0:
        cut = buffer.rfind(b"<row ")
        if cut > 0:
            reader.read(buffer[:cut], sheet, budget)
            buffer = buffer[cut:]
        chunk = next(chunks, b"")
        if not chunk or len(buffer) > _LONGEST:
            raise Unusual
        buffer += chunk
    reader.read(buffer[:end], sheet, budget)
    tail = buffer[end:] + b"".join(chunks)
    if b"<!" in tail:
        raise Unusual
    gathered = _around(head, tail, sheet, maker, budget)
    gathered.rows, gathered.hidden_rows = reader.rows, reader.hidden
    return gathered


def _around(head: bytes, tail: bytes, sheet: str, maker: CellMaker, budget: Budget) -> Gathered:
    """What stands around the rows. Most of it is for the eye: all that is asked of that is to be well formed."""
    told = any(word in head or word in tail for word in _TOLD)
    if told or head.count(b"<") + tail.count(b"<") > limits.DEPTH:
        return read_sheet((head, tail), sheet, maker, budget)
    feed(parser_for(budget.name), (head + tail,), budget.name)
    return Gathered()


def _head(chunks: Iterator[bytes]) -> tuple[bytes, bytes]:
    """All up to and with the start of the rows, and what of the rows came with it."""
    head = b""
    while (at := head.find(_OPEN)) < 0:
        chunk = next(chunks, b"")
        if not chunk or len(head) > _LONGEST:
            raise Unusual
        head += chunk
    at += len(_OPEN)
    start = head[:at]
    if b"<!" in start or not is_utf8(start) or not any(space in start for space in _SPACES):
        raise Unusual
    return start, head[at:]


class _Rows:
    """Rows gathered so far, and cells already made: equal ones are made once."""

    def __init__(self, maker: CellMaker) -> None:
        self.maker = maker
        self.rows: dict[int, dict[int, Cell]] = {}
        self.hidden: set[int] = set()
        self.columns: dict[str, int] = {}
        self.known: dict[Stored, Cell | None] = {}

    def read(self, piece: bytes, sheet: str, budget: Budget) -> None:
        """Add the rows of `piece`, which starts and ends between rows."""
        if _is_blank(piece):
            return self.hide(piece.decode("latin-1")) if b" hidden=" in piece else None
        parts = _CELL.split(_decoded(piece))
        rest = _BETWEEN.join(parts[::_STRIDE])
        if _ROW.sub("", rest).strip(" \t\r\n\x01"):
            raise Unusual
        if _HIDDEN.search(rest):
            self.hide(rest)
        if len(self.known) > _KNOWN:
            self.known.clear()
        return self.add(parts, sheet, budget)

    def add(self, parts: list[Any], sheet: str, budget: Budget) -> None:
        known, columns, now, last = self.known, self.columns, dict[int, Cell](), ""
        column = count = characters = 0
        for at, row, style, kind, formula, value, inline in zip(
            *(parts[n::_STRIDE] for n in range(1, _STRIDE)), strict=True
        ):
            if value is None and inline is None and formula is None:
                continue
            stored = style, kind, value, inline
            cell = known.get(stored, _UNMET) if formula is None else _UNMET
            if cell is _UNMET:
                cell = self.cell(stored, formula is not None)
                if formula is None:
                    known[stored] = cell
            if cell is None:
                continue
            if row != last:
                now, last = self.row(int(row)), row
            column = columns.get(at) or self.column(at)
            now[column] = cell
            count += 1
            if cell.kind == "text":
                characters += len(cell.value)  # type: ignore[arg-type]
        budget.spend(sheet, int(last or 1), column or 1, count, characters)

    def cell(self, stored: Stored, formula: bool) -> Cell | None:
        style, kind, value, inline = stored
        if inline is not None:
            return self.maker.of_text(_plain(inline), int(style or 0))
        return self.maker.make(kind or "n", int(style or 0), None if value is None else _plain(value), formula)

    def row(self, number: int) -> dict[int, Cell]:
        if number > LAST_ROW:
            raise Unusual
        return self.rows.setdefault(number, {})

    def column(self, letters: str) -> int:
        number = self.columns[letters] = column_number(letters)
        if number > LAST_COLUMN:
            raise Unusual
        return number

    def hide(self, rest: str) -> None:
        for attributes in _ROW_START.findall(rest):
            if _HIDDEN.search(attributes):
                number = _NUMBER.search(attributes)
                if not number:
                    raise Unusual
                self.hidden.add(int(number[1]))


def _is_blank(piece: bytes) -> bool:
    """Has the piece rows and cells alone, and nothing in any cell? A sheet's styled tail is skipped at this speed."""
    ends = piece.count(b"</row>") + piece.count(b"</c>")
    return b"<v" not in piece and b"<f" not in piece and b"<!" not in piece and piece.count(b"</") == ends


def _decoded(piece: bytes) -> str:
    if len(piece.translate(None, _CONTROLS)) != len(piece):
        raise Unusual
    try:
        return piece.decode()
    except UnicodeDecodeError as fault:
        raise Unusual from fault


def _plain(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _ENTITY.sub(_named, text) if "&" in text else text


def _named(entity: re.Match[str]) -> str:
    if entity[0] not in _NAMED:
        raise Unusual
    return _NAMED[entity[0]]
