"""Blocks that the facts call for the first time: put in after the block that comes before them."""

from __future__ import annotations

import copy
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.baseline import Written
from pipeline.revise.match_units import Block, Unit
from pipeline.revise.merge import Merge, Result, together
from pipeline.revise.wordwise import words
from pipeline.word.xml import (
    CELL,
    PARAGRAPH,
    ROW,
    RUN,
    TABLE,
    TEXT,
    Element,
    blocks,
    cells,
    make,
    properties,
    put,
    qn,
    remove,
)
from pipeline.word.xml import rows as rows_of


def insert_new(merge: Merge) -> Result:
    """Every block that is new, put in; groups of rows that have grown are kept on one page."""
    result = together(_Insertion(merge).results())
    added = {outcome.key for outcome in result.outcomes if outcome.action == "added"}
    fresh = (merge.blocks.new[key].fresh for key in added)
    _keep_groups_together(merge, {unit.table for unit in fresh if unit and unit.table is not None})
    return result


class _Insertion:
    """Walks the new paper's blocks in order, remembering what stands before: `before` in the text, `row_before` in
    each of the new paper's tables, whose home in the officer's paper `homes` tells.
    """

    def __init__(self, merge: Merge) -> None:
        self.merge = merge
        self.before: Element | None = None
        self.passed = merge.blocks.units[0]
        self.row_before: dict[Element, Element] = {}
        self.homes, self.known = _homes(merge), _known_tables(merge)
        self.unplaced = _in_deleted_sections(merge)
        self.twins: dict[Element, Element] = {}

    def results(self) -> Iterator[Result]:
        """What became of each block that is new."""
        for block in self.merge.blocks.new.values():
            units = [unit for unit in block.units if unit.attached][-1:] or ([block.joined] if block.joined else [])
            if units:
                self._pass(block, units[0])
            elif block.old is None and block.fresh:
                asked = self._asked(block) if block.likely else None
                yield asked or self._insert(block, block.fresh)

    def _asked(self, block: Block) -> Result | None:
        """What is much like something that somebody deleted is left out until they say whether it is the same; None:
        they want it in.
        """
        left: Mapping[str, Written | None] = {block.key: None}
        if self.merge.is_kept(block):
            return Result((self.merge.outcome(block, "gone", reason="on record"),), left=left)
        if self.merge.settled.chosen(block.called_for, ()):
            return None
        outcome, differing = (
            self.merge.outcome(block, "conflict", reason="alike"),
            self.merge.difference(block, "alike"),
        )
        return Result((outcome,), ((differing, self.passed),), left)

    def _pass(self, block: Block, unit: Unit) -> None:
        self.passed = unit
        self.before = unit.element if unit.table is None else unit.table
        if unit.is_row and block.fresh and block.fresh.table is not None:
            self.row_before[block.fresh.table] = unit.element

    def _insert(self, block: Block, unit: Unit) -> Result:
        if unit.element in self.twins:
            return self._placed(block, self.twins[unit.element])
        table = unit.table
        if block.key in self.unplaced or (table is not None and table not in self.homes and table in self.known):
            return Result((self.merge.outcome(block, "gone"),))
        if table is None:
            return self._placed(block, self._put(unit.element))
        if table in self.homes:
            return self._put_row(block, unit, table)
        self.twins.update(zip(rows_of(table), rows_of(self._put(table)), strict=True))
        return self._placed(block, self.twins[unit.element])

    def _put(self, element: Element) -> Element:
        """A copy of a paragraph or table, put in after what stands before."""
        twin, body = self.merge.transplant.copy(element), self.merge.theirs.body
        cell = self._cell_for(element)
        if cell is None and self.before is not None:  # what stands before may be in a cell, and this does not
            self.before = [self.before, *self.before.iterancestors(TABLE)][-1]
        if cell is not None and (self.before is None or cell not in self.before.iterancestors(CELL)):
            next(cell.iter(PARAGRAPH)).addprevious(twin)
        elif self.before is not None:
            self.before.addnext(twin)
            if {twin.tag, self.before.tag} == {TABLE}:  # Word would run them into one
                twin.addprevious(make("w:p"))
        elif (first := next(blocks(body), None)) is not None:
            first.addprevious(twin)
        else:
            body.insert(0, twin)
        self.before = twin
        return twin

    def _cell_for(self, element: Element) -> Element | None:
        """The officer's cell in which a block of one of the new paper's cells belongs; None for any other block. Where
        their row has other cells, it is the first from there on that says nothing, else the one in that place.
        """
        ours, row = next(element.iterancestors(CELL), None), next(element.iterancestors(ROW), None)
        theirs = next(self._rows_for(row), None) if row is not None else None
        if row is None or theirs is None:
            return None
        given, there = list(cells(row)), list(cells(theirs))
        place = next(n for n, cell in enumerate(given) if cell is ours)
        return there[place] if len(there) == len(given) else _blank_from(there, place)

    def _rows_for(self, row: Element) -> Iterator[Element]:
        """The officer's rows of the blocks that stand in one of the new paper's."""
        for block in self.merge.blocks.new.values():
            if block.fresh and block.fresh.element is row:
                yield from (unit.element for unit in block.units if unit.is_row and unit.attached)

    def _placed(self, block: Block, twin: Element) -> Result:
        first = next(twin.iter(PARAGRAPH))
        return Result((self.merge.outcome(block, "added"),), placed={block.key: (first, first)}, changed=True)

    def _put_row(self, block: Block, unit: Unit, ours: Element) -> Result:
        table = self.homes[ours]
        own = next((there.own for there in self.merge.blocks.units if there.table is table and there.own), ())
        if len(unit.texts) + len(own) not in {len(list(cells(row))) for row in rows_of(table)}:
            return _offer_row(self.merge, block, table)
        twin = self.merge.transplant.copy(unit.element)
        _leave_room(twin, own)
        before = self.row_before.get(ours)
        if before is None:
            _put_first(table, twin)
        else:
            before.addnext(twin)
        self.row_before[ours] = twin
        return self._placed(block, twin)


