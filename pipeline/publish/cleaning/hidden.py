"""Hidden text, rows and pictures: what Word keeps in the file and does not print."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.publish.cleaning.fields import remove
from pipeline.word.hiding import is_hidden, is_hidden_row, is_hidden_shape
from pipeline.word.styles import Styles, is_set
from pipeline.word.xml import CELL, MATH, PARAGRAPH, ROW, RUN, Element, qn

_MARKS = tuple(map(qn, ("w:vanish", "w:specVanish", "w:webHidden")))
_OF_AN_EQUATION = f"{MATH}r"
_HOLDS_SOMETHING = tuple(map(qn, ("w:r", "w:hyperlink", "w:fldSimple", "w:sectPr", "w:ins", "w:sdt", "w:smartTag")))


def remove_hidden(root: Element, styles: Styles) -> int:
    """Takes everything hidden out of a story, in place; how many things that were."""
    found = [run for run in root.iter(RUN, _OF_AN_EQUATION) if is_hidden(run, styles)]
    paragraphs = {paragraph for run in found if (paragraph := next(run.iterancestors(PARAGRAPH), None)) is not None}
    rows = [row for row in root.iter(ROW) if is_hidden_row(row)]
    shapes = [shape for shape in root.iter(qn("w:drawing"), qn("w:pict")) if is_hidden_shape(shape)]
    for each in (*found, *rows, *shapes):
        remove(each)
    for paragraph in paragraphs:
        remove_if_empty(paragraph)
    for table in list(root.iter(qn("w:tbl"))):
        if table.find(f".//{ROW}") is None:
            remove(table)
    remove_hiding(root)
    return len(found) + len(rows) + len(shapes)


def remove_hiding(root: Element) -> None:
    """Takes the property of being hidden away from what is left: by now nothing that has it is hidden."""
    for each in list(root.iter(*_MARKS)):
        parent = each.getparent()
        if parent is not None:
            parent.remove(each)


def remove_unused_notes(root: Element, used: Iterable[str]) -> None:
    """Takes footnotes (or endnotes) out that nothing in the text refers to; those of type separator stay."""
    wanted = set(used)
    for each in list(root):
        if each.get(qn("w:type"), "normal") == "normal" and each.get(qn("w:id"), "") not in wanted:
            root.remove(each)


def remove_idle_headers(root: Element, *, even_and_odd: bool) -> None:
    """Takes away headers and footers that no page shows: of first pages where none differs, of even pages likewise."""
    sections = list(root.iter(qn("w:sectPr")))
    different_first = any(is_set(section, "w:titlePg") for section in sections)
    for section in sections:
        for each in (*section.findall(qn("w:headerReference")), *section.findall(qn("w:footerReference"))):
            kind = each.get(qn("w:type"), "default")
            if (kind == "first" and not different_first) or (kind == "even" and not even_and_odd):
                section.remove(each)


def remove_emptied(root: Element, held: Iterable[Element], styles: Styles) -> None:
    """Takes the paragraphs out that held something and are left with nothing to see, unless Word numbers them."""
    for each in held:
        if each.getroottree().getroot() is root and not styles.is_numbered(each):
            remove_if_empty(each)


def holds_something(paragraph: Element) -> bool:
    """Is there anything in a paragraph but its look and marks?"""
    return next(paragraph.iter(*_HOLDS_SOMETHING), None) is not None


def remove_if_empty(paragraph: Element) -> None:
    """A paragraph that held only hidden text goes too, unless its cell would be left without one."""
    parent = paragraph.getparent()
    if parent is None or paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
        return
    if holds_something(paragraph):
        return
    last_in_cell = parent.tag == CELL and (parent[-1] is paragraph or len(parent.findall(PARAGRAPH)) == 1)
    if not last_in_cell and len(parent.findall(PARAGRAPH)) > 1:
        for child in list(paragraph):
            if child.tag in {qn("w:bookmarkStart"), qn("w:bookmarkEnd")}:
                paragraph.addprevious(child)
        parent.remove(paragraph)
