"""Blocks that cross the edge of a cell, a table, a text box: Word's own structure would break or text vanish.

What lies between two steps of a block is taken out, or repeated, as one piece. That is safe only if the piece has no
half of anything: both steps stand in the same place, or in paragraphs (or runs) that are alike around them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pipeline.catalogue import problem
from pipeline.check.template.blocks import Structure, unit
from pipeline.check.template.parts import Places
from pipeline.check.template.tags import Tag
from pipeline.problems import Problem
from pipeline.render.nesting import Block
from pipeline.word.xml import PARAGRAPH, RUN, TABLE, TEXT, Element, local, qn

_ALIKE = ((), (TEXT,), (RUN, TEXT), (PARAGRAPH, RUN, TEXT))
_UNIT_WORDS = {"tr": "row", "tc": "cell", "p": "line", "r": "stretch of text"}
_KIND = {"for": "loop", "if": "condition"}
_EDGES = {
    "tc": "a table cell",
    "tbl": "a table",
    "tr": "a table row",
    "txbxContent": "a text box",
    "sdt": "a content control",
    "sdtContent": "a content control",
    "hyperlink": "a link",
    "ins": "a tracked change",
    "del": "a tracked change",
    "fldSimple": "a Word field",
    "footnote": "a footnote",
}


def crossings(found: Structure, places: Places) -> Iterator[Problem]:
    """T005-T007, T018, T049: blocks whose steps do not stand on one level."""
    for block in found.blocks:
        for before, after in pairwise(block.steps):
            problem = _pair(found, places, block, before, after)
            if problem:
                yield problem
                break
    for tag in found.tags:
        yield from _misplaced(found, places, tag)


def _pair(found: Structure, places: Places, block: Block, before: Tag, after: Tag) -> Problem | None:
    place = places.of(found.part, after.node, after.raw)
    if before.gapped or after.gapped:
        return None  # the gap is the fault, and is told elsewhere
    if before.prefix != after.prefix:
        prefix = before.prefix or after.prefix
        return problem("T005", place, before=before.raw, after=after.raw, prefix=prefix)
    if before.prefix:
        return _prefixed(found, places, block, before, after)
    edge = _edge_of_tags(before, after)
    return _crossing(found, places, block, before, after, edge) if edge else None


def _edge_of_tags(before: Tag, after: Tag) -> str:
    """The edge crossed between two tags without a prefix, `` if none."""
    if before.attribute or after.attribute:
        alike = before.node is after.node and before.attribute == after.attribute
        return "" if alike else "an alternative text"
    return _edge(before.node, after.node)


def _prefixed(found: Structure, places: Places, block: Block, before: Tag, after: Tag) -> Problem | None:
    first, last = unit(before), unit(after)
    if first is None or last is None:
        return None  # told by `_misplaced`
    what, kind = _UNIT_WORDS[before.prefix], _KIND[block.kind]
    place = places.of(found.part, after.node, after.raw)
    if first is last and before.prefix != "r":
        return problem("T007", place, before=before.raw, after=after.raw, what=what)
    if first.getparent() is last.getparent():
        return None
    if before.prefix == "tr" and _above(first, TABLE) is not _above(last, TABLE):
        return problem("T006", place, "two_tables", kind=kind, tag=before.raw)
    return _crossing(found, places, block, before, after, _edge(first, last, whole=True) or "a part of the page")


def _crossing(found: Structure, places: Places, block: Block, before: Tag, after: Tag, edge: str) -> Problem:
    place = places.of(found.part, before.node, before.raw)
    return problem("T018", place, kind=_KIND[block.kind], after=after.raw, edge=edge)


def _above(element: Element, tag: str) -> Element | None:
    return next(element.iterancestors(tag), None)


def _edge(before: Element, after: Element, *, whole: bool = False) -> str:
    """The edge crossed between two elements, `` if none; `whole` elements must be siblings."""
    left, right = _apart(_chain(before), _chain(after))
    shape = tuple(e.tag for e in reversed(left))
    if not whole and shape == tuple(e.tag for e in reversed(right)) and shape in _ALIKE:
        return ""
    names = [local(e) for side in (left, right) for e in reversed(side)]
    return next((_EDGES[name] for name in names if name in _EDGES), "a line")


def _apart(first: list[Element], last: list[Element]) -> tuple[list[Element], list[Element]]:
    """What each of two chains of elements has for itself."""
    shared = set(map(id, first)) & set(map(id, last))
    return [e for e in first if id(e) not in shared], [e for e in last if id(e) not in shared]


def _chain(element: Element) -> list[Element]:
    return [element, *element.iterancestors()]


def _misplaced(found: Structure, places: Places, tag: Tag) -> Iterator[Problem]:
    """Row and cell tags outside a table; tags whose unit holds another of its kind (its end would be mistaken)."""
    if not tag.prefix or tag.attribute:
        return
    place, what = places.of(found.part, tag.node, tag.raw), _UNIT_WORDS[tag.prefix]
    whole = unit(tag)
    if whole is None or _cut_off(tag, whole):
        yield problem("T006", place, tag=tag.raw, what=what, prefix=tag.prefix)
    elif tag.prefix != "r" and next(whole.iterdescendants(whole.tag), None) is not None:
        holds = "text box" if tag.prefix == "p" else "table"
        yield problem("T049", place, tag=tag.raw, what=what, holds=holds)


def _cut_off(tag: Tag, whole: Element) -> bool:
    """A text box in a cell: the row around it is not the row that the tag's own line stands in."""
    box = _above(tag.node, qn("w:txbxContent"))
    return tag.prefix in ("tr", "tc") and box is not None and whole in box.iterancestors()
