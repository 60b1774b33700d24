"""Which paragraph or row of a paper is which block that the generator wrote: by mark, by words, by place.

A wrong match is safe, if unhelpful: text that is not what the generator wrote is never replaced.
Nothing here compares every block with every unit: what marks and equal words leave over is looked up by its rare words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from pipeline.baseline import Written
from pipeline.blocks import mark_name
from pipeline.revise.match_units import Unit, units_of
from pipeline.revise.paper import Paper
from pipeline.revise.wordwise import Likeness, normalised
from pipeline.word.xml import Element

_STRAY, _RETYPED, _SHORT = 0.15, 0.2, 40
_ALIKE, _ALIKE_HERE, _ALIKE_SHORT, _ALIKE_ROW = 0.6, 0.45, 0.9, 0.5
_NEAR = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A paper's `units`, and which block each of them is.

    `of` has the units of a block by its key, in the paper's order (several where one was split), `key_of` the key by
    the number of a unit, `joined` the unit of another block into which one was run. `rows` are the keys of table rows.
    """

    units: Sequence[Unit]
    rows: frozenset[str]
    of: dict[str, list[Unit]] = field(default_factory=dict)
    key_of: dict[int, str] = field(default_factory=dict)
    joined: dict[str, Unit] = field(default_factory=dict)


def find(paper: Paper, blocks: Sequence[Written], rows: Collection[str] = ()) -> Found:
    """Finds the blocks in a paper. `rows`: keys known to be table rows, besides those that look like rows here."""
    marks = {mark_name(block.key): block.key for block in blocks}
    known = frozenset(rows).union(block.key for block in blocks if block.table or len(block.texts) > 1)
    units = units_of(paper, {mark for mark, key in marks.items() if key not in known})
    known |= {marks[mark] for unit in units if unit.is_row for mark in marks.keys() & unit.cover}
    return paired(units, blocks, known, marks)


def paired(units: Sequence[Unit], base: Sequence[Written], rows: frozenset[str], marks: Mapping[str, str]) -> Found:
    """Finds the unit of every block. `rows` are the keys of table rows; `marks` gives the key of a mark's name."""
    work = _Matching(units, base, rows, marks)
    work.by_mark()
    work.by_words()
    work.by_likeness()
    work.by_mark_alone()
    work.continuations()
    work.alone_between()
    work.run_together()
    return work.found


@dataclass(frozen=True, slots=True)
class _Block:
    """A block that is looked for: `flat` is its normalised text, `place` its number in the paper."""

    key: str
    flat: str
    is_row: bool
    table: str
    place: int


def _last_known(block: Written) -> Iterable[str]:
    """What a block says as far as is known: where nobody knows on what a text rests, what it was told last."""
    told = block.told if len(block.told) == len(block.texts) else block.texts
    return (text or last for text, last in zip(block.texts, told, strict=True))


