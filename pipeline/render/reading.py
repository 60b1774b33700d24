"""A finished part read back from its bytes: paragraphs and rows with their marks and texts, as a reader sees them.

It shares nothing with what wrote the part: its own tokens, its own rules of what may stand where.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from pipeline.baseline import MARK_PREFIX
from pipeline.render.grammar import Behind, NotWellFormed, behind
from pipeline.render.seen import Item, Reading, TableSeen, plain

_RUN = rb'r><w:t(?: xml:space="preserve")?>([^<]*)</w:t></w:r>'
_END = rb'bookmarkEnd w:id="(\d+)"/>'
_PIECES = re.compile(
    rb'<w:(?:bookmarkStart w:id="(\d+)" w:name="([^"<&]+)"/>(?:<w:%b)?(?:<w:%b)?' % (_RUN, _END)
    + rb"|%b(?:<w:%b)?|%b|t(?: [^<>]*)?>([^<]*)</w:t>|instrText[^<>]*>([^<]*)</w:instrText>)" % (_RUN, _END, _END)
)  # all alternatives start alike: that keeps the search quick
_GROUPS = 10  # a piece has nine groups, and the stretch after it
_REFERENCE = re.compile(rf"\s*REF\s+({MARK_PREFIX}\w+)\s".encode())
_OURS = MARK_PREFIX.encode()
_LAST = 64  # bytes


def read_back(chunks: Iterable[bytes]) -> Reading:
    """The content of a part that comes in chunks, each cut between two tags.

    Raises NotWellFormed, or UnicodeDecodeError where it is not UTF-8.
    """
    reader, place = _Reader(), behind(b"", b"")
    for chunk in chunks:
        place = reader.read(place, chunk)
    return reader.finished(place.path)


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

    def read(self, place: Behind, chunk: bytes) -> Behind:
        """Reads a chunk that begins at a place; the place behind it."""
        names, starts, ends, fields = self.reading.names, self.starts, self.ends, self.fields
        self.reading.end = (self.reading.end + chunk)[-_LAST:] if len(chunk) < _LAST else chunk[-_LAST:]
        pieces = iter(_PIECES.split(chunk))
        place = self.take(behind(place.path, next(pieces)))
        for number, name, marked, marked_end, run, run_end, end, text, code, stretch in zip(*[pieces] * _GROUPS):  # noqa: B905 (a split is whole)
            if number is not None:
                starts.append(number)
                names.append(name)
                if not self.named and name.startswith(_OURS):
                    self.named = name
            said = marked if run is None else run
            if (said is not None and place.runs) or (text is not None and place.texts):
                (self.put if fields else self.words.append)(text if said is None else said)
            elif said is not None or text is not None:
                raise NotWellFormed(f"text stands where it may not, in {place.path.decode()}")
            elif code is not None:
                self.code(code)
            if ended := marked_end or run_end or end:
                ends.append(ended)
            if stretch:
                place = self.take(behind(place.path, stretch))
        return place

    def take(self, place: Behind) -> Behind:
        """Takes the steps that lead to a place."""
        for step, detail in place.steps:
            _STEPS[step](self, detail)
        return place

    def put(self, text: bytes) -> None:
        """Adds text to the paragraph, unless it is a field's code or the result of one that is read by its name."""
        if not self.fields or all(one[0] == b"result" for one in self.fields):
            self.words.append(text)

    def code(self, text: bytes) -> None:
        """A piece of a field's code."""
        if self.fields:
            self.fields[-1][1] += text

    def open_paragraph(self, _detail: str) -> None:
        self.outer.append((self.words, self.named))
        self.words, self.named = [], b""

    def close_paragraph(self, _detail: str) -> None:
        outer = self.outer.pop()
        self._say(nested=bool(self.outer))
        self.words, self.named = outer

    def next_paragraph(self, _detail: str) -> None:
        """A paragraph ends, and one beside it begins."""
        self._say(nested=len(self.outer) > 1)
        self.words, self.named = [], b""

    def _say(self, *, nested: bool) -> None:
        self.last = "w:p"
        if not self.tables or nested:
            self.reading.items.append(Item(self.named, (self._text(),), -1))
            return
        table = self.tables[-1]
        if not table.cells and not table.texts:
            table.mark = self.named
        table.texts.append(self._text())

    def _text(self) -> str:
        words = self.words
        text = (words[0] if len(words) == 1 else b"".join(words)).decode()
        return plain(text) if "&" in text else text

    def next_cell(self, _detail: str) -> None:
        """A paragraph and its cell end, and the next ones begin: by far the commonest steps of a long table."""
        self._end_cell()
        self.tables[-1].width += 1

    def next_row(self, _detail: str) -> None:
        """The same for a row."""
        self._end_cell()
        self.close_row("")
        self.open_row("")
        self.tables[-1].width = 1

    def _end_cell(self) -> None:
        table, text = self.tables[-1], self._text()
        if not table.cells and not table.texts:
            table.mark = self.named
        table.cells.append("\n".join((*table.texts, text)) if table.texts else text)
        table.texts = []
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
    "/w:tc": _Reader.close_cell, "column": _Reader.column, "span": _Reader.span,
    "next paragraph": _Reader.next_paragraph, "next cell": _Reader.next_cell, "next row": _Reader.next_row,
    "skip": _Reader.skip, "tab": _Reader.tab, "break": _Reader.line_break, "field": _Reader.field,
    "section": _Reader.section,
}  # fmt: skip
