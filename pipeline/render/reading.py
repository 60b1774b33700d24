"""A finished part read back from its bytes: paragraphs and rows with their marks and texts, as a reader sees them.

It shares nothing with what wrote the part: its own tokens, its own rules of what may stand where.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.baseline import MARK_PREFIX
from pipeline.render.grammar import NotWellFormed, after
from pipeline.render.seen import Item, Reading, TableSeen, plain

_PIECES = re.compile(
    rb'<w:(?:bookmarkStart w:id="(\d++)" w:name="([^"<&]++)"/>(?:<w:r><w:t xml:space="preserve">([^<]*+)</w:t></w:r>)?+'
    rb'|r><w:t xml:space="preserve">([^<]*+)</w:t></w:r>'
    rb'|bookmarkEnd w:id="(\d++)"/>|t(?: [^<>]*+)?+>([^<]*+)</w:t>|instrText[^<>]*+>([^<]*+)</w:instrText>)'
)  # all alternatives start alike: that keeps the search quick
_GROUPS = 8  # a piece has seven groups, and the stretch after it
_REFERENCE = re.compile(rf"\s*REF\s+({MARK_PREFIX}\w+)\s".encode())
_OURS = MARK_PREFIX.encode()
_IN_PARAGRAPH = (b"/w:p", b"/w:hyperlink", b"/w:sdtContent", b"/w:ins", b"/w:smartTag")


def read_back(xml: bytes) -> Reading:
    """The part's content. Raises NotWellFormed, or UnicodeDecodeError where it is not UTF-8."""
    reader = _Reader()
    pieces = _PIECES.split(xml)
    path = reader.structure(b"", pieces[0])
    for at in range(1, len(pieces), _GROUPS):
        number, name, marked_run, run, end, text, code, stretch = pieces[at : at + _GROUPS]
        if number is not None:
            reader.mark(number, name)
            run = marked_run
        elif end is not None:
            reader.ends.append(end)
        elif code is not None:
            reader.code(code)
        if run is not None and path.endswith(_IN_PARAGRAPH):
            reader.put(run)
        elif text is not None and path.endswith(b"/w:r"):
            reader.put(text)
        elif run is not None or text is not None:
            raise NotWellFormed(f"text stands where it may not, in {path.decode()}")
        if stretch:
            path, steps = after(path, stretch)
            for step, detail in steps:
                _STEPS[step](reader, detail)
    return reader.finished(path)


