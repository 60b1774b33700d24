"""A finished part read back from its bytes: paragraphs and rows with their marks and texts, as a reader sees them.

It shares nothing with what wrote the part: its own tokens, its own rules of what may stand where.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.baseline import MARK_PREFIX
from pipeline.render.grammar import NotWellFormed, Stretch, fits, stretch

_PIECES = re.compile(
    rb"(<w:bookmark(?:Start|End) [^<>]*/>|<w:t(?: [^<>]*)?>[^<]*</w:t>|<w:instrText[^<>]*>[^<]*</w:instrText>)"
)
_MARK = re.compile(rb'<w:bookmark(?:Start w:id="(\d+)" w:name="([^"]+)"|End w:id="(\d+)")/>')
_ANY_MARK = re.compile(
    rb'<w:bookmarkStart(?=[^>]*\sw:id="(\d+)")(?=[^>]*\sw:name="([^"]+)")[^>]*/>|<w:bookmarkEnd(?=[^>]*\sw:id="(\d+)")[^>]*/>'
)
_ENDED = 10_000  # a bookmark begun once and ended once counts 10,001
_REFERENCE = re.compile(rf"\s*REF\s+({MARK_PREFIX}\w+)\s")
_ENTITY = re.compile("&([^;]{0,9};?)")
_ENTITIES = {"lt;": "<", "gt;": ">", "quot;": '"', "apos;": "'", "amp;": "&"}


@dataclass(slots=True)
class Item:
    """A paragraph outside tables, or a table row (a text a cell); `mark` is empty where it has none, `table` its number."""

    mark: str
    texts: tuple[str, ...]
    table: int = -1


@dataclass(slots=True)
class Reading:
    """What a part holds: items in order, names of all bookmarks, REF targets, section tags, and faults as (code, text)."""

    items: list[Item] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    references: list[str] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    tables: int = 0


@dataclass(slots=True)
class _Paragraph:
    mark: str = ""
    words: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Row:
    mark: str = ""
    cells: list[str] = field(default_factory=list)
    width: int = 0


@dataclass(slots=True)
class _Table:
    number: int
    columns: int = 0
    rows: list[tuple[int, str]] = field(default_factory=list)


def read_back(xml: bytes) -> Reading:
    """The part's content. Raises NotWellFormed, or UnicodeDecodeError where it is not UTF-8."""
    reader = _Reader()
    pieces = _PIECES.split(xml)
    reader.structure(stretch(pieces[0]))
    for at in range(1, len(pieces), 2):
        reader.piece(pieces[at])
        after = pieces[at + 1]
        if after:
            reader.structure(stretch(after))
    return reader.finished()


