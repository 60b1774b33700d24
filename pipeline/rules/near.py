"""Names that are meant to be one: spelt alike, or one short for the other."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from pipeline.dates import MONTHS
from pipeline.nearest import all_near, much_alike
from pipeline.problems import Place

MONTH_WORDS = frozenset(month.casefold() for month in MONTHS)
LIKENESS = 0.85


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """A name without case, punctuation, a leading “the”, and with “and” for “&”: `The Leader ` is `leader`."""
    words = re.sub(r"[^\w\s]", "", name.casefold().replace("&", " and ")).split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


@lru_cache(maxsize=4096)
def alike(one: str, other: str) -> bool:
    """Are two names the same but for case, punctuation or a slip of the keyboard in a word?

    Words with figures in them and months never count as slips: “Phase 1” and “Phase 2” are two things.
    """
    first, second = plain(one).split(), plain(other).split()
    return len(first) == len(second) and all(a == b or slip(a, b) for a, b in zip(first, second, strict=True))


def slip(one: str, other: str) -> bool:
    """Is one word the other, mistyped?"""
    if min(len(one), len(other)) < 4 or one[0] != other[0] or not (one + other).isalpha():
        return False
    if one in MONTH_WORDS or other in MONTH_WORDS:
        return False
    return much_alike(one, other, LIKENESS)


def abbreviates(short: str, long: str) -> bool:
    """Is one name short for the other, word by word (`Org Culture`) or by initials (`HR`)?"""
    first, second = plain(short).split(), plain(long).split()
    if len(first) == 1 and len(second) > 1:
        return first[0] == "".join(word[0] for word in second)
    if first == second or len(first) != len(second):
        return False
    return all(a == b or is_short_for(a, b) for a, b in zip(first, second, strict=True))


def is_short_for(short: str, long: str) -> bool:
    """Does the short word begin as the long one does, with all its letters in the long one's order?"""
    rest = iter(long)
    return 3 <= len(short) < len(long) and short[:3] == long[:3] and all(letter in rest for letter in short)


class Variant(NamedTuple):
    """A spelling that is probably meant to be another, and where each first stands.

    `rarer`: it is used less often than the other, which is the reason to take that for the right one.
    """

    name: str
    usual: str
    place: Place
    usual_place: Place
    rarer: bool


def variants(names: Iterable[tuple[str, Place]], *, short: bool = False) -> Iterator[Variant]:
    """Spellings that differ from a commoner (where equally common, an earlier) one; `short`: or short forms."""
    used = [(name, place) for name, place in names if name.strip()]
    counts, first = Counter(name for name, _ in used), dict[str, Place]()
    for name, place in used:
        first.setdefault(name, place)
    settled: defaultdict[str, dict[str, str]] = defaultdict(dict)
    ranks: dict[str, int] = {}
    for name in sorted(first, key=lambda text: -counts[text]):
        near = meant_perhaps(name, settled, short=short)
        usual = next((other for other in sorted(near, key=ranks.__getitem__) if meant(name, other, short=short)), None)
        if usual is None:
            ranks[name] = len(ranks)
            for key in keys(name, short=short):
                settled[key][name] = plain(name)
        else:
            yield Variant(name, usual, first[name], first[usual], counts[name] < counts[usual])


def meant_perhaps(name: str, settled: Mapping[str, Mapping[str, str]], *, short: bool) -> set[str]:
    """The names known that share what a name shares with one that it may be meant for."""
    near = set(all_near(plain(name), settled[slip_key(name)], LIKENESS - 0.001))
    if short:
        near |= settled[beginnings(name)].keys()
        near.update(other for other, text in settled[initials(name)].items() if (" " in text) != (" " in plain(name)))
    return near


def keys(name: str, *, short: bool) -> set[str]:
    """What two names share where one may be meant for the other, so that a long list is not compared each with each.

    A slip of the keyboard leaves `slip_key`; a short form the beginnings of all words, or one word of their initials.
    """
    return {slip_key(name), beginnings(name), initials(name)} if short else {slip_key(name)}


def slip_key(name: str) -> str:
    """The first letters of a name's words, short words and figures in full."""
    return " ".join(word[0] if word.isalpha() and len(word) > 3 else word for word in plain(name).split())


def beginnings(name: str) -> str:
    """The first three letters of each word."""
    return " ".join(word[:3] for word in plain(name).split())


def initials(name: str) -> str:
    """The first letters of a name's words; a name of one word as it is."""
    words = plain(name).split()
    return plain(name) if len(words) == 1 else "".join(word[0] for word in words)


def meant(name: str, usual: str, *, short: bool) -> bool:
    """May one name be meant for the other?"""
    return alike(name, usual) or (short and (abbreviates(name, usual) or abbreviates(usual, name)))
