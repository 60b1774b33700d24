"""What this package adds to a patched template before it is compiled: identity marks, and rows kept together.

Work on the template's tree, in which an element stands for each tag, with the open loops known: a paragraph in a loop
over a section is named by the block it prints, a row in a loop over rows by its row, everything else by its text in the
template. A paragraph or row that some other loop repeats has no name that would last, and gets no mark.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from lxml import etree

from pipeline.opc import Element, parse, serialise
from pipeline.render.keys import Keys, Loop, direct, loop_of
from pipeline.render.layout import lay_out
from pipeline.render.listed import fill_places, hold_places
from pipeline.render.tags import ACROSS, statement, tokens
from pipeline.render.tidy import clean
from pipeline.word.xml import CELL, PARAGRAPH, ROW, TABLE, make, qn

_TAG, _NUMBER = "tag", "n"
_IN_ATTRIBUTE = re.compile(r"\{\{(?:(?!\{\{).)*?\}\}|\{%(?:(?!\{%).)*?%\}", re.DOTALL)
_PLACE = re.compile(rf'<{_TAG} {_NUMBER}="(\d+)"/>|\ue000(\d+)\ue001')
_BOX, _LOOK, _STYLE, _KEPT = map(qn, ("w:txbxContent", "w:pPr", "w:pStyle", "w:keepNext"))
_START, _END, _RUN_LOOK = map(qn, ("w:bookmarkStart", "w:bookmarkEnd", "w:rPr"))


@dataclass(frozen=True, slots=True)
class Marked:
    """The template with marks: its keys in order (`template/…`), and the numbering."""

    source: str
    keys: tuple[str, ...]
    first: int
    stride: int


def marked(source: str, first_number: int, spaced: Collection[str], headings: Mapping[str, int]) -> Marked:
    """The body of a paper with identity marks, laid out; `first_number` is above every bookmark number of the template,
    `spaced` are the styles that have space above of their own, `headings` the levels of those that are headings, with 0
    for that of notes.

    Raises Unsound where the template, its tags aside, is no XML.
    """
    work = _Marking(source, first_number)
    work.run()
    hold_places(work.blocks)
    lay_out(work.root, lambda said: work.element(f"{{{{ _cp_{said} }}}}"), spaced)
    fill_places(work.root, work.blocks, work.element, headings)
    keys = work.keys
    return Marked(
        source=work.text(),
        keys=tuple(keys.fixed),
        first=first_number + len(keys.fixed),
        stride=len(keys.repeated) + 1,
    )


class _Marking:
    """A template's tree and, by the numbers of the elements that stand for them, its tags."""

    def __init__(self, source: str, first_number: int) -> None:
        self.tags: list[str] = []
        self.root = parse("".join(map(self.taken_out, tokens(source))).encode())
        self.keys = Keys(first_number)
        self.rows_of: Counter[int] = Counter()
        self.branches: list[tuple[Counter[int], Counter[int]]] = []
        self.loops: list[Loop] = []
        self.loops_at: dict[Element, tuple[Loop, ...]] = {}
        self.empty = {paragraph for paragraph in self.root.iter(PARAGRAPH) if not len(paragraph)}
        clean(self.root)
        self.blocks = dict[Element, str]()

    def taken_out(self, token: str) -> str:
        """A token of the template, with something that XML can hold in the place of a tag."""
        if token.startswith("{"):
            return f'<{_TAG} {_NUMBER}="{self.number_of(token)}"/>'
        if not token.startswith("<"):
            return token
        return _IN_ATTRIBUTE.sub(lambda found: f"\ue000{self.number_of(found[0])}\ue001", token)

    def number_of(self, tag: str) -> int:
        self.tags.append(tag)
        return len(self.tags) - 1

    def tag_of(self, element: Element) -> str:
        return self.tags[int(element.get(_NUMBER, ""))]

    def text(self) -> str:
        """The template with its tags, and what was put into it."""
        return _PLACE.sub(lambda found: self.tags[int(found[1] or found[2])], serialise(self.root).decode())

    def run(self) -> None:
        for event, element in list(etree.iterwalk(self.root, events=("start", "end"))):
            if event == "start" and element.tag == _TAG:
                self.statement(element)
            elif event == "start" and element.tag in (PARAGRAPH, ROW):
                self.loops_at[element] = tuple(self.loops)
            elif event == "end" and element.tag in (PARAGRAPH, ROW) and not _is_in(element, _BOX):
                (self.row if element.tag == ROW else self.paragraph)(element)

    def statement(self, element: Element) -> None:
        tag = self.tag_of(element)
        if not tag.startswith("{%"):
            return
        _mark_across(element)
        word = statement(tag).split(None, 1)[0] if statement(tag) else ""
        if word == "for":
            self.loops.append(loop_of(tag, int(element.get(_NUMBER, "")), tuple(self.loops)))
        elif word == "endfor" and self.loops:
            self.loops.pop()
        else:
            self.branch(word)

    def branch(self, word: str) -> None:
        """Rows of which only one is printed share a place: whichever it is, it is the record's own row."""
        if word == "if":
            self.branches.append((Counter(self.rows_of), Counter(self.rows_of)))
        elif word in ("elif", "else", "endif") and self.branches:
            before, most = self.branches.pop()
            most |= self.rows_of
            self.rows_of = Counter(most if word == "endif" else before)
            if word != "endif":
                self.branches.append((before, most))

    def paragraph(self, paragraph: Element) -> None:
        """A paragraph of the text; those of a row are marked with it, unless they are blocks of a section."""
        loops, row = self.loops_at[paragraph], next(paragraph.iterancestors(ROW), None)
        inside = loops if row is None else loops[len(self.loops_at[row]) :]
        if paragraph not in self.empty and (row is None or (inside and inside[-1].kind == "section")):
            words = self.words(paragraph)
            self.mark(paragraph, loops, words, _looped(loops), words)
            if loops and loops[-1].kind == "section" and re.search(rf"\b{loops[-1].variable}\.text\b", words):
                self.blocks[paragraph] = loops[-1].variable

    def row(self, row: Element) -> None:
        held = [each for each in row.iter(PARAGRAPH) if next(each.iterancestors(ROW, _BOX)) is row]
        loops, first_cell = self.loops_at[row], next(row.iter(CELL), None)
        looped = _looped(loops)
        first = next((p for p in held if self.loops_at[p] == loops), None) if self.holds_blocks(held, loops) else None
        first = next((p for p in held if next(p.iterancestors(CELL)) is first_cell), None) if first is None else first
        words = " ".join(map(self.words, held))
        self.keep(row, held, first, looped)
        if first is not None:
            self.mark(first, loops, words, looped, self.words(first))

    def holds_blocks(self, held: list[Element], loops: tuple[Loop, ...]) -> bool:
        """Are there paragraphs in a row that are blocks of a section?"""
        return any(loop.kind == "section" for each in held for loop in self.loops_at[each][len(loops) :])

    def words(self, paragraph: Element) -> str:
        """What a paragraph says in the template, its printing tags by what they print."""
        return " ".join(self.pieces(paragraph))

    def pieces(self, element: Element) -> Iterator[str]:
        if element.text:
            yield escape(element.text)
        for child in element:
            if child.tag == _TAG:
                tag = self.tag_of(child)
                if not tag.startswith("{%") and "_cp_" not in tag:
                    yield f" {statement(tag)} " if tag.startswith("{{") else tag
            elif child.tag != PARAGRAPH:
                yield from self.pieces(child)
            if child.tail:
                yield escape(child.tail)

    def keep(self, row: Element, held: list[Element], first: Element | None, looped: Loop | None) -> None:
        """Keeps a heading row with the next, and the rows of a group together."""
        if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None:
            for paragraph in held:
                self.keep_with_next(paragraph, make("w:keepNext"))
        elif looped and first is not None:
            names = re.findall(rf"\b{looped.variable}\.(\w+)", self.words(first))
            if names and "_cp_rows" not in self.tags[looped.at]:
                wanted = ", ".join(f"'{name}'" for name in dict.fromkeys(names))
                self.tags[looped.at] = self.tags[looped.at].replace(".rows", f".rows|_cp_rows({wanted})", 1)
            for paragraph in held:
                self.keep_with_next(paragraph, self.element(f"{{{{ {looped.variable}._cp_keep }}}}"))

    def keep_with_next(self, paragraph: Element, kept: Element) -> None:
        look = paragraph.find(_LOOK)
        if paragraph in self.empty or (look is not None and look.find(_KEPT) is not None):
            return
        if look is None:
            look = make("w:pPr")
            paragraph.insert(0, look)
        look.insert(1 if look.find(_STYLE) is not None else 0, kept)

    def element(self, tag: str) -> Element:
        """An element that stands for a tag, or for anything else that is to be put in as it is."""
        return etree.Element(_TAG, {_NUMBER: str(self.number_of(tag))})

    def mark(self, paragraph: Element, loops: tuple[Loop, ...], words: str, looped: Loop | None, own: str) -> None:
        """Puts the mark around a paragraph that names it, or the row that it begins."""
        if (mark := self.mark_for(loops, words, looped, own)) is None:
            return
        inside = self.loops_at[paragraph]
        if len(inside) > len(loops):  # the first cell itself is repeated: only its first copy is the row's
            first = f"{inside[-1].variable}._cp_first" if inside[-1].kind == "rows" else "loop.first"
            mark = tuple(f"{{% if {first} %}}{part}{{% endif %}}" for part in mark)
        start, end = map(self.element, mark)
        paragraph.insert(0 if paragraph.find(_LOOK) is None else 1, start)
        paragraph.append(end)

    def mark_for(self, loops: tuple[Loop, ...], words: str, looped: Loop | None, own: str) -> tuple[str, ...] | None:
        if not loops:
            return self.keys.for_static(words)
        inner = loops[-1]
        if looped:
            self.rows_of[looped.at] += 1
            if self.rows_of[looped.at] == 1:
                return direct(looped.variable)
            return self.keys.for_repeated(f"row {self.rows_of[looped.at]}", looped.variable)
        if inner.kind not in ("section", "groups"):
            return None
        if re.search(rf"\b{inner.variable}\.text\b", own):
            return direct(inner.variable)
        return self.keys.for_repeated(words, inner.variable)


def _looped(loops: tuple[Loop, ...]) -> Loop | None:
    return loops[-1] if loops and loops[-1].kind == "rows" else None


def _is_in(element: Element, tag: str) -> bool:
    return next(element.iterancestors(tag), None) is not None


def _mark_across(tag: Element) -> None:
    """Marks a table, not one within another, that has a step between cells: its columns come from the data."""
    row = next(tag.iterancestors(TABLE, ROW, CELL, _BOX), None)
    table = next(row.iterancestors(TABLE), None) if row is not None and row.tag == ROW else None
    if table is not None and not _is_in(table, TABLE):
        table.set(ACROSS, "1")
