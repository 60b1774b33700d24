"""An officer's own paragraphs that repeat what an earlier draft said: a block that somebody copied, or a part of one,
stays as it was when the facts move, and nothing brings it up to date.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pipeline.baseline import Written
from pipeline.revise.carry_out import take_out
from pipeline.revise.ledger import print_of
from pipeline.revise.match_units import Block, Matched, Unit
from pipeline.revise.merge import Merge, Result, together
from pipeline.revise.paper import is_removable
from pipeline.revise.wordwise import Likeness, normalised, values, words

_TELLING = 4
"""Words that a text must have for its coming again to tell something."""
_ALIKE = 0.75
"""A text that has so much of a block's is a copy of it that somebody typed in."""


def repeated(merge: Merge) -> Result:
    """The differences about what was copied, and what was settled of it."""
    if not merge.blocks.own:
        return Result()
    says_what_was = _earlier(merge.blocks)
    return together(
        _told(merge, unit, texts)
        for unit in merge.blocks.own
        if (texts := [*filter(says_what_was, unit.texts)]) and not merge.settled.keeps((), unit.texts)
    )


def _told(merge: Merge, unit: Unit, texts: Sequence[str]) -> Result:
    if merge.settled.chosen((), unit.texts) == () and is_removable(unit.element, merge.theirs, merge.ours):
        take_out(unit.element)
        return Result(accepted=(Written("", unit.texts),), changed=True)
    prints = frozenset(print_of(text) for text in texts if not merge.hidden.says(text))
    return Result(differences=((merge.difference(Block("", units=[unit]), "copied"), unit),), printed=prints)


def _earlier(blocks: Matched) -> Callable[[str], bool]:
    """What tells whether a text says what an earlier draft said and the new paper says nowhere. One of a word or two
    tells nothing.
    """
    last = (print_of(text) for block in blocks.known.values() for text in block.last.texts)
    prints = frozenset(blocks.printed).union(last, *(block.last.was for block in blocks.known.values()))
    now = [normalised(text) for block in blocks.new.values() for text in block.facts]
    is_like = _like_what_moved([*_moved(blocks.known.values())], now)

    def says_what_was(text: str) -> bool:
        if len(text.split()) < _TELLING or not (print_of(text) in prints or is_like(normalised(text))):
            return False
        return not any(normalised(text) in said for said in now)

    return says_what_was


class _Moved(NamedTuple):
    """A text of a block that moved, now or before: as it was last, as it is now, and hashes of what it was."""

    last: str
    now: str
    was: Collection[str]

    def is_said_in(self, text: str) -> bool:
        """Does something stand in a text that this said, and says no more?"""
        outdated = {*words(self.last)} - {*words(self.now)}
        return not outdated.isdisjoint(words(text)) or any(
            print_of(value) in self.was for value in values(text) - values(self.now)
        )


def _moved(blocks: Collection[Block]) -> Iterator[_Moved]:
    for block in blocks:
        now = block.new.texts if block.new else ("",) * len(block.last.texts)
        if block.last.was or now != block.last.texts:
            yield from (
                _Moved(normalised(text), normalised(new), block.last.was)
                for text, new in zip(block.last.texts, now, strict=False)
            )


def _like_what_moved(moved: Sequence[_Moved], now: Sequence[str]) -> Callable[[str], bool]:
    """What tells whether a text is a part of what a block said before the facts moved, or more like it than like
    anything that the new paper says, and says something of it that is no longer so.
    """
    likeness = Likeness()
    likely_then = likeness.likely_among([each.last for each in moved])
    likely_now = cache(lambda: likeness.likely_among(now))

    def then(text: str) -> float:
        said = [each for each in map(moved.__getitem__, likely_then(text)) if each.is_said_in(text)]
        return max((1.0 if text in each.last else likeness(text, each.last, _ALIKE) for each in said), default=0.0)

    def is_like(text: str) -> bool:
        score = then(text)
        others = likely_now()(text) if score >= _ALIKE else ()
        return score >= max([_ALIKE, *(likeness(text, now[number], _ALIKE) for number in others)])

    return is_like