def _homes(merge: Merge) -> dict[Element, Element]:
    """The officer's table for each of the new paper's."""
    votes: dict[Element, Counter[Element]] = defaultdict(Counter)
    for block in merge.blocks.new.values():
        ours, theirs = (unit.table if unit else None for unit in (block.fresh, next(iter(block.units), None)))
        if ours is not None and theirs is not None and theirs.getparent() is not None:
            votes[ours][theirs] += 1
    return {ours: found.most_common(1)[0][0] for ours, found in votes.items()}


def _known_tables(merge: Merge) -> set[Element]:
    """The new paper's tables that the last draft had too."""
    names = {block.last.table for block in merge.blocks.known.values() if block.last.table}
    had = (block for block in merge.blocks.new.values() if block.old or (block.new and block.new.table in names))
    return {block.fresh.table for block in had if block.fresh and block.fresh.table is not None}


def _offer_row(merge: Merge, block: Block, table: Element) -> Result:
    """A new row for a table whose columns differ: told in a comment on the table, until somebody has put it in."""
    if typed := _row_that_says(merge, block, table):
        outcome = merge.outcome(replace(block, units=[typed]), "kept")
        return Result((outcome,), placed={block.key: (typed.first, typed.first)})
    # It has not come into the paper: the next draft must find it new again.
    left: Mapping[str, Written | None] = {block.key: None}
    if merge.is_kept(block):
        return Result((merge.outcome(block, "gone", reason="on record"),), left=left)
    first = next(table.iter(PARAGRAPH))
    differing = merge.difference(block, "columns"), next(row for row in merge.blocks.units if row.table is table)
    return Result(
        (merge.outcome(block, "conflict", reason="columns"),),
        (differing,),
        left,
        changed=merge.comments.add(first, first, merge.rows_in_words([block])),
    )


def _row_that_says(merge: Merge, block: Block, table: Element) -> Unit | None:
    """The officer's own row of that table in which all words of a block stand."""
    wanted = Counter(word for text in block.facts for word in words(text))
    own = (unit for unit in merge.blocks.own if unit.table is table)
    return next((unit for unit in own if not wanted - Counter(words(unit.flat))), None)


def _blank_from(there: Sequence[Element], place: int) -> Element:
    held = there[place:] or there[-1:]
    return next((cell for cell in held if not any(leaf.text for leaf in cell.iter(TEXT))), held[0])


def _leave_room(row: Element, own: Iterable[int]) -> None:
    """Puts empty cells into a new row, where the table has columns of an officer's own."""
    for n in own:
        there = list(cells(row))
        empty = copy.deepcopy(there[min(n, len(there) - 1)])
        remove(list(empty.iter(RUN)))
        there[n].addprevious(empty) if n < len(there) else there[-1].addnext(empty)


def _put_first(table: Element, row: Element) -> None:
    """Above the first row that is not a heading row."""
    heading = f"{qn('w:trPr')}/{qn('w:tblHeader')}"
    body = [other for other in rows_of(table) if other.find(heading) is None]
    if body:
        body[0].addprevious(row)
    else:
        list(rows_of(table))[-1].addnext(row)


def _in_deleted_sections(merge: Merge) -> Collection[str]:
    """The keys of the new paper's blocks whose section the last draft had, and the officer deleted, heading and all."""
    known, new = merge.blocks.known, merge.blocks.new
    headings = {key for key, block in new.items() if block.fresh and block.fresh.is_heading}
    had, has = _by_section(known, headings), _by_section(new, headings)
    deleted = [heading for heading, keys in had.items() if heading and not any(known[key].there for key in keys)]
    return {key for heading in deleted for key in has.get(heading, ())}


def _by_section(keys: Iterable[str], headings: Collection[str]) -> Mapping[str, list[str]]:
    """The keys, in order, by the heading that they follow, that itself first; `` before the first heading."""
    sections: dict[str, list[str]] = {}
    heading = ""
    for key in keys:
        heading = key if key in headings else heading
        sections.setdefault(heading, []).append(key)
    return sections


def _keep_groups_together(merge: Merge, tables: Collection[Element]) -> None:
    """Sets "keep with next" in the rows of these tables of the new paper as it has it: groups have grown or shrunk."""
    for block in merge.blocks.new.values():
        if block.fresh and block.units and block.fresh.table in tables:
            for one, other in zip(cells(block.fresh.element), cells(block.units[0].element), strict=False):
                wanted = next(one.iter(PARAGRAPH)).find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None
                for paragraph in other.iter(PARAGRAPH):
                    _keep_with_next(paragraph, wanted)


def _keep_with_next(paragraph: Element, wanted: bool) -> None:
    present = paragraph.find(f"{qn('w:pPr')}/{qn('w:keepNext')}")
    if wanted and present is None:
        put(properties(paragraph, "w:pPr"), make("w:keepNext"))
    elif not wanted and present is not None:
        properties(paragraph, "w:pPr").remove(present)