class _Matching:
    def __init__(
        self, units: Sequence[Unit], base: Sequence[Written], rows: frozenset[str], marks: Mapping[str, str]
    ) -> None:
        self.blocks = [
            _Block(block.key, normalised("\n".join(_last_known(block))), block.key in rows, block.table, place)
            for place, block in enumerate(base)
        ]
        self.units = [unit for unit in units if unit.flat or unit.cover]
        self.block = {block.key: block for block in self.blocks}
        self.found, self.like = Found(units, rows), Likeness()
        self.cover = {
            unit.number: {marks[m]: n for m, n in unit.cover.items() if marks.get(m) in self.block}
            for unit in self.units
        }

    def claim(self, block: _Block, unit: Unit) -> None:
        claimed = self.found.of.setdefault(block.key, [])
        claimed.append(unit)
        claimed.sort(key=lambda each: each.number)
        self.found.key_of[unit.number] = block.key

    def is_free(self, block: _Block, unit: Unit) -> bool:
        return block.key not in self.found.of and unit.number not in self.found.key_of and block.is_row == unit.is_row

    def free_blocks(self) -> list[_Block]:
        return [block for block in self.blocks if block.key not in self.found.of]

    def free_units(self) -> list[Unit]:
        return [unit for unit in self.units if unit.number not in self.found.key_of and unit.flat]

    def take_best(self, pairs: Iterable[tuple[float, _Block, Unit]]) -> None:
        """Claims pairs, the best first, each block and unit once; on a tie the earlier in the paper."""
        for _, block, unit in sorted(pairs, key=lambda pair: (-pair[0], pair[2].number, pair[1].place)):
            if self.is_free(block, unit):
                self.claim(block, unit)

    def by_mark(self) -> None:
        covers = [(unit, self.block[key], n) for unit in self.units for key, n in self.cover[unit.number].items() if n]
        alike = [
            (self.like(block.flat, unit.flat), n, block, unit) for unit, block, n in covers if self.is_free(block, unit)
        ]
        self.take_best(
            (like + n / (len(unit.flat) + 1), block, unit) for like, n, block, unit in alike if like >= _STRAY
        )

    def by_words(self) -> None:
        """Equal words: first those that occur as often here, then the others by where they are expected."""
        units = _by_words(self.free_units())
        shared = [(blocks, units[words]) for words, blocks in _by_words(self.free_blocks()).items() if words in units]
        uneven = [pair for pair in shared if len(pair[0]) != len(pair[1])]
        for blocks, same in shared:
            for block, unit in zip(blocks, same, strict=False) if len(blocks) == len(same) else ():
                self.claim(block, unit)
        expected = self.expected()
        for blocks, same in uneven:
            self._nearest(blocks, same, expected)

    def _nearest(self, blocks: list[_Block], units: list[Unit], expected: Sequence[int]) -> None:
        for block in blocks[: len(units)]:
            wanted = expected[block.place]
            at = bisect_left(units, wanted, key=lambda unit: unit.number)
            near = [n for n in (at - 1, at) if 0 <= n < len(units)]
            self.claim(block, units.pop(min(near, key=lambda n: abs(units[n].number - wanted))))

    def expected(self) -> list[int]:
        """By block number: the number of the unit where it should be, after the block before it."""
        places, last = [], -1
        for block in self.blocks:
            claimed = self.found.of.get(block.key)
            last = claimed[0].number if claimed else last + 1
            places.append(last)
        return places

    def tables(self) -> dict[str, set[Element | None]]:
        """The officer's tables in which rows of each of our tables were found."""
        homes = defaultdict[str, set[Element | None]](set)
        for key, claimed in self.found.of.items():
            if self.block[key].table and claimed[0].is_row:
                homes[self.block[key].table].add(claimed[0].table)
        return homes

    def by_likeness(self) -> None:
        expected, homes, units = self.expected(), self.tables(), self.free_units()
        at = [unit.number for unit in units]
        likely = self.like.likely_among([unit.flat for unit in units])
        pairs = []
        for block in self.free_blocks():
            first = bisect_left(at, expected[block.place] - _NEAR)
            near = set(range(first, bisect_left(at, expected[block.place] + _NEAR + 1)))
            home = homes.get(block.table)
            for n in near | set(likely(block.flat)):
                if units[n].is_row == block.is_row and (not home or units[n].table in home):
                    least = _least(block, n in near)
                    alike = self.like(block.flat, units[n].flat, least)
                    pairs += [(alike + 0.1 * (n in near), block, units[n])] if alike >= least else []
        self.take_best(pairs)

    def by_mark_alone(self) -> None:
        """A mark over words that have nothing of ours any more: the paragraph was retyped."""
        for unit in self.free_units():
            keys = [key for key, n in self.cover[unit.number].items() if n and key not in self.found.of]
            if len(keys) == 1 and self.block[keys[0]].is_row == unit.is_row:
                self.claim(self.block[keys[0]], unit)

    def continuations(self) -> None:
        """The other half of a paragraph that was split, before or after the half that was found."""
        for unit in self.free_units():
            for step in (-1, 1):
                block = None if unit.is_row else self._beside(unit, step)
                if block and self._continues(block, unit, step):
                    self.claim(block, unit)
                    break

    def _beside(self, unit: Unit, step: int) -> _Block | None:
        """The block of the paragraph before or after a unit."""
        at = self._at(unit.number) + step
        neighbour = self.units[at] if 0 <= at < len(self.units) else unit
        return None if neighbour.is_row else self.block.get(self.found.key_of.get(neighbour.number, ""))

    def _continues(self, block: _Block, unit: Unit, step: int) -> bool:
        claimed = " ".join(part.flat for part in self.found.of[block.key])
        whole = f"{claimed} {unit.flat}" if step < 0 else f"{unit.flat} {claimed}"
        covers = bool(self.cover[unit.number].get(block.key))
        return covers or self.like(whole, block.flat) > self.like(claimed, block.flat) + 0.1

    def alone_between(self) -> None:
        """One block without a unit and one unit without a block, between the same neighbours: retyped."""
        for block in self.free_blocks():
            before, after = (self._claimed(block.place + step) for step in (-1, 1))
            if before and after and 1 < after[0].number - before[-1].number <= _NEAR * 2:
                between = self.units[self._at(before[-1].number + 1) : self._at(after[0].number)]
                free = [unit for unit in between if self.is_free(block, unit)]
                if len(free) == 1 and self.like(block.flat, free[0].flat) >= _RETYPED:
                    self.claim(block, free[0])

    def _at(self, number: int) -> int:
        return bisect_left(self.units, number, key=lambda unit: unit.number)

    def _claimed(self, place: int) -> list[Unit]:
        return self.found.of.get(self.blocks[place].key, []) if 0 <= place < len(self.blocks) else []

    def run_together(self) -> None:
        """Blocks whose words now stand in the paragraph of another block, beside their own place or, word for word, in
        any: the officer joined the two.

        Not where that block says much the same, as of another day, and its paragraph has no room for both.
        """
        under = {
            key: unit for unit in self.units for key, n in self.cover[unit.number].items() if n and not unit.is_row
        }
        for block in self.free_blocks():
            if block.flat and not block.is_row and (unit := self._holder(block, under)):
                self.found.joined[block.key] = unit

    def _holder(self, block: _Block, under: Mapping[str, Unit]) -> Unit | None:
        beside = (unit for step in (-1, 1) for unit in self._claimed(block.place + step)[-1:])
        for unit in (under.get(block.key), *beside):
            is_there = unit and not unit.is_row and self.like.contains(unit.flat, block.flat)
            if unit and is_there and self._is_room(block, unit):
                return unit
        if len(block.flat) <= _SHORT:
            return None
        whole = (unit for unit in self.units if not unit.is_row and block.flat in unit.flat)
        return next((unit for unit in whole if self._is_room(block, unit)), None)

    def _is_room(self, block: _Block, unit: Unit) -> bool:
        owner = self.block.get(self.found.key_of.get(unit.number, ""))
        if owner is None or not self.like.contains(owner.flat, block.flat):
            return True
        return len(unit.flat) > len(owner.flat) + len(block.flat) / 2


_Words = TypeVar("_Words", _Block, Unit)


def _by_words(found: Iterable[_Words]) -> dict[tuple[bool, str], list[_Words]]:
    """Blocks, or units, by whether they are rows, and by what they say."""
    same = defaultdict[tuple[bool, str], list[_Words]](list)
    for one in found:
        same[one.is_row, one.flat].append(one)
    return same


def _least(block: _Block, near: bool) -> float:
    """How alike a unit must be at least to be taken for a block."""
    if block.is_row:
        return _ALIKE_ROW
    if len(block.flat) <= _SHORT:
        return _ALIKE if near else _ALIKE_SHORT
    return _ALIKE_HERE if near else _ALIKE
