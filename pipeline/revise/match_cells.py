"""Which cell of an officer's row holds which text of its block: a merged cell holds several, and one of a column of the
officer's own holds none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import accumulate

from pipeline.baseline import Written
from pipeline.blocks import Fact
from pipeline.revise.match_units import Block, Unit
from pipeline.revise.wordwise import as_compared
from pipeline.word.xml import VAL, Element, cells, qn

_SPAN = f"{qn('w:tcPr')}/{qn('w:gridSpan')}"


def set_own_columns_apart(blocks: Iterable[tuple[Written, Sequence[Unit]]]) -> None:
    """Notes in the rows of each table which of their cells are in columns that an officer put in: those whose heading
    is not among what the last draft wrote in the heading, each of which stands there in its order.
    """
    own: dict[Element, Sequence[int]] = {}
    for written, units in blocks:
        table = units[0].table if len(units) == 1 else None
        if table is not None and len(written.texts) > 1:
            unit = units[0]
            if table not in own:
                own[table] = _own_columns(as_compared(written.texts), as_compared(unit.texts))
            if len(unit.texts) == len(written.texts) + len(own[table]):
                unit.own = own[table]
                unit.texts = tuple(text for n, text in enumerate(unit.texts) if n not in unit.own)


def _own_columns(written: Sequence[str], there: Sequence[str]) -> Sequence[int]:
    """By the first row of a table: the numbers of the cells that are more than those that were written."""
    codes = SequenceMatcher(None, written, there, autojunk=False).get_opcodes()
    if any(kind not in ("equal", "insert") for kind, *_ in codes):
        return ()
    return [n for kind, _, _, first, last in codes if kind == "insert" for n in range(first, last)]


def with_merged_cells(block: Block) -> Block:
    """A row as an officer's merged cells have it: the texts that would stand in one cell are one. The others are
    brought up to date as ever.
    """
    unit = block.unit
    if unit is None or block.new is None or not block.is_row:
        return block
    spans = [_span(cell) for cell in cells(unit.element)]
    if len(spans) == len(block.new.texts) or sum(spans) != len(block.new.texts) or unit.own:
        return block
    groups = [range(end - span, end) for span, end in zip(spans, accumulate(spans), strict=True)]
    old = _merged(block.old, groups) if block.old else None
    merged = frozenset(n for n, group in enumerate(groups) if len(group) > 1)
    return replace(block, old=old, new=_merged(block.new, groups), merged=merged)


def _span(cell: Element) -> int:
    found = cell.find(_SPAN)
    value = "1" if found is None else found.get(VAL, "1")
    return int(value) if value.isdigit() else 1


def _merged(block: Written, groups: Sequence[range]) -> Written:
    if len(block.texts) != groups[-1].stop:
        return block
    texts, told, stood = (
        tuple("\n".join(part[n] for n in group if part[n]) for group in groups) if part else ()
        for part in (block.texts, block.told, block.stood)
    )
    return block._replace(texts=texts, told=told, stood=stood, facts=tuple(_facts(block, groups)))


def _facts(block: Written, groups: Sequence[range]) -> Iterator[Fact]:
    """The facts in the places that their texts have among several."""
    places: Mapping[int, int] = {cell: n for n, group in enumerate(groups) for cell in group}
    for fact in block.facts:
        before = [block.texts[n] for n in groups[places.get(fact.cell, 0)] if n < fact.cell and block.texts[n]]
        yield fact._replace(cell=places.get(fact.cell, 0), start=fact.start + sum(len(text) + 1 for text in before))
