"""Which paragraph or row of the officer's paper is which block that the generator wrote: by mark, by words, by place.

A wrong match is safe, if unhelpful: text that is not what the generator wrote is never replaced.
Nothing here compares every block with every unit: what marks and equal words leave over is looked up by its rare words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.baseline import Written
from pipeline.revise.match_units import Unit
from pipeline.revise.wordwise import Likeness, normalised

_STRAY, _RETYPED, _SHORT = 0.15, 0.2, 40
_ALIKE, _ALIKE_HERE, _ALIKE_SHORT, _ALIKE_ROW = 0.6, 0.45, 0.9, 0.5
_NEAR = 4


@dataclass(slots=True)
class Block:
    """A block of the baseline: `flat` is its normalised text, `place` its number in the paper."""

    key: str
    flat: str
    is_row: bool
    table: str
    place: int


@dataclass(slots=True)
class Matching:
    """`units` by key, in the officer's order (several where one was split); `joined`: blocks run into another."""

    units: dict[str, list[Unit]] = field(default_factory=dict)
    joined: dict[str, Unit] = field(default_factory=dict)
    owner: dict[int, str] = field(default_factory=dict)

    def claim(self, key: str, unit: Unit) -> None:
        """Takes a unit for a block."""
        self.units.setdefault(key, []).append(unit)
        self.units[key].sort(key=lambda u: u.number)
        self.owner[unit.number] = key

    def without(self, keys: Collection[str]) -> Matching:
        """The same, but for some blocks: their units are nobody's."""
        return Matching(
            {key: units for key, units in self.units.items() if key not in keys},
            {key: unit for key, unit in self.joined.items() if key not in keys},
            {number: key for number, key in self.owner.items() if key not in keys},
        )

    def renamed(self, names: Mapping[str, str]) -> Matching:
        """The same, some blocks under other keys."""
        return Matching(
            {names.get(key, key): units for key, units in self.units.items()},
            {names.get(key, key): unit for key, unit in self.joined.items()},
            {number: names.get(key, key) for number, key in self.owner.items()},
        )


def match(units: Sequence[Unit], base: Sequence[Written], rows: frozenset[str], marks: Mapping[str, str]) -> Matching:
    """Finds the unit of every block. `rows` are the keys of table rows; `marks` gives the key of a mark's name."""
    blocks = [Block(b.key, normalised("\n".join(b.texts)), b.key in rows, b.table, n) for n, b in enumerate(base)]
    work = _Work(blocks, [unit for unit in units if unit.flat or unit.cover], marks)
    work.by_mark()
    work.by_words()
    work.by_likeness()
    work.by_mark_alone()
    work.continuations()
    work.alone_between()
    work.run_together()
    return work.found


