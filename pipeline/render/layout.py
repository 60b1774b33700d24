"""Where a template needs something around its tables that Word cannot do by itself, and docxtpl does not.

A table's lead-in stays on its page, the space below a table is a property of the next paragraph and never a blank one,
and a table whose columns come from the data has a grid of its own. Whether it comes to that is known when a paper is
written: here the template gets a tag at each place, and `pipeline.render.output` says what it prints.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from pipeline.opc import Element
from pipeline.render.tags import ACROSS
from pipeline.word.xml import CELL, PARAGRAPH, ROW, TABLE, make, put, qn, style_of

_CELL_LOOK, _CELL_WIDTH = map(qn, ("w:tcPr", "w:tcW"))
_USUAL_WIDTH = 9000  # twips
_WIDTH, _TYPE, _BEFORE, _LOOK = map(qn, ("w:w", "w:type", "w:before", "w:pPr"))
_GRID, _COLUMN, _SPAN, _SPACING, _KEPT = map(qn, ("w:tblGrid", "w:gridCol", "w:gridSpan", "w:spacing", "w:keepNext"))
TagFor = Callable[[str], Element]
"""Makes an element that stands for a tag of this package's own, by what it says."""


def lay_out(root: Element, tag: TagFor, spaced: Collection[str]) -> None:
    """Puts tags around a template's tables and into what stands beside them, in place.

    Tables within tables stay as they are. `spaced` are the styles that have space above of their own.
    """
    tables = [each for each in root.iter(TABLE) if next(each.iterancestors(TABLE), None) is None]
    mark = tag("").tag
    for holder in dict.fromkeys(table.getparent() for table in tables):
        for block in () if holder is None else list(holder):
            if block.tag == TABLE:
                _around_table(block, tag)
            elif block.tag == PARAGRAPH:
                block.addprevious(tag("block"))
                _in_paragraph(block, tag, spaced)
            elif block.tag != mark:
                block.addprevious(tag("block"))
                block.addnext(tag("block"))


def _in_paragraph(paragraph: Element, tag: TagFor, spaced: Collection[str]) -> None:
    """Where a paragraph says that it stays with the table below it, and that it has space to the table above it."""
    look = paragraph.find(_LOOK)
    if look is None:
        paragraph.insert(0, tag("look"))
        return
    spacing = look.find(_SPACING)
    if not (style_of(paragraph) in spaced or (spacing is not None and _BEFORE in spacing.attrib)):
        here = put(look, make("w:spacing")) if spacing is None else spacing
        own = [f' w:{str(name).rpartition("}")[2]}="{value!s}"' for name, value in here.attrib.items()]
        look.replace(here, tag(f"above({''.join(own)})"))
    if look.find(_KEPT) is None:
        here = put(look, make("w:keepNext"))
        look.replace(here, tag("lead"))


def _around_table(table: Element, tag: TagFor) -> None:
    table.addprevious(tag("table"))
    table.addnext(tag("below"))
    if table.attrib.pop(ACROSS, "") and next(table.iterdescendants(TABLE, _SPAN), None) is None:
        grid = table.find(_GRID)
        table.addprevious(tag(f"across({_total(table, grid)})"))
        table.addnext(tag("fit"))
        if grid is not None:
            grid[:] = [tag("grid")]
        for part in list(table.iter(ROW, CELL)):
            part.addprevious(tag("row" if part.tag == ROW else "cell"))
        for look in table.iter(_CELL_LOOK):
            if (width := look.find(_CELL_WIDTH)) is not None:
                look.replace(width, tag("width"))


def _total(table: Element, grid: Element | None) -> int:
    """How wide a table is, in twips."""
    stated = table.find(f"{qn('w:tblPr')}/{qn('w:tblW')}")
    if stated is not None and stated.get(_TYPE) == "dxa" and stated.get(_WIDTH, "").isdecimal():
        return int(stated.get(_WIDTH, ""))
    columns = () if grid is None else grid.iter(_COLUMN)
    return sum(int(column.get(_WIDTH, "0")) for column in columns) or _USUAL_WIDTH
