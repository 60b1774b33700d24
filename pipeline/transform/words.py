"""Values as settings write them, and dates compared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pipeline.kinds import When


def yes(fact: bool) -> str:
    """`yes` or `no`."""
    return "yes" if fact else "no"


def folded(items: Sequence[str]) -> set[str]:
    """Words ready to be compared whatever their case."""
    return {as_words(item) for item in items}


def as_words(value: object) -> str:
    """A field's value as settings write it, ready to be compared."""
    if isinstance(value, bool):
        return yes(value)
    if value is None or value == ():
        return ""
    text = value.words if isinstance(value, When) else str(value)
    return " ".join(text.split()).casefold()


def is_on_or_before(value: object, day: dt.date) -> bool:
    """Is a date field filled and not later than `day`?"""
    if isinstance(value, When):
        return value.first is not None and value.first <= day
    return isinstance(value, dt.date) and value <= day
