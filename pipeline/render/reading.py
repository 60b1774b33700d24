"""A part of a paper, or paragraphs and rows of it, read from its XML: what it says, its marks, and its faults.

It shares nothing with what wrote the part: a parser takes the bytes, and the room of Word reads them. A text may hold
numbers between two signs that are no characters; they are read as places in it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, cast

from lxml import etree

from pipeline.blocks import MARK_PREFIX
from pipeline.opc import parse
from pipeline.render.tags import section_tag
from pipeline.word.fields import MARK, MARK_KIND
from pipeline.word.pieces import Paragraph, Piece
from pipeline.word.story import Story
from pipeline.word.xml import (
    CELL,
    NAME,
    NAMESPACES,
    PARAGRAPH,
    ROW,
    TABLE,
    TEXT,
    VAL,
    Element,
    blocks,
    cells,
    local,
    qn,
    rows,
)

START, END, _BOX, _GRID, _BODY = map(qn, ("w:bookmarkStart", "w:bookmarkEnd", "w:txbxContent", "w:tblGrid", "w:body"))
_SPAN, _BESIDE = qn("w:gridSpan"), (qn("w:gridBefore"), qn("w:gridAfter"))
SECTION = tuple(map(qn, ("w:sectPr", "w:headerReference", "w:footerReference")))
_FLOW = "w:body w:tc w:txbxContent w:sdtContent w:hdr w:ftr w:footnote w:endnote w:comment w:customXml w:ins w:del"
_RUNS = "w:p w:hyperlink w:ins w:del w:moveFrom w:moveTo w:smartTag w:sdtContent w:fldSimple w:customXml w:dir w:bdo"
_HOLDERS = {
    "w:tbl": _FLOW,
    "w:p": _FLOW,
    "w:tr": "w:tbl w:sdtContent w:customXml w:ins w:del",
    "w:tc": "w:tr w:sdtContent w:customXml",
    "w:r": f"{_RUNS} w:rubyBase w:rt",
    "w:t": "w:r",
}
_NO_TEXT = "w:body w:p w:r w:tbl w:tr w:tc w:pPr w:rPr w:tcPr w:trPr"


def _any_of(names: str, axis: str) -> str:
    return " or ".join(f"{axis}::{name}" for name in names.split())


_MISPLACED = etree.XPath(
    " | ".join(f"/descendant::{name}[not({_any_of(holders, 'parent')})]" for name, holders in _HOLDERS.items()),
    namespaces={"w": NAMESPACES["w"]},
)
_STRAY = etree.XPath(
    f"/descendant::text()[not(parent::w:t)][{_any_of(_NO_TEXT, 'parent')}][normalize-space()]",
    namespaces={"w": NAMESPACES["w"]},
)


class Misplaced(ValueError):
    """A paragraph, table, run or text that stands where Word does not take it; the text says what and where."""


Words = tuple[str | int, ...]
"""A text: what it says, and the numbers of the places in it. A place that is seen and not kept is told as `~number`."""
_NUMBER = re.compile("\ufdd0(\\d+)\ufdd1")


def number_sign(number: int) -> str:
    """The number of a place, as it is put into a text."""
    return f"\ufdd0{number}\ufdd1"


def without_signs(text: str) -> str:
    """A text without the numbers of places."""
    return _NUMBER.sub("", text)


class Unit(NamedTuple):
    """A paragraph outside tables, or a row (a text a cell). `mark` may be empty; `table` is its number, or -1."""

    mark: str
    texts: tuple[Words, ...]
    table: int


def tree_of(content: bytes) -> Element:
    """The tree of a part. Raises Unsound where it is no XML, and Misplaced."""
    root = parse(content)
    for name, holder in ((local(found), local(found.getparent())) for found in cast("list[Any]", _MISPLACED(root))):
        raise Misplaced(f"<w:{name}> stands where it may not, in <w:{holder}>")
    for text in cast("list[Any]", _STRAY(root)):
        raise Misplaced(f"text outside a run: {without_signs(text).strip()[:40]}")
    return root


def ends_with_page_set_up(root: Element) -> bool:
    """Does the page set-up of the last section stand at the very end?"""
    body = root.find(_BODY)
    return body is not None and len(body) > 0 and body[-1].tag == SECTION[0]


def marks_in(root: Element) -> Mapping[Element | None, Sequence[str]]:
    """The names of our marks by the element that each begins in."""
    found = dict[Element | None, list[str]]()
    for start in root.iter(START):
        if (name := start.get(NAME, "")).startswith(MARK_PREFIX):
            found.setdefault(start.getparent(), []).append(name)
    return found


def sections(root: Element) -> Iterator[str]:
    """The page set-ups and references to headers and footers."""
    for each in root.iter(*SECTION):
        values = ((str(name).rpartition("}")[2], str(value)) for name, value in each.attrib.items())
        yield section_tag(local(each), values)


class Marks:
    """The marks of ours in each paragraph, and which of these are blocks, be they in a table's cell."""

    def __init__(self, marks: Mapping[Element | None, Sequence[str]], blocks_of: Collection[str]) -> None:
        self.marks = marks
        self.apart = {
            each: name for each in marks if each is not None and _is_in_cell(each) for name in marks[each]
            if name in blocks_of
        }  # fmt: skip

    def of(self, paragraph: Element) -> str:
        """The mark of a paragraph."""
        return next(iter(self.marks.get(paragraph, ())), "")

    def of_row(self, row: Element) -> str:
        """The mark of a row: that in its paragraphs which is no block's."""
        held = (name for each in row.iter(PARAGRAPH) for name in self.marks.get(each, ()) if each not in self.apart
                or name != self.apart[each])  # fmt: skip
        return next(held, "") if self.apart else self.of(next(row.iter(PARAGRAPH), row))


