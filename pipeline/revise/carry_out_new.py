"""Blocks that the facts call for the first time: put in after the block that comes before them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from pipeline.baseline import Written
from pipeline.revise.match_units import Unit
from pipeline.revise.merge import Merge, Result, line, together
from pipeline.revise.outcome import notice_of_columns
from pipeline.revise.wordwise import words
from pipeline.word.xml import PARAGRAPH, Element, blocks, cells, make, properties, put, qn
from pipeline.word.xml import rows as rows_of


def insert_new(merge: Merge) -> Result:
    """Every block that is new, put in; groups of rows that have grown are kept on one page."""
    work = _Insertion(merge)
    result = together(work.results())
    _keep_groups_together(merge, work.altered)
    return result


class _Insertion:
    """Walks the fresh paper's blocks in order, remembering what stands before: `before` in the text, `row_before` in
    each of the fresh paper's tables, whose home in the officer's paper `homes` tells.
    """

    def __init__(self, merge: Merge) -> None:
        self.merge = merge
        self.before: Element | None = None
        self.row_before: dict[Element, Element] = {}
        self.homes = _homes(merge)
        self.known = _known_tables(merge)
        self.unplaced = _in_deleted_sections(merge)
        self.kept_before = {new: old for old, new in merge.successors.items()}
        self.in_new_tables: set[str] = set()
        self.altered: set[Element] = set()

    def results(self) -> Iterator[Result]:
        """What became of each block that is new."""
        officer, fresh = self.merge.officer, self.merge.fresh
        for block in self.merge.new.values():
            there = [unit for unit in officer.units_of(block.key) if attached(unit.element)]
            joined = officer.matching.joined.get(block.key)
            if block.key in self.in_new_tables:
                continue
            if there or joined:
                self._pass(block.key, there[-1] if there else joined)
            elif block.key not in self.merge.base and (unit := fresh.unit(block.key)):
                yield self._insert(block, unit)

    def _pass(self, key: str, unit: Unit | None) -> None:
        if unit is None:
            return
        self.before = unit.element if unit.table is None else unit.table
        ours = self.merge.fresh.unit(key)
        if unit.table is not None and ours and ours.table is not None:
            self.row_before[ours.table] = unit.element

    def _insert(self, block: Written, unit: Unit) -> Result:
        table = unit.table
        if block.key not in self.unplaced and table is None:
            self._go_to(self.kept_before.get(block.key, ""))
            twin = self.merge.transplant.copy(unit.element)
            self._after(twin)
            return self._placed(block, twin, unit)
        if block.key in self.unplaced or table is None or (table not in self.homes and table in self.known):
            return Result((self.merge.outcome(block.key, "gone", texts=("", line(block.texts), "")),))
        return self._put_row(block, unit, table) if table in self.homes else self._put_table(table)

    def _go_to(self, key: str) -> None:
        """Goes on after the paragraph that a new one succeeds, if an officer's edit kept it: to be read together."""
        found = self.merge.officer
        kept = found.units_of(key)[-1:] or [unit for unit in [found.matching.joined.get(key)] if unit]
        if kept and attached(kept[0].element):
            self.before = kept[0].element

    def _after(self, twin: Element) -> None:
        body = self.merge.officer.paper.body
        if self.before is not None:
            self.before.addnext(twin)
        elif (first := next(blocks(body), None)) is not None:
            first.addprevious(twin)
        else:
            body.insert(0, twin)
        self.before = twin

    def _placed(self, block: Written, twin: Element, unit: Unit) -> Result:
        first = twin if twin.tag == PARAGRAPH else next(twin.iter(PARAGRAPH))
        outcome = self.merge.outcome(block.key, "added", unit, texts=("", line(block.texts), ""))
        return Result((outcome,), placed={block.key: (first, first)}, changed=True)

    def _put_row(self, block: Written, unit: Unit, ours: Element) -> Result:
        table = self.homes[ours]
        if len(unit.texts) not in {len(list(cells(row))) for row in rows_of(table)}:
            return _offer_row(self.merge, block, unit, table)
        twin = self.merge.transplant.copy(unit.element)
        before = self.row_before.get(ours)
        if before is None:
            _put_first(table, twin)
        else:
            before.addnext(twin)
        self.row_before[ours] = twin
        self.altered.add(ours)
        return self._placed(block, twin, unit)

    def _put_table(self, table: Element) -> Result:
        """A table that is new as a whole, with all its rows."""
        twin = self.merge.transplant.copy(table)
        self._after(twin)
        copies = dict(zip(rows_of(table), rows_of(twin), strict=True))
        self.homes[table], self.row_before[table] = twin, list(copies.values())[-1]
        placed = []
        for key, block in self.merge.new.items():
            ours = self.merge.fresh.unit(key)
            if ours and ours.table is table and key not in self.merge.base:
                self.in_new_tables.add(key)
                placed.append(self._placed(block, copies[ours.element], ours))
        return together(placed)


