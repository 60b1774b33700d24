"""What Word needs around tables and docxtpl cannot do, done on the finished document.

A table's lead-in stays on its page, the space below a table is a property of the next paragraph and never a blank one,
and a table whose columns come from the data has a grid of its own with no column narrower than its longest word.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

from pipeline.opc import Element
from pipeline.render.places import without_signs
from pipeline.render.tags import ACROSS
from pipeline.word.xml import PARAGRAPH, TABLE, TEXT, cells, make, properties, put, qn, rows, style_of

_SPACE = 240  # twips: one line of 12 pt
_PADDING = 260  # twips: cell margins left and right, and a little air
_USUAL_WIDTH = 9000  # twips
_WIDTH, _TYPE, _BEFORE = map(qn, ("w:w", "w:type", "w:before"))
_GRID, _COLUMN = map(qn, ("w:tblGrid", "w:gridCol"))
_PARTING = tuple(map(qn, ("w:br", "w:cr", "w:tab")))
_NARROW, _WIDE = frozenset("iljtf.,'|!:;I()[]- "), frozenset("mwMW%@")


def lay_out(document: Element, spaced: Collection[str]) -> None:
    """Lays the tables of a document out, in place; `spaced` are the styles that have space above of their own."""
    for table in document.iter(TABLE):
        if next(table.iterancestors(TABLE), None) is None:
            before, below = table.getprevious(), table.getnext()
            if before is not None and before.tag == PARAGRAPH:
                _keep_with_next(before)
            if below is not None and below.tag == PARAGRAPH:
                _space_above(below, spaced)
            if table.attrib.pop(ACROSS, ""):
                _fit(table)


def _keep_with_next(paragraph: Element) -> None:
    look = properties(paragraph, "w:pPr")
    if look.find(qn("w:keepNext")) is None:
        put(look, make("w:keepNext"))


def _space_above(paragraph: Element, spaced: Collection[str]) -> None:
    look = properties(paragraph, "w:pPr")
    spacing = look.find(qn("w:spacing"))
    if style_of(paragraph) in spaced or (spacing is not None and _BEFORE in spacing.attrib):
        return
    if spacing is None:
        spacing = put(look, make("w:spacing"))
    spacing.set(_BEFORE, str(_SPACE))


def _fit(table: Element) -> None:
    """Gives a table as many columns as its cells need, each at least as wide as its longest word."""
    held = [list(cells(row)) for row in rows(table)]
    count = max(map(len, held), default=0)
    if not count or next(table.iterdescendants(TABLE, qn("w:gridSpan")), None) is not None:
        return
    needs = [max(_longest(row[at]) for row in held if at < len(row)) for at in range(count)]
    grid = table.find(_GRID)
    widths = _widths(_total(table, grid), needs)
    for row in held:
        for cell, width in zip(row, widths, strict=False):
            _set_width(cell, width)
    if grid is not None:
        grid[:] = [make("w:gridCol", w=width) for width in widths]


def _total(table: Element, grid: Element | None) -> int:
    stated = table.find(f"{qn('w:tblPr')}/{qn('w:tblW')}")
    if stated is not None and stated.get(_TYPE) == "dxa" and stated.get(_WIDTH, "").isdecimal():
        return int(stated.get(_WIDTH, ""))
    columns = () if grid is None else grid.iter(_COLUMN)
    return sum(int(column.get(_WIDTH, "0")) for column in columns) or _USUAL_WIDTH


def _set_width(cell: Element, width: int) -> None:
    stated = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
    if stated is not None:
        stated.set(_WIDTH, str(width))
        stated.set(_TYPE, "dxa")


def _longest(cell: Element) -> int:
    """The width in twips that the longest word of a cell needs, at 12 pt."""
    texts = ("".join([leaf.text or " " for leaf in p.iter(TEXT, *_PARTING)]) for p in cell.iter(PARAGRAPH))
    return max((_word_width(word) for text in texts for word in without_signs(text).split()), default=0) + _PADDING


@lru_cache(maxsize=4096)
def _word_width(word: str) -> int:
    """About what a word takes in bold Arial 12 pt, in twips: three widths of letters, capitals between."""
    ems = sum(
        0.28 if c in _NARROW else 0.86 if c in _WIDE else 0.68 if c.isupper() else 0.56 if c < "\u2e80" else 1.0
        for c in word
    )
    return round(ems * 240 * 1.08)


def _widths(total: int, needed: Sequence[int]) -> list[int]:
    """Equal columns, but none below its need; where the needs exceed the page, shares in proportion to them."""
    if sum(needed) >= total:
        widths = [total * need // sum(needed) for need in needed]
    else:
        fixed: dict[int, int] = {}
        share = total // len(needed)
        while tight := [at for at, need in enumerate(needed) if at not in fixed and need > share]:
            fixed |= {at: needed[at] for at in tight}
            share = (total - sum(fixed.values())) // max(len(needed) - len(fixed), 1)
        widths = [fixed.get(at, share) for at in range(len(needed))]
    widths[-1] += total - sum(widths)
    return widths
