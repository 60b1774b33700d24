"""A finished part read back from its bytes, for the proof: its paragraphs and rows with their marks, and its faults.

It shares nothing with what wrote the part: a parser takes the bytes, and the room of Word reads them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple, cast

from lxml import etree

from pipeline.baseline import MARK_PREFIX
from pipeline.blocks import Fact
from pipeline.opc import parse
from pipeline.render.tags import section_tag
from pipeline.word.fields import MARK, MARK_KIND, reference
from pipeline.word.story import Story
from pipeline.word.xml import (
    CELL,
    ID,
    NAME,
    NAMESPACES,
    PARAGRAPH,
    ROW,
    TABLE,
    VAL,
    Element,
    blocks,
    cells,
    local,
    qn,
    rows,
)

_START, _END, _BOX, _GRID, _BODY = map(qn, ("w:bookmarkStart", "w:bookmarkEnd", "w:txbxContent", "w:tblGrid", "w:body"))
_SPAN, _BESIDE = qn("w:gridSpan"), (qn("w:gridBefore"), qn("w:gridAfter"))
_SECTION = tuple(map(qn, ("w:sectPr", "w:headerReference", "w:footerReference")))
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


class Item(NamedTuple):
    """A paragraph outside tables, or a row (a text a cell). `mark` may be empty; `table` is its number, or -1.

    `facts` are those that it prints, once they have their places.
    """

    mark: str
    texts: tuple[str, ...]
    table: int
    facts: tuple[Fact, ...] = ()


class Reading(NamedTuple):
    """What a part holds: its items, names of bookmarks, marks referred to and section tags in order; faults as (code,
    text); whether its last page set-up stands at its very end.
    """

    items: tuple[Item, ...]
    names: tuple[str, ...]
    references: tuple[str, ...]
    sections: tuple[str, ...]
    faults: tuple[tuple[str, str], ...]
    ends: bool


def read_back(content: bytes, blocks_of: Collection[str] = ()) -> Reading:
    """What a part holds; a paragraph in a cell that has one of the marks `blocks_of` is a block of its own.

    Raises Unsound where it is no XML, and Misplaced.
    """
    root = parse(content)
    for name, holder in ((local(found), local(found.getparent())) for found in cast("list[Any]", _MISPLACED(root))):
        raise Misplaced(f"<w:{name}> stands where it may not, in <w:{holder}>")
    for text in cast("list[Any]", _STRAY(root)):
        raise Misplaced(f"text outside a run: {text.strip()[:40]}")
    return _reading(root, blocks_of)


def _reading(root: Element, blocks_of: Collection[str]) -> Reading:
    story = Story(root)
    tables = {table: number for number, table in enumerate(root.iter(TABLE))}
    starts = list(root.iter(_START))
    marks = dict[Element | None, list[str]]()
    for start in starts:
        if (name := start.get(NAME, "")).startswith(MARK_PREFIX):
            marks.setdefault(start.getparent(), []).append(name)
    references = (reference(each.code) for each in story.fields)
    body = root.find(_BODY)
    return Reading(
        items=tuple(_items(root, story, _Marks(marks, blocks_of), tables)),
        names=tuple(start.get(NAME, "") for start in starts),
        references=tuple(filter(None, references)),
        sections=tuple(section_tag(local(each), _values(each)) for each in root.iter(*_SECTION)),
        faults=(*chain.from_iterable(_faults_of(table, story) for table in tables), *_unpaired(root, starts)),
        ends=body is not None and len(body) > 0 and body[-1].tag == qn("w:sectPr"),
    )


def _values(element: Element) -> Iterator[tuple[str, str]]:
    return ((str(name).rpartition("}")[2], str(value)) for name, value in element.attrib.items())


class _Marks:
    """The marks of ours in each paragraph, and which of these are blocks, be they in a table's cell."""

    def __init__(self, marks: Mapping[Element | None, Sequence[str]], blocks_of: Collection[str]) -> None:
        self.marks, self.blocks = marks, blocks_of
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


def _items(root: Element, story: Story, marks: _Marks, tables: dict[Element, int]) -> Iterator[Item]:
    for element in root.iter(PARAGRAPH, ROW):
        if element.tag == ROW:
            table = next(element.iterancestors(TABLE), None)
            number = -1 if table is None else tables[table]
            yield Item(marks.of_row(element), story.kept(element, marks.apart), number)
        elif element in marks.apart:
            yield Item(marks.apart[element], story.kept(element), -1)
        elif not _is_in_cell(element) and element in story.paragraphs:
            yield Item(marks.of(element), story.kept(element), -1)


def _is_in_cell(paragraph: Element) -> bool:
    around = paragraph.getparent()
    while around is not None and around.tag not in (CELL, _BOX):
        around = around.getparent()
    return around is not None and around.tag == CELL


def _faults_of(table: Element, story: Story) -> Iterator[tuple[str, str]]:
    grid, held_rows = table.find(_GRID), list(rows(table))
    columns, plain = 0 if grid is None else len(grid), next(table.iter(_SPAN, *_BESIDE), None) is None
    for row in held_rows:
        held = list(cells(row))
        if not held:
            yield "P905", "a table row without cells"
        elif (len(held) if plain else _width(row, held)) != columns:
            yield "P906", story.kept(row)[0]
        for at, cell in enumerate(held):
            if not _ends_in_paragraph(cell):
                yield "P904", " ".join(story.kept(row)[:at])
    if not held_rows:
        yield "P905", "a table without rows"


def _width(row: Element, held: Sequence[Element]) -> int:
    """How many columns of the grid a row takes."""
    beside = sum(int(each.get(VAL, "1")) for each in row.iterfind(f"{qn('w:trPr')}/*") if each.tag in _BESIDE)
    spans = (cell.find(f"{qn('w:tcPr')}/{_SPAN}") for cell in held)
    return beside + sum(1 if span is None else int(span.get(VAL, "1")) for span in spans)


def _ends_in_paragraph(cell: Element) -> bool:
    if len(cell) and cell[-1].tag == PARAGRAPH:
        return True
    inside = list(blocks(cell))
    return bool(inside) and inside[-1].tag == PARAGRAPH


def _unpaired(root: Element, starts: list[Element]) -> Iterator[tuple[str, str]]:
    """Fields and bookmarks that only begin, or only end."""
    depth = 0
    for mark in root.iter(MARK):
        kind = mark.get(MARK_KIND)
        if not depth and kind != "begin":
            yield "P908", "a field that ends without a beginning"
            return
        depth += {"begin": 1, "end": -1}.get(kind or "", 0)
    if depth:
        yield "P908", "a field that is begun and never ended"
    begun, ended = [each.get(ID) for each in starts], [each.get(ID) for each in root.iter(_END)]
    if len(set(begun)) < len(begun) or len(ended) != len(begun) or set(begun) != set(ended):
        yield "P907", "a bookmark number used twice, or a bookmark without an end"