class _Reader:
    __slots__ = ("ends", "fields", "last", "named", "outer", "reading", "starts", "tables", "words")

    def __init__(self) -> None:
        self.reading = Reading()
        self.words: list[bytes] = []
        self.named = b""
        self.outer: list[tuple[list[bytes], bytes]] = []
        self.tables: list[TableSeen] = []
        self.fields: list[list[bytes]] = []
        self.starts: list[bytes] = []
        self.ends: list[bytes] = []
        self.last = ""

    def structure(self, path: bytes, stretch: bytes) -> bytes:
        """Takes the steps of a stretch; the path behind it."""
        path, steps = after(path, stretch)
        for step, detail in steps:
            _STEPS[step](self, detail)
        return path

    def put(self, text: bytes) -> None:
        """Adds text to the paragraph, unless it is a field's code or the result of one that is read by its name."""
        if not self.fields or all(one[0] == b"result" for one in self.fields):
            self.words.append(text)

    def mark(self, number: bytes, name: bytes) -> None:
        """The start of a bookmark."""
        self.starts.append(number)
        self.reading.names.append(name)
        if not self.named and name.startswith(_OURS):
            self.named = name

    def code(self, text: bytes) -> None:
        """A piece of a field's code."""
        if self.fields:
            self.fields[-1][1] += text

    def open_paragraph(self, _detail: str) -> None:
        self.outer.append((self.words, self.named))
        self.words, self.named = [], b""

    def close_paragraph(self, _detail: str) -> None:
        text, named = self._text(), self.named
        self.words, self.named = self.outer.pop()
        self.last = "w:p"
        if self.tables and not self.outer:
            table = self.tables[-1]
            if not table.cells and not table.texts:
                table.mark = named
            table.texts.append(text)
        else:
            self.reading.items.append(Item(named, (text,), -1))

    def _text(self) -> str:
        words = self.words
        text = (words[0] if len(words) == 1 else b"".join(words)).decode()
        return plain(text) if "&" in text else text

    def next_cell(self, _detail: str) -> None:
        """A paragraph and its cell end, and the next ones begin: by far the commonest steps of a long table."""
        table = self.tables[-1]
        text = self._text()
        if not table.cells and not table.texts:
            table.mark = self.named
        table.cells.append("\n".join((*table.texts, text)) if table.texts else text)
        table.texts = []
        table.width += 1
        self.words, self.named = [], b""

    def open_table(self, _detail: str) -> None:
        self.tables.append(TableSeen(self.reading.tables))
        self.reading.tables += 1

    def close_table(self, _detail: str) -> None:
        table = self.tables.pop()
        self.last = "w:tbl"
        if not table.rows:
            self.reading.faults.append(("P905", "a table without rows"))

    def open_row(self, _detail: str) -> None:
        table = self.tables[-1]
        table.cells, table.width, table.mark = [], 0, b""

    def close_row(self, _detail: str) -> None:
        table = self.tables[-1]
        table.rows += 1
        cells = tuple(table.cells)
        if not cells:
            self.reading.faults.append(("P905", "a table row without cells"))
        elif table.width != table.columns:
            self.reading.faults.append(("P906", cells[0]))
        self.reading.items.append(Item(table.mark, cells, table.number))

    def open_cell(self, _detail: str) -> None:
        table = self.tables[-1]
        table.width += 1
        table.texts = []
        self.last = ""

    def close_cell(self, _detail: str) -> None:
        table = self.tables[-1]
        if self.last != "w:p":
            self.reading.faults.append(("P904", " ".join(table.cells)))
        table.cells.append(table.texts[0] if len(table.texts) == 1 else "\n".join(table.texts))

    def column(self, _detail: str) -> None:
        if self.tables:
            self.tables[-1].columns += 1

    def span(self, number: str) -> None:
        if self.tables:
            self.tables[-1].width += int(number) - 1

    def skip(self, number: str) -> None:
        if self.tables:
            self.tables[-1].width += int(number)

    def tab(self, _detail: str) -> None:
        self.put(b"\t")

    def line_break(self, _detail: str) -> None:
        self.put(b"\n")

    def field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append([b"code", b""])
        elif not self.fields:
            self.reading.faults.append(("P908", "a field that ends without a beginning"))
        elif kind == "separate":
            self._result()
        elif kind == "end":
            self.fields.pop()

    def _result(self) -> None:
        reference = _REFERENCE.match(self.fields[-1][1])
        self.fields[-1][0] = b"result"
        if reference:
            self.reading.references.append(reference[1])
            self.put(b"[[%b]]" % reference[1])
            self.fields[-1][0] = b"named"

    def section(self, tag: str) -> None:
        self.reading.sections.append(tag)

    def finished(self, path: bytes) -> Reading:
        """The reading, once everything that was opened is closed."""
        if path:
            raise NotWellFormed(f"{path.decode()} is never closed")
        if self.fields:
            self.reading.faults.append(("P908", "a field that is begun and never ended"))
        numbers = set(self.starts)
        if len(numbers) < len(self.starts) or len(self.ends) != len(self.starts) or numbers != set(self.ends):
            self.reading.faults.append(("P907", "a bookmark number used twice, or a bookmark without an end"))
        return self.reading


_STEPS: dict[str, Callable[[_Reader, str], None]] = {
    "w:p": _Reader.open_paragraph, "/w:p": _Reader.close_paragraph, "w:tbl": _Reader.open_table,
    "/w:tbl": _Reader.close_table, "w:tr": _Reader.open_row, "/w:tr": _Reader.close_row, "w:tc": _Reader.open_cell,
    "/w:tc": _Reader.close_cell, "column": _Reader.column, "span": _Reader.span, "next cell": _Reader.next_cell,
    "skip": _Reader.skip, "tab": _Reader.tab, "break": _Reader.line_break, "field": _Reader.field,
    "section": _Reader.section,
}  # fmt: skip
