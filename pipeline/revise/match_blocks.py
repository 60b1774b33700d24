"""Both papers laid side by side, block by block, also where a block has another key now, or another takes its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from pipeline.baseline import Baseline, Written
from pipeline.revise.edit_marks import under_names
from pipeline.revise.identity import known_again
from pipeline.revise.ledger import as_found
from pipeline.revise.match import Found, find
from pipeline.revise.match_cells import set_own_columns_apart, with_merged_cells
from pipeline.revise.match_units import Block, Matched, Unit, words_of
from pipeline.revise.paper import Paper, is_removable
from pipeline.revise.wordwise import as_compared, took


class Known(NamedTuple):
    """What the last draft had, under the names that its blocks go by now. `blocks` has those in their places that it
    has no more and `earlier` drafts had, whose keys are `forgotten`. `names` has the new keys by the old ones, `likely`
    those that are not sure; `printed` is as in `Baseline`.
    """

    blocks: Sequence[Written]
    forgotten: Container[str]
    earlier: Sequence[Baseline]
    names: Mapping[str, str]
    likely: Mapping[str, str]
    printed: Collection[str]


def known_by(known: Baseline, earlier: Iterable[Baseline], new: Baseline, is_withheld: Callable[[str], bool]) -> Known:
    """What is known of the last draft for a new paper. What is withheld is the same as nothing that comes."""
    calls = {block.key for block in new.blocks}
    blocks, forgotten = with_forgotten(known.blocks, earlier, calls)
    open_blocks = [block for block in blocks if block.key in calls or not is_withheld(block.key)]
    names, likely = known_again(open_blocks, new.blocks)
    renamed = [replace(each, blocks=with_names(each.blocks, names)) for each in earlier]
    lost = {names.get(block.key, block.key) for block in blocks if block.key in forgotten}
    return Known(with_names(blocks, names), lost, renamed, names, likely, known.printed)


def matched(theirs: Paper, ours: Paper, known: Known, new: Baseline, *, stripped: bool = False) -> Matched:
    """Which block is which in both papers. `stripped`: `known` did not come with the paper, so that it may be that of a
    newer file.
    """
    calls, keys = {block.key: block for block in new.blocks}, {block.key for block in known.blocks}
    fresh = find(ours, new.blocks)
    found = find(theirs, known.blocks, fresh.rows & keys)
    set_own_columns_apart((block, found.of.get(block.key, ())) for block in known.blocks)
    said, base = texts_by_key(known.earlier), dict[str, Written]()
    for block in known.blocks:
        units = found.of.get(block.key, ())
        taken = as_last_taken(block, units, said.get(block.key, ()))
        there = units or [unit for unit in [found.joined.get(block.key)] if unit]
        taken = as_found(taken, words_of(there)) if stripped else taken
        if old := if_edited(taken, units) if block.key in known.forgotten else taken:
            base[old.key] = old
    pairs = {key: with_merged_cells(_pair(key, found, fresh, base, calls)) for key in {**base, **calls}}
    for was, key in known.likely.items():
        if was in pairs and not _goes(pairs[was], theirs, ours):
            pairs |= _doubtful(pairs[was], pairs[key])
    return Matched({key: pairs[key] for key in base}, {key: pairs[key] for key in calls}, found.units, known.printed)


def _goes(block: Block, theirs: Paper, ours: Paper) -> bool:
    """Did nobody touch a block, and does nothing hang on it? It then goes, and what is much like it comes: a reference
    to it elsewhere must not come to mean another record.
    """
    is_ours = len(block.units) == 1 and not block.pending and as_compared(block.words) == as_compared(block.last.texts)
    is_bare = is_ours and not block.units[0].has_own_words
    return is_bare and is_removable(block.units[0].element, theirs, ours)


def _doubtful(old: Block, new: Block) -> dict[str, Block]:
    """A block that somebody edited or deleted, and one that is much like it: perhaps the same, perhaps of another
    record, so that a person is asked.
    """
    if not old.there:
        return {new.key: replace(new, likely=old.last)}
    both = replace(old, new=new.new, fresh=new.fresh, likely=old.last)
    return {old.key: both, new.key: both}


def _pair(key: str, found: Found, fresh: Found, base: Mapping[str, Written], calls: Mapping[str, Written]) -> Block:
    unit = next(iter(fresh.of.get(key, ())), None)
    units, joined = found.of.get(key, ()), found.joined.get(key)
    return Block(key, base.get(key), calls.get(key), units, joined, unit, key in found.rows)


def with_names(blocks: Iterable[Written], names: Mapping[str, str]) -> tuple[Written, ...]:
    """The blocks under their new keys, which references in their texts name too."""
    return tuple(_under_name(block, names) for block in blocks) if names else tuple(blocks)


def _under_name(block: Written, names: Mapping[str, str]) -> Written:
    texts, told, stood = (
        tuple(under_names(text, names) for text in part) for part in (block.texts, block.told, block.stood)
    )
    return block._replace(key=names.get(block.key, block.key), texts=texts, told=told, stood=stood)


# Papers of version 0.1.0: their baseline moved on at every draft, whether or not the paper took what the facts gave.
# What a text in them rests on is told from the records of earlier drafts; where that leaves it in doubt, a person is
# asked. They also forgot what somebody had edited and the facts no longer call for, a row made exempt among it.


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
    before = next((texts for texts in said if _is_other(texts, block.texts)), ())
    there, waits = words_of(units) or ("",), any(unit.pending for unit in units)
    if len(there) != len(before):
        return block
    texts = tuple(map(_taken_of, before, there, block.texts)) if units and not waits else before
    if texts == block.texts:
        return block
    return block._replace(texts=texts, told=block.texts, offer="made" if waits else "")


def _taken_of(old: str, words: str, new: str) -> str:
    return new if took(old, words, new) else old


def _is_other(texts: tuple[str, ...], written: tuple[str, ...]) -> bool:
    return len(texts) == len(written) and as_compared(texts) != as_compared(written)
