"""Blocks that the facts call for the first time: put in after the block that comes before them."""

from __future__ import annotations

from collections import Counter, defaultdict

from pipeline.baseline import Written
from pipeline.revise.draft import Draft
from pipeline.revise.outcome import notice_of_columns
from pipeline.revise.runs import plain
from pipeline.revise.sections import in_deleted_sections
from pipeline.revise.units import Unit
from pipeline.revise.wordwise import words
from pipeline.word.xml import PARAGRAPH, Element, blocks, cells, make, properties, put, qn
from pipeline.word.xml import rows as rows_of


class Inserter:
    """Walks the fresh paper's blocks in order, remembering what stands before."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.before: Element | None = None
        self.row_before: dict[Element, Element] = {}
        self.homes = self._homes()
        self.known = self._known_tables()
        self.altered: set[Element] = set()
        self.unplaced = in_deleted_sections(draft)
        self.kept_before = {new: old for old, new in draft.successors.items()}

    def _homes(self) -> dict[Element, Element]:
        """The officer's table for each of the fresh paper's."""
        votes: dict[Element, dict[Element, int]] = defaultdict(lambda: defaultdict(int))
        for key in self.draft.new:
            ours, theirs = self.draft.fresh.unit(key), self.draft.officer.unit(key)
            if ours and theirs and ours.table is not None and theirs.table is not None and attached(theirs.table):
                votes[ours.table][theirs.table] += 1
        return {ours: max(found, key=lambda table: found[table]) for ours, found in votes.items()}

    def _known_tables(self) -> set[Element]:
        """The fresh paper's tables that the last draft had too."""
        names = {block.table for block in self.draft.base.values() if block.table}
        return {
            unit.table
            for key, block in self.draft.new.items()
            if (unit := self.draft.fresh.unit(key))
            and unit.table is not None
            and (key in self.draft.base or block.table in names)
        }

    def insert_all(self) -> None:
        """Puts in every block that is new, and tells of it."""
        for block in self.draft.new.values():
            if block.key in self.draft.placed:
                continue
            there = [u for u in self.draft.officer.matching.units.get(block.key, []) if attached(u.element)]
            joined = self.draft.officer.matching.joined.get(block.key)
            if there or joined:
                self._pass(block.key, there[-1] if there else joined)
            elif block.key not in self.draft.base and (unit := self.draft.fresh.unit(block.key)):
                self._insert(block, unit)

    def _pass(self, key: str, unit: Unit | None) -> None:
        if unit is None:
            return
        self.before = unit.element if unit.table is None else unit.table
        ours = self.draft.fresh.unit(key)
        if unit.table is not None and ours and ours.table is not None:
            self.row_before[ours.table] = unit.element

    def _insert(self, block: Written, unit: Unit) -> None:
        if block.key in self.unplaced:
            self.draft.say(block.key, "gone", texts=("", " | ".join(block.texts), ""))
        elif unit.table is None:
            self._go_to(self.kept_before.get(block.key))
            self._put(block, self.draft.adopter.copy(unit.element), unit)
        elif unit.table in self.homes:
            self._put_row(block, unit, self.homes[unit.table])
        elif unit.table in self.known:
            self.draft.say(block.key, "gone", texts=("", " | ".join(block.texts), ""))
        else:
            self._put_table(unit)

    def _go_to(self, key: str | None) -> None:
        """Goes on after the paragraph that a new one succeeds, if an officer's edit kept it: to be read together."""
        found = self.draft.officer.matching
        kept = found.units.get(key or "", [])[-1:] or [unit for unit in [found.joined.get(key or "")] if unit]
        if kept and attached(kept[0].element):
            self.before = kept[0].element

    def _put(self, block: Written, twin: Element, unit: Unit) -> None:
        self._after(twin)
        self._placed(block, twin, unit)

    def _after(self, twin: Element) -> None:
        if self.before is None:
            first = next(blocks(self.draft.officer.paper.body), None)
            if first is None:
                self.draft.officer.paper.body.insert(0, twin)
            else:
                first.addprevious(twin)
        else:
            self.before.addnext(twin)
        self.before = twin

    def _placed(self, block: Written, twin: Element, unit: Unit) -> None:
        first = twin if twin.tag == PARAGRAPH else next(twin.iter(PARAGRAPH))
        self.draft.placed[block.key] = first, first
        self.draft.changed = True
        self.draft.say(block.key, "added", unit, texts=("", " | ".join(block.texts), ""))

    def _put_row(self, block: Written, unit: Unit, table: Element) -> None:
        if unit.table is None:
            return
        columns = {len(list(cells(row))) for row in rows_of(table)}
        if len(unit.texts) not in columns:
            self._offer_row(block, unit, table)
            return
        twin = self.draft.adopter.copy(unit.element)
        before = self.row_before.get(unit.table)
        if before is None:
            _put_first(table, twin)
        else:
            before.addnext(twin)
        self.row_before[unit.table] = twin
        self._placed(block, twin, unit)
        self.altered.add(unit.table)

    def _offer_row(self, block: Written, unit: Unit, table: Element) -> None:
        """A new row for a table whose columns differ: told in a comment on the table, until somebody has put it in."""
        if typed := self._row_that_says(block, table):
            self.draft.placed[block.key] = typed.first, typed.first
            self.draft.say(block.key, "kept", typed, texts=("", " | ".join(block.texts), " | ".join(typed.texts)))
            return
        self.draft.left[block.key] = None  # it has not come into the paper: the next draft must find it new again
        if self.draft.is_kept(block.key, ()):
            self.draft.say(block.key, "gone", unit, texts=("", " | ".join(block.texts), ""), reason="on record")
            return
        line = " | ".join(block.texts)
        first = next(table.iter(PARAGRAPH))
        told = notice_of_columns([plain(line, self.draft.shown)], block.sources)
        self.draft.changed |= self.draft.comments.add(first, first, told)
        self.draft.differ(block, next(each for each in self.draft.officer.units if each.table is table), (), "columns")
        self.draft.say(block.key, "conflict", unit, texts=("", line, ""), reason="columns")

    def _row_that_says(self, block: Written, table: Element) -> Unit | None:
        """The officer's own row of that table in which all words of a block stand."""
        wanted = Counter(word for text in block.texts for word in words(text))
        own = (each for each in self.draft.officer.units if each.table is table)
        free = (each for each in own if each.number not in self.draft.officer.matching.owner)
        return next((each for each in free if not wanted - Counter(words(each.flat))), None)

    def _put_table(self, unit: Unit) -> None:
        """A table that is new as a whole, with all its rows."""
        assert unit.table is not None  # noqa: S101
        twin = self.draft.adopter.copy(unit.table)
        self._after(twin)
        copies = dict(zip(rows_of(unit.table), rows_of(twin), strict=True))
        self.homes[unit.table] = twin
        for key, block in self.draft.new.items():
            ours = self.draft.fresh.unit(key)
            if ours and ours.table is unit.table and key not in self.draft.base:
                self._placed(block, copies[ours.element], ours)
        self.row_before[unit.table] = list(copies.values())[-1]


def _put_first(table: Element, row: Element) -> None:
    """Above the first row that is not a heading row."""
    heading = qn("w:trPr"), qn("w:tblHeader")
    body = [other for other in rows_of(table) if other.find("/".join(heading)) is None]
    if body:
        body[0].addprevious(row)
    else:
        list(rows_of(table))[-1].addnext(row)


def attached(element: Element) -> bool:
    """Whether it still stands in a document (and was not taken out)."""
    return element.getparent() is not None


def keep_groups_together(draft: Draft, tables: set[Element]) -> None:
    """Sets "keep with next" in the rows of altered tables as in the fresh paper: groups have grown or shrunk."""
    for key in draft.new:
        ours, theirs = draft.fresh.unit(key), draft.officer.unit(key)
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
