"""Word's XML: names, the order of property elements, blocks and rows, and the text of a paragraph as a reader sees it.

"Accepted view" throughout: insertions count, deletions do not, whether or not somebody has accepted them yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias

from lxml import etree

from pipeline.baseline import MARK_PREFIX
from pipeline.word.property_order import RANK

Element: TypeAlias = etree._Element

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "xml": "http://www.w3.org/XML/1998/namespace",
}


@cache
def qn(name: str) -> str:
    """`w:p` as lxml wants it: `{namespace}p`."""
    prefix, local = name.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


PARAGRAPH, RUN, TABLE, ROW, CELL, TEXT = map(qn, ("w:p", "w:r", "w:tbl", "w:tr", "w:tc", "w:t"))
MATH, MC, VML, W14, DRAWING = (f"{{{NAMESPACES[each]}}}" for each in ("m", "mc", "v", "w14", "wp"))
VAL, NAME, ID, SPACE = map(qn, ("w:val", "w:name", "w:id", "xml:space"))
# Elements that only surround runs, paragraphs, rows or cells: a reader does not see them.
WRAPPERS = frozenset(
    map(
        qn, ("w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", "w:ins", "w:moveTo", "w:hyperlink", "w:dir", "w:bdo")
    )
)
_FIELD_SIMPLE, _FIELD_CHAR, _CODE = map(qn, ("w:fldSimple", "w:fldChar", "w:instrText"))
_CHARACTERS = {
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
_IN_SIXTEENS = re.compile("[0-9A-Fa-f]{1,6}")
_REFERENCE = re.compile(rf"\s*REF\s+({MARK_PREFIX}\w+)")


def local(element: Element) -> str:
    """The tag without its namespace, `` for a comment or processing instruction."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def make(name: str, /, **attributes: str | int) -> Element:
    """`make("w:jc", val="left")`: a new element; attributes are in the w namespace."""
    element = etree.Element(qn(name), nsmap={"w": NAMESPACES["w"]})
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), str(value))
    return element


def put(parent: Element, child: Element) -> Element:
    """Puts `child` into a property element where the schema wants it, in place of one of the same name. Returns it."""
    rank = RANK[local(parent)]
    for twin in parent.findall(child.tag):
        parent.remove(twin)
    place = next((n for n, e in enumerate(parent) if rank.get(local(e), 0) > rank[local(child)]), len(parent))
    parent.insert(place, child)
    return child


def properties(element: Element, name: str) -> Element:
    """The property element (`w:pPr`, `w:rPr`, `w:trPr`...) of `element`, made as its first child if it has none."""
    found = element.find(qn(name))
    if found is None:
        found = make(name)
        exceptions = element.find(qn("w:tblPrEx"))
        element.insert(0 if exceptions is None else 1, found)
    return found


def marks_of(element: Element) -> list[str]:
    """The names of the bookmarks that begin in an element."""
    return [each.get(NAME, "") for each in element.iter(qn("w:bookmarkStart"))]


def style_of(paragraph: Element) -> str:
    """The id of a paragraph's style, `` for the default."""
    found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if found is None else found.get(VAL, "")


def _inside(parent: Element, *tags: str) -> Iterator[Element]:
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in WRAPPERS:
            yield from _inside(child, *tags)


def blocks(container: Element) -> Iterator[Element]:
    """The paragraphs and tables that stand directly in a body or a cell, also those inside content controls."""
    return _inside(container, PARAGRAPH, TABLE)


def rows(table: Element) -> Iterator[Element]:
    """The rows of a table, also those inside content controls; not those of tables in its cells."""
    return _inside(table, ROW)


def cells(row: Element) -> Iterator[Element]:
    """The cells of a row, also those inside content controls."""
    return _inside(row, CELL)