class _Reader:
    def __init__(self) -> None:
        self.reading = Reading()
        self.stack: list[bytes] = []
        self.paragraphs: list[_Paragraph] = []
        self.tables: list[_Table] = []
        self.rows: list[_Row] = []
        self.cells: list[list[str]] = []
        self.fields: list[list[str]] = []
        self.numbers: dict[bytes, int] = {}
        self.last = ""

    def structure(self, part: Stretch) -> None:
        stack = self.stack
        for name in part.closes:
            if not stack or stack.pop() != name:
                raise NotWellFormed(f"</{name.decode()}> closes what it did not open")
        if part.first and stack and not fits(stack[-1], part.first):
            raise NotWellFormed(f"<{part.first.decode()}> in <{stack[-1].decode()}>")
        stack += part.opens
        for step, detail in part.steps:
            _STEPS[step](self, detail)

    def piece(self, piece: bytes) -> None:
        kind = piece[3:4]
        if kind == b"b":
            self._bookmark(piece)
        elif kind == b"t":
            self._text(piece)
        elif self.fields:
            self.fields[-1][1] += piece[piece.index(b">") + 1 : -14].decode()

    def _text(self, piece: bytes) -> None:
        if self.stack[-1] != b"w:r":
            raise NotWellFormed(f"<w:t> in <{self.stack[-1].decode()}>")
        if self.fields and not self._shows():
            return
        text = piece[piece.index(b">") + 1 : -6].decode()
        if "&" in text:
            text = _plain(text)
        if self.paragraphs:
            self.paragraphs[-1].words.append(text)

    def _shows(self) -> bool:
        """Is the text here the result of a field that is read by its result?"""
        return all(one[0] == "result" for one in self.fields)

    def _bookmark(self, piece: bytes) -> None:
        found = _MARK.fullmatch(piece) or _ANY_MARK.fullmatch(piece)
        if not found:
            raise NotWellFormed("a bookmark without a number")
        if found[3]:
            self.numbers[found[3]] = self.numbers.get(found[3], 0) + _ENDED
        else:
            self._mark(found[1], found[2].decode())

    def _mark(self, number: bytes, name: str) -> None:
        self.numbers[number] = self.numbers.get(number, 0) + 1
        self.reading.names[name] += 1
        if name.startswith(MARK_PREFIX) and self.paragraphs and not self.paragraphs[-1].mark:
            self.paragraphs[-1].mark = name

    def open_paragraph(self, _detail: str) -> None:
        self.paragraphs.append(_Paragraph())

    def close_paragraph(self, _detail: str) -> None:
        paragraph = self.paragraphs.pop()
        words = paragraph.words
        text = words[0] if len(words) == 1 else "".join(words)
        self.last = "paragraph"
        if self.cells and not self.paragraphs:
            row = self.rows[-1]
            if not row.cells and not self.cells[-1]:
                row.mark = paragraph.mark
            self.cells[-1].append(text)
        else:
            self.reading.items.append(Item(paragraph.mark, (text,)))

    def open_table(self, _detail: str) -> None:
        self.tables.append(_Table(self.reading.tables))
        self.reading.tables += 1

    def close_table(self, _detail: str) -> None:
        table = self.tables.pop()
        self.last = "table"
        if not table.rows:
            self.reading.faults.append(("P905", "a table without rows"))
        for width, text in table.rows:
            if width != table.columns:
                self.reading.faults.append(("P906", text))

    def open_row(self, _detail: str) -> None:
        self.rows.append(_Row())

    def close_row(self, _detail: str) -> None:
        row = self.rows.pop()
        if not row.cells:
            self.reading.faults.append(("P905", "a table row without cells"))
        self.tables[-1].rows.append((row.width, row.cells[0] if row.cells else ""))
        self.reading.items.append(Item(row.mark, tuple(row.cells), self.tables[-1].number))

    def open_cell(self, _detail: str) -> None:
        self.cells.append([])
        self.rows[-1].width += 1
        self.last = ""

    def close_cell(self, _detail: str) -> None:
        if self.last != "paragraph":
            self.reading.faults.append(("P904", " ".join(self.rows[-1].cells)))
        texts = self.cells.pop()
        self.rows[-1].cells.append(texts[0] if len(texts) == 1 else "\n".join(texts))

    def column(self, _detail: str) -> None:
        if self.tables:
            self.tables[-1].columns += 1

    def span(self, number: str) -> None:
        if self.rows:
            self.rows[-1].width += int(number) - 1

    def skip(self, number: str) -> None:
        if self.rows:
            self.rows[-1].width += int(number)

    def tab(self, _detail: str) -> None:
        self._put("\t")

    def line_break(self, _detail: str) -> None:
        self._put("\n")

    def _put(self, text: str) -> None:
        if self.paragraphs and (not self.fields or self._shows()):
            self.paragraphs[-1].words.append(text)

    def field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(["code", ""])
        elif not self.fields:
            self.reading.faults.append(("P908", "a field that ends without a beginning"))
        elif kind == "separate":
            self._result()
        elif kind == "end":
            self.fields.pop()

    def _result(self) -> None:
        reference = _REFERENCE.match(self.fields[-1][1])
        self.fields[-1][0] = "result"
        if reference:
            self.reading.references.append(reference[1])
            self._put(f"[[{reference[1]}]]")
            self.fields[-1][0] = "named"

    def section(self, tag: str) -> None:
        self.reading.sections.append(tag)

    def finished(self) -> Reading:
        if self.stack:
            raise NotWellFormed(f"<{self.stack[-1].decode()}> is never closed")
        if self.fields:
            self.reading.faults.append(("P908", "a field that is begun and never ended"))
        if any(count != _ENDED + 1 for count in self.numbers.values()):
            self.reading.faults.append(("P907", "a bookmark number used twice, or a bookmark without an end"))
        return self.reading


def _plain(text: str) -> str:
    return _ENTITY.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    name = found[1]
    if name.startswith("#"):
        digits = name[1:].removesuffix(";")
        return chr(int(digits[1:], 16) if digits.startswith("x") else int(digits))
    if name not in _ENTITIES:
        raise NotWellFormed(f"&{name}")
    return _ENTITIES[name]


_STEPS: dict[str, Callable[[_Reader, str], None]] = {
    "w:p": _Reader.open_paragraph, "/w:p": _Reader.close_paragraph, "w:tbl": _Reader.open_table,
    "/w:tbl": _Reader.close_table, "w:tr": _Reader.open_row, "/w:tr": _Reader.close_row, "w:tc": _Reader.open_cell,
    "/w:tc": _Reader.close_cell, "column": _Reader.column, "span": _Reader.span, "skip": _Reader.skip,
    "tab": _Reader.tab, "break": _Reader.line_break, "field": _Reader.field, "section": _Reader.section,
}  # fmt: skip
