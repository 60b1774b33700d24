"""Papers of version 0.1.0: their baseline moved on at every draft, whether or not the paper took what the facts gave.

What a text in them rests on is told from the records of earlier drafts. Where that leaves it in doubt, a person is
asked. They also forgot what somebody had edited and the facts no longer call for, a row made exempt among it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.baseline import Baseline, Written
from pipeline.revise.match_units import Unit
from pipeline.revise.merge import Found
from pipeline.revise.outcome import as_compared
from pipeline.revise.wordwise import took


def forgotten_of(known: Baseline, earlier: Iterable[Baseline], called_for: Container[str]) -> dict[str, list[Written]]:
    """What `known` has no more of the `earlier` baselines, the newest first, and the facts do not call for: by the key
    of the block after which it stood. What the template alone says is never forgotten.
    """
    names = {block.key for block in known.blocks}
    found: set[str] = set()
    after: dict[str, list[Written]] = defaultdict(list)
    for baseline in earlier:
        before = ""
        for block in baseline.blocks:
            if block.key in names:
                before = block.key
            elif block.key not in found and block.key not in called_for and not block.key.startswith("template/"):
                found.add(block.key)
                after[before].append(block)
    return after


def with_forgotten(known: Baseline, forgotten: Mapping[str, Sequence[Written]]) -> Baseline:
    """The baseline, and in their places the blocks that it had forgotten."""
    blocks = [*forgotten.get("", ())]
    for block in known.blocks:
        blocks += [block, *forgotten.get(block.key, ())]
    return replace(known, blocks=tuple(blocks))


def only_edited(
    base: Mapping[str, Written], found: Found, forgotten: Iterable[Written]
) -> tuple[Mapping[str, Written], Found]:
    """Of the blocks that were forgotten only those that stand there edited are left, to be settled by a person. One
    that says what it said was put there by somebody since, and is theirs.
    """
    edited, gone = dict(base), set()
    for block in forgotten:
        key, known = block.key, base[block.key]
        if any(as_compared(unit.texts) != as_compared(known.texts) for unit in found.units_of(key)):
            edited[key] = known._replace(told=("",) * len(known.texts), offer="")
        else:
            gone.add(key)
            del edited[key]
    return edited, replace(found, matching=found.matching.without(gone))


def looked_back(base: Mapping[str, Written], found: Found, earlier: Iterable[Baseline]) -> Mapping[str, Written]:
    """The blocks, each resting on what it last took, by the `earlier` baselines, the newest first."""
    was: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for baseline in earlier:
        for block in baseline.blocks:
            was[block.key].append(block.texts)
    return {key: _resting(block, found.units_of(key), was.get(key, ())) for key, block in base.items()}


def _is_other(texts: tuple[str, ...], written: tuple[str, ...]) -> bool:
    return len(texts) == len(written) and as_compared(texts) != as_compared(written)


def _resting(block: Written, units: Sequence[Unit], was: Iterable[tuple[str, ...]]) -> Written:
    """The block with each text as the paper last took it: the earlier one where what stands there lacks the later."""
    before = next((texts for texts in was if _is_other(texts, block.texts)), None)
    there = units[0].texts if len(units) == 1 else (" ".join(unit.texts[0] for unit in units),)
    if before is None or len(there) != len(before):
        return block
    waits = any(unit.pending for unit in units)
    texts = tuple(
        old if waits or not units or not took(old, said, new) else new
        for old, said, new in zip(before, there, block.texts, strict=True)
    )
    if texts == block.texts:
        return block
    return block._replace(texts=texts, told=block.texts, offer="made" if waits else "")
