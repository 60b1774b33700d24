"""Which block of a new paper is which of the last draft's, also where a correction gave it another name.

A block's key is made of names, dates and places: a Ref, the Name of a sentence, the day of a workshop, the number of a
paragraph in a service's comment. Correct one of these, and by keys alone one block is gone and another is new. So what
went and what came are compared by what they say, and by the rows of the officers' files that they rest on.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.baseline import Written
from pipeline.blocks import WORDING, sources_of
from pipeline.revise.ledger import print_of
from pipeline.revise.wordwise import Likeness, as_compared

_TEMPLATE = re.compile(r"template/\d+-(.+)", re.DOTALL)
_BY_PLACE = re.compile(r"[^/]+/\d+")
_ROW = re.compile(r"\D+(\d+)")
_ALIKE, _LEAD = 0.6, 0.1


class Identity(NamedTuple):
    """What blocks are called now: `names` are the new keys by the old ones, where it is sure which is which, `likely`
    those that a person is asked about.
    """

    names: Mapping[str, str]
    likely: Mapping[str, str]


def known_again(base: Sequence[Written], new: Sequence[Written]) -> Identity:
    """The keys of a new paper's blocks by those of the last draft's, where they are not the same.

    Sure are equal words, those of any earlier draft among them; else words much alike, which rest on the same rows and
    have no rival. Words alike without that are likely only: another record may be told of in the same sentence. A key
    by place, as that of a paragraph in a comment, holds only where the words are alike.
    """
    came_under = {block.key: block for block in new}
    held = {block.key for block in base if block.key in came_under and _is_held(block, came_under[block.key])}
    went, came = ([block for block in blocks if block.key not in held] for blocks in (base, new))
    names = dict[str, str]()
    if went and came:
        for of_old, of_new in _SIGNS:
            names |= _by_sign(_without(went, names), _without(came, names.values()), of_old, of_new)
    sure, likely = _by_likeness(_without(went, names), _without(came, names.values()))
    names |= sure
    left = {block.key for block in _without(came, {*names.values(), *likely.values()})}
    names |= {block.key: block.key for block in _without(went, {*names, *likely}) if block.key in left}
    return Identity(_apart(names, base, new), likely)


def _is_held(old: Written, new: Written) -> bool:
    """Is a block what it was by its key? A key by place tells nothing where the words differ."""
    return bool(old.table) or not _BY_PLACE.fullmatch(old.key) or as_compared(old.texts) == as_compared(new.texts)


def _without(blocks: Iterable[Written], keys: Collection[str]) -> list[Written]:
    return [block for block in blocks if block.key not in keys]


def _rest_of_key(block: Written) -> Hashable:
    """A template's paragraph without its number, which changes where another is put in above it."""
    found = _TEMPLATE.fullmatch(block.key)
    return (found[1], len(block.texts)) if found else None


def _words(block: Written) -> Hashable:
    return (bool(block.table), as_compared(block.texts)) if any(block.texts) else None


def _words_told(block: Written) -> Hashable:
    return (bool(block.table), as_compared(block.told)) if any(block.told) else None


_SIGNS = ((_rest_of_key, _rest_of_key), (_words, _words), (_words_told, _words))
"""What an old block and a new one have alike that are the same: of the old one, and of the new."""


def _by_sign(
    went: Iterable[Written],
    came: Sequence[Written],
    of_old: Callable[[Written], Hashable],
    of_new: Callable[[Written], Hashable],
) -> dict[str, str]:
    """Of several blocks with one sign the first is the first."""
    waiting: dict[Hashable, list[str]] = defaultdict(list)
    for block in reversed(came):
        waiting[of_new(block)].append(block.key)
    return {block.key: waiting[mark].pop() for block in went if (mark := of_old(block)) and waiting[mark]}


class _Pair(NamedTuple):
    """An old block and a new one that may be the same: how alike they are, and whether one row is behind both."""

    old: Written
    new: Written
    like: float
    is_one_row: bool


def _by_likeness(went: Sequence[Written], came: Sequence[Written]) -> tuple[dict[str, str], dict[str, str]]:
    pairs = sorted(_alike(went, came), key=lambda pair: (-pair.is_one_row, -pair.like))
    sure, likely = dict[str, str](), dict[str, str]()
    for pair in pairs:
        taken = {*sure, *likely}, {*sure.values(), *likely.values()}
        if pair.old.key not in taken[0] and pair.new.key not in taken[1]:
            is_sure = pair.is_one_row and not any(_is_rival(other, pair) for other in pairs)
            is_sure = is_sure or pair.old.key == pair.new.key
            (sure if is_sure else likely)[pair.old.key] = pair.new.key
    return sure, likely


def _alike(went: Sequence[Written], came: Sequence[Written]) -> Iterator[_Pair]:
    like = Likeness()
    texts = ["\n".join(as_compared(block.texts)) for block in came]
    likely = like.likely_among(texts)
    for old in went if came else ():
        text = "\n".join(as_compared(old.texts))
        for new, there in ((came[n], texts[n]) for n in likely(text)):
            if bool(old.table) == bool(new.table) and len(old.texts) == len(new.texts):
                printed = bool(old.was) and all(print_of(each) in old.was for each in new.texts)
                alike = 1.0 if printed else like(text, there, _ALIKE)
                if alike >= _ALIKE:
                    yield _Pair(old, new, alike, printed or _rest_on_one_row(old, new))


def _is_rival(other: _Pair, pair: _Pair) -> bool:
    shares = (other.old.key == pair.old.key) != (other.new.key == pair.new.key)
    return shares and other.is_one_row >= pair.is_one_row and other.like > pair.like - _LEAD


def _rest_on_one_row(old: Written, new: Written) -> bool:
    """Do both rest on the same row of each sheet that both rest on? So do they where neither rests on any."""
    before, now = _rows(old), _rows(new)
    return all(before[sheet] & now[sheet] for sheet in before.keys() & now) and bool(before) == bool(now)


def _rows(block: Written) -> Mapping[str, set[str]]:
    """The rows behind a block, by their sheet; that of its sentence only where there is no other."""
    records = [fact for fact in block.facts if fact.how != WORDING]
    found = defaultdict[str, set[str]](set)
    for place in sources_of(records) or block.sources:
        if row := _ROW.fullmatch(place.cell):
            found[place.sheet].add(row[1])
    return found


def _apart(names: Mapping[str, str], base: Iterable[Written], new: Iterable[Written]) -> dict[str, str]:
    """The names, and one of its own for each old block whose key another block has by now."""
    changed = {old: key for old, key in names.items() if old != key}
    used = {block.key for block in new} | {block.key for block in base}
    for block in base:
        if block.key not in names and block.key in changed.values():
            key = f"{block.key}/before"
            while key in used:
                key += "/before"
            used.add(key)
            changed[block.key] = key
    return changed
