"""Both papers laid side by side, block by block, also where a block has another key now, or another takes its place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from pipeline.baseline import Baseline, Written, mark_name
from pipeline.revise.ledger import as_found
from pipeline.revise.match import Found, find, marks_of
from pipeline.revise.match_units import Block, Matched, Unit, words_of
from pipeline.revise.paper import Paper, is_removable
from pipeline.revise.wordwise import as_compared, normalised, took

_TEMPLATE = re.compile(r"template/\d+-(.+)", re.DOTALL)


def matched(
    theirs: Paper, ours: Paper, known: Baseline, new: Baseline, earlier: Sequence[Baseline], *, stripped: bool = False
) -> Matched:
    """Which block is which in both papers. `earlier`: what earlier drafts said, the newest first. `stripped`: `known`
    did not come with the paper, so that it may be that of a newer file.
    """
    calls = {block.key: block for block in new.blocks}
    blocks, forgotten = with_forgotten(known.blocks, earlier, calls)
    names = renamed(blocks, new.blocks)
    blocks = with_names(blocks, names)
    marks = marks_of((*blocks, *new.blocks)) | {mark_name(old): key for old, key in names.items()}
    fresh = find(ours, new.blocks, marks)
    found = find(theirs, blocks, marks, fresh.rows & {block.key for block in blocks})
    said, base = texts_by_key(earlier), dict[str, Written]()
    for block in blocks:
        units = found.of.get(block.key, ())
        taken = as_last_taken(block, units, said.get(block.key, ()))
        there = units or [unit for unit in [found.joined.get(block.key)] if unit]
        taken = as_found(taken, words_of(there)) if stripped else taken
        if old := if_edited(taken, units) if block.key in forgotten else taken:
            base[old.key] = old
    pairs = {key: _pair(key, found, fresh, base, calls) for key in {**base, **calls}}
    known_blocks = _succeeded(pairs, base, calls, lambda block: is_removable(block.units[0].element, theirs, ours))
    return Matched(known_blocks, {key: known_blocks.get(key, pairs[key]) for key in calls}, found.units, known.printed)


def _pair(key: str, found: Found, fresh: Found, base: Mapping[str, Written], calls: Mapping[str, Written]) -> Block:
    unit = next(iter(fresh.of.get(key, ())), None)
    units, joined = found.of.get(key, ()), found.joined.get(key)
    return Block(key, base.get(key), calls.get(key), units, joined, unit, key in found.rows)


def _succeeded(
    pairs: Mapping[str, Block],
    base: Mapping[str, Written],
    calls: Mapping[str, Written],
    goes: Callable[[Block], bool],
) -> dict[str, Block]:
    """The blocks of the last draft, each with what succeeds it, if something does.

    A paragraph in which nobody typed is brought up to date as its successor, where more than words hangs on it: a
    comment of an officer's then stays on the sentence, and that is said once. Of one that was edited it is only noted
    what succeeds it. What can be removed `goes` and comes: a reference to it elsewhere must not come to mean another
    record.
    """
    late = successors(base, calls)
    found = {}
    for key, old in base.items():
        block = pairs[key]
        if key in late and not block.is_row:
            new = pairs[late[key]]
            is_ours = len(block.units) == 1 and not block.pending and as_compared(block.words) == as_compared(old.texts)
            if not is_ours:
                block = replace(block, successor=new.key)
            elif not goes(block):
                block = replace(new, old=old._replace(key=new.key), units=block.units)
        found[block.key] = block
    return found


def _rest_of_key(block: Written) -> Hashable:
    found = _TEMPLATE.fullmatch(block.key)
    return (found[1], len(block.texts)) if found else None


def _words(block: Written) -> Hashable:
    return tuple(map(normalised, block.texts)) if block.key.startswith("template/") else None


def renamed(base: Sequence[Written], new: Sequence[Written]) -> Mapping[str, str]:
    """New keys of template paragraphs that only moved within the template, by their old key.

    A template paragraph's key begins with its number, so that a paragraph put in above it changes the key: it is known
    again by the rest of the key, or by its words.
    """
    names: dict[str, str] = {}
    known = {block.key for block in base} & {block.key for block in new}
    for sign in (_rest_of_key, _words):
        names.update(_pairs([b for b in base if b.key not in known], [b for b in new if b.key not in known], sign))
        known |= {*names, *names.values()}
    return names


def _pairs(base: Sequence[Written], new: Sequence[Written], sign: Callable[[Written], Hashable]) -> dict[str, str]:
    waiting: dict[Hashable, list[str]] = defaultdict(list)
    for block in reversed(new):
        waiting[sign(block)].append(block.key)
    return {block.key: waiting[mark].pop() for block in base if (mark := sign(block)) and waiting[mark]}


def with_names(blocks: Iterable[Written], names: Mapping[str, str]) -> tuple[Written, ...]:
    """The blocks under their new keys."""
    return tuple(block._replace(key=names.get(block.key, block.key)) for block in blocks)


def successors(base: Mapping[str, Written], new: Mapping[str, Written]) -> Mapping[str, str]:
    """New keys by the old ones whose place they take: the same sentence about another record, as when a workshop was
    put off to a new day. Its key ends in the record's own (`section/sentence/record`), so that by keys alone one is
    gone and the other new. Of several it cannot be told which stands for which.
    """
    # What an earlier draft let go already has had its successor then.
    base = {key: block for key, block in base.items() if not block.told or any(block.told)}
    went, came = _by_sentence(base, new), _by_sentence(new, base)
    pairs = [(went[sentence], came[sentence]) for sentence in went if sentence in came]
    return {old[0][0]: late[0][0] for old, late in pairs if len(old) == len(late) == 1 and old[0][1] == late[0][1]}


def _by_sentence(blocks: Mapping[str, Written], others: Mapping[str, Written]) -> Mapping[str, list[tuple[str, str]]]:
    """By sentence: the keys that `others` lacks, each with the last key before it that both have."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    before = ""
    for key, block in blocks.items():
        if key in others:
            before = key
        elif sentence := _sentence(block):
            found[sentence].append((key, before))
    return found


def _sentence(block: Written) -> str:
    """The section and sentence that a paragraph says of a record; blank for any other block."""
    section, sentence, record = (*block.key.split("/", 2), "", "")[:3]
    named = record and section != "template" and not block.table and len(block.texts) == 1
    return f"{section}/{sentence}" if named else ""


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
