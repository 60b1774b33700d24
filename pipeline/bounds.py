"""How much may come of what is written in a tag: far beyond any paper, short of what would stop an officer's computer.

Wording and templates obey the same bounds, when they are checked and when they are filled.
"""

from __future__ import annotations

from collections.abc import Iterable

TEXT = 200_000
"""Characters of one text that is put together, or items of one list."""

NUMBER = 10**15
"""A number that is reckoned."""

WORDING = 20_000_000
"""Characters of all the sentences of one paper."""

PART = 100_000_000
"""Bytes of one part of a paper: a larger one could not be read again."""

DEPTH = 40
"""Brackets and operations inside one another in one tag."""

LISTS = 200
"""Lists of a report's own, which may each be made from another."""

LOOPS = 6
"""Loops inside one another; a table in a section needs two."""

STEPS = 40
"""Loops and conditions inside one another."""


class OutOfBounds(ValueError):
    """More than papers ever need; the message says what, as a sentence without its full stop."""


def too_long() -> OutOfBounds:
    """A text or list that would be too long."""
    return OutOfBounds(f"more than {TEXT:,} characters would come of it")


def fitting(parts: Iterable[str], between: int = 0) -> list[str]:
    """Texts that are to be put together, with `between` characters after each; raises OutOfBounds for too much."""
    fit, size = list[str](), 0
    for part in parts:
        size += len(part) + between
        if size > TEXT + between:
            raise too_long()
        fit.append(part)
    return fit