def paragraphs(root: Element) -> Iterator[Element]:
    """Every paragraph at any depth: tables, content controls, text boxes (once, not again in their fallback)."""
    for found in root.iter(PARAGRAPH):
        if next(found.iterancestors(qn("mc:Fallback")), None) is None:
            yield found


def leaves(paragraph: Element) -> Iterator[Element]:
    """What the runs of a paragraph hold, in order, in the accepted view; simple fields as one. Not text boxes."""
    for child in paragraph:
        if child.tag == RUN:
            yield from child
        elif child.tag in WRAPPERS:
            yield from leaves(child)
        elif child.tag == _FIELD_SIMPLE:
            yield child


def characters(leaf: Element) -> str:
    """What a reader sees of one child of a run: its text, a tab, a line break, or nothing."""
    if leaf.tag == TEXT:
        return leaf.text or ""
    if leaf.tag == qn("w:sym"):
        return _character(leaf.get(qn("w:char"), "20"))
    return _CHARACTERS.get(leaf.tag, "")


def _character(number: str) -> str:
    """The character of a number in sixteens; of one that has none, the sign for that."""
    code = int(number, 16) if _IN_SIXTEENS.fullmatch(number) else 0
    return chr(code) if 0x20 <= code < 0xD800 or 0xDFFF < code < 0xFFFE else "\N{REPLACEMENT CHARACTER}"


def reference(code: str) -> str:
    """The mark that a field's code refers to (`REF _cp_... \\r \\h`), `` where it is not a reference to one of ours."""
    found = _REFERENCE.match(code)
    return found[1] if found else ""


@dataclass
class _Field:
    code: str = ""
    result: list[str] = field(default_factory=list)
    shows: bool = False


@dataclass
class _Reader:
    """Collects text; words of a field count for the field around it, and its code for nothing."""

    marks: bool
    out: list[str] = field(default_factory=list)
    fields: list[_Field] = field(default_factory=list)

    def add(self, text: str) -> None:
        if not self.fields:
            self.out.append(text)
        elif self.fields[-1].shows:
            self.fields[-1].result.append(text)

    def close(self, code: str, result: str) -> None:
        mark = reference(code) if self.marks else ""
        self.add(f"[[{mark}]]" if mark else result)

    def turn(self, kind: str | None) -> None:
        if kind == "begin":
            self.fields.append(_Field())
        elif self.fields and kind == "separate":
            self.fields[-1].shows = True
        elif self.fields and kind == "end":
            done = self.fields.pop()
            self.close(done.code, "".join(done.result))

    def text(self) -> str:
        return "".join(self.out) + "".join(text for unfinished in self.fields for text in unfinished.result)


def _text(paragraph: Element, marks: bool) -> str:
    reader = _Reader(marks)
    for leaf in leaves(paragraph):
        if leaf.tag == TEXT:
            reader.add(leaf.text or "")
        elif leaf.tag == _FIELD_CHAR:
            reader.turn(leaf.get(qn("w:fldCharType")))
        elif leaf.tag == _CODE and reader.fields:
            reader.fields[-1].code += leaf.text or ""
        elif leaf.tag == _FIELD_SIMPLE:
            reader.close(leaf.get(qn("w:instr"), ""), _text(leaf, marks))
        else:
            reader.add(characters(leaf))
    return reader.text()


def visible_text(paragraph: Element) -> str:
    """What a reader sees: accepted view, fields by their stored result, tabs and line breaks as characters."""
    return _text(paragraph, marks=False)


def canonical_text(paragraph: Element) -> str:
    """As `visible_text`, but a reference to one of our marks reads `[[mark]]`, so that renumbering is no change."""
    return _text(paragraph, marks=True)


def cell_text(cell: Element) -> str:
    """The canonical text of a cell: its paragraphs, those of tables inside it too, one a line."""
    return "\n".join(
        canonical_text(block) if block.tag == PARAGRAPH else "\n".join(map(canonical_text, paragraphs(block)))
        for block in blocks(cell)
    )