def _homes(merge: Merge) -> dict[Element, Element]:
    """The officer's table for each of the fresh paper's."""
    votes: dict[Element, Counter[Element]] = defaultdict(Counter)
    for key in merge.new:
        ours, theirs = merge.fresh.unit(key), merge.officer.unit(key)
        if ours and theirs and ours.table is not None and theirs.table is not None and attached(theirs.table):
            votes[ours.table][theirs.table] += 1
    return {ours: found.most_common(1)[0][0] for ours, found in votes.items()}


def _known_tables(merge: Merge) -> set[Element]:
    """The fresh paper's tables that the last draft had too."""
    names = {block.table for block in merge.base.values() if block.table}
    return {
        unit.table
        for key, block in merge.new.items()
        if (unit := merge.fresh.unit(key)) and unit.table is not None and (key in merge.base or block.table in names)
    }


def _offer_row(merge: Merge, block: Written, unit: Unit, table: Element) -> Result:
    """A new row for a table whose columns differ: told in a comment on the table, until somebody has put it in."""
    texts = line(block.texts)
    if typed := _row_that_says(merge, block, table):
        outcome = merge.outcome(block.key, "kept", typed, texts=("", texts, line(typed.texts)))
        return Result((outcome,), placed={block.key: (typed.first, typed.first)})
    # It has not come into the paper: the next draft must find it new again.
    left: Mapping[str, Written | None] = {block.key: None}
    if merge.is_kept(block.key, ()):
        outcome = merge.outcome(block.key, "gone", unit, texts=("", texts, ""), reason="on record")
        return Result((outcome,), left=left)
    first = next(table.iter(PARAGRAPH))
    differing = merge.difference(block, (), "columns"), next(row for row in merge.officer.units if row.table is table)
    return Result(
        (merge.outcome(block.key, "conflict", unit, texts=("", texts, ""), reason="columns"),),
        (differing,),
        left,
        changed=merge.comments.add(first, first, notice_of_columns([merge.plain(texts)], block.sources)),
    )


def _row_that_says(merge: Merge, block: Written, table: Element) -> Unit | None:
    """The officer's own row of that table in which all words of a block stand."""
    wanted = Counter(word for text in block.texts for word in words(text))
    own = (unit for unit in merge.officer.units if unit.table is table)
    free = (unit for unit in own if unit.number not in merge.officer.matching.owner)
    return next((unit for unit in free if not wanted - Counter(words(unit.flat))), None)


def _put_first(table: Element, row: Element) -> None:
    """Above the first row that is not a heading row."""
    heading = f"{qn('w:trPr')}/{qn('w:tblHeader')}"
    body = [other for other in rows_of(table) if other.find(heading) is None]
    if body:
        body[0].addprevious(row)
    else:
        list(rows_of(table))[-1].addnext(row)


def attached(element: Element) -> bool:
    """Whether it still stands in a document (and was not taken out)."""
    return element.getparent() is not None


def _in_deleted_sections(merge: Merge) -> frozenset[str]:
    """The keys of the new paper's blocks whose section the last draft had, and the officer deleted, heading and all."""
    headings = {key for key in merge.new if _is_heading(merge, key)}
    found = merge.officer.matching
    had = _by_section(merge.base, headings)
    deleted = {
        heading
        for heading, keys in had.items()
        if heading and not any(key in found.units or key in found.joined for key in keys)
    }
    new = _by_section(merge.new, headings)
    return frozenset(key for heading in deleted for key in new.get(heading, ()))


def _is_heading(merge: Merge, key: str) -> bool:
    unit = merge.fresh.unit(key)
    return unit is not None and not unit.is_row and bool(unit.flat) and unit.flat == unit.heading


def _by_section(keys: Iterable[str], headings: Collection[str]) -> Mapping[str, list[str]]:
    """The keys, in order, by the heading that they follow, that itself first; `` before the first heading."""
    sections: dict[str, list[str]] = {}
    heading = ""
    for key in keys:
        heading = key if key in headings else heading
        sections.setdefault(heading, []).append(key)
    return sections


def _keep_groups_together(merge: Merge, tables: Collection[Element]) -> None:
    """Sets "keep with next" in the rows of altered tables as in the fresh paper: groups have grown or shrunk."""
    for key in merge.new:
        ours, theirs = merge.fresh.unit(key), merge.officer.unit(key)
        if ours and theirs and ours.table in tables:
            for one, other in zip(cells(ours.element), cells(theirs.element), strict=False):
                wanted = next(one.iter(PARAGRAPH)).find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None
                for paragraph in other.iter(PARAGRAPH):
                    _keep_with_next(paragraph, wanted)


def _keep_with_next(paragraph: Element, wanted: bool) -> None:
    present = paragraph.find(f"{qn('w:pPr')}/{qn('w:keepNext')}")
    if wanted and present is None:
        put(properties(paragraph, "w:pPr"), make("w:keepNext"))
    elif not wanted and present is not None:
        properties(paragraph, "w:pPr").remove(present)
