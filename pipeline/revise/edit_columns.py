"""Columns that the facts put into a table or take out: so they are in the officer's table too, known by their headings.

What people typed in the other columns stands where it stood. Nothing is done to a table whose columns an officer
changed, or where they typed in a column that goes: there a person settles it row by row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from pipeline.baseline import Written
from pipeline.revise.edit_transplant import Transplant
from pipeline.revise.match_units import Block, Matched, Unit
from pipeline.revise.paper import Paper, is_removable
from pipeline.revise.wordwise import as_compared
from pipeline.word.xml import RUN, Element, cells, make, properties, put, qn, remove
from pipeline.word.xml import rows as rows_of

_GRID, _SPAN, _MERGED, _WIDTH = map(qn, ("w:tblGrid", "w:gridSpan", "w:vMerge", "w:tcW"))
Columns = Sequence[int | None]
"""For each column that the facts give its number among those of the last draft; None for one that is new."""


def fit_columns(theirs: Paper, ours: Paper, blocks: Matched, transplant: Transplant) -> Mapping[str, Written]:
    """Gives each table of the officer's the columns of the new paper's. Returns what the last draft wrote in the rows
    of these, by their keys, as if it had had these columns: in the new ones what the facts give.
    """
    found: dict[str, Written] = {}
    for table in _tables(blocks):
        if table.columns and all(_can_take(table, unit, theirs, ours) for unit in table.rows):
            _refit(table, transplant)
            found |= {block.key: _as_if(block, table.columns) for block in table.blocks if block.last.texts[1:]}
    return found


class _Table(NamedTuple):
    """A table of the officer's and of the new paper's, its columns, its blocks, and which block each row is."""

    theirs: Element
    ours: Element
    columns: Columns
    blocks: Sequence[Block]
    rows: Mapping[Unit, Block | None]


def _tables(blocks: Matched) -> Iterator[_Table]:
    """The officer's tables in which a row has more texts by now, or fewer."""
    rows = [block for block in blocks.known.values() if block.is_row]
    changed = [block for block in rows if _has_other_columns(block)]
    pairs = [(block.unit.table, block.fresh.table) for block in changed if block.unit and block.fresh]
    for theirs, ours in dict.fromkeys(pairs):
        if theirs is not None and ours is not None:
            yield _table(blocks, rows, theirs, ours)


def _out_of(there: Sequence[Block], rows: Sequence[Block]) -> list[Block]:
    """The rows of a table that are out of it by now, known by the name that those `there` had for it."""
    names = {block.last.table for block in there} - {""}
    return [block for block in rows if not block.there and block.last.table in names]


def _has_other_columns(block: Block) -> bool:
    return block.new is not None and len(block.last.texts) != len(block.new.texts)


def _table(blocks: Matched, rows: Sequence[Block], theirs: Element, ours: Element) -> _Table:
    """A table with its blocks, those that are out of it by now too."""
    there = [block for block in rows if block.unit and block.unit.table is theirs]
    block_of = {unit: block for block in there for unit in block.units}
    units = {unit: block_of.get(unit) for unit in blocks.units if unit.table is theirs}
    return _Table(theirs, ours, _columns(there, next(rows_of(ours))), [*there, *_out_of(there, rows)], units)


def _columns(blocks: Sequence[Block], heading: Element) -> Columns:
    """The columns, by what the heading said and says; none where that is not known. One that only reads otherwise is
    the same.
    """
    first = next((block for block in blocks if block.fresh and block.fresh.element is heading), None)
    found: list[int | None] = []
    if first and first.new:
        before, now = as_compared(first.last.texts), as_compared(first.new.texts)
        for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
            is_same = kind == "equal" or i2 - i1 == j2 - j1
            found += range(i1, i2) if is_same else [None] * (j2 - j1)
    return found


def _can_take(table: _Table, unit: Unit, theirs: Paper, ours: Paper) -> bool:
    """Has a row the cells that it was written with, and did nobody type in a column that goes?"""
    there, block = list(cells(unit.element)), table.rows[unit]
    written = block.last.texts if block else ("",) * len(there)
    if any(cell.getparent() is not unit.element for cell in there) or len(there) != len(written):
        return False
    if len(there) == 1:
        return bool(block and block.new and len(block.new.texts) == 1)
    if any(next(cell.iter(_SPAN, _MERGED), None) is not None for cell in there):
        return False
    goes = [n for n in range(len(there)) if n not in table.columns]
    words, before = as_compared(unit.texts), as_compared(written)
    return all(words[n] == before[n] and is_removable(there[n], theirs, ours) for n in goes)


def _refit(table: _Table, transplant: Transplant) -> None:
    """Puts the columns in and takes them out, as wide as the new paper has them."""
    pattern = list(rows_of(table.ours))[-1]
    for unit, block in table.rows.items():
        fresh = block.fresh.element if block and block.fresh else None
        row, new = unit.element, list(cells(transplant.copy(pattern if fresh is None else fresh)))
        there = list(cells(row))
        columns = table.columns if len(there) > 1 else [0]
        if fresh is None:
            remove([run for cell in new for run in cell.iter(RUN)])
        remove(there)
        row.extend(there[n] if n is not None else cell for n, cell in zip(columns, new, strict=True))
        for n, cell in zip(columns, new, strict=True):
            if n is not None:
                _as_wide(there[n], cell)
    grid, new_grid = table.theirs.find(_GRID), table.ours.find(_GRID)
    if grid is not None and new_grid is not None:
        grid[:] = [make("w:gridCol", w=column.get(qn("w:w"), "0")) for column in new_grid]


def _as_wide(cell: Element, fresh: Element) -> None:
    for name in (_WIDTH, _SPAN):
        if (found := fresh.find(f"{qn('w:tcPr')}/{name}")) is not None:
            put(properties(cell, "w:tcPr"), found)


def _as_if(block: Block, columns: Columns) -> Written:
    """What was written in a row, with these columns."""
    facts = block.new.texts if block.new and len(block.new.texts) == len(columns) else ("",) * len(columns)

    def fitted(texts: tuple[str, ...], given: Sequence[str]) -> tuple[str, ...]:
        return tuple(now if n is None else texts[n] for n, now in zip(columns, given, strict=True)) if texts else ()

    last = block.last
    stood = fitted(last.stood, [""] * len(columns))
    return last._replace(texts=fitted(last.texts, facts), told=fitted(last.told, facts), stood=stood)
