"""Papers of version 0.1.0: their baseline moved on at every draft, whether or not the paper took what the facts gave.

What a text in them rests on is told from the records of earlier drafts. Where that leaves it in doubt, a person is
asked.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.baseline import Baseline, Written
from pipeline.revise.draft import Draft
from pipeline.revise.outcome import as_compared
from pipeline.revise.wordwise import took


def look_back(draft: Draft, earlier: Iterable[Baseline]) -> None:
    """Lets every block rest on what it last took, by the `earlier` baselines, the newest first."""
    was: dict[str, list[tuple[str, ...]]] = {}
    for baseline in earlier:
        for block in baseline.blocks:
            was.setdefault(block.key, []).append(block.texts)
    for key, block in draft.base.items():
        before = next((texts for texts in was.get(key, ()) if _is_other(texts, block.texts)), None)
        if before is not None:
            draft.base[key] = _resting(draft, block, before)


def _is_other(texts: tuple[str, ...], written: tuple[str, ...]) -> bool:
    return len(texts) == len(written) and as_compared(texts) != as_compared(written)


def _resting(draft: Draft, block: Written, before: tuple[str, ...]) -> Written:
    """The block with each text as the paper last took it: the earlier one where what stands there lacks the later."""
    units = draft.officer.matching.units.get(block.key, [])
    there = units[0].texts if len(units) == 1 else (" ".join(unit.texts[0] for unit in units),)
    if len(there) != len(before):
        return block
    waits = any(unit.pending for unit in units)
    texts = tuple(
        old if waits or not units or not took(old, said, new) else new
        for old, said, new in zip(before, there, block.texts, strict=True)
    )
    if texts == block.texts:
        return block
    return block._replace(texts=texts, told=block.texts, offer="made" if waits else "")