def units(root: Element, story: Story, marks: Marks, tables: Mapping[Element, int]) -> Iterator[Unit]:
    """The paragraphs and rows of an element, in order, those within others too."""
    for element in root.iter(PARAGRAPH, ROW):
        if element.tag == ROW:
            table = next(element.iterancestors(TABLE), None)
            texts = tuple([_lines(story.in_cell(cell, marks.apart)) for cell in cells(element)])
            yield Unit(marks.of_row(element), texts, -1 if table is None else tables[table])
        elif element in marks.apart:
            yield Unit(marks.apart[element], (_lines([story.paragraphs[element]]),), -1)
        elif not _is_in_cell(element) and element in story.paragraphs:
            yield Unit(marks.of(element), (_lines([story.paragraphs[element]]),), -1)


def _lines(paragraphs: Iterable[Paragraph]) -> Words:
    """The texts of paragraphs, as they are compared, a line each."""
    found = list[str | int]()
    for number, paragraph in enumerate(paragraphs):
        found += ["\n"] if number else []
        for piece in paragraph.pieces:
            found += _words(piece)
    return tuple(found)


def _words(piece: Piece) -> Iterable[str | int]:
    """What of a piece is compared, and the places in it."""
    if piece.kept:
        return [int(part) if at % 2 else part for at, part in enumerate(_NUMBER.split(piece.kept)) if part]
    said = (piece.element.text or "") if piece.element.tag == TEXT else ""
    return [~int(number) for number in _NUMBER.findall(said)]


def _is_in_cell(paragraph: Element) -> bool:
    around = paragraph.getparent()
    while around is not None and around.tag not in (CELL, _BOX):
        around = around.getparent()
    return around is not None and around.tag == CELL


def faults_of(table: Element, story: Story) -> Iterator[tuple[str, str]]:
    """The faults of a table's rows and cells."""
    held_rows, columns = list(rows(table)), columns_of(table)
    for row in held_rows:
        held = list(cells(row))
        if not held:
            yield "P905", "a table row without cells"
        elif width_of(row) != columns:
            yield "P906", story.kept(row)[0]
        for at, cell in enumerate(held):
            if not ends_in_paragraph(cell):
                yield "P904", " ".join(story.kept(row)[:at])
    if not held_rows:
        yield "P905", "a table without rows"


def columns_of(table: Element) -> int:
    """How many columns a table has."""
    grid = table.find(_GRID)
    return 0 if grid is None else len(grid)


def width_of(row: Element) -> int:
    """How many columns of the grid a row takes."""
    beside = sum(int(each.get(VAL, "1")) for each in row.iterfind(f"{qn('w:trPr')}/*") if each.tag in _BESIDE)
    spans = (cell.find(f"{qn('w:tcPr')}/{_SPAN}") for cell in cells(row))
    return beside + sum(1 if span is None else int(span.get(VAL, "1")) for span in spans)


def ends_in_paragraph(cell: Element) -> bool:
    """Does a cell end in a paragraph, as Word wants it?"""
    if len(cell) and cell[-1].tag == PARAGRAPH:
        return True
    inside = list(blocks(cell))
    return bool(inside) and inside[-1].tag == PARAGRAPH


def unpaired_fields(root: Element) -> Iterator[tuple[str, str]]:
    """Fields that only begin, or only end."""
    depth = 0
    for mark in root.iter(MARK):
        kind = mark.get(MARK_KIND)
        if not depth and kind != "begin":
            yield "P908", "a field that ends without a beginning"
            return
        depth += {"begin": 1, "end": -1}.get(kind or "", 0)
    if depth:
        yield "P908", "a field that is begun and never ended"


def unpaired_marks(begun: Sequence[object], ended: Sequence[object]) -> Iterator[tuple[str, str]]:
    """Bookmarks, by the numbers at which they begin and end, that only begin or end."""
    if len(set(begun)) < len(begun) or len(ended) != len(begun) or set(begun) != set(ended):
        yield "P907", "a bookmark number used twice, or a bookmark without an end"
