"""Cues: parts that a text must hold for an expression to find anything in it.

To look for a few letters costs a fiftieth of an expression with choices in it, and most texts hold none of them. Where
an expression takes letters of either case, its cues are looked for in the text in small letters, and have neither i nor
s: an expression takes a dotless ı and a long ſ for these, which have no other small letter.
"""

from __future__ import annotations

from collections.abc import Iterable


def has_any(text: str, cues: Iterable[str]) -> bool:
    """Does one of the cues stand in the text?"""
    return any(map(text.__contains__, cues))
