"""Both papers laid side by side, block by block: what was written, what the facts give now, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.baseline import Baseline, Written, mark_name
from pipeline.problems import Place
from pipeline.revise.content import is_removable
from pipeline.revise.decide import Reason
from pipeline.revise.match import Found, find, marks_of
from pipeline.revise.match_forgotten import as_last_taken, if_edited, texts_by_key, with_forgotten
from pipeline.revise.match_keys import renamed, successors, with_names
from pipeline.revise.match_units import Unit, words_of
from pipeline.revise.paper import Paper
from pipeline.revise.wordwise import as_compared, line


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One block of a paper, as all sides have it.

    `old` is what the last draft wrote (None: nothing), `new` what the facts give now (None: they do not call for it).
    `units` are where it stands in the officer's paper: several where its paragraph was split, none where it was
    deleted, or `joined` to another block's. `fresh` is where it stands in the new paper. `successor` is the key of the
    new block that says the same of another record, where the facts no longer call for this one.
    """

    key: str
    old: Written | None = None
    new: Written | None = None
    units: Sequence[Unit] = ()
    joined: Unit | None = None
    fresh: Unit | None = None
    is_row: bool = False
    successor: str = ""

    @property
    def last(self) -> Written:
        """What the last draft wrote; for a block that is new, what the facts give."""
        return self.old or self.new or Written(self.key, ())

    @property
    def there(self) -> Sequence[Unit]:
        """The units in which its words stand."""
        return self.units or ([self.joined] if self.joined else ())

    @property
    def unit(self) -> Unit | None:
        """The first unit in which its words stand."""
        return next(iter(self.there), None)

    @property
    def words(self) -> tuple[str, ...]:
        """What the officer's paper says there: a text for each cell of a row."""
        return words_of(self.there)

    @property
    def lines(self) -> tuple[str, str, str]:
        """What was written, what the facts give now, and what stands there; each in one line, blank where nothing."""
        old, new = (line(written.texts) if written else "" for written in (self.old, self.new))
        return old, new, line(self.words)

    @property
    def sources(self) -> tuple[Place, ...]:
        """The cells or letters behind what the facts give now, or gave last."""
        return (self.new or self.last).sources

    @property
    def pending(self) -> bool:
        """Whether somebody's tracked changes wait in it."""
        return any(unit.pending for unit in self.there)

    @property
    def reason(self) -> Reason:
        """Why no change may be made inside it; blank where one may."""
        return "joined" if self.joined else "split" if len(self.units) > 1 else ""

    @property
    def called_for(self) -> tuple[str, ...]:
        """What the facts give now; nothing where they do not call for it."""
        return self.new.texts if self.new else ()

    @property
    def facts(self) -> tuple[str, ...]:
        """What the facts give now: blank texts where they no longer call for it."""
        return self.new.texts if self.new else ("",) * len(self.last.texts)

    @property
    def told(self) -> tuple[str, ...]:
        """What the last draft was told for each text: what it took, or what it left."""
        return self.last.told if len(self.last.told) == len(self.last.texts) else self.last.texts

    @property
    def is_told(self) -> bool:
        """Was the last draft told already of what the facts give now?"""
        return as_compared(self.last.told) == as_compared(self.facts)


@dataclass(frozen=True, slots=True)
class Matched:
    """The blocks of the last draft and those of the new paper by key, each in its order, and the officer's units."""

    known: Mapping[str, Block]
    new: Mapping[str, Block]
    units: Sequence[Unit]

    @property
    def own(self) -> list[Unit]:
        """The units that belong to nobody but the officer."""
        taken = {unit.number for block in self.known.values() for unit in block.units}
        return [unit for unit in self.units if unit.flat and unit.number not in taken]


def matched(theirs: Paper, ours: Paper, known: Baseline, new: Baseline, earlier: Sequence[Baseline]) -> Matched:
    """Which block is which in both papers. `earlier`: what earlier drafts said, the newest first."""
    calls = {block.key: block for block in new.blocks}
    blocks, forgotten = with_forgotten(known.blocks, earlier, calls)
    names = renamed(blocks, new.blocks)
    blocks = with_names(blocks, names)
    marks = marks_of((*blocks, *new.blocks)) | {mark_name(old): key for old, key in names.items()}
    fresh = find(ours, new.blocks, marks)
    found = find(theirs, blocks, marks, fresh.rows & {block.key for block in blocks})
    said = texts_by_key(earlier)
    base = {}
    for block in blocks:
        units = found.of.get(block.key, ())
        taken = as_last_taken(block, units, said.get(block.key, ()))
        if old := if_edited(taken, units) if block.key in forgotten else taken:
            base[old.key] = old
    pairs = {key: _pair(key, found, fresh, base, calls) for key in {**base, **calls}}
    late = {key: pairs[name] for key, name in successors(base, calls).items() if not pairs[key].is_row}
    lasting = [_succeeded(pairs[key], late[key], theirs, ours) if key in late else pairs[key] for key in base]
    known_blocks = {block.key: block for block in lasting}
    return Matched(known_blocks, {key: known_blocks.get(key, pairs[key]) for key in calls}, found.units)


def _pair(key: str, found: Found, fresh: Found, base: Mapping[str, Written], calls: Mapping[str, Written]) -> Block:
    unit = next(iter(fresh.of.get(key, ())), None)
    units, joined = found.of.get(key, ()), found.joined.get(key)
    return Block(key, base.get(key), calls.get(key), units, joined, unit, key in found.rows)


def _succeeded(block: Block, late: Block, theirs: Paper, ours: Paper) -> Block:
    """Lets a paragraph in which nobody typed be brought up to date as its successor, where more than words hangs on it.

    A comment of an officer's then stays on the sentence, and that is said once. Of one that was edited it is only
    noted what succeeds it. What can be removed goes and comes: a reference to it elsewhere must not come to mean
    another record.
    """
    old = block.last
    if len(block.units) != 1 or block.pending or as_compared(block.words) != as_compared(old.texts):
        return replace(block, successor=late.key)
    if is_removable(block.units[0].element, theirs, ours):
        return block
    return replace(block, key=late.key, old=old._replace(key=late.key), new=late.new, fresh=late.fresh)