class _Work:
    def __init__(self, blocks: Sequence[Block], units: Sequence[Unit], marks: Mapping[str, str]) -> None:
        self.blocks, self.units, self.found = blocks, units, Matching()
        self.block = {block.key: block for block in blocks}
        self.like = Likeness()
        self.cover = {
            unit.number: {marks[m]: n for m, n in unit.cover.items() if marks.get(m) in self.block} for unit in units
        }

    def free_blocks(self) -> list[Block]:
        return [block for block in self.blocks if block.key not in self.found.units]

    def free_units(self) -> list[Unit]:
        return [unit for unit in self.units if unit.number not in self.found.owner and unit.flat]

    def take_best(self, pairs: Iterable[tuple[float, Block, Unit]]) -> None:
        """Claims pairs, the best first, each block and unit once; on a tie the earlier in the paper."""
        for _, block, unit in sorted(pairs, key=lambda p: (-p[0], p[2].number, p[1].place)):
            if block.key not in self.found.units and unit.number not in self.found.owner:
                self.found.claim(block.key, unit)

    def by_mark(self) -> None:
        pairs = []
        for unit in self.units:
            for key, covered in self.cover[unit.number].items():
                block = self.block[key]
                if block.is_row != unit.is_row or not covered:
                    continue
                alike = self.like(block.flat, unit.flat)
                if alike >= _STRAY:
                    pairs.append((alike + covered / (len(unit.flat) + 1), block, unit))
        self.take_best(pairs)

    def by_words(self) -> None:
        """Equal words: first those that occur once, then the others by where they are expected."""
        blocks, units = defaultdict(list), defaultdict(list)
        for block in self.free_blocks():
            blocks[block.is_row, block.flat].append(block)
        for unit in self.free_units():
            units[unit.is_row, unit.flat].append(unit)
        shared = [words for words in blocks if words in units]
        for words in shared:
            if len(blocks[words]) == len(units[words]):
                for block, unit in zip(blocks[words], units[words], strict=True):
                    self.found.claim(block.key, unit)
        expected = self.expected()
        for words in shared:
            if len(blocks[words]) != len(units[words]):
                self._nearest(blocks[words], units[words], expected)

    def _nearest(self, blocks: list[Block], units: list[Unit], expected: Sequence[int]) -> None:
        numbers = [unit.number for unit in units]
        for block in blocks[: len(units)]:
            at = bisect_left(numbers, expected[block.place])
            near = [n for n in (at - 1, at) if 0 <= n < len(numbers)]
            best = min(near, key=lambda n: abs(numbers[n] - expected[block.place]))
            self.found.claim(block.key, units.pop(best))
            numbers.pop(best)

    def expected(self) -> list[int]:
        """By block number: the number of the unit where it should be, after the block before it."""
        places, last = [], -1
        for block in self.blocks:
            claimed = self.found.units.get(block.key)
            last = claimed[0].number if claimed else last + 1
            places.append(last)
        return places

    def tables(self) -> dict[str, set[int]]:
        """The officer's tables in which rows of each of our tables were found."""
        homes: dict[str, set[int]] = defaultdict(set)
        for key, claimed in self.found.units.items():
            if self.block[key].table and claimed[0].table is not None:
                homes[self.block[key].table].add(id(claimed[0].table))
        return homes

    def by_likeness(self) -> None:
        expected, homes = self.expected(), self.tables()
        units = self.free_units()
        at = [unit.number for unit in units]
        likely = self.like.likely_among([unit.flat for unit in units])
        pairs = []
        for block in self.free_blocks():
            first = bisect_left(at, expected[block.place] - _NEAR)
            near = set(range(first, bisect_left(at, expected[block.place] + _NEAR + 1)))
            for n in near | set(likely(block.flat)):
                home = homes.get(block.table)
                if units[n].is_row != block.is_row or (home and id(units[n].table) not in home):
                    continue
                least = self._least(block, n in near)
                alike = self.like(block.flat, units[n].flat, least)
                if alike >= least:
                    pairs.append((alike + 0.1 * (n in near), block, units[n]))
        self.take_best(pairs)

    def _least(self, block: Block, near: bool) -> float:
        if block.is_row:
            return _ALIKE_ROW
        if len(block.flat) <= _SHORT:
            return _ALIKE if near else _ALIKE_SHORT
        return _ALIKE_HERE if near else _ALIKE

    def by_mark_alone(self) -> None:
        """A mark over words that have nothing of ours any more: the paragraph was retyped."""
        for unit in self.free_units():
            keys = [k for k, n in self.cover[unit.number].items() if n and k not in self.found.units]
            if len(keys) == 1 and self.block[keys[0]].is_row == unit.is_row:
                self.found.claim(keys[0], unit)

    def continuations(self) -> None:
        """The other half of a paragraph that was split, before or after the half that was found."""
        for unit in self.free_units():
            if unit.is_row:
                continue
            for step in (-1, 1):
                neighbour = self._neighbour(unit, step)
                key = self.found.owner.get(neighbour.number, "") if neighbour else ""
                if neighbour and key and not neighbour.is_row and self._continues(key, unit, step):
                    self.found.claim(key, unit)
                    break

    def _neighbour(self, unit: Unit, step: int) -> Unit | None:
        at = self._at(unit.number) + step
        return self.units[at] if 0 <= at < len(self.units) else None

    def _continues(self, key: str, unit: Unit, step: int) -> bool:
        if self.cover[unit.number].get(key):
            return True
        flat = self.block[key].flat
        claimed = " ".join(part.flat for part in self.found.units[key])
        whole = f"{claimed} {unit.flat}" if step < 0 else f"{unit.flat} {claimed}"
        return self.like(whole, flat) > self.like(claimed, flat) + 0.1

    def alone_between(self) -> None:
        """One block without a unit and one unit without a block, between the same neighbours: retyped."""
        for block in self.free_blocks():
            before, after = (self._claimed(block.place + step) for step in (-1, 1))
            if before is None or after is None or not 1 < after[0].number - before[-1].number <= _NEAR * 2:
                continue
            between = self.units[self._at(before[-1].number + 1) : self._at(after[0].number)]
            free = [unit for unit in between if unit.number not in self.found.owner and unit.is_row == block.is_row]
            if len(free) == 1 and self.like(block.flat, free[0].flat) >= _RETYPED:
                self.found.claim(block.key, free[0])

    def _at(self, number: int) -> int:
        return bisect_left(self.units, number, key=lambda unit: unit.number)

    def _claimed(self, place: int) -> list[Unit] | None:
        return self.found.units.get(self.blocks[place].key) if 0 <= place < len(self.blocks) else None

    def run_together(self) -> None:
        """Blocks whose words now stand in the paragraph of another block: the officer joined the two.

        Not where that block says much the same, as of another day, and its paragraph has no room for both.
        """
        under: dict[str, Unit] = {
            key: unit for unit in self.units for key, n in self.cover[unit.number].items() if n and not unit.is_row
        }
        for block in self.free_blocks():
            if block.is_row or not block.flat:
                continue
            beside = [claimed[-1] for step in (-1, 1) if (claimed := self._claimed(block.place + step))]
            for unit in [*([under[block.key]] if block.key in under else []), *beside]:
                if not unit.is_row and self.like.contains(unit.flat, block.flat) and self._is_room(block, unit):
                    self.found.joined[block.key] = unit
                    break

    def _is_room(self, block: Block, unit: Unit) -> bool:
        owner = self.block.get(self.found.owner.get(unit.number, ""))
        if owner is None or not self.like.contains(owner.flat, block.flat):
            return True
        return len(unit.flat) > len(owner.flat) + len(block.flat) / 2
