"""What this package adds to a patched template before Jinja compiles it: identity marks, and rows kept together.

Work on the token stream, with the open loops known: a paragraph in a loop over a section is named by the block it
prints, a row in a loop over rows by its row, everything else by its text in the template. A paragraph or row that
some other loop repeats has no name that would last, and gets no mark.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from pipeline.baseline import MARK_PREFIX
from pipeline.render.keys import Keys, Loop, Paragraph, Row, direct, loop_of
from pipeline.render.tags import ACROSS, element, statement, tokens

_EMPTY_RUN = re.compile(
    r"<w:r(?: [^>]*)?>(?:<w:rPr/>|<w:rPr>(?:(?!</w:rPr>|<w:r[ >]).)*</w:rPr>)?<w:t(?: [^>]*)?>(?:</w:t>)</w:r>",
    re.DOTALL,
)
_OLD_START = re.compile(rf'<w:bookmarkStart (?=[^>]*w:name="{MARK_PREFIX})[^>]*?w:id="(\d+)"[^>]*/>')
_OLD_END = re.compile(r'<w:bookmarkEnd [^>]*?w:id="(\d+)"[^>]*/>')


@dataclass(frozen=True, slots=True)
class Marked:
    """The template with marks: its keys in order (`template/…`), those repeated for each block, and the numbering."""

    source: str
    keys: tuple[str, ...]
    repeated: tuple[str, ...]
    first: int
    stride: int
    blocks: frozenset[str]


def marked(source: str, first_number: int) -> Marked:
    """The body of a paper with identity marks; `first_number` is above every bookmark number of the template."""
    scan = _Scan(list(tokens(_EMPTY_RUN.sub("", without_marks(source)))), first_number)
    scan.run()
    keys = scan.keys
    return Marked(
        source="".join(scan.out), keys=tuple(keys.fixed), repeated=tuple(keys.repeated),
        first=first_number + len(keys.fixed), stride=len(keys.repeated) + 1,
        blocks=frozenset(scan.blocks - scan.others),
    )  # fmt: skip


def without_marks(source: str) -> str:
    """The template without marks of an earlier paper that it was made from."""
    old = set(_OLD_START.findall(source))
    return _OLD_END.sub(lambda end: "" if end[1] in old else end[0], _OLD_START.sub("", source)) if old else source


class _Scan:
    """One pass over the tokens. `out` is the result: tokens, to which insertions are appended in place."""

    def __init__(self, stream: list[str], first_number: int) -> None:
        self.out = stream
        self.keys = Keys(first_number)
        self.rows_of: Counter[int] = Counter()
        self.loops: list[Loop] = []
        self.blocks: set[str] = set()
        self.others: set[str] = set()
        self.open: list[str] = []
        self.tables: list[tuple[int, list[bool]]] = []
        self.rows: list[Row] = []
        self.paragraphs: list[Paragraph] = []

    def run(self) -> None:
        for at, token in enumerate(self.out):
            if token.startswith("{%"):
                self._statement(token, at)
            elif token.startswith("<"):
                self._element(element(token), token, at)
            elif self.paragraphs:
                self.paragraphs[-1].words.append(token if not token.startswith("{{") else f" {statement(token)} ")

    def _statement(self, token: str, at: int) -> None:
        if self.open and self.open[-1] == "w:tr":
            self.tables[-1][1].append(True)
        word = statement(token).split(None, 1)[0] if statement(token) else ""
        if word == "for":
            loop = loop_of(token, at, tuple(self.loops))
            self.loops.append(loop)
            (self.blocks if loop.kind == "section" else self.others).add(loop.variable)
        elif word == "endfor" and self.loops:
            self.loops.pop()

    def _element(self, name: str, token: str, at: int) -> None:
        handle = _HANDLERS.get(name)
        if handle is not None:
            handle(self, token, at)

    def open_table(self, _token: str, at: int) -> None:
        self.open.append("w:tbl")
        self.tables.append((at, []))

    def close_table(self, _token: str, _at: int) -> None:
        at, changing = self.tables.pop()
        self.open.pop()
        if changing and not self.tables:
            self.out[at] = self.out[at].replace("<w:tbl", f'<w:tbl {ACROSS}="1"', 1)

    def open_row(self, _token: str, _at: int) -> None:
        self.open.append("w:tr")
        self.rows.append(Row(tuple(self.loops)))

    def heading_row(self, _token: str, _at: int) -> None:
        if self.rows:
            self.rows[-1].heading = True

    def close_row(self, _token: str, _at: int) -> None:
        row = self.rows.pop()
        self.open.pop()
        looped = row.loops[-1] if row.loops and row.loops[-1].kind == "rows" else None
        self._keep(row, looped)
        if row.first is not None:
            self._mark(row.first, row.loops, " ".join(" ".join(p.words) for p in row.paragraphs), looped)

    def _keep(self, row: Row, looped: Loop | None) -> None:
        if row.heading:
            for paragraph in row.paragraphs:
                self._property(paragraph, "<w:keepNext/>")
        elif looped and row.first is not None:
            names = re.findall(rf"\b{looped.variable}\.(\w+)", " ".join(row.first.words))
            if names and not self.rows_of[looped.at]:
                self._group(looped, names)
            for paragraph in row.paragraphs:
                self._property(paragraph, f"{{{{ {looped.variable}._cp_keep }}}}")

    def _group(self, loop: Loop, names: list[str]) -> None:
        wanted = ", ".join(f"'{name}'" for name in dict.fromkeys(names))
        self.out[loop.at] = self.out[loop.at].replace(".rows", f".rows|_cp_rows({wanted})", 1)

    def open_cell(self, _token: str, _at: int) -> None:
        self.open.append("w:tc")
        if self.rows:
            self.rows[-1].cells += 1

    def close(self, _token: str, _at: int) -> None:
        self.open.pop()

    def open_box(self, _token: str, _at: int) -> None:
        self.open.append("box")

    def open_paragraph(self, _token: str, at: int) -> None:
        self.paragraphs.append(Paragraph(at, tuple(self.loops)))

    def empty_paragraph(self, token: str, at: int) -> None:
        if self.rows and self.open[-1] == "w:tc" and self.rows[-1].first is None:
            self.out[at] = token[:-2].rstrip() + "></w:p>"
            paragraph = Paragraph(at, tuple(self.loops), end=at)
            self.rows[-1].first = paragraph

    def properties(self, _token: str, at: int) -> None:
        if self.paragraphs:
            paragraph = self.paragraphs[-1]
            paragraph.depth += 1
            if paragraph.depth == 1 and paragraph.properties_at < 0:
                paragraph.properties_at = at

    def style(self, _token: str, at: int) -> None:
        if self.paragraphs and self.paragraphs[-1].depth == 1:
            self.paragraphs[-1].style_at = at

    def kept(self, _token: str, _at: int) -> None:
        if self.paragraphs:
            self.paragraphs[-1].kept = True

    def close_properties(self, _token: str, at: int) -> None:
        if self.paragraphs:
            self.paragraphs[-1].depth -= 1
            if not self.paragraphs[-1].depth:
                self.paragraphs[-1].at = at

    def close_paragraph(self, _token: str, at: int) -> None:
        paragraph = self.paragraphs.pop()
        paragraph.end = at
        if "box" in self.open:
            return
        if self.open and self.open[-1] == "w:tc":
            self._in_cell(paragraph)
        elif not self.open:
            looped = paragraph.loops[-1] if paragraph.loops and paragraph.loops[-1].kind == "rows" else None
            self._mark(paragraph, paragraph.loops, " ".join(paragraph.words), looped)

    def _in_cell(self, paragraph: Paragraph) -> None:
        row = self.rows[-1]
        row.paragraphs.append(paragraph)
        if row.first is None and row.cells == 1:
            row.first = paragraph

    def _property(self, paragraph: Paragraph, xml: str) -> None:
        if paragraph.kept or paragraph.end == paragraph.at:
            return
        if paragraph.style_at >= 0:
            self.out[paragraph.style_at] += xml
        elif paragraph.properties_at >= 0:
            self.out[paragraph.properties_at] += xml
        else:
            self.out[paragraph.at] += f"<w:pPr>{xml}</w:pPr>"

    def _mark(self, paragraph: Paragraph, loops: tuple[Loop, ...], words: str, looped: Loop | None) -> None:
        mark = self._mark_for(loops, words, looped, " ".join(paragraph.words))
        if mark is None:
            return
        start, end = mark
        if len(paragraph.loops) > len(loops):  # the first cell itself is repeated: only its first copy is the row's
            cells = paragraph.loops[-1]
            first = f"{cells.variable}._cp_first" if cells.kind == "rows" else "loop.first"
            start, end = (f"{{% if {first} %}}{part}{{% endif %}}" for part in (start, end))
        if paragraph.at == paragraph.end:
            self.out[paragraph.at] = self.out[paragraph.at].replace("</w:p>", f"{start}{end}</w:p>")
        else:
            self.out[paragraph.at] += start
            self.out[paragraph.end] = end + self.out[paragraph.end]

    def _mark_for(self, loops: tuple[Loop, ...], words: str, looped: Loop | None, own: str) -> tuple[str, str] | None:
        if not loops:
            return self.keys.for_static(words)
        inner = loops[-1]
        if looped:
            self.rows_of[looped.at] += 1
            if self.rows_of[looped.at] == 1:
                return direct(looped.variable)
            return self.keys.for_repeated(f"row {self.rows_of[looped.at]}", looped.variable)
        if inner.kind != "section":
            return None
        if re.search(rf"\b{inner.variable}\.text\b", own):
            return direct(inner.variable)
        return self.keys.for_repeated(words, inner.variable)


_HANDLERS = {
    "w:tbl": _Scan.open_table, "/w:tbl": _Scan.close_table, "w:tr": _Scan.open_row, "/w:tr": _Scan.close_row,
    "w:tblHeader/": _Scan.heading_row, "w:tc": _Scan.open_cell, "/w:tc": _Scan.close, "w:txbxContent": _Scan.open_box,
    "/w:txbxContent": _Scan.close, "w:p": _Scan.open_paragraph, "/w:p": _Scan.close_paragraph,
    "w:p/": _Scan.empty_paragraph, "w:pPr": _Scan.properties, "/w:pPr": _Scan.close_properties,
    "w:pStyle/": _Scan.style, "w:keepNext/": _Scan.kept,
}  # fmt: skip
