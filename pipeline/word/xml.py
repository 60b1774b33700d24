"""Word's XML: names, the order of property elements, blocks and rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import TypeAlias

from lxml import etree

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
# Child order of the property elements (ECMA-376 part 1, 17.3.1.26, 17.3.2.28, 17.4.60, 17.4.70, 17.4.82):
# Word drops or refuses children that stand out of order.
_ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss "
    "imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd "
    "fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark "
    "cellIns cellDel cellMerge tcPrChange",
    "trPr": "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc hidden "
    "ins del trPrChange",
}
_RANK = {parent: {name: n for n, name in enumerate(names.split())} for parent, names in _ORDER.items()}
"""The place of each child, by its own name, among those of its parent."""


def local(element: Element) -> str:
    """The tag without its namespace, `` for a comment or processing instruction."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def make(name: str, /, **attributes: str | int) -> Element:
    """`make("w:jc", val="left")`: a new element; attributes are in the w namespace."""
    element = etree.Element(qn(name), nsmap={"w": NAMESPACES["w"]})
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), str(value))
    return element


def put(parent: Element, child: Element) -> Element:
    """Puts `child` into a property element where the schema wants it, in place of one of the same name. Returns it."""
    rank = _RANK[local(parent)]
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


def first_of(element: Element, tag: str) -> Element | None:
    """The element itself or the nearest around it that has this tag."""
    return element if element.tag == tag else next(element.iterancestors(tag), None)


def is_in_table(element: Element) -> bool:
    """Does it stand in a cell?"""
    return next(element.iterancestors(CELL), None) is not None


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


def units(container: Element, apart: Collection[Element] = frozenset()) -> Iterator[tuple[Element, Element | None]]:
    """The paragraphs that stand directly in a body and the rows of its tables (each with its table), in order; after
    each row its paragraphs that are `apart`.
    """
    for block in blocks(container):
        if block.tag == TABLE:
            for row in rows(block):
                yield row, block
                yield from ((each, None) for each in row.iter(PARAGRAPH) if each in apart) if apart else ()
        else:
            yield block, None


def paragraphs(root: Element) -> Iterator[Element]:
    """Every paragraph at any depth: tables, content controls, text boxes (once, not again in their fallback)."""
    for found in root.iter(PARAGRAPH):
        if next(found.iterancestors(qn("mc:Fallback")), None) is None:
            yield found


def remove(elements: Iterable[Element]) -> None:
    """Takes elements out of what they stand in, with all that is in them."""
    for element in list(elements):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)


def unwrap(element: Element) -> None:
    """Takes an element away from around what stands in it."""
    for child in list(element):
        element.addprevious(child)
    remove([element])
