"""Which of our papers a Word file is that carries nothing of ours any more: known by its words.

Each paragraph of the drafts that are known is weighed by its length, and by how few of them hold it, so that what every
paper says tells little. Whole paragraphs are looked up for all drafts; only the best of a few meetings are looked
through for those that somebody edited.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from pipeline.baseline import Baseline
from pipeline.formats import day
from pipeline.revise.wordwise import normalised, words
from pipeline.store import as_day, baseline_of, records_in

OURS, SURE = 0.35, 0.6
"""Shares of a draft's weight: below the first a file is none of ours, below the second a person is asked. Measured on
files made for it: `pytest -m deep tests/revise/test_recognise.py` prints them.
"""
_MEETINGS = 3
"""So many meetings' drafts are looked through."""
_RUN = 3
"""Words that follow on each other, by which an edited paragraph is known."""


class Known(NamedTuple):
    """A draft that is known: the folder of its meeting, its number, its paragraphs in order, as they are compared."""

    folder: Path
    number: int
    paragraphs: tuple[str, ...]


class Likely(NamedTuple):
    """Of which draft a file is most likely a copy (None: it is none of ours), which share of that draft's weight stands
    in it, from 0 to 1, and whether it is a copy of that meeting's paper beyond doubt.
    """

    draft: Known | None
    share: float
    is_sure: bool


def known_drafts(folders: Iterable[Path]) -> Iterator[Known]:
    """The drafts of these meetings, as their records have them."""
    for folder in folders:
        for record in records_in(folder):
            baseline, number = baseline_of(record), record.get("draft")
            if baseline is not None and isinstance(number, int):
                yield Known(folder, number, paragraphs_of(baseline))


def paragraphs_of(baseline: Baseline) -> tuple[str, ...]:
    """The paragraphs that the program wrote, in order, as they are compared."""
    lines = (line for block in baseline.blocks for text in block.texts for line in text.split("\n"))
    return tuple(filter(None, map(normalised, lines)))


def recognised(paragraphs: Sequence[str], known: Sequence[Known]) -> Likely:
    """What a file with these paragraphs, in their order, is. It is a meeting's beyond doubt where enough of a draft's
    weight stands in it, more than of any other meeting's, and it prints the meeting's day where that draft does: two
    meetings' papers may differ by less than two people's edits do.
    """
    share, draft = max(_ranked(frozenset(paragraphs), known), key=lambda pair: pair[0], default=(0.0, None))
    if draft is None or share < OURS:
        return Likely(None, share, False)
    dated = _dated(draft)
    return Likely(draft, share, share >= SURE and any(pair == dated for pair in pairwise(paragraphs)))


def _ranked(there: Collection[str], known: Sequence[Known]) -> Iterator[tuple[float, Known]]:
    """The best draft of each of the meetings that lead, with the share of its weight that stands in a file."""
    held = Counter(text for each in known for text in {*each.paragraphs})
    runs = frozenset(run for text in there for run in _runs(text))
    whole = {each: _share(each, held, lambda text: float(text in there)) for each in known}
    best = {each.folder: each for each in sorted(known, key=whole.__getitem__)}
    for draft in sorted(best.values(), key=whole.__getitem__, reverse=True)[:_MEETINGS]:
        yield _share(draft, held, lambda text: 1.0 if text in there else _part(text, runs)), draft


def _share(draft: Known, held: Mapping[str, int], stands: Callable[[str], float]) -> float:
    """The share of a draft's weight that stands in a file: `stands` gives that of one paragraph."""
    weights = [(text, len(text) / held[text]) for text in draft.paragraphs]
    total = sum(weight for _, weight in weights)
    return sum(weight * stands(text) for text, weight in weights) / total if total else 0.0


def _part(text: str, runs: Collection[tuple[str, ...]]) -> float:
    """The share of a paragraph's runs of words that are among those of a file."""
    own = _runs(text)
    return sum(run in runs for run in own) / len(own) if own else 0.0


def _runs(text: str) -> list[tuple[str, ...]]:
    found = words(text)
    return [tuple(found[n : n + _RUN]) for n in range(max(1, len(found) - _RUN + 1))]


def _dated(draft: Known) -> tuple[str, str] | None:
    """The paragraph in which a draft first prints its meeting's day, and the one before it."""
    on = as_day(draft.folder.name)
    forms = [normalised(form) for form in _forms(on)] if on else []
    return next((pair for pair in pairwise(draft.paragraphs) if any(form in pair[1] for form in forms)), None)


def _forms(on: dt.date) -> tuple[str, ...]:
    return day(on), day(on, "ordinal"), f"{on:%d/%m/%Y}", f"{on:%d.%m.%Y}", f"{on}"
