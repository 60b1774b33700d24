"""Papers of version 0.1.0: their baseline moved on at every draft, whether or not the paper took what the facts gave.

What a text in them rests on is told from the records of earlier drafts. Where that leaves it in doubt, a person is
asked. They also forgot what somebody had edited and the facts no longer call for, a row made exempt among it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import chain

from pipeline.baseline import Baseline, Written
from pipeline.revise.match_units import Unit, words_of
from pipeline.revise.wordwise import as_compared, took


def with_forgotten(
    blocks: Sequence[Written], earlier: Iterable[Baseline], called_for: Container[str]
) -> tuple[Sequence[Written], Container[str]]:
    """The blocks of a baseline, in their places those that it has no more of the `earlier` ones, the newest first, and
    that the facts do not call for; and the keys of these. What the template alone says is never forgotten.
    """
    names, forgotten = {block.key for block in blocks}, set[str]()
    after = defaultdict[str, list[Written]](list)
    for baseline in earlier:
        before = ""
        for block in baseline.blocks:
            if block.key in names:
                before = block.key
            elif block.key not in forgotten and block.key not in called_for and not block.key.startswith("template/"):
                forgotten.add(block.key)
                after[before].append(block)
    in_place = (each for block in blocks for each in (block, *after[block.key]))
    return [*after[""], *in_place], forgotten


def if_edited(block: Written, units: Sequence[Unit]) -> Written | None:
    """A block that was forgotten, to be settled by a person; None where nobody edited it. One that says what it said
    was put there by somebody since, and is theirs.
    """
    edited = any(as_compared(unit.texts) != as_compared(block.texts) for unit in units)
    return block._replace(told=("",) * len(block.texts), offer="") if edited else None


def texts_by_key(baselines: Iterable[Baseline]) -> Mapping[str, Sequence[tuple[str, ...]]]:
    """What each block said in these baselines, in their order."""
    texts = defaultdict[str, list[tuple[str, ...]]](list)
    for block in chain.from_iterable(baseline.blocks for baseline in baselines):
        texts[block.key].append(block.texts)
    return texts


def as_last_taken(block: Written, units: Sequence[Unit], said: Iterable[tuple[str, ...]]) -> Written:
    """The block with each text as the paper last took it, by what earlier drafts `said`, the newest first: the earlier
    one where what stands there lacks the later.
    """
    before = next((texts for texts in said if _is_other(texts, block.texts)), None)
    there = words_of(units) or ("",)
    if before is None or len(there) != len(before):
        return block
    waits = any(unit.pending for unit in units)
    texts = tuple(
        old if waits or not units or not took(old, words, new) else new
        for old, words, new in zip(before, there, block.texts, strict=True)
    )
    if texts == block.texts:
        return block
    return block._replace(texts=texts, told=block.texts, offer="made" if waits else "")


def _is_other(texts: tuple[str, ...], written: tuple[str, ...]) -> bool:
    return len(texts) == len(written) and as_compared(texts) != as_compared(written)
