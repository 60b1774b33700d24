"""The known word that a mistyped one is meant for. What compares them is loaded when something is first mistyped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

ASKED = "Did you mean “{near}”?"
"""In these words whoever reads a problem is asked whether another word is meant."""


def did_you_mean(
    word: str, known: Iterable[str], otherwise: str | None = None, *, key: Callable[[str], str] = str.casefold
) -> str:
    """`Did you mean “…”?` where a known word is near; else `otherwise`, by default what the known words are."""
    if near := nearest(word, names := list(known), key=key):
        return ASKED.format(near=near)
    if otherwise is not None:
        return otherwise
    return f"Use one of: {', '.join(names)}." if names else "Take it out."


def nearest(
    word: str, known: Iterable[str], least: float = 0.6, key: Callable[[str], str] = str.casefold, *, but: str = ""
) -> str | None:
    """The known word most like `word`, whatever the order of their parts; None where none is at least so much like it
    (1: all of it). They are compared as `key` tells them; of equals the one with letters exchanged, else the first.
    `but` is never meant.
    """
    from rapidfuzz import fuzz, process
    from rapidfuzz.distance import OSA

    wanted, texts = key(word), as_compared(tuple(known), key)
    scorers = (fuzz.ratio, fuzz.token_sort_ratio) if " " in wanted else (fuzz.ratio,)
    found = [hit for one in scorers for hit in process.extract(wanted, texts, scorer=one, score_cutoff=100 * least)]
    hits = (hit for hit in found if hit[2] != but)
    best = max(hits, key=lambda hit: (hit[1], OSA.normalized_similarity(wanted, hit[0])), default=None)
    return best[2] if best else None


@lru_cache(maxsize=32)
def as_compared(known: tuple[str, ...], key: Callable[[str], str]) -> Mapping[str, str]:
    """Known words as they are compared: worked out once, however many are mistyped."""
    return {name: key(name) for name in known}


def all_near(word: str, known: Mapping[str, str], least: float) -> list[str]:
    """The names whose text is at least so much like `word`: all of a long list in one go."""
    if not any(may_be_alike(word, text, least) for text in known.values()):
        return []
    from rapidfuzz import fuzz, process

    found = process.extract(word, known, scorer=fuzz.ratio, score_cutoff=100 * least, limit=None)
    return [name for _, _, name in found]


def much_alike(one: str, other: str, least: float) -> bool:
    """Does so much of two texts, of 1, stand in both in the same order?"""
    enough = least * (len(one) + len(other))
    if not may_be_alike(one, other, least) or 2 * (Counter(one) & Counter(other)).total() < enough:
        return False
    from rapidfuzz.fuzz import ratio

    return ratio(one, other) >= 100 * least


def may_be_alike(one: str, other: str, least: float) -> bool:
    """Are two texts of nearly one length? Nothing need be loaded to see that others are not alike."""
    return 2 * min(len(one), len(other)) >= least * (len(one) + len(other))
