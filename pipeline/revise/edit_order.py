"""What the files put in another order: moved in the officer's paper too, with what somebody put in behind it, unless
the officer moved it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.revise.align import in_order
from pipeline.revise.edit_marks import our_mark
from pipeline.revise.match_units import Block
from pipeline.revise.merge import Merge, Result
from pipeline.word.xml import ID, Element, qn

_SPANS = ("bookmark", "commentRange", "moveFromRange", "moveToRange", "perm")
_RANGES = [(qn(f"w:{name}Start"), qn(f"w:{name}End")) for name in _SPANS]


class _Item(NamedTuple):
    """A paragraph, row or table: its place among those of the last draft and in the officer's paper."""

    block: Block
    rank: int
    place: int
    first: Element
    last: Element


def put_in_order(merge: Merge) -> Result:
    """Moves what the files have in another order than before: rows in their tables, paragraphs and tables in the text.

    What spans others, as a comment on several paragraphs does, stays.
    """
    ours = {unit.element for block in merge.blocks.known.values() for unit in block.units}
    ours |= {unit.table for block in merge.blocks.known.values() for unit in block.units if unit.table is not None}
    told = [
        merge.outcome(item.block, "updated", texts=(item.block.lines[2], item.block.lines[2], ""))
        for items in _sequences(merge)
        for item in _moved(items, ours)
    ]
    return Result(tuple(told), changed=bool(told))


def _sequences(merge: Merge) -> Iterable[Sequence[_Item]]:
    """What may be moved, in the order that the new paper has: of the text, and of each table."""
    rank = {block: n for n, block in enumerate(merge.blocks.known.values())}
    found = defaultdict[Element | None, dict[Element, _Item]](dict)
    for block in merge.blocks.new.values():
        units = [unit for unit in block.units if unit.attached]
        if block in rank and units and block.fresh:
            place, table = units[0].number, units[0].table
            first, last = units[0].element, units[-1].element
            top = first if table is None else table
            if table is not None:
                found[block.fresh.table][first] = _Item(block, rank[block], place, first, last)
            if top.getparent() is merge.theirs.body:
                item = _Item(block, rank[block], place, *((first, last) if table is None else (table, table)))
                found[None].setdefault(top, item)
    return [list(items.values()) for items in found.values()]


def _moved(items: Sequence[_Item], ours: Collection[Element]) -> Iterator[_Item]:
    """Moves those that the files moved and the officer did not; says which."""
    still = set(in_order({n: item.rank for n, item in enumerate(items)}).values())
    if len(still) == len(items):
        return
    untouched = set(in_order({item.rank: item.place for item in items}).values())
    first = next(item.first for item in items if item.rank in still)
    before: Element | None = None
    for item in items:
        elements = list(_with_what_follows(item, ours))
        if item.rank not in still and item.place in untouched and _is_whole(elements):
            for element in elements if before is None else reversed(elements):
                first.addprevious(element) if before is None else before.addnext(element)
            yield item
        before = item.last


def _with_what_follows(item: _Item, ours: Collection[Element]) -> Iterator[Element]:
    """An item's elements, and those of an officer's own behind it."""
    element: Element | None = item.first
    is_past = False
    while element is not None and not (is_past and (element in ours or element.tag == qn("w:sectPr"))):
        yield element
        is_past = is_past or element is item.last
        element = element.getnext()


def _is_whole(elements: Sequence[Element]) -> bool:
    """Does what spans anything begin and end within the elements, and no section end there?"""
    sections = (next(element.iter(qn("w:sectPr")), None) for element in elements)
    return all(section is None for section in sections) and all(_begins_and_ends(elements, *tags) for tags in _RANGES)


def _begins_and_ends(elements: Iterable[Element], start: str, end: str) -> bool:
    marks = [mark for element in elements for mark in element.iter(start, end)]
    ours = {mark.get(ID) for mark in marks if our_mark(mark)}
    return {m.get(ID) for m in marks if m.tag == start} - ours == {m.get(ID) for m in marks if m.tag == end} - ours
