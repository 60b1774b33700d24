"""Hidden text, rows and pictures: what Word keeps in the file and does not print."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.publish.cleaning.fields import remove
from pipeline.word.hiding import is_hidden, is_hidden_row, is_hidden_shape
from pipeline.word.story import shown_headers
from pipeline.word.styles import Styles
from pipeline.word.xml import CELL, MATH, PARAGRAPH, ROW, RUN, TABLE, Element, qn

_MARKS = tuple(map(qn, ("w:vanish", "w:specVanish", "w:webHidden")))
_OF_AN_EQUATION = f"{MATH}r"
_HOLDS_SOMETHING = tuple(map(qn, ("w:r", "w:hyperlink", "w:fldSimple", "w:sectPr", "w:ins", "w:sdt", "w:smartTag")))


def remove_hidden(root: Element, styles: Styles) -> None:
    """Takes everything hidden out of a story, in place."""
    runs = [run for run in root.iter(RUN, _OF_AN_EQUATION) if is_hidden(run, styles)]
    rows = filter(is_hidden_row, root.iter(ROW))
    shapes = filter(is_hidden_shape, root.iter(qn("w:drawing"), qn("w:pict")))
    around = dict.fromkeys(paragraph for run in runs for paragraph in run.iterancestors(PARAGRAPH))
    for element in [*runs, *rows, *shapes]:
        remove(element)
    for paragraph in around:
        remove_if_empty(paragraph)
    for table in [table for table in root.iter(TABLE) if table.find(f".//{ROW}") is None]:
        remove(table)
    remove_hiding(root)


def remove_hiding(root: Element) -> None:
    """Takes the property of being hidden away from what is left: by now nothing that has it is hidden."""
    for mark in list(root.iter(*_MARKS)):
        remove(mark)


def remove_unused_notes(root: Element, used: Iterable[str]) -> None:
    """Takes footnotes (or endnotes) out that nothing in the text refers to; those of type separator stay."""
    wanted = set(used)
    for each in list(root):
        if each.get(qn("w:type"), "normal") == "normal" and each.get(qn("w:id"), "") not in wanted:
            root.remove(each)


def remove_idle_headers(root: Element, settings: Element | None) -> None:
    """Takes away headers and footers that no page shows."""
    shown = set(shown_headers(root, settings))
    for reference in list(root.iter(qn("w:headerReference"), qn("w:footerReference"))):
        if reference not in shown:
            remove(reference)


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
