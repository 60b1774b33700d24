"""How alike two texts are, and which of many texts are worth comparing with one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from pipeline.revise.wordwise import similarity, words

_COMMON, _FEW = 12, 4
_MOSTLY = 0.8


class Index:
    """Texts by their rare words."""

    def __init__(self, bags: Sequence[Sequence[str]]) -> None:
        self.holders: dict[str, list[int]] = defaultdict(list)
        for number, bag in enumerate(bags):
            for word in set(bag):
                self.holders[word].append(number)

    def likely(self, bag: Sequence[str]) -> list[int]:
        """The numbers of the few texts that share most of the rare words."""
        shared: Counter[int] = Counter()
        for word in set(bag):
            holders = self.holders.get(word, ())
            if len(holders) <= _COMMON:
                shared.update(holders)
        return [number for number, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:_FEW]]


class Likeness:
    """Compares normalised texts; remembers their words."""

    def __init__(self) -> None:
        self.bags: dict[str, list[str]] = {}

    def bag(self, text: str) -> list[str]:
        """The words of a text."""
        if text not in self.bags:
            self.bags[text] = words(text)
        return self.bags[text]

    def __call__(self, one: str, other: str, least: float = 0.0) -> float:
        """0 to 1: the share of words that the two have in common, in order."""
        return 1.0 if one == other else similarity(self.bag(one), self.bag(other), least)

    def contains(self, whole: str, part: str) -> bool:
        """Whether most words of `part` stand in `whole`."""
        bag = self.bag(part)
        common = (Counter(bag) & Counter(self.bag(whole))).total()
        return part in whole or (len(bag) > _FEW and common >= _MOSTLY * len(bag))

    def index(self, texts: Sequence[str]) -> TextIndex:
        """An index of texts that finds those worth comparing with a text."""
        return TextIndex(self, texts)


class TextIndex:
    """`Index` for normalised texts."""

    def __init__(self, like: Likeness, texts: Sequence[str]) -> None:
        self.like, self.found = like, Index([like.bag(text) for text in texts])

    def likely(self, text: str) -> list[int]:
        """The numbers of the few texts that share most of its rare words."""
        return self.found.likely(self.like.bag(text))
