"""Two lists of blocks laid side by side without crossing: what stands for what, and what only one of them has."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.revise.edit_marks import START, our_mark
from pipeline.revise.wordwise import Likeness, normalised
from pipeline.word.story import words_in
from pipeline.word.xml import PARAGRAPH, Element

_WINDOW = 8
_STRAY, _ALIKE = 0.15, 0.5


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph, row or table as it is compared: its normalised text, and our marks on it."""

    element: Element
    flat: str
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pair:
    """An item of the old list and the item of the new one that stands for it; None where there is none."""

    old: Item | None
    new: Item | None


def item(element: Element) -> Item:
    """A paragraph, row or table for comparison."""
    flat = normalised(words_in(element))
    return Item(element, flat, frozenset(mark for s in element.iter(START) if (mark := our_mark(s))))


def align(old: Sequence[Element], new: Sequence[Element], *, ends_meet: bool = False) -> list[Pair]:
    """Lays the new elements beside the old ones: by mark, by equal words, by likeness, in order.

    What moved is taken out in one place and put in at another. With `ends_meet` the last two are a pair if both are
    paragraphs: the last paragraph of a cell or body can be neither removed nor put in.
    """
    before, after = [item(e) for e in old], [item(e) for e in new]
    likeness = Likeness()
    pairs = in_order(_by_mark(before, after, likeness) | _by_words(before, after))
    if ends_meet and before and after and before[-1].element.tag == after[-1].element.tag == PARAGRAPH:
        pairs = {i: j for i, j in pairs.items() if i < len(before) - 1 and j < len(after) - 1}
        pairs[len(before) - 1] = len(after) - 1
    pairs = _by_likeness(before, after, pairs, likeness)
    return _sequence(before, after, pairs)


def _by_mark(before: Sequence[Item], after: Sequence[Item], likeness: Likeness) -> dict[int, int]:
    holder = {mark: j for j, one in enumerate(after) for mark in one.marks}
    pairs, taken = dict[int, int](), set[int]()
    for i, one in enumerate(before):
        votes = Counter(holder[mark] for mark in one.marks if mark in holder)
        for j, _ in votes.most_common(1):
            if j not in taken and _is_same(one, after[j], likeness):
                pairs[i] = j
                taken.add(j)
    return pairs


def _is_same(one: Item, other: Item, likeness: Likeness) -> bool:
    """Whether two items under a mark of ours are one: of a kind, and with several marks in common or some words."""
    if one.element.tag != other.element.tag:
        return False
    return len(one.marks) > 1 or likeness(one.flat, other.flat) >= _STRAY


def _by_words(before: Sequence[Item], after: Sequence[Item]) -> dict[int, int]:
    waiting: dict[tuple[str, str], list[int]] = defaultdict(list)
    for j in range(len(after) - 1, -1, -1):
        waiting[str(after[j].element.tag), after[j].flat].append(j)
    pairs = {}
    for i, one in enumerate(before):
        places = waiting.get((str(one.element.tag), one.flat))
        if one.flat and places:
            pairs[i] = places.pop()
    return pairs


def in_order(pairs: dict[int, int]) -> dict[int, int]:
    """The most pairs that do not cross: the longest rising run, in n log n."""
    tails: list[int] = []
    last: list[int] = []
    previous: dict[int, int] = {}
    for i in sorted(pairs):
        at = bisect_left(tails, pairs[i])
        if at == len(tails):
            tails.append(pairs[i])
            last.append(i)
        else:
            tails[at], last[at] = pairs[i], i
        previous[i] = last[at - 1] if at else -1
    kept: dict[int, int] = {}
    i = last[-1] if last else -1
    while i >= 0:
        kept[i] = pairs[i]
        i = previous[i]
    return kept


def _by_likeness(
    before: Sequence[Item], after: Sequence[Item], pairs: dict[int, int], likeness: Likeness
) -> dict[int, int]:
    """Fills the gaps between pairs, in order, looking a few items ahead."""
    found = dict(pairs)
    anchors = [(-1, -1), *sorted(pairs.items()), (len(before), len(after))]
    for (i1, j1), (i2, j2) in pairwise(anchors):
        at = j1 + 1
        for i in range(i1 + 1, i2):
            for j in range(at, min(j2, at + _WINDOW)):
                same_kind = before[i].element.tag == after[j].element.tag
                if same_kind and likeness(before[i].flat, after[j].flat, _ALIKE) >= _ALIKE:
                    found[i], at = j, j + 1
                    break
    return found


def _sequence(before: Sequence[Item], after: Sequence[Item], pairs: dict[int, int]) -> list[Pair]:
    result: list[Pair] = []
    at = 0
    for i, one in enumerate(before):
        if i not in pairs:
            result.append(Pair(one, None))
            continue
        result += [Pair(None, other) for other in after[at : pairs[i]]]
        result.append(Pair(one, after[pairs[i]]))
        at = pairs[i] + 1
    return result + [Pair(None, other) for other in after[at:]]
